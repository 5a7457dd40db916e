"""A project folder that was copied or moved: it builds its own data or says why not; and what make's exit codes say."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.publish import pdf

ROOT = Path(__file__).resolve().parents[1]
MAKE = shutil.which("make")
needs_make = pytest.mark.skipif(MAKE is None, reason="no make on the path")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What make needs of the project, in another folder, with an environment that is said to be of this one."""
    for name in ("Makefile", "requirements.txt", "requirements-test.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / ".book").write_text(f"{tmp_path}\n")
    return tmp_path


def make(project: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run([MAKE, *arguments], cwd=project, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("command", ["build", "check", "rerun"])
def test_a_copy_does_not_silently_use_the_original(tmp_path, command):
    (tmp_path / "copy" / "src" / "analysis").mkdir(parents=True)
    (tmp_path / "copy" / "data").mkdir()
    (tmp_path / "copy" / "_toc.yml").touch()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "analysis", command],
        cwd=tmp_path / "copy" / "data",
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith(f"{tmp_path / 'copy'}: its environment leads to another project, {ROOT}")
    assert done.stderr.count("\n") == 1 and "make book" in done.stderr


@needs_make
def test_make_renews_the_environment_of_a_folder_that_was_copied_or_moved(project):
    assert "-m venv" not in make(project, "-n", "book").stdout
    (project / ".venv" / ".book").write_text("/somewhere/else\n")
    assert "-m venv" in make(project, "-n", "book").stdout


@needs_make
@pytest.mark.parametrize("code", [0, 1, 3])
def test_make_tells_the_exit_code_of_the_build(project, code):
    python = project / ".venv" / "bin" / "python"
    python.write_text(f"#!/bin/sh\nexit {code}\n")
    python.chmod(0o755)
    done = make(project, "book")
    assert done.returncode == (2 if code else 0)
    assert (f"Error {code}" in done.stderr) == bool(code)
    assert "prints `Error 3` and ends with 2" in (ROOT / "README.md").read_text("utf-8")


def test_a_missing_pango_is_told_in_one_line(tmp_path, monkeypatch, capsys):
    """WeasyPrint's own banner stood there twice, once for each edition."""
    (tmp_path / "weasyprint.py").write_text("print('a banner')\nraise OSError('cannot load library')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(pdf.PangoMissing, match=r"^the PDF needs the Pango library: install [^\n]+$"):
        pdf.available()
    assert capsys.readouterr() == ("", "")
