"""A notebook that fails in a build says where and why, on the terminal and in the log."""

from __future__ import annotations

from docutils import nodes
from myst_nb.core.execute import inline
from myst_nb.sphinx_ import Parser
from nbclient.exceptions import DeadKernelError
from sphinx.application import Sphinx

from analysis.publish.notebooks import CellFailed, Client, NotebookFailed


class NotebookParser(Parser):  # type: ignore[misc]  # MyST-NB has no types
    """MyST-NB's parser, which executes a notebook while it reads it, and would name no more than the file."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Adds what the notebook holds to the document. Raises NotebookFailed."""
        try:
            super().parse(inputstring, document)
        except (CellFailed, DeadKernelError) as failure:
            env = document.settings.env
            raise NotebookFailed(f"{env.doc2path(env.docname, base=False)}, {failure}") from failure


def setup(app: Sphinx) -> None:
    """Registers the parser, and what runs the cells; part of the book's extension."""
    inline.ModifiedNotebookClient = Client  # MyST-NB has no other way to replace it
    app.add_source_parser(NotebookParser, override=True)
