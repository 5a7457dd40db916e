"""What a text of the data may hold: nothing that cannot be seen, and nothing that a spreadsheet would run."""

from __future__ import annotations

import re
import unicodedata

from analysis.package.widths import BLANKS, half_width

FORMULA_STARTS = ("=", "+", "-", "@", "\t")
# Persian, Urdu and Indic letters need these two invisible characters
JOINERS = "\u200c\u200d"
# letters and signs that show nothing: fillers of Hangul, an empty pattern of Braille
UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"
MAX_MARKS = 5  # on one letter; Tibetan and Thai need some
# Unicode gives control characters no names
CONTROL_NAMES = {
    "\0": "NULL",
    "\a": "BELL",
    "\b": "BACKSPACE",
    "\t": "TAB",
    "\v": "VERTICAL TAB",
    "\f": "FORM FEED",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
NOTHING_MARKS = {"-", "--", "–", "—", "——", "/", "\\", "...", "…", "n/a", "na", "nil", "none", "null", "无", "不详"}
NUMBER = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"


class Refused(ValueError):
    """A cell cannot be used; str() says what was expected and what to do. slug: of the fault."""

    def __init__(self, expected: str, slug: str):
        super().__init__(expected)
        self.slug = slug


def refuse_hidden(text: str) -> None:
    """Raises Refused, with the character's name, when the text holds one that cannot be seen or that stands
    for lost text, or so many marks on a letter that they cover the lines around it. Line breaks are fine."""
    if text.isascii() and text.isprintable():
        return
    marks = 0
    for place, character in enumerate(text, start=1):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if (
            (category in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in "\n\r" + JOINERS)
            # a joiner stands between two letters, a mark on one
            or (place == 1 and (character in JOINERS or marks))
            or character in UNSEEN + "\ufffd"
            or _is_no_character(character)
            or marks > MAX_MARKS
        ):
            unnamed = "a control character" if category == "Cc" else "no character"
            name = CONTROL_NAMES.get(character) or unicodedata.name(character, unnamed)
            raise Refused(
                f"holds U+{ord(character):04X} {name} at character {place}, which cannot be read; "
                "delete it, or type the cell anew",
                "hidden-character",
            )


def _is_no_character(character: str) -> bool:
    """Whether Unicode has set the code aside for good, as U+FFFF."""
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


def refuse_formula(cell: str) -> None:
    """Raises Refused when Excel would run the cell of a text column instead of showing it."""
    text = half_width(cell.strip(BLANKS + JOINERS))
    # small, raised and lowered forms too
    text = unicodedata.normalize("NFKC", text[:1]) + text[1:]
    if text in NOTHING_MARKS and text.startswith("-"):
        raise Refused("expected an empty cell where nothing is known", "nothing-mark")
    starts = cell.lstrip(BLANKS.replace("\t", "")).startswith("\t") or text.startswith(FORMULA_STARTS)
    if starts and not re.fullmatch(rf"[+-]?({NUMBER})", text):
        raise Refused("starts like a formula; Excel would run it; begin the cell with a letter or a digit", "formula")
