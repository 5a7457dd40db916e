"""Sphinx extension of the book: the one place where its parts are registered."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from myst_nb.ext.eval import EvalRoleAny
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.locale import init as init_locale
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

import analysis
from analysis import wording
from analysis.package import dataset, encodings
from analysis.package.dataset import astray, default_folder
from analysis.publish import (
    bibliography,
    epub,
    failures,
    page,
    printed_formulas,
    reference,
    remedies,
    search_index,
    take_away,
    uses,
    writer,
)
from analysis.publish.book_data import book_data
from analysis.publish.exhibits import ExhibitsAndFigures, LinksWithinOneDocument
from analysis.publish.sentences import SentencesWithoutGaps
from analysis.publish.terms import Terms

PACKAGE = Path(analysis.__file__).parent
SOURCES = ("py", "po", "html", "csv")  # kinds of files that the package's pages are made with
OVERVIEW = "overview"  # the anchor of the first page's title


class RememberedEval(SphinxRole):
    """The role `{eval}`: an expression evaluated once a page.

    Only the notebook's own text has a kernel. A translated sentence is parsed after it, and gets the result
    that the original sentence got; an expression that the original does not hold is a fault.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The nodes of the result, and messages on what failed."""
        if self.env.app.builder.name == "gettext":
            return [nodes.literal(self.text, self.text)], []
        results: dict[str, list[nodes.Node]] = self.env.temp_data.setdefault("evaluated", {})
        if self.text not in results:
            found, messages = EvalRoleAny()(self.name, self.rawtext, self.text, self.lineno, self.inliner)
            if not found:
                return found, messages
            results[self.text] = found
        return [node.deepcopy() for node in results[self.text]], []


class AnchorOfTheOverview(SphinxTransform):
    """The title of the book differs by edition; the anchor that it makes must not."""

    default_priority = 300  # when targets have become ids of their sections

    def apply(self, **kwargs: object) -> None:
        for section in self.document.findall(nodes.section):
            if OVERVIEW in section["ids"]:
                section["ids"] = [OVERVIEW]


class ToctreeCaptions(SphinxTransform):
    """Translates the captions of the contents, which come from _toc.yml after Sphinx has translated a page."""

    default_priority = 950

    def apply(self, **kwargs: object) -> None:
        folders = [str(Path(self.app.srcdir) / folder) for folder in self.config.locale_dirs]
        catalogue, found = init_locale(folders, self.config.language, self.config.gettext_compact)
        for toctree in self.document.findall(addnodes.toctree) if found else ():
            if toctree.get("caption"):
                toctree["caption"] = catalogue.gettext(toctree["caption"])


def depend_on_data_and_code(app: Sphinx, docname: str, source: list[str]) -> None:
    """A page is stale when the data, the analysis or this extension changed; the first page with the styles too."""
    used = [*default_folder().rglob("*"), *(path for kind in SOURCES for path in PACKAGE.rglob(f"*.{kind}"))]
    if docname == app.config.root_doc:
        # Sphinx copies the style sheets only when it writes a page
        used += [path for folder in app.config.html_static_path for path in (Path(app.srcdir) / folder).rglob("*")]
    for path in used:
        app.env.note_dependency(str(path))


def lay_out_data(app: Sphinx, failure: Exception | None) -> None:
    """The files of the data package beside the pages, for readers to take away; tables with the mark by which Excel
    knows UTF-8, whatever they were saved as."""
    if failure is not None or app.builder.name != "html":
        return
    data = book_data()
    folder = Path(app.outdir) / wording.DATA_FOLDER
    for name in [dataset.DESCRIPTOR, *(resource["path"] for resource in data.descriptor["resources"])]:
        if (data.folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            text = encodings.text((data.folder / name).read_bytes())
            (folder / name).write_text(text, "utf-8" if name == dataset.DESCRIPTOR else "utf-8-sig", newline="")


def clear_old_pages(app: Sphinx, failure: Exception | None) -> None:
    """Pages of an earlier build that the book no longer has, and what they offered to take away, go."""
    if failure is not None or app.builder.name != "html":
        return
    found = {Path(app.outdir) / name for name in app.env.found_docs}
    for folder in {path.parent for path in found}:
        for path in folder.glob("*.*"):
            if path.with_name(path.name.partition(".")[0]) not in found:
                path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Registers everything above and beside. Raises ExtensionError when Sphinx makes the book of another project."""
    if fault := astray(Path(app.srcdir)):
        raise ExtensionError(fault)
    app.setup_extension("myst_nb")  # whose role, fold and parser are replaced
    app.add_role("eval", RememberedEval(), override=True)
    _add_transforms(app)
    for part in (writer, failures, bibliography, reference, remedies, printed_formulas, epub):
        part.setup(app)
    app.connect("builder-inited", search_index.configure)
    app.connect("html-collect-pages", search_index.page)
    app.connect("build-finished", search_index.write)
    app.connect("build-finished", lay_out_data)
    app.connect("build-finished", clear_old_pages)
    app.connect("source-read", depend_on_data_and_code)
    app.connect("env-purge-doc", uses.forget)
    app.connect("env-merge-info", uses.merge)
    app.connect("env-updated", uses.rewrite)
    app.connect("html-page-context", page.describe, priority=900)
    app.connect("html-page-context", take_away.write)
    # the editions that stand side by side on the site; none in a book built alone
    app.add_config_value("analysis_editions", [], "html", [list])
    # where a reader may run the book, and the date of its text; neither in a book built alone
    app.add_config_value("analysis_binder", "", "html", [str])
    app.add_config_value("analysis_published", "", "html", [str])
    # another data folder makes every page stale
    app.add_config_value("analysis_data", str(default_folder()), "env", [str])
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}


def _add_transforms(app: Sphinx) -> None:
    app.add_transform(take_away.CollectValues)
    app.add_transform(ExhibitsAndFigures)
    app.add_transform(SentencesWithoutGaps)
    app.add_transform(uses.CollectUses)
    app.add_transform(AnchorOfTheOverview)
    app.add_transform(ToctreeCaptions)
    app.add_post_transform(uses.ShowUses)
    app.add_post_transform(Terms)
    app.add_post_transform(LinksWithinOneDocument)
