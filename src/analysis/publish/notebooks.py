"""Run notebooks, and re-execute them in place, so that their stored outputs are what they say now.

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
import psutil
import yaml
from jupyter_core.utils import run_sync
from myst_nb.core.execute.inline import ModifiedNotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from analysis.publish.forked import nursery
from analysis.publish.kernels import Kernel
from analysis.publish.phases import phase
from analysis.publish.sphinx_run import MEMORY, ROOT

# a widget is live only in the kernel that made it; what stays of it is its HTML
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


# the first line of a kernel: one whose starter was killed while it began does not stay, as nobody is there to end it
ORPHANS_END = """(lambda os: os.name == "nt" or os.getppid() == int(os.environ["JPY_PARENT_PID"]) or os._exit(1))(
    __import__("os"))"""


class NotebookFailed(Exception):
    """A notebook stopped with an error; str() names the notebook, the cell, its line and the error."""


class CellFailed(Exception):
    """A cell stopped with an error; str() says its number, the line and the error. The cause holds the traceback."""


def stop_at(cell: nbformat.NotebookNode, cell_index: int, execute_reply: Mapping[str, Any]) -> None:
    """Raises CellFailed: nbclient calls this with a cell that failed, its place and what the kernel answered."""
    if "raises-exception" in cell.metadata.get("tags", ()):
        return
    error = CellExecutionError.from_cell_and_msg(cell, execute_reply["content"])
    # of a cell that was interrupted, where it was stands in its output
    shown = [error.traceback, *("\n".join(output.traceback) for output in cell.outputs if "traceback" in output)]
    traceback = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(shown))
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


class Client(ModifiedNotebookClient):  # type: ignore[misc]  # MyST-NB has no types
    """Runs the cells of a notebook. Raises CellFailed at one that fails, ends its kernel, or does not come to its end.

    settings: nbclient's, such as ``timeout``, the seconds that a cell has.
    """

    def __init__(self, notebook: nbformat.NotebookNode, **settings: Any):
        limit = f"no end within {settings.get('timeout')} s (_config.yml, execute: timeout)"
        super().__init__(
            notebook,
            kernel_manager_class=Kernel,
            shutdown_kernel="immediate",  # it has nothing to put in order, and takes a second when it is asked
            # not a word about itself on every start
            extra_arguments=["--log-level=ERROR", f"--IPKernelApp.exec_lines={ORPHANS_END}"],
            on_cell_error=stop_at,
            interrupt_on_timeout=True,
            error_on_timeout={"ename": "Stalled", "evalue": limit, "traceback": []},
            **settings,
        )

    async def async_execute_cell(self, cell: nbformat.NotebookNode, cell_index: int, **settings: Any) -> Any:
        """Runs a cell, as nbclient does, and knows which one was its kernel's last."""
        begun = any(earlier.cell_type == "code" for earlier in self.nb.cells[:cell_index])
        try:
            with phase("cells" if begun else "imports", self._busy):
                return await super().async_execute_cell(cell, cell_index, **settings)
        except DeadKernelError:
            raise CellFailed(f"cell {cell_index + 1}: its kernel died; {MEMORY}") from None

    execute_cell = run_sync(async_execute_cell)

    def start_new_kernel(self, **settings: Any) -> None:
        """Starts the kernel's process."""
        with phase("kernel start"):
            super().start_new_kernel(**settings)

    def start_new_kernel_client(self) -> Any:
        """Waits until the kernel answers."""
        with phase("kernel start", self._busy):
            return super().start_new_kernel_client()

    def eval_expression(self, name: str) -> Any:
        """What a sentence's expression gives."""
        with phase("sentences", self._busy):
            return super().eval_expression(name)

    def _busy(self) -> float:
        """Seconds of processor of the kernel so far."""
        used = psutil.Process(self.km.provisioner.pid).cpu_times()
        return float(used.user + used.system)


def execute(path: Path) -> str:
    """Run the notebook at ``path`` and return its new text in normal form.

    Raises NotebookFailed.
    """
    notebook = nbformat.read(path, as_version=4)
    limit = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["execute"]["timeout"]
    client = Client(notebook, timeout=limit, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
    try:
        client.execute()
    except (CellFailed, DeadKernelError) as failure:
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
    with nursery(), ThreadPoolExecutor(max_workers=2) as pool:
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
