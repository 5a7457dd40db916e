"""A build is left out only where it would give the very same: whatever goes into a page changes the number."""

import shutil
from pathlib import Path

import pytest

import analysis
from analysis.publish import fingerprint

ROOT = Path(__file__).resolve().parents[2]
TOLD = {"SOURCE_DATE_EPOCH": "1", "ANALYSIS_LANGUAGE": "en"}
DATA = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").glob("*.csv"))
OTHERS = [
    "data/datapackage.json",
    "book/one-board.ipynb",
    "book/methods.md",
    "book/references.bib",
    "book/locale/zh_CN/LC_MESSAGES/book.po",
    "book/_static/book.css",
    "book/_static/print.css",
    "book/_static/take.js",
    "book/_templates/layout.html",
    "book/_templates/epub/epub.css",
    "_config.yml",
    "_toc.yml",
    "pyproject.toml",
    "src/analysis/model/panel.py",
    "src/analysis/publish/pdf.py",
    "src/analysis/templates/table.html",
    "src/analysis/package/faults.csv",
    "src/analysis/package/contract.json",
    "src/analysis/locale/zh_CN/LC_MESSAGES/analysis.po",
]


@pytest.fixture
def project(tmp_path, monkeypatch):
    for part in ("data", "book", "src/analysis"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("_config.yml", "_toc.yml", "pyproject.toml"):
        shutil.copy(ROOT / part, tmp_path / part)
    monkeypatch.setattr(analysis, "__file__", str(tmp_path / "src" / "analysis" / "__init__.py"))
    return tmp_path


@pytest.mark.parametrize("name", [*DATA, *OTHERS])
def test_a_byte_of_whatever_goes_into_a_page_is_noticed(project, name):
    before = fingerprint.of(project, project / "data", TOLD)
    assert fingerprint.of(project, project / "data", TOLD) == before
    path = project / name
    path.write_bytes(path.read_bytes() + b" ")
    assert fingerprint.of(project, project / "data", TOLD) != before


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
