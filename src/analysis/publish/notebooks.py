"""Re-execute the notebooks in place, so that their stored outputs are what they say now.

The stored outputs are the references that nbval compares with. Nothing volatile is kept: no execution
times, no kernel versions and no ids of widgets, so that a second run changes no byte.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

# a widget is live only in the kernel that made it; what stays of it is its HTML
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class NotebookFailed(Exception):
    """A notebook stopped with an error; str() names the notebook, the cell and the error."""


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
    )
    try:
        client.execute()
    except CellExecutionError as error:
        cell = next((c for c in notebook.cells if any(o.output_type == "error" for o in c.get("outputs", ()))), None)
        where = f", cell {cell.id}" if cell is not None else ""
        raise NotebookFailed(f"{path.name}{where}: {error.ename}: {error.evalue}") from None
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
    return nbformat.writes(notebook, indent=1) + "\n"


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
