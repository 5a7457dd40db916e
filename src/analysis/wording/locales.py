"""The edition's language, from $ANALYSIS_LANGUAGE (en, zh), and its words through gettext."""

from __future__ import annotations

import gettext as _gettext
import io
import os
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = {"en": "en_GB", "zh": "zh_CN"}
NAMES = {"en": "English", "zh": "简体中文"}  # of the editions, each in its own language
CATALOGUES = Path(__file__).parents[1] / "locale"


def language() -> str:
    """The edition's language: en unless $ANALYSIS_LANGUAGE says otherwise."""
    chosen = os.environ.get("ANALYSIS_LANGUAGE") or "en"
    return chosen if chosen in LOCALES else "en"


def sphinx_language() -> str:
    """The edition's language as Sphinx and its catalogues name it: en, zh_CN."""
    return "en" if language() == "en" else LOCALES[language()]


def tag(code: str | None = None) -> str:
    """The language of an edition as HTML and PDF name it (BCP 47): en, zh-CN; this edition's by default."""
    code = code or language()
    return "en" if code == "en" else LOCALES[code].replace("_", "-")


@cache
def _catalogue(chosen: str) -> _gettext.NullTranslations:
    """The words of an edition, read from the text that translators edit: no compiled copy can be stale."""
    path = catalogue(chosen)
    if not path.exists():
        return _gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def catalogue(chosen: str) -> Path:
    """Where the labels of an edition are translated."""
    return CATALOGUES / LOCALES[chosen] / "LC_MESSAGES" / "analysis.po"


def _(message: str) -> str:
    """The message in the edition's language."""
    return _catalogue(language()).gettext(message)


def in_edition(code: str, message: str) -> str:
    """The message in the language of an edition, whichever this one is: for what all editions share."""
    return _catalogue(code).gettext(message)


def N_(message: str) -> str:
    """Marks a message for the catalogue where it is translated only later."""
    return message
