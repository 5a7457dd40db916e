"""The notebooks as an analyst and nbval meet them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.publish import notebooks

BOOK = Path(__file__).resolve().parents[2] / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))
# number words that would be figures; "one" is also a pronoun and stands in the title
TYPED = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_each_cell_that_shows_something_has_a_stored_output(path):
    """nbval compares nothing where nothing is stored, and would pass whatever the figures are."""
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    showing = [c for c in cells if re.match(r"(charts|tables|zones|explorers)\.", c.source)]
    assert showing
    for cell in showing:
        assert cell.outputs and cell.outputs[0]["data"]["text/html"], f"{path.name}, cell {cell.id}: run `make rerun`"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_stored_notebooks_are_in_the_form_that_rerun_writes(path):
    """Else the next `make rerun` changes lines that no figure changed."""
    assert notebooks.normal_form(nbformat.read(path, as_version=4)) == path.read_text("utf-8")


@pytest.mark.parametrize("path", [*NOTEBOOKS, *sorted(BOOK.glob("*.md"))], ids=lambda p: p.stem)
def test_no_figure_is_typed_into_prose(path):
    """A typed figure would stay when the data change."""
    if path.suffix == ".md":
        text = re.sub(r"```\{math\}.*?```|\$[^$]*\$", "", path.read_text("utf-8"), flags=re.DOTALL)
        # general statements of the method count operands, not facts
        text = re.sub(
            r"\b(two (lower bounds|shares|differences)|three significant digits|CNY 20 million)\b",
            "",
            text,
        )
    else:
        cells = nbformat.read(path, as_version=4).cells
        text = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    text = re.sub(r"\{(eval|cite)\}`[^`]*`", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    assert not TYPED.findall(text), [line for line in text.splitlines() if TYPED.search(line)]


def test_a_changed_figure_fails_nbval(tmp_path, copy):
    """The reason for nbval: a figure that moved must be noticed."""
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("89.07,89.07", "88.07,88.07"), "utf-8")
    shutil.copy(BOOK / "index.ipynb", tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", str(tmp_path / "index.ipynb")]
    unchanged = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert unchanged.returncode == 0, unchanged.stdout
    changed = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "ANALYSIS_DATA": str(copy)}
    )
    assert changed.returncode == 1 and "88.07" in changed.stdout
