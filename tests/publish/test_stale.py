"""Built over what an earlier build left, the pages are those of a clean one, whatever was changed in between.

PDF, EPUB and Word file are made of the single page and of the document trees each time; what the PDF remembers has
tests of its own in `test_copyfit.py`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from reproduce import differences, files

from analysis.publish.fingerprint import PARTS

pytestmark = pytest.mark.thorough
ROOT = Path(__file__).resolve().parents[2]
PAGES = "import sys; from analysis.publish import sphinx_run; sys.exit(sphinx_run.main(*sys.argv[1:]))"
EDITION = "zh"  # the one that catalogues make
CONTENTS = """
format: jb-book
root: book/index
parts:
  - caption: Foundations
    chapters: [{file: book/data}, {file: book/methods}]
"""
LOADED = "from analysis import load\nfrom analysis.exhibits import charts, tables\nfrom analysis.wording import Prose\n"
FIRST = [
    nbformat.v4.new_code_cell(f"{LOADED}data = load()\nsay = Prose(data)"),
    nbformat.v4.new_markdown_cell('(overview)=\n# {eval}`say.book("title")`\n\n{eval}`say.book("subtitle")`'),
]
CHAPTER = [
    nbformat.v4.new_markdown_cell("# Data\n\n## Several periods"),
    nbformat.v4.new_code_cell(f"{LOADED}data = load()\ntables.observations(data)"),
    nbformat.v4.new_code_cell(
        "charts.through_time(data, data.group, list(data.indicators.index[:3]), name='counts-series')"
    ),
]
METHODS = """# Methods

**How are the figures computed, and how sure are they?**

## Coding

{cite}`moore2009`

```{bibliography}
```
"""
# of each kind of input: a file, something in it, and what is put there
CHANGES = {
    "the figures": ("data/observations.csv", ",2024,53.7,53.7,", ",2024,49.7,49.7,"),
    "the zones": ("data/zones.csv", ",北部,", ",北区,"),
    "the indicators": ("data/indicators.csv", ",Exports,出口额,", ",Exports,出口总额,"),
    "the sources": ("data/sources.csv", ",虚构公报,A made-up", ",虚拟公报,A made-up"),
    "the descriptor": ("data/datapackage.json", '"示例市开发区"', '"示例城开发区"'),
    "a module that kernels run": ("src/analysis/exhibits/tables/cells.py", '}-caption"', '}-of-caption"'),
    "a module that makes pages": ("src/analysis/publish/writer.py", '"a", "", CLASS="', '"a", "", CLASS="other '),
    "a template of the package": ("src/analysis/templates/table.html", "<table", '<table data-changed="yes"'),
    "a template of the pages": ("book/_templates/layout.html", "<body", '<body data-changed="yes"'),
    "a style": ("book/_static/book.css", "}", "}\n.changed { color: red }"),
    "the text of a chapter": ("book/methods.md", "## Coding", "## Coding\n\n42"),
    "the catalogue of the text": ("book/locale/zh_CN/LC_MESSAGES/book.po", "**数字如何计算", "**数字怎样计算"),
    "the catalogue of the package": ("src/analysis/locale/zh_CN/LC_MESSAGES/analysis.po", "概览", "总览"),
    "the bibliography": ("book/references.bib", "title = {", "title = {Changed: "),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with the data of the example and three small pages."""
    place = tmp_path / "project"
    unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.mo", "*.ipynb", "*.md")
    shutil.copytree(ROOT / "tests" / "fixtures" / "example-city", place / "data")
    for part in PARTS:
        if (ROOT / part).is_file():
            shutil.copy(ROOT / part, place / part)
    shutil.copytree(ROOT / "book", place / "book", ignore=unwanted)
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    (place / "_toc.yml").write_text(CONTENTS, "utf-8")
    (place / "book" / "methods.md").write_text(METHODS, "utf-8")
    for name, cells in (("index", FIRST), ("data", CHAPTER)):
        nbformat.write(nbformat.v4.new_notebook(cells=cells), place / "book" / f"{name}.ipynb")
    return place


def built(project: Path, work: Path) -> dict[str, bytes]:
    """The pages and the single page of the project, over what lies in ``work``."""
    outputs = [f"{builder}={work / builder}" for builder in ("html", "singlehtml")]
    own = {"PYTHONPATH": str(project / "src"), "ANALYSIS_DATA": str(project / "data"), "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-c", PAGES, EDITION, str(work / "trees"), *outputs]
    done = subprocess.run(command, cwd=project, env={**os.environ, **own}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    shipped = ("html/", "singlehtml/book/")
    return {name: text for name, text in files(work).items() if name.startswith(shipped) and "/." not in name}


def test_pages_are_never_stale(project, tmp_path):
    kept, stale = tmp_path / "kept", {}
    before = built(project, kept)
    for number, (kind, (name, old, new)) in enumerate(CHANGES.items()):
        path = project / name
        text = path.read_text("utf-8")
        assert old in text, f"{kind}: the test changes nothing"
        path.write_text(text.replace(old, new, 1), "utf-8")
        after, clean = built(project, kept), built(project, tmp_path / f"clean-{number}")
        assert clean != before, f"{kind}: nothing of the change shows"
        if found := differences(after, clean):
            stale[kind] = found
        before = clean
    assert stale == {}
