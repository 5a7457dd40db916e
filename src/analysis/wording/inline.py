"""Words that carry markup and figures with them: what a sentence, a cell or a caption is put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from analysis import values
from analysis.values import Value
from analysis.wording.locales import N_, _
from analysis.wording.passages import PLACEHOLDER
from analysis.wording.templates import piece, quotes


@dataclass(frozen=True, repr=False)
class Inline:
    """Words inside a sentence or a cell; a notebook shows `html`, a terminal `plain`; `values` are its figures.

    Whatever escapes text, as templates do, takes its `html` as it stands. note: one of NOTES, which a table says
    below it.
    """

    plain: str
    html: Markup
    values: tuple[Value, ...] = ()
    note: str = ""

    def __html__(self) -> Markup:
        return self.html

    def _repr_html_(self) -> str:
        return str(self.html)

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self.values)

    def __repr__(self) -> str:
        return self.plain

    __str__ = __repr__


def figures(parts: Iterable[object]) -> tuple[Value, ...]:
    """The figures in parts of a sentence or a cell, in their order."""
    return tuple(value for part in parts if isinstance(part, Inline) for value in part.values)


def gap(words: str) -> Inline:
    """Words in the place of a figure that is not published. The book leaves out the sentence that holds them."""
    return Inline(words, piece("inline", "missing", words=words))


# what stands in a cell without a figure: its sign, its words, and the note below the table; and marked figures
ABSENT = {
    "unpublished": ("—", N_("not published")),
    "unnamed": ("—", N_("none named")),
    "incomputable": ("×", N_("cannot be computed")),
    "incomparable": ("×", N_("not comparable")),
}
NOTES = {
    "unpublished": N_("— not published"),
    "unnamed": N_("— none named"),
    "incomputable": N_("× cannot be computed"),
    "incomparable": N_("× not comparable"),
    "implied": N_("dashed underline: implied by other figures"),
}


def absent(kind: str) -> Inline:
    """A sign in a cell for one of ABSENT; a terminal and a screen reader have the words."""
    sign, words = ABSENT[kind]
    return Inline(_(words), piece("inline", "absent", sign=sign, words=_(words)), note=kind)


def notes(parts: Iterable[object]) -> list[str]:
    """What the signs and marks in the cells of a table mean."""
    found = {part.note for part in parts if isinstance(part, Inline)}
    return [_(words) for kind, words in NOTES.items() if kind in found]


def strong(words: Inline) -> Inline:
    """The same in bold type."""
    return Inline(words.plain, piece("inline", "strong", words=words), words.values)


def filled(words: str, parts: Mapping[str, object]) -> Inline:
    """A text with a part for each of its placeholders: words, or an Inline, whose markup and figures it keeps.

    Raises KeyError when a placeholder has no part.
    """

    def put(form: Callable[[object], str]) -> str:
        return PLACEHOLDER.sub(lambda match: form(parts[match[1]]), form(words))

    return Inline(put(str), Markup(put(lambda part: escape(quotes(part)))), figures(parts.values()))


def together(put: Callable[[Iterable[str]], str], items: Iterable[object]) -> Inline:
    """Words or Inlines put together by a function that puts texts together, as `join` and `series` do."""
    parts = {str(number): item for number, item in enumerate(items)}
    return filled(put([f"{{{key}}}" for key in parts]), parts)
