"""A notebook that fails: who reads the terminal learns where and why, who reads the log all of it."""

import os
import re
import traceback

import nbformat
import pytest
from publish.tiny_book import made
from sphinx.errors import SphinxParallelError

from analysis.publish import notebooks
from analysis.publish.sphinx_run import SphinxFailed

BOOM = 'broken.ipynb, cell 3, line 2: ValueError: boom-42\n    raise ValueError("boom-42")'
SETTINGS = {"nb_execution_mode": "inline", "nb_execution_raise_on_error": True}


def notebook(*cells: str) -> str:
    """A notebook with a text and these cells of code."""
    made = [nbformat.v4.new_markdown_cell("# A title"), *map(nbformat.v4.new_code_cell, cells)]
    return nbformat.writes(nbformat.v4.new_notebook(cells=made))


STALLING = notebook("import time", "x = 1\nwhile x:\n    time.sleep(0.1)")
STALLED = """broken.ipynb, cell 3, line 3: Stalled: no end within 2 s (_config.yml, execute: timeout)
    time.sleep(0.1)"""
FAILING = notebook("x = 1", 'x += 1\nraise ValueError("boom-42")', "x")


def test_in_place(tmp_path):
    (tmp_path / "broken.ipynb").write_text(FAILING)
    with pytest.raises(notebooks.NotebookFailed) as failure:
        notebooks.rerun(tmp_path)
    assert str(failure.value) == BOOM


def test_the_line_below_that_raised_is_named_too(tmp_path):
    (tmp_path / "broken.ipynb").write_text(notebook("import json", 'json.loads("{")'))
    with pytest.raises(
        notebooks.NotebookFailed, match=r"cell 3, line 1: JSONDecodeError.*\n.*\n +raised at .*\.py:\d+$"
    ):
        notebooks.rerun(tmp_path)


def run(*cells: str, **settings: object) -> nbformat.NotebookNode:
    """The notebook of these cells as a client leaves it."""
    ran = nbformat.reads(notebook(*cells), as_version=4)
    notebooks.Client(ran, **settings).execute()
    return ran


def test_a_cell_that_ends_its_kernel_is_named():
    with pytest.raises(notebooks.CellFailed, match=r"^cell 3: its kernel died"):
        run("x = 1", "import os\nos._exit(9)")


@pytest.mark.skipif(os.name != "posix", reason="Windows has ports alone")
def test_nobody_else_can_listen_to_a_kernel_or_take_its_port():
    shown = run("from ipykernel.kernelapp import IPKernelApp\nprint(IPKernelApp.instance().transport)")
    assert shown.cells[1].outputs[0].text == "ipc\n"


# Sphinx reads a few pages one by one, and many side by side
@pytest.mark.parametrize("others", [0, 8])
def test_in_a_build(tmp_path, capfd, others):
    pages = {f"page-{number}.md": "# A page\n" for number in range(others)}
    with pytest.raises(Exception, match=r"NotebookFailed|boom-42") as failure:
        made(tmp_path, {"broken.ipynb": FAILING} | pages, **SETTINGS)
    # what the process prints before it ends: all of it goes into the log
    log = capfd.readouterr().err + "".join(traceback.format_exception(failure.value))
    assert str(SphinxFailed(log)) == f"book/{BOOM}"
    assert "----> 2 raise" in re.sub(r"\x1b\[[0-9;]*m", "", log)


def test_a_cell_that_never_ends_is_stopped(tmp_path, capfd):
    with pytest.raises(Exception, match=r"NotebookFailed|Stalled") as failure:
        made(tmp_path, {"broken.ipynb": STALLING}, nb_execution_timeout=2, **SETTINGS)
    log = capfd.readouterr().err + "".join(traceback.format_exception(failure.value))
    assert str(SphinxFailed(log)) == f"book/{STALLED}"


@pytest.mark.skipif(os.name != "posix", reason="Windows makes the chapters one after the other")
def test_a_process_that_is_killed_is_not_waited_for(tmp_path):
    """As a machine with too little memory does: its kernel's parent is the process that reads the chapter."""
    pages = {f"page-{number}.md": "# A page\n" for number in range(8)}
    killing = notebook("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    with pytest.raises(SphinxParallelError, match="ended from outside"):
        made(tmp_path, {"index.md": "# Root\n", "killing.ipynb": killing} | pages, **SETTINGS)
