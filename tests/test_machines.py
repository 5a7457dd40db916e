"""Two commands on any machine: what they install, what they say where they may not, and in which letters."""

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from analysis.publish import editions

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-lab.txt")
# a wheel for the oldest macOS serves the later ones; uv means macOS 13 by these names
PLATFORMS = (
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
)


def pins(lock):
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


# `make serve` brings its own; these say in a line what to install where `.[scale]` is not
WITH_SCALE = ("many_books.py", "cluster.py", "parquet.py")


def test_the_book_needs_nothing_of_the_tests():
    """Each package more is one more that may not be had on somebody's machine."""
    book, test, lab = map(pins, LOCKS)
    assert book.items() <= test.items() and book.items() <= lab.items()
    assert all(test.get(name, pin) == pin for name, pin in lab.items()), "they share an environment"
    modules = packages_distributions()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in {name.partition(".")[0] for name in names} - {"analysis", *sys.stdlib_module_names}:
                owners = {owner.lower().replace("_", "-") for owner in modules[name]}
                known = {"live.py": lab, **dict.fromkeys(WITH_SCALE, test)}.get(path.name, book)
                assert owners & known.keys(), f"{path.name} imports {name}, which `make book` does not install"


def test_every_pin_has_its_hashes():
    for lock in LOCKS:
        for entry in re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text("utf-8").strip()):
            assert "--hash=sha256:" in entry, entry.partition("\n")[0]


def uv(*arguments):
    command = [Path(sys.executable).with_name("uv"), "pip", "install", "--dry-run", "--quiet", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "UV_HTTP_TIMEOUT": "20"})


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    """A folder to resolve into, where packages can be looked up at all."""
    target = tmp_path_factory.mktemp("target")
    if uv(
        "--target", target, "--refresh-package", "markupsafe", f"markupsafe=={pins(LOCKS[0])['markupsafe']}"
    ).returncode:
        pytest.skip("no network: packages cannot be looked up")
    return target


@pytest.mark.parametrize("python", ["3.11", "3.14"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_pin_has_a_wheel_for_every_system(platform, python, registry):
    for lock in LOCKS:
        options = ("--python-platform", platform, "--python-version", python, "--only-binary", ":all:")
        done = uv("--target", registry, *options, "--require-hashes", "-r", ROOT / lock)
        assert not done.returncode, done.stderr


@pytest.fixture
def project(tmp_path):
    """A folder with what make reads, and a folder of programs that stand before the system's."""
    for name in ("Makefile", "pyproject.toml", *LOCKS, "tools/system-packages.sh"):
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "project" / name)
    (tmp_path / "bin").mkdir()
    return tmp_path


def program(project, name, script):
    path = project / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def run(project, *command):
    path = f"{project / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHON": "old-python"}
    return subprocess.run(command, cwd=project / "project", env=environment, capture_output=True, text=True)


needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="a script of the Unix shell")


@needs_a_shell
def test_an_old_python_is_told_so_in_one_line(project):
    program(project, "old-python", "exit 1")
    done = run(project, "make", "book", "PYTHON=old-python")
    assert done.returncode and "Python 3.11 or newer is needed, and 'old-python' is none" in done.stderr
    assert "pip" not in done.stdout + done.stderr and not (project / "project" / ".venv").exists()


@needs_a_shell
def test_what_the_system_lacks_is_brought_where_it_may_be(project):
    program(project, "old-python", "exit 1")  # which has no libraries either
    program(project, "id", "echo 0")
    program(project, "apt-get", f'echo "$@" >> {project}/asked')
    done = run(project, "tools/system-packages.sh", "book")
    assert not done.returncode and "installing with apt: python3-venv libpango" in done.stdout
    assert "install -y -qq python3-venv libpango-1.0-0 libpangoft2-1.0-0" in (project / "asked").read_text("utf-8")
    assert "chromium" not in (project / "asked").read_text("utf-8")


@needs_a_shell
@pytest.mark.parametrize("fails", ["sudo", "apt-get"])
def test_where_it_may_not_the_line_to_type_is_printed(fails, project):
    program(project, "old-python", "exit 1")
    program(project, "id", "echo 1000")
    program(project, "sudo", "exit 1" if fails == "sudo" else 'shift; exec "$@"')
    program(project, "apt-get", "exit 1")
    done = run(project, "tools/system-packages.sh", "test")
    assert not done.returncode
    assert "to have everything, type: sudo apt-get install -y python3-venv libpango" in done.stderr


@needs_a_shell
def test_nothing_is_said_where_nothing_lacks(project):
    program(project, "old-python", "exit 0")
    program(project, "chromium", "")
    done = run(project, "tools/system-packages.sh", "test")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("coding", ["gbk", "cp1252", "ascii"])
def test_output_is_utf_8_whatever_the_code_page(coding, fixtures, tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": coding, "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-m", "analysis", "diff", fixtures / "example-city", ROOT / "data"]
    with (tmp_path / "file").open("wb") as file:
        done = subprocess.run(command, env=environment, stdout=file, stderr=subprocess.PIPE)
    assert not done.returncode, done.stderr
    assert "→" in (tmp_path / "file").read_text("utf-8")


def test_without_a_repository_the_book_bears_no_date(monkeypatch, tmp_path):
    """A wrong date is worse than none: a citation would carry it on."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(editions, "ROOT", tmp_path)
    assert editions.epoch() == editions.UNDATED
    from analysis import load

    book = editions._book(load(ROOT / "data"))
    assert book.date == "" and "Date" not in book.imprint
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763856000")
    assert editions._book(load(ROOT / "data")).date == "2025-11-23"
