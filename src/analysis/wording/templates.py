"""HTML from the templates of `analysis/templates`: what one prints is escaped unless it is markup of ours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).parents[1] / "templates"


def quotes(words: object) -> object:
    """Plain words with the apostrophes and quotation marks of print, as Sphinx sets those of the prose.

    >>> quotes("the zones' share of the city's 'output'")
    'the zones’ share of the city’s ‘output’'
    """
    if not isinstance(words, str) or isinstance(words, Markup):
        return words
    return re.sub(r"(?<=\w)'", "’", re.sub(r"(?<!\w)'(\w[^']*)'(?!\w)", r"‘\1’", words))


def one_line(words: object) -> str:
    r"""Words as Markdown prints them in a cell: no mark of theirs is markup, and nobody is called by an @.

    >>> one_line("a|b\n*c* @d")
    'a\\|b \\*c\\* @\u2060d'
    """
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", " ".join(str(words).split())).replace("@", "@\u2060")


@cache
def environment() -> Environment:
    """The templates, each compiled once. A part that a template asks for and does not get is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"quotes": quotes, "one_line": one_line}
    return made


def rendered(template: str, /, **parts: object) -> Markup:
    """The template `templates/<template>.html` with its parts. Raises UndefinedError when one is missing."""
    return Markup(environment().get_template(f"{template}.html").render(parts))


def markdown(template: str, /, **parts: object) -> str:
    """The template `templates/<template>.md` with its parts, what they hold escaped for Markdown as GitHub reads it.

    Raises UndefinedError when one is missing.
    """
    return environment().get_template(f"{template}.md").render(parts)


def piece(template: str, macro: str, /, **parts: object) -> Markup:
    """What a macro of a template makes of its parts: for the small things of which a page holds many.

    Raises UndefinedError when a part is missing, TypeError when the macro knows no such part.
    """
    return Markup(getattr(environment().get_template(f"{template}.html").module, macro)(**parts))
