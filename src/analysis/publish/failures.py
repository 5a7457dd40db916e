"""A notebook that fails in a build says where and why, on the terminal and in the log."""

from __future__ import annotations

from docutils import nodes
from myst_nb.core.execute import ExecutionError
from myst_nb.sphinx_ import Parser
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from sphinx.application import Sphinx

from analysis.publish.notebooks import CellFailed, NotebookFailed, stop_at


class NotebookParser(Parser):  # type: ignore[misc]  # MyST-NB has no types
    """MyST-NB's parser, which executes a notebook while it reads it, and would name no more than the file."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Adds what the notebook holds to the document. Raises NotebookFailed."""
        try:
            super().parse(inputstring, document)
        except (CellFailed, ExecutionError, DeadKernelError) as failure:
            env = document.settings.env
            path = env.doc2path(env.docname, base=False)
            why = failure.__cause__ if isinstance(failure, ExecutionError) else failure
            raise NotebookFailed(f"{path}, {why}") from failure


def setup(app: Sphinx) -> None:
    """Registers the parser, and what a kernel's failure sets off; part of the book's extension."""
    NotebookClient.on_cell_error.default_value = stop_at
    # a chapter's kernel has nothing to put in order, and takes a second when it is asked to go
    NotebookClient.shutdown_kernel.default_value = "immediate"
    app.add_source_parser(NotebookParser, override=True)
