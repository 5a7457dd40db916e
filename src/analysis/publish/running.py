"""How a reader runs a chapter: in a copy of the project, or at a Binder where `_config.yml` names the repository."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx

from analysis.publish import take_away
from analysis.wording import _


def of(app: Sphinx, page: str) -> dict[str, str]:
    """The parts of ``book/_templates/run.html`` for a page; none for one that is no notebook."""
    if not take_away.notebook_name(app, page):
        return {}
    notebook, base = f"{page}.ipynb", app.config.analysis_binder
    return {
        "title": _("Run this chapter"),
        "where": _("In a copy of the project this command opens {notebook} in JupyterLab:"),
        "notebook": notebook,
        "command": f"make lab CHAPTER={Path(page).name}",
        "label": _("Run it in the browser, at a Binder"),
        "binder": base and f"{base}?urlpath={quote(f'lab/tree/{notebook}')}",
    }
