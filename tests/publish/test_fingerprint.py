"""A build is left out only where it would give the very same: whatever goes into a page changes the number."""

import shutil
from pathlib import Path

import pytest

import analysis
from analysis.publish import fingerprint

ROOT = Path(__file__).resolve().parents[2]
TOLD = {"SOURCE_DATE_EPOCH": "1", "ANALYSIS_LANGUAGE": "en"}


@pytest.fixture
def project(tmp_path, monkeypatch):
    for part in ("data", "book", "src/analysis"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("_config.yml", "_toc.yml", "pyproject.toml"):
        shutil.copy(ROOT / part, tmp_path / part)
    monkeypatch.setattr(analysis, "__file__", str(tmp_path / "src" / "analysis" / "__init__.py"))
    return tmp_path


def test_a_byte_of_whatever_goes_into_a_page_is_noticed(project, monkeypatch):
    """Each table, module, chapter, catalogue, style, script and template."""
    monkeypatch.setattr(fingerprint, "_libraries", list)
    before = fingerprint.of(project, project / "data", TOLD)
    passing = {fingerprint.COMPILED, ".pyc"}
    paths = [path for path in sorted(project.rglob("*")) if path.is_file() and path.suffix not in passing]
    assert len({path.suffix for path in paths}) > 8
    for path in paths:
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        assert fingerprint.of(project, project / "data", TOLD) != before, path
        path.write_bytes(content)
    assert fingerprint.of(project, project / "data", TOLD) == before


def test_what_comes_goes_is_renamed_or_told_is_noticed(project, monkeypatch):
    data = project / "data"
    found = {fingerprint.of(project, data, TOLD), fingerprint.of(project, data, TOLD | {"SOURCE_DATE_EPOCH": "2"})}
    (data / "previous").mkdir()
    (data / "previous" / "zones.csv").write_text("id\n", "utf-8")
    found.add(fingerprint.of(project, data, TOLD))
    (data / "previous" / "zones.csv").rename(data / "previous" / "links.csv")
    found.add(fingerprint.of(project, data, TOLD))
    (project / "book" / "glossary.md").unlink()
    found.add(fingerprint.of(project, data, TOLD))
    monkeypatch.setattr(fingerprint, "_libraries", lambda: ["WeasyPrint 99"])
    found.add(fingerprint.of(project, data, TOLD))
    assert len(found) == 6


def test_what_programs_leave_behind_is_not(project):
    before = fingerprint.of(project, project / "data", TOLD)
    for name in ("src/analysis/__pycache__/panel.pyc", "book/.ipynb_checkpoints/index.ipynb", "book/locale/book.mo"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_bytes(b"x")
    assert fingerprint.of(project, project / "data", TOLD) == before
