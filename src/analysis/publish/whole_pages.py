"""Whole pages that are not Sphinx': the templates of `book/_templates`, under the rules of `wording.templates`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from analysis.wording import templates

FOLDER = Path(__file__).resolve().parents[3] / "book" / "_templates"


@cache
def _environment() -> Environment:
    return templates.environment().overlay(loader=FileSystemLoader(FOLDER))


def whole_page(template: str, /, **parts: object) -> Markup:
    """The page, or part of one, that ``book/_templates/<template>.html`` makes of its parts.

    Raises UndefinedError when a part is missing.
    """
    return Markup(_environment().get_template(f"{template}.html").render(parts))
