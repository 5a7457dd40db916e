"""Run Sphinx' builders with Jupyter Book's configuration: edition, document trees, builders and their outputs.

A process of its own, so that editions can run side by side and its memory is returned. The builders of an
edition share the process, as loading Sphinx takes as long as writing a chapter.
"""

from __future__ import annotations

import datetime
import gc
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from analysis import wording
from analysis.analyses.walk import has_chapter
from analysis.package import dataset
from analysis.package.dataset import Dataset
from analysis.publish import addresses, forked, lifeline
from analysis.publish.book_data import book_data
from analysis.wording import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[3]
MEMORY = "had the machine too little memory?"
# processes that read the chapters of an edition, each some neighbours by name: of two, as many as most machines have
# cores, one would get nearly all of those that take long
PARALLEL = 4
CHANGES = "book/changes"  # the chapter on what changed, which a first edition does not have


class SphinxFailed(Exception):
    """A builder ended with an error or a warning; str() holds the lines that tell why, ``output`` all of them."""

    def __init__(self, output: str):
        super().__init__(_reason(output))
        self.output = output


def in_a_process(edition: str, trees: Path, outputs: dict[str, Path], environment: dict[str, str] | None = None) -> str:
    """Run ``main`` in a process of its own and return what it printed.

    outputs: builder -> folder, in their order. environment: variables beside those of this process.
    Raises SphinxFailed.
    """
    builders = [f"{builder}={folder}" for builder, folder in outputs.items()]
    command = [sys.executable, "-m", __name__, edition, str(trees), *builders]
    surroundings = {**os.environ, **(environment or {}), "ANALYSIS_LANGUAGE": edition}
    with lifeline.held() as line:
        done = subprocess.run(command, cwd=ROOT, stdin=line, capture_output=True, text=True, env=surroundings)
    output = plain(done.stdout + done.stderr)
    if done.returncode < 0:
        output += f"\nError: the process was ended from outside (signal {-done.returncode}); {MEMORY}"
    if done.returncode:
        raise SphinxFailed(output)
    return output


def plain(output: str) -> str:
    """What a terminal shows, without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", output)


def _reason(output: str) -> str:
    """The lines of a Sphinx log that tell what went wrong."""
    lines = [line for line in output.splitlines() if "IPKernelApp" not in line]
    _before, failed, told = "\n".join(lines).rpartition("NotebookFailed: ")
    if failed:
        return told.strip()
    telling = [line for line in lines if re.search(r"WARNING|ERROR|Error|error:|Exception", line)]
    return "\n".join(telling[-8:]) or output[-800:]


def _contents(trees: Path, data: Dataset | None) -> Path:
    """The table of contents: of all chapters, or of those for which the data have something to show, with the one on
    what changed at its end where there is an edition before."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    for part in contents["parts"]:
        part["chapters"] = [c for c in part["chapters"] if data is None or has_chapter(data, Path(c["file"]).name)]
    if data is None or dataset.has_predecessor(data):
        contents["parts"][-1]["chapters"].append({"file": CHANGES})
    trees.mkdir(parents=True, exist_ok=True)
    path = trees / "_toc.yml"
    path.write_text(yaml.safe_dump(contents), "utf-8")
    return path


def published() -> str:
    """The date of the sources, ISO 8601, from $SOURCE_DATE_EPOCH; empty where none is known."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", 0))
    return datetime.datetime.fromtimestamp(epoch, datetime.UTC).date().isoformat() if epoch else ""


def configuration(builder: str, trees: Path) -> dict[str, object]:
    """Jupyter Book's configuration, in the words of the edition of this process.

    trees: where it may write. $ANALYSIS_EDITIONS names the editions that the site holds, by default all.
    """
    from jupyter_book.config import get_final_config

    from analysis.publish import epub

    config: dict[str, object]
    config, _meta = get_final_config(
        user_yaml=ROOT / "_config.yml", cli_config={"latex_individualpages": False}, sourcedir=ROOT
    )
    if builder == "gettext":
        # the words of all chapters, whatever the data
        config.update(nb_execution_mode="off", external_toc_path=str(_contents(trees, None)))
        return config
    if builder == "epub":
        config.update(templates_path=[epub.TEMPLATES], html_static_path=[])
    data, own = book_data(), addresses.settings(ROOT)
    title = wording.book(data, "title")
    config.update(
        epub.configuration(data),
        html_baseurl=addresses.site(own),
        analysis_binder=addresses.binder(own),
        analysis_published=published(),
        language=wording.sphinx_language(),
        external_toc_path=str(_contents(trees, data)),
        project=title,
        html_title=title,
        author=_("The authors of the book"),
        numfig_format={"figure": _("Figure %s"), "table": _("Table %s")},
        analysis_editions=os.environ.get("ANALYSIS_EDITIONS", ",".join(wording.LOCALES)).split(","),
    )
    return config


def main(edition: str, trees: str, *builders: str) -> int:
    """Run each of ``builders`` ("name=folder"), which share the document trees, until one fails.

    Returns Sphinx' exit code; a warning counts as a failure.
    """
    os.environ["ANALYSIS_LANGUAGE"] = edition
    gc.disable()  # the process ends with its pages
    outputs = (builder.split("=", 1) for builder in builders)
    with forked.nursery():
        return next((code for name, folder in outputs if (code := _run(name, folder, trees))), 0)


def _run(builder: str, folder: str, trees: str) -> int:
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    from analysis.publish import phases

    with patch_docutils(str(ROOT)), docutils_namespace():
        app = Sphinx(
            srcdir=ROOT,
            confdir=None,
            outdir=folder,
            doctreedir=trees,
            buildername=builder,
            confoverrides=configuration(builder, Path(trees)),
            warningiserror=True,
            keep_going=True,
            parallel=PARALLEL,
        )
        # these two work after reading (section numbers, LaTeX) and only forget to say that pages may be
        # read side by side
        for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
            app.extensions[name].parallel_read_safe = True
        phases.follow(app)
        make(app)
        return app.statuscode


def make(app: Sphinx) -> None:
    """Run the builder of ``app``. What failed in a process beside this one is printed whole, as for one in this."""
    from sphinx.errors import SphinxParallelError

    try:
        app.build()
    except SphinxParallelError as failure:
        print(failure.traceback, file=sys.stderr)
        raise


if __name__ == "__main__":
    lifeline.end_with_starter()
    sys.exit(main(*sys.argv[1:]))
