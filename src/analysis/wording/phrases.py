"""How the parts of a line are put together: lists through Babel, punctuation through gettext."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from babel.lists import format_list

from analysis.wording.locales import LOCALES, _, language


def join(items: Iterable[object]) -> str:
    """A list in a sentence: "a, b and c"."""
    return format_list([str(item) for item in items], locale=LOCALES[language()])


def and_others(items: Iterable[object]) -> str:
    """A list that goes on beyond what is named: "a, b and others"."""
    if language() == "zh":
        return "、".join(map(str, items)) + "等"
    return join([*items, "others"])


# How parts of a line are put together; Chinese punctuation has no blank beside it.


def series(parts: Iterable[object]) -> str:
    """Parts one after another: "a; b; c"."""
    return _("; ").join(map(str, parts))


def commas(*parts: object) -> str:
    """Parts of one whole: "a, b"."""
    return _(", ").join(map(str, parts))


def labelled(label: object, value: object) -> str:
    """A label and what it labels: "a: b"."""
    return _("{label}: {value}").format(label=label, value=value)


def beside(first: object, second: object) -> str:
    """Words after each other: "a b"; Chinese sets no blank between them."""
    return _("{first} {second}").format(first=first, second=second)


def aside(remark: object) -> str:
    """A remark in brackets, to stand right after a word: " (a)"."""
    return _(" ({remark})").format(remark=remark)


def columns(words: str) -> int:
    """The room that words take in letters: a Chinese character takes that of two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def inside(name: str) -> str:
    """A name as it stands inside a sentence: English begins it with a small letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if language() == "en" and name[1:2].islower() else name
