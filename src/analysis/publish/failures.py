"""What fails in a build says where and why, on the terminal and in the log."""

from __future__ import annotations

from docutils import nodes
from myst_nb.core.execute import inline
from myst_nb.sphinx_ import Parser
from nbclient.exceptions import DeadKernelError
from sphinx import builders
from sphinx.application import Sphinx
from sphinx.errors import SphinxParallelError
from sphinx.util.parallel import ParallelTasks

from analysis.publish.notebooks import CellFailed, Client, NotebookFailed
from analysis.publish.sphinx_run import MEMORY


class NotebookParser(Parser):  # type: ignore[misc]  # MyST-NB has no types
    """MyST-NB's parser, which executes a notebook while it reads it, and would name no more than the file."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Adds what the notebook holds to the document. Raises NotebookFailed."""
        try:
            super().parse(inputstring, document)
        except (CellFailed, DeadKernelError) as failure:
            env = document.settings.env
            raise NotebookFailed(f"{env.doc2path(env.docname, base=False)}, {failure}") from failure


class WatchedTasks(ParallelTasks):
    """Sphinx' tasks side by side, which would wait for ever for one that was killed."""

    def _join_one(self) -> bool:
        # whatever a task meets, it tells, and then ends as if all were well
        if any(self._procs[task].exitcode for task in self._precvs):
            raise SphinxParallelError(f"a process that makes chapters was ended from outside; {MEMORY}", "")
        return super()._join_one()


def setup(app: Sphinx) -> None:
    """Registers the parser, what runs the cells and what works side by side; part of the book's extension."""
    inline.ModifiedNotebookClient = Client  # MyST-NB and Sphinx have no other way to replace it
    builders.ParallelTasks = WatchedTasks  # type: ignore[attr-defined]
    app.add_source_parser(NotebookParser, override=True)
