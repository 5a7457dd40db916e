"""One cell of a table: its value, or why it is refused and what to write instead.

A cell is read where it can mean one thing only. Where Excel, a keyboard or a copied sentence has made it
ambiguous it is refused, with a hint; nothing is guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from analysis.package import written_periods
from analysis.package.texts import NOTHING_MARKS, NUMBER, Refused, refuse_formula, refuse_hidden
from analysis.package.widths import BLANKS, half_width, plain

__all__ = ["BLANKS", "Refused", "half_width", "nearest", "plain", "typed"]

MAX_CELL = 2_000  # characters; the longest note of the book has some 300
EXCEL_DIGITS = 15  # Excel keeps no more of a number and writes zeros for the rest
# longer texts are no misspelt id and no rewritten date, and comparing them takes long
MAX_HINTED = 60
PERIOD = r"\d{4}"  # how the pattern of a column with periods begins
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

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(NUMBER)
# a number that means the same in every file and whatever the unit beside it
BARE = re.compile(rf"(?=.{{1,{EXCEL_DIGITS}}}$)-?(?:0|[1-9][0-9]*)(?:\.(?:[0-9]{{1,2}}|[0-9]{{4,}}))?")
# a text that means itself: no blank around it, no sign before it, nothing that is not seen
PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff](?:[ -~\u4e00-\u9fff]*[!-~\u4e00-\u9fff])?")
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|[A-Z_]+!|GETTING_DATA|#+)")


Field = dict[str, Any]  # of the descriptor
Number = TypeVar("Number", int, Decimal)


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint ``; did you mean …?`` with the known word nearest to ``word``, or nothing when none is near."""
    if len(word) > MAX_HINTED:
        return ""
    forms = {plain(candidate): candidate for candidate in known if candidate.isprintable()}
    close = difflib.get_close_matches(plain(word), forms, n=1)
    return f"; did you mean {forms[close[0]]}?" if close else ""


def is_period(field: Field) -> bool:
    """Whether a column holds periods, whose form is one however they are written."""
    return str(field.get("constraints", {}).get("pattern", "")).startswith(PERIOD)


def spelt(unit: str, known: Iterable[str]) -> str:
    """The hint with the unit that differs in width, blanks or case alone, else where a unit is added.

    The nearest word would be another magnitude or currency: 亿元 for 万元, 元 for 美元.
    """
    same = next((candidate for candidate in known if plain(candidate) == plain(unit)), None)
    return f"; did you mean {same}?" if same else "; add a unit of your own to `units` of this column in the descriptor"


def typed(cell: str, field: Field, unit: str | None = None, *, comma_decimals: bool = False) -> Any:
    """The value of a cell of the column that ``field`` of the descriptor describes; None when it is empty.

    unit: what the row's column ``unit`` holds, None where the table has no such column.
    comma_decimals: whether the file comes from an Excel that may write 1,5 for one and a half.
    Raises Refused.
    """
    constraints = field.get("constraints", {})
    if len(cell) > MAX_CELL:
        raise Refused(
            f"expected {MAX_CELL:,} characters or fewer, found {len(cell):,}; shorten the cell", "cell-too-long"
        )
    text = cell.strip(BLANKS)
    refuse_hidden(text)
    if not text:
        if constraints.get("required"):
            raise Refused(f"a value is needed ({field['title']})", "cell-empty")
        return None
    if _EXCEL_ERROR.fullmatch(text):
        raise Refused(
            f"{text[:20]} is an error of Excel, not a value; mend its formula, or empty the cell", "excel-error"
        )
    if field["type"] in ("number", "integer"):
        return _within(_number(text, unit, comma_decimals), field)
    refuse_formula(cell)
    if field["type"] == "boolean":
        return _boolean(text, field)
    if is_period(field):
        return _period(text, field)
    _refuse_other_forms(text, field)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_plain(text: str, field: Field) -> bool:
    """Whether a text of a column of texts means itself, so that `typed` would give it as it is."""
    if len(text) > MAX_CELL or PLAIN.fullmatch(text) is None:
        return False
    try:
        _refuse_other_forms(text, field)
    except Refused:
        return False
    return True


def _refuse_other_forms(text: str, field: Field) -> None:
    """Raises Refused when a text is none that the column allows."""
    constraints = field.get("constraints", {})
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], text, re.ASCII):
        raise Refused(_form(text, field), "wrong-form")
    if len(text) > (most := constraints.get("maxLength", MAX_CELL)):
        expected = f"expected {most} characters or fewer, found {len(text)}: charts and tables have room for no more"
        raise Refused(f"{expected}; write a short form, and the whole in a note", "cell-too-long")
    if "enum" in constraints and text not in constraints["enum"]:
        known, is_unit = constraints["enum"], field["name"] == "unit"
        expected = "expected one of " + ", ".join(known) + (spelt if is_unit else nearest)(text, known)
        raise Refused(expected, "unit-unknown" if is_unit else "word-unknown")


def _boolean(text: str, field: Field) -> bool:
    if text not in (*field["trueValues"], *field["falseValues"]):
        raise Refused("expected true or false", "not-true-or-false")
    return text in field["trueValues"]


def _within(value: Decimal, field: Field) -> Decimal | int:
    """The number as the column's type, when the column allows it."""
    if field["type"] == "integer":
        if value != value.to_integral_value():
            raise Refused("expected a whole number", "not-whole")
        return _at_least(int(value), field)
    return _at_least(value, field)


def _at_least(value: Number, field: Field) -> Number:
    minimum = field.get("constraints", {}).get("minimum")
    if minimum is not None and value < minimum:
        raise Refused(f"expected {minimum} or more", "below-minimum")
    return value


def _number(text: str, unit: str | None, comma_decimals: bool) -> Decimal:
    """The number that a cell holds, without its thousands separators and, in a row of percentages, its sign."""
    narrow = text if text.isascii() else half_width(text).strip()
    digits = narrow.removesuffix("%").rstrip()
    sign, digits = (digits[0], digits[1:]) if digits[:1] in ("+", "-") else ("", digits)
    if comma_decimals and re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits):
        joined = re.sub("[.,]", "", digits)
        raise Refused(
            f"can mean {joined} or {digits[:-4]}.{digits[-3:]} in a file with semicolons; write it without a "
            "thousands separator, or save the file with commas between its columns",
            "separator-unclear",
        )
    if _GROUPED.fullmatch(digits):
        digits = re.sub("[ ,]", "", digits)
    if not _NUMBER.fullmatch(digits):
        raise Refused(*_split(narrow, unit))
    if narrow.endswith("%") and unit != "%":
        raise Refused(
            "expected a number alone, such as 18.2: the percent sign fits rows whose unit is % only"
            + (f", and this row's unit is {unit}" if unit else ""),
            "percent-sign",
        )
    if len(digits.replace(".", "").strip("0")) > EXCEL_DIGITS:
        raise Refused(
            f"expected {EXCEL_DIGITS} digits or fewer: Excel keeps no more; write the figure as printed",
            "too-many-digits",
        )
    return Decimal(sign + digits)


def _split(narrow: str, unit: str | None) -> tuple[str, str]:
    """Why a cell is no number, and which part of it belongs in which column; and the slug of the fault."""
    narrow = re.sub(r"\s+", " ", narrow)
    expected = "expected a number alone, such as 18.2"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", narrow):
        return (
            f"{expected}: Excel has shortened it to powers of ten and may have lost digits; "
            "format the column as a number and type the figure anew"
        ), "powers-of-ten"
    if narrow.startswith(("=", "@")):
        return f"{expected}: it starts like a formula; Excel would run it; save the result instead", "formula"
    if narrow.casefold() in NOTHING_MARKS:
        return f"{expected}; leave the cell empty where nothing is published", "nothing-mark"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", narrow):
        point = narrow.replace(",", ".")
        return f"{expected}: write a decimal point ({point}) or, for thousands, all digits alone", "decimal-comma"
    if unit is None:
        return expected, "not-a-number"
    figure = rf"({_GROUPED.pattern}|{NUMBER})"
    between = re.fullmatch(rf"{figure}\s*(?:-|–|—|~|至|到|to)\s*{figure}([^0-9]*)", narrow)
    if between:
        low, high, rest = between.groups()
        steps = [f"write {low} in the column low, {high} in high, range in qualifier"]
        return "; ".join([expected + ": split it", *steps, *_unit_step(rest.strip(), unit)]), "figure-with-words"
    parts = re.fullmatch(rf"([^0-9(]*?){figure}([^0-9.,)]*)", narrow)
    words = "".join(parts.group(1, 3)).strip() if parts else ""
    if not parts or not any(unicodedata.category(letter) in READ_ALOUD for letter in words):
        return f"{expected}; a unit belongs in the column unit, a word such as 'over' in qualifier", "not-a-number"
    qualifier, before, after = _qualifier(parts[1].strip(), parts[3].strip())
    steps = [f"write {parts[2]} alone here"]
    if qualifier:
        steps = [QUALIFIER_BOUNDS[qualifier].format(parts[2]), f"write {qualifier} in the column qualifier"]
    steps += _unit_step((before + after).strip(), unit)
    return "; ".join([expected + ": split it", *steps]), "figure-with-words"


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


def _period(text: str, field: Field) -> str:
    """A period in the form of ISO 8601, however it is written."""
    pattern, short = field["constraints"]["pattern"], len(text) <= MAX_HINTED
    form = written_periods.iso(text) if short else None
    if form and re.fullmatch(pattern, form, re.ASCII):
        return form
    expected = f"expected the form {field['example']} ({field.get('description') or field['title']})"
    if any(not 1 <= int(month) <= 12 for month in re.findall(r"(?:^|/)[0-9]{4}[-年]([0-9]{2})(?=$|[/月])", text)):
        raise Refused(f"{expected}; there is no such month", "month-impossible")
    if advice := written_periods.advice(text) if short else None:
        as_text = "format the column as text first, so that Excel does not make it a date"
        raise Refused(f"{expected}: {advice}; {as_text}", "period-unclear")
    raise Refused(f"{expected}: year, hyphen, two digits of the month", "wrong-form")


def _form(text: str, field: Field) -> str:
    """Which form a column expects, with the cell in that form where it can be told."""
    pattern, example = field["constraints"]["pattern"], field.get("example")
    expected = f"expected the form {example or pattern} ({field.get('description') or field['title']})"
    return expected + (f"; write {plain(text)}" if re.fullmatch(pattern, plain(text), re.ASCII) else "")
