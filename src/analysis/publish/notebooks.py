"""Re-execute the notebooks in place, so that their stored outputs are what they say now.

The stored outputs are the references that nbval compares with. Nothing volatile is kept: no execution
times, no kernel versions and no ids of widgets, so that a second run changes no byte.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

# a widget is live only in the kernel that made it; what stays of it is its HTML
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class NotebookFailed(Exception):
    """A notebook stopped with an error; str() names the notebook, the cell, its line and the error."""


class CellFailed(Exception):
    """A cell stopped with an error; str() says its number, the line and the error. The cause holds the traceback."""


def stop_at(cell: nbformat.NotebookNode, cell_index: int, execute_reply: Mapping[str, Any]) -> None:
    """Raises CellFailed: nbclient calls this with a cell that failed, its place and what the kernel answered."""
    if "raises-exception" in cell.metadata.get("tags", ()):
        return
    error = CellExecutionError.from_cell_and_msg(cell, execute_reply["content"])
    traceback = re.sub(r"\x1b\[[0-9;]*m", "", error.traceback)
    where, told = f"cell {cell_index + 1}", []
    if line := re.search(r"Cell In\[\d+\], line (\d+)", traceback):
        number = int(line[1])
        where += f", line {number}"
        told += cell.source.splitlines()[number - 1 : number]
    if raised := re.findall(r"^File (\S+:\d+), in", traceback, re.MULTILINE):
        # rather a line of this project than one of a library below it
        told.append(f"raised at {([at for at in raised if '/analysis/' in at] or raised)[-1]}")
    lines = [f"{where}: {error.ename}: {error.evalue}", *(f"    {text.strip()}" for text in told)]
    raise CellFailed("\n".join(lines)) from error


def execute(path: Path) -> str:
    """Run the notebook at ``path`` and return its new text in normal form.

    Raises NotebookFailed.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        shutdown_kernel="immediate",  # it has nothing to put in order, and takes a second when it is asked
        resources={"metadata": {"path": str(path.parent)}},
        # not a word about the transport on every start
        extra_arguments=["--log-level=ERROR"],
        on_cell_error=stop_at,
    )
    try:
        client.execute()
    except (CellFailed, CellTimeoutError, DeadKernelError) as failure:
        raise NotebookFailed(f"{path.name}, {failure}") from None
    return normal_form(notebook)


def normal_form(notebook: nbformat.NotebookNode) -> str:
    """The text of a notebook without anything that differs from run to run."""
    notebook.metadata = nbformat.from_dict(KERNEL)
    count = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        if cell.cell_type == "code":
            # nbval takes a cell without a count for one that never ran
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
                output.get("data", {}).pop(WIDGET_VIEW, None)
    return f"{nbformat.writes(notebook, indent=1)}\n"


def rerun(folder: Path) -> list[str]:
    """Re-execute every notebook of ``folder``, two at a time; write them only if all succeed.

    Returns the names of those that changed. Raises NotebookFailed with a line for each that failed.
    """
    paths = sorted(folder.glob("*.ipynb"))
    failures: list[str] = []
    texts: dict[Path, str] = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for path, result in [(path, pool.submit(execute, path)) for path in paths]:
            try:
                texts[path] = result.result()
            except NotebookFailed as failure:
                failures.append(str(failure))
    if failures:
        raise NotebookFailed("\n".join(failures))
    changed = [path for path, text in texts.items() if path.read_text("utf-8") != text]
    for path in changed:
        beside = path.with_suffix(".ipynb.new")
        beside.write_text(texts[path], "utf-8")
        os.replace(beside, path)
    return [path.name for path in changed]
