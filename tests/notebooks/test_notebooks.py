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
    showing = [c for c in cells if re.match(r"(changes|charts|explorers|tables|zones)\.", c.source)]
    assert showing
    for cell in showing:
        assert cell.outputs and cell.outputs[0]["data"]["text/html"], f"{path.name}, cell {cell.id}: run `make rerun`"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_stored_notebooks_are_in_the_form_that_rerun_writes(path):
    """Else the next `make rerun` changes lines that no figure changed."""
    assert notebooks.normal_form(nbformat.read(path, as_version=4)) == path.read_text("utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_name_within_a_drawing_is_made_of_the_last_digits_of_a_place(path):
    """They differ from one release of NumPy to another: elsewhere nbval would find each drawing changed."""
    assert not re.findall(r'id=\\"(?:[\w-]*-)?[a-z][0-9a-f]{10}\\"', path.read_text("utf-8"))


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


def compared(folder, chapter, **environment):
    """What nbval says of a chapter that was copied to a folder."""
    shutil.copy(BOOK.parent / "conftest.py", folder)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", str(folder / chapter)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, **environment})


def test_a_changed_figure_fails_nbval_and_is_named(tmp_path, copy):
    """The reason for nbval: a figure that moved must be noticed, and whoever sees it must know which and what to do."""
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace("89.07,89.07", "88.07,88.07"), "utf-8")
    shutil.copy(BOOK / "one-board.ipynb", tmp_path)
    unchanged = compared(tmp_path, "one-board.ipynb")
    assert unchanged.returncode == 0, unchanged.stdout
    changed = compared(tmp_path, "one-board.ipynb", ANALYSIS_DATA=str(copy))
    assert changed.returncode == 1
    assert "one-board.ipynb, cell 3 (one-board-05), fig-city-shares: stored → now" in changed.stdout
    assert "Share of above-scale industrial output, Share of the city: 89.07% → 88.07%" in changed.stdout
    assert "if this is meant: `make rerun`" in changed.stdout
    assert "\x1b" not in changed.stdout, "colours in what may be a file"


def test_a_figure_that_stands_in_the_prose_alone_is_compared(tmp_path):
    """A quotient that was turned over, or a figure of another project, shows in no table."""
    chapter = "project-economics.ipynb"
    text = (BOOK / chapter).read_text("utf-8")
    figure, other = "say(intensity.get(dearest))", "say(intensity.get(cheapest))"
    assert figure in text
    (tmp_path / chapter).write_text(text.replace(figure, other), "utf-8")
    changed = compared(tmp_path, chapter)
    assert changed.returncode == 1 and changed.stdout.count("::Cell") == 2  # its heading and its line in the summary
    assert "(project-economics-prose): stored → now" in changed.stdout


def test_a_cell_that_fails_says_where_and_why(tmp_path):
    text = (BOOK / "claims.ipynb").read_text("utf-8")
    (tmp_path / "claims.ipynb").write_text(text.replace("data = load()", "data = load(1 / 0)"), "utf-8")
    changed = compared(tmp_path, "claims.ipynb")
    assert "claims.ipynb, cell 1 (claims-" in changed.stdout and "ZeroDivisionError" in changed.stdout
    assert "\x1b" not in changed.stdout
