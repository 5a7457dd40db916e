"""One cell of a table: its value, or why it is refused and what to write instead.

A cell is read where it can mean one thing only. Where Excel, a keyboard or a copied sentence has made it
ambiguous it is refused, with a hint; nothing is guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from analysis.package.texts import BLANKS, NOTHING_MARKS, NUMBER, Refused, half_width, refuse_formula, refuse_hidden

__all__ = ["BLANKS", "Refused", "half_width", "iso_period", "nearest", "plain", "typed"]

MAX_CELL = 2_000  # characters; the longest note of the book has some 300
EXCEL_DIGITS = 15  # Excel keeps no more of a number and writes zeros for the rest
# longer texts are no misspelt id and no rewritten date, and comparing them takes long
MAX_HINTED = 60
# words that stand around a number in print, and the qualifier that each becomes
QUALIFIER_WORDS = {
    "more_than": ("over", "more than", "above", ">", "+", "超过", "超", "逾", "余", "多"),
    "at_least": ("at least", "no less than", "or more", "≥", ">=", "不少于", "不低于", "至少", "以上"),
    "up_to": ("up to", "at most", "no more than", "≤", "<=", "不超过", "至多", "最多", "以内"),
    "approximate": ("about", "around", "approximately", "nearly", "~", "≈", "大约", "将近", "约", "近", "左右"),
}
# which bounds a qualifier fills: what to do with the columns low and high
QUALIFIER_BOUNDS = {
    "more_than": "write {0} in the column low and leave high empty",
    "at_least": "write {0} in the column low and leave high empty",
    "up_to": "write {0} in the column high and leave low empty",
    "approximate": "write {0} in the columns low and high",
}
# kinds of letters and signs that a unit or a qualifier is made of
READ_ALOUD = ("Lo", "Ll", "Lu", "Sc", "Sm", "Po")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXCEL_DAY_ZERO = date(1899, 12, 30)

_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?"

# what stands between the two dates of a period; a hyphen or a stroke only where it cannot belong to a date
_BETWEEN = r"\s*(?:~|–|—|至|到|--)\s*|\s+-\s+|-(?=[0-9]{4}[/年])|/(?=[0-9]{4})"


Field = dict[str, Any]  # of the descriptor
Number = TypeVar("Number", int, Decimal)


def plain(identifier: str) -> str:
    """An id as it was before a spreadsheet or a keyboard changed it: small letters, no blanks."""
    return re.sub(r"\s", "", half_width(identifier)).casefold()


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint ``; did you mean …?`` with the known word nearest to ``word``, or nothing when none is near."""
    if len(word) > MAX_HINTED:
        return ""
    forms = {plain(candidate): candidate for candidate in known if candidate.isprintable()}
    close = difflib.get_close_matches(plain(word), forms, n=1)
    return f"; did you mean {forms[close[0]]}?" if close else ""


def typed(cell: str, field: Field, unit: str | None = None, *, comma_decimals: bool = False) -> Any:
    """The value of a cell of the column that ``field`` of the descriptor describes; None when it is empty.

    unit: what the row's column ``unit`` holds, None where the table has no such column.
    comma_decimals: whether the file comes from an Excel that may write 1,5 for one and a half.
    Raises Refused.
    """
    constraints = field.get("constraints", {})
    if len(cell) > MAX_CELL:
        raise Refused(f"expected {MAX_CELL:,} characters or fewer, found {len(cell):,}; shorten the cell")
    text = cell.strip(BLANKS)
    refuse_hidden(text)
    if not text:
        if constraints.get("required"):
            raise Refused(f"a value is needed ({field['title']})")
        return None
    if re.fullmatch(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|[A-Z_]+!|GETTING_DATA|#+)", text):
        raise Refused(f"{text[:20]} is an error of Excel, not a value; mend its formula, or empty the cell")
    if field["type"] in ("number", "integer"):
        return _within(_number(text, unit, comma_decimals), field)
    refuse_formula(cell)
    if field["type"] == "boolean":
        return _boolean(text, field)
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text, re.ASCII):
        raise Refused(_form(text, field))
    if len(text) > (most := constraints.get("maxLength", MAX_CELL)):
        raise Refused(
            f"expected {most} characters or fewer, found {len(text)}: charts and tables have room for no more; "
            "write a short form, and the whole in a note"
        )
    if "enum" in constraints and text not in constraints["enum"]:
        raise Refused("expected one of " + ", ".join(constraints["enum"]) + nearest(text, constraints["enum"]))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _boolean(text: str, field: Field) -> bool:
    if text not in (*field["trueValues"], *field["falseValues"]):
        raise Refused("expected true or false")
    return text in field["trueValues"]


def _within(value: Decimal, field: Field) -> Decimal | int:
    """The number as the column's type, when the column allows it."""
    if field["type"] == "integer":
        if value != value.to_integral_value():
            raise Refused("expected a whole number")
        return _at_least(int(value), field)
    return _at_least(value, field)


def _at_least(value: Number, field: Field) -> Number:
    minimum = field.get("constraints", {}).get("minimum")
    if minimum is not None and value < minimum:
        raise Refused(f"expected {minimum} or more")
    return value


def _number(text: str, unit: str | None, comma_decimals: bool) -> Decimal:
    """The number that a cell holds, without its thousands separators and, in a row of percentages, its sign."""
    narrow = half_width(text).strip()
    digits = narrow.removesuffix("%").rstrip()
    sign, digits = (digits[0], digits[1:]) if digits[:1] in ("+", "-") else ("", digits)
    if comma_decimals and re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits):
        joined = re.sub("[.,]", "", digits)
        raise Refused(
            f"can mean {joined} or {digits[:-4]}.{digits[-3:]} in a file with semicolons; write it without a "
            "thousands separator, or save the file with commas between its columns"
        )
    if re.fullmatch(_GROUPED, digits):
        digits = re.sub("[ ,]", "", digits)
    if not re.fullmatch(NUMBER, digits):
        raise Refused(_split(narrow, unit))
    if narrow.endswith("%") and unit != "%":
        raise Refused(
            "expected a number alone, such as 18.2: the percent sign fits rows whose unit is % only"
            + (f", and this row's unit is {unit}" if unit else "")
        )
    if len(digits.replace(".", "").strip("0")) > EXCEL_DIGITS:
        raise Refused(f"expected {EXCEL_DIGITS} digits or fewer: Excel keeps no more; write the figure as printed")
    return Decimal(sign + digits)


def _split(narrow: str, unit: str | None) -> str:
    """Why a cell is no number, and which part of it belongs in which column."""
    narrow = re.sub(r"\s+", " ", narrow)
    expected = "expected a number alone, such as 18.2"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", narrow):
        return (
            f"{expected}: Excel has shortened it to powers of ten and may have lost digits; "
            "format the column as a number and type the figure anew"
        )
    if narrow.startswith(("=", "@")):
        return f"{expected}: it starts like a formula; Excel would run it; save the result instead"
    if narrow.casefold() in NOTHING_MARKS:
        return f"{expected}; leave the cell empty where nothing is published"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", narrow):
        return f"{expected}: write a decimal point ({narrow.replace(',', '.')}) or, for thousands, all digits alone"
    if unit is None:
        return expected
    figure = rf"({_GROUPED}|{NUMBER})"
    between = re.fullmatch(rf"{figure}\s*(?:-|–|—|~|至|到|to)\s*{figure}([^0-9]*)", narrow)
    if between:
        low, high, rest = between.groups()
        steps = [f"write {low} in the column low, {high} in high, range in qualifier"]
        return "; ".join([expected + ": split it", *steps, *_unit_step(rest.strip(), unit)])
    parts = re.fullmatch(rf"([^0-9(]*?){figure}([^0-9.,)]*)", narrow)
    words = "".join(parts.group(1, 3)).strip() if parts else ""
    if not parts or not any(unicodedata.category(letter) in READ_ALOUD for letter in words):
        return f"{expected}; a unit belongs in the column unit, a word such as 'over' in qualifier"
    qualifier, before, after = _qualifier(parts[1].strip(), parts[3].strip())
    steps = [f"write {parts[2]} alone here"]
    if qualifier:
        steps = [QUALIFIER_BOUNDS[qualifier].format(parts[2]), f"write {qualifier} in the column qualifier"]
    return "; ".join([expected + ": split it", *steps, *_unit_step((before + after).strip(), unit)])


def _unit_step(found: str, unit: str) -> list[str]:
    if not found:
        return []
    return [f"{found} belongs in the column unit" + (f" (which holds {unit})" if unit else "")]


def _qualifier(before: str, after: str) -> tuple[str | None, str, str]:
    """The qualifier that the words around a number make, and what is left of them."""
    words = ((word, qualifier) for qualifier, known in QUALIFIER_WORDS.items() for word in known)
    for word, qualifier in sorted(words, key=lambda pair: -len(pair[0])):
        for side, text in (("before", before), ("after", after)):
            # a word may touch its unit (1500余人, 18亿元以上) but letters are not cut out of a longer one
            if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text.casefold()):
                left = re.sub(re.escape(word), "", text, count=1, flags=re.IGNORECASE).strip()
                return (qualifier, left, after) if side == "before" else (qualifier, before, left)
    return None, before, after


def _form(text: str, field: Field) -> str:
    """Which form a column expects, with the cell in that form where it can be told."""
    pattern, example = field["constraints"]["pattern"], field.get("example")
    described = field.get("description") or field["title"]
    expected = f"expected the form {example or pattern} ({described})"
    if not (example or "")[:4].isdigit():
        return expected + (f"; write {plain(text)}" if re.fullmatch(pattern, plain(text), re.ASCII) else "")
    if any(not 1 <= int(month) <= 12 for month in re.findall(r"(?:^|/)[0-9]{4}-([0-9]{2})(?=$|/)", text)):
        return f"{expected}; there is no such month"
    form = iso_period(text) if len(text) <= MAX_HINTED else None
    if form and re.fullmatch(pattern, form, re.ASCII):
        return f"{expected}: write {form}; format the column as text first, so that Excel does not make it a date"
    return f"{expected}: year, hyphen, two digits of the month"


def iso_period(text: str) -> str | None:
    """A period that was rewritten by Excel or typed as printed, in the form of ISO 8601; None when it can
    mean more than one. ``Jan-25``, ``2025/1/1``, ``2025年1月`` and ``45658`` are all 2025-01."""
    narrow = half_width(text).strip()
    within_year = re.fullmatch(r"([0-9]{4})年([0-9]{1,2})月?(?:-|–|—|~|至|到)([0-9]{1,2})月", narrow)
    if within_year:
        ends = [_iso_month(within_year[1], month) for month in within_year.group(2, 3)]
    else:
        ends = [_iso_date(narrow)]
        if ends == [None]:
            halves = re.fullmatch(rf"(.+?)(?:{_BETWEEN})(.+)", narrow)
            ends = [_iso_date(half) for half in halves.groups()] if halves else [None]
    known = [end for end in ends if end is not None]
    return "/".join(known) if len(known) == len(ends) else None


def _iso_date(text: str) -> str | None:
    """The month, or the year, of a single date; None when it is no date or can mean more than one."""
    text = text.strip()
    if year := re.fullmatch(r"([0-9]{4})年?", text):
        return year[1]
    if chinese := re.fullmatch(r"([0-9]{4})年\s?([0-9]{1,2})月?(?:\s?[0-9]{1,2}日)?", text):
        return _iso_month(chinese[1], chinese[2])
    if numeric := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2[0-9]{1,2}(?: 0?0:00(?::00)?)?)?", text):
        return _iso_month(numeric[1], numeric[3])
    if named := re.fullmatch(r"([A-Za-z]{3,9})[-. ]*((?:20)?[0-9]{2})", text):
        name = named[1][:3].casefold()
        return _iso_month(f"20{named[2][-2:]}", MONTHS.index(name) + 1) if name in MONTHS else None
    if same := re.fullmatch(r"0?([0-9]{1,2})/0?\1/([0-9]{4})", text):  # day and month alike: no doubt which
        return _iso_month(same[2], same[1])
    if re.fullmatch(r"[2-7][0-9]{4}", text):  # Excel's count of days, 1954 to 2119
        day = EXCEL_DAY_ZERO + timedelta(days=int(text))
        return _iso_month(day.year, day.month)
    return None


def _iso_month(year: str | int, month: str | int) -> str | None:
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else None
