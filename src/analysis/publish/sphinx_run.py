"""Run one Sphinx builder with Jupyter Book's configuration: builder, language, output, document trees.

A process of its own, so that editions can run side by side and a builder's memory is returned.
"""

from __future__ import annotations

import sys
from pathlib import Path

from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).resolve().parents[3]


def main(builder: str, language: str, out: str, trees: str) -> int:
    """Returns Sphinx' exit code; a warning counts as a failure."""
    config, _meta = get_final_config(user_yaml=ROOT / "_config.yml", cli_config={"latex_individualpages": False}, sourcedir=ROOT)
    config.update(language=language, external_toc_path="_toc.yml")
    if builder == "singlehtml":
        # the screen theme has no place on paper
        config.update(html_theme="basic", html_theme_options={}, html_css_files=[], html_sidebars={})
    with patch_docutils(str(ROOT)), docutils_namespace():
        app = Sphinx(
            srcdir=ROOT,
            confdir=None,
            outdir=out,
            doctreedir=trees,
            buildername=builder,
            confoverrides=config,
            warningiserror=True,
            keep_going=True,
            parallel=2,
        )
        # these two work after reading (section numbers, LaTeX) and only forget to say that pages may be
        # read side by side
        for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
            app.extensions[name].parallel_read_safe = True
        app.build()
        return app.statuscode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
