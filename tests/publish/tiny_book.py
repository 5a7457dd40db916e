"""A book of a few pages, made in this process as the book itself is."""

import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from analysis.publish import sphinx_run


def made(folder: Path, pages: dict[str, str], builder: str = "html", **settings: object) -> Path:
    """Write ``pages`` (name -> text; the first is the root) and run a builder; returns the folder of its output."""
    for name, text in pages.items():
        path = folder / "book" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    first = next(iter(pages))
    settings = {
        "extensions": ["analysis.publish.extension"],
        "root_doc": f"book/{Path(first).stem}",
        "html_math_renderer": "ziamath",
        "nb_execution_mode": "off",
        "gettext_compact": "book",
        **settings,
    }
    with patch_docutils(str(folder)), docutils_namespace():
        app = Sphinx(
            srcdir=folder,
            confdir=None,
            outdir=folder / builder,
            doctreedir=folder / "trees",
            buildername=builder,
            confoverrides=settings,
            status=None,
            warning=sys.stderr,
            warningiserror=True,
            keep_going=True,
            parallel=2,
        )
        sphinx_run.make(app)
        assert not app.statuscode
    return folder / builder
