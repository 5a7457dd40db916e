"""The style sheets and scripts of the book's own without what only their writers need; each page loads them."""

from __future__ import annotations

import shutil
from pathlib import Path

import minify_html

TAGS = {".css": ("<style>", "</style>"), ".js": ("<script>", "</script>")}  # the library takes whole pages alone
PYGMENTS = "pygments.css"  # Sphinx writes it for the page alone too


def copy(source: str, target: str, own: Path) -> None:
    """Copies a file of a site; a script or style sheet that stands in the folder ``own`` too, minified."""
    path = Path(source)
    if path.suffix in TAGS and (path.name == PYGMENTS or (own / path.name).exists()):
        before, after = TAGS[path.suffix]
        page = minify_html.minify(f"{before}{path.read_text('utf-8')}{after}", minify_css=True, minify_js=True)
        Path(target).write_text(page.removeprefix(before).removesuffix(after), "utf-8")
    else:
        shutil.copy2(source, target)
