"""Periods as people write them, read into the one form that the data hold.

What can mean one period only is read: ``2025年7月``, ``2025/7``, ``2025年前5个月``, ``2025Q1``. What lacks its year, or
can be a day as well as a month, is not; `advice` says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from analysis.package.widths import plain

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
EXCEL_DAY_ZERO = date(1899, 12, 30)

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR_IN_WORDS = re.compile("[一二][〇○零一二三四五六七八九]{3}(?=年)")
_MIDNIGHT = re.compile(r"\s+0?0:00(:00)?$")
_DASHES = re.compile("[\u2010-\u2015\u301c~至到]+|--")
_N = r"([0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
# a part of a year -> its first and last month, from the numbers in it
_PARTS: dict[str, Callable[..., tuple[int, int]]] = {
    rf"m?{_N}|{_N}月份?": lambda month: (month, month),
    rf"{_N}(?:月份?)?-{_N}月份?": lambda first, last: (first, last),
    rf"前{_N}个?月": lambda last: (1, last),
    rf"第?{_N}季度?|q{_N}": lambda quarter: (3 * quarter - 2, 3 * quarter),
    rf"第?{_N}(?:季度?)?-第?{_N}季度?": lambda first, last: (3 * first - 2, 3 * last),
    rf"前{_N}个?季度": lambda last: (1, 3 * last),
    "上半年|h1": lambda: (1, 6),
    "下半年|h2": lambda: (7, 12),
}
# other orders of a year and its part
_PART_FIRST = re.compile(r"(q[1-4]|h[12]|[0-9]{1,2}(?=[-/]))[-/]?([0-9]{4})")
_RUN_TOGETHER = re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])")
_NAMED = re.compile(r"([a-z]{3,9})[-.,/]?([0-9]{4})")
_DAY = re.compile(r"([0-9]{4})(?:年([0-9]{1,2})月|([-/.])([0-9]{1,2})\3)([0-9]{1,2})日?")


def iso(text: str) -> str | None:
    """The period in the form of ISO 8601; None when the text is none, or can mean more than one.

    >>> iso("2025年前5个月"), iso("２０２５／７"), iso("二〇二四年四季度"), iso("Jul-25"), iso("上半年")
    ('2025-01/2025-05', '2025-07', '2024-10/2024-12', None, None)
    """
    narrow = _narrow(text)
    if re.fullmatch(r"0?1/0?1/[0-9]{4}", narrow):
        return f"{narrow[-4:]}-01"
    if (day := _DAY.fullmatch(narrow)) and int(day[5]) == 1:  # the day that Excel gives a month
        return _month(narrow)
    return _from_to(narrow, _stretch)


def advice(text: str) -> str | None:
    """What is wrong with a period that `iso` does not read, and the form to write; None when that cannot be told.

    >>> advice("Jul-25")
    'can mean several dates; for July 2025 write 2025-07'
    >>> advice("前5个月")
    'the year is missing; of 2025 write 2025-01/2025-05'
    """
    narrow = _narrow(text)
    if months := list(dict.fromkeys(_candidates(narrow))):
        forms = [f"for {MONTHS[month - 1].title()} {year} write {year}-{month:02d}" for year, month in months]
        return "can mean several dates; " + ", ".join(forms)
    if part := _part(re.sub("^(今年|本年|去年|上年)", "", narrow)):
        return f"the year is missing; of 2025 write {_joined(*_months('2025', part))}"
    if form := _from_to(narrow, lambda end: (month, month) if (month := _month(end)) else _stretch(end)):
        return f"names a day; write {form}"
    if pair := re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])/(0[1-9]|1[0-2])", narrow):
        return f"can mean two months or a day; write {pair[1]}-{pair[2]}/{pair[1]}-{pair[3]}"
    if end := re.fullmatch(r"([0-9]{4})年?[末底]", narrow):
        return f"the end of a year is its last month; write {end[1]}-12"
    if re.fullmatch(r"[2-7][0-9]{4}", narrow):
        day = EXCEL_DAY_ZERO + timedelta(days=int(narrow))
        return f"is Excel's count of days; write {day:%Y-%m}"
    return None


def _narrow(text: str) -> str:
    dashed = _DASHES.sub("-", plain(_MIDNIGHT.sub("", text.strip())))
    return _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_DIGITS), dashed)


def _from_to(narrow: str, read: Callable[[str], tuple[str, str] | None]) -> str | None:
    """A stretch, or two with a dash or a stroke between them, in ISO 8601."""
    if whole := read(narrow):
        return _joined(*whole)
    for cut in re.finditer(r"[-/](?=[0-9]{4})", narrow):
        if (first := read(narrow[: cut.start()])) and (last := read(narrow[cut.end() :])):
            return _joined(first[0], last[1])
    return None


def _stretch(narrow: str) -> tuple[str, str] | None:
    """The start and the end of a year, or of a part of one that names its year."""
    if re.fullmatch("[0-9]{4}(年|年度|年?全年)?", narrow):
        return narrow[:4], narrow[:4]
    if named := _NAMED.fullmatch(narrow):
        narrow = f"{named[2]}-{_named(named[1])}"
    narrow = _RUN_TOGETHER.sub(r"\1-\2", _PART_FIRST.sub(r"\2-\1", narrow))
    found = re.fullmatch(r"([0-9]{4})(年|[-/.]?)(.+)", narrow)
    # digits alone would run into the year, and Excel makes 2025.1 of 2025.10
    if not found or (not found[2] and found[3][0].isdigit()) or found[0].endswith(".1"):
        return None
    return _months(found[1], part) if (part := _part(found[3])) else None


def _part(text: str) -> tuple[int, int] | None:
    """First and last month of a part of a year; None when it is none."""
    for pattern, months in _PARTS.items():
        if found := re.fullmatch(pattern, text):
            first, last = months(*(_number(group) for group in found.groups() if group))
            return (first, last) if 1 <= first <= 12 and 1 <= last <= 12 else None
    return None


def _number(numeral: str) -> int:
    return NUMERALS.index(numeral) + 1 if numeral in NUMERALS else int(numeral)


def _named(name: str) -> int:
    """The number of a month, from at least three letters of its English name; 0 when it is none."""
    return next((number for number, month in enumerate(MONTHS, start=1) if month.startswith(name)), 0)


def _month(narrow: str) -> str | None:
    """The month of a day; None when it is no day."""
    day = _DAY.fullmatch(narrow)
    month = int(day[2] or day[4]) if day else 0
    return f"{narrow[:4]}-{month:02d}" if 1 <= month <= 12 else None


def _months(year: str, part: tuple[int, int]) -> tuple[str, str]:
    return f"{year}-{part[0]:02d}", f"{year}-{part[1]:02d}"


def _joined(start: str, end: str) -> str:
    return start if start == end else f"{start}/{end}"


def _candidates(narrow: str) -> Iterator[tuple[int, int]]:
    """Year and month that a text with a year of two digits, or with a day of doubtful place, can mean."""
    if pair := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})", narrow):
        for month, year in (pair.groups(), pair.groups()[::-1]):
            if len(year) == 2 and 1 <= int(month) <= 12:
                yield 2000 + int(year), int(month)
    elif dotted := re.fullmatch(r"([0-9]{4})\.1", narrow):
        yield from ((int(dotted[1]), month) for month in (1, 10))
    elif day := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", narrow):
        yield from ((int(day[3]), int(month)) for month in day.group(1, 2) if 1 <= int(month) <= 12)
    elif named := re.fullmatch(r"([0-9]{2})?[-./]?([a-z]{3,9})[-./]?([0-9]{2})?", narrow):
        year = named[1] or named[3]
        if year and (month := _named(named[2])):
            yield 2000 + int(year), month
    elif short := re.fullmatch(rf"([0-9]{{2}})年{_N}月份?", narrow):
        yield 2000 + int(short[1]), _number(short[2])
