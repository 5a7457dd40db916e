"""Whole pages that are not Sphinx': the templates of `book/_templates`, under the rules of `wording.templates`.

A page says words of the edition by ``{{ _("...") }}``, as Sphinx' own do; the catalogues take them from there.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from analysis.wording import _, templates

FOLDER = Path(__file__).resolve().parents[3] / "book" / "_templates"


@cache
def _environment() -> Environment:
    made = templates.environment().overlay(loader=FileSystemLoader(FOLDER))
    made.globals = {**made.globals, "_": _}
    return made


def whole_page(template: str, /, **parts: object) -> Markup:
    """The page, or part of one, that ``book/_templates/<template>.html`` makes of its parts; a template that is no
    HTML is named with its ending.

    Raises UndefinedError when a part is missing.
    """
    return Markup(_environment().get_template(template if "." in template else f"{template}.html").render(parts))
