"""Units in words: those of formulas through gettext, all others as the descriptor has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from analysis import quantity
from analysis.wording.locales import N_, _, language

# of what formulas themselves speak of
OWN = {
    "%": N_("{n}%"),
    "percentage_point": N_("{n} percentage points"),
    "1": "{n}",
    "day": N_("{n} days"),
    "month": N_("{n} months"),
    "year": N_("{n} years"),
}
# below a fraction, always last
PER_TIME = {"day": N_(" a day"), "month": N_(" a month"), "year": N_(" a year")}
_SCALE = re.compile(r"1e([0-9]{1,2}) ")


def display_unit(unit: str) -> str:
    """The unit in which a quantity is shown: that of print without its power of ten.

    >>> display_unit("1e8 year"), display_unit("(day)/(day)")
    ('year', '1')
    """
    if plain := _parts(unit):
        top, *below = plain
        return "/".join([_SCALE.sub("", top), *(f"({part})" if " " in part else part for part in below)])
    for simple in ("1", *PER_TIME):
        try:
            quantity.factor(unit, simple)
        except quantity.IncompatibleUnits:
            continue
        return simple
    return unit


def pattern(unit: str, number: Callable[[Fraction], str]) -> str:
    """How a number of a unit is printed, with ``{n}`` for it: "CNY {n} per mu a year".

    number: how a plain number is printed, for a power of ten below a fraction.
    """
    top, *below = _parts(unit) or [unit]
    below.sort(key=lambda part: part in PER_TIME)
    per = [_(PER_TIME[part]) if part in PER_TIME else _per(part, number) for part in below]
    if language() == "zh" and len(per) > 1:
        # 元/（亩·年）
        per = [per[0].replace("/", "/（", 1), *(part.replace("/", "·", 1) for part in per[1:]), "）"]
    return _whole(top) + "".join(per)


def _parts(unit: str) -> list[str] | None:
    """What stands above and below the strokes of a unit that is written so; None for a product of several."""
    parts = [part.strip("()") for part in unit.split("/")]
    return parts if unit.count("(") <= 1 and all(re.fullmatch(r"(1e[0-9]+ )?[\w%^]+", p) for p in parts) else None


def of_one(form: str) -> str:
    """How one of a unit is printed: "{n} year" for "{n} years"; Chinese has no other form.

    >>> of_one("{n} people per km²"), of_one("{n} percentage points"), of_one("{n}年")
    ('{n} person per km²', '{n} percentage point', '{n}年')
    """
    return re.sub(r"^(\{n\} (?:percentage )?[a-z]+)s\b", r"\1", form.replace("{n} people", "{n} person"))


def _whole(unit: str) -> str:
    if unit in OWN:
        return _(OWN[unit])
    known = quantity.described(unit) or {}
    return str(known.get("en" if language() == "en" else "zh", "{n} " + unit))


def _per(unit: str, number: Callable[[Fraction], str]) -> str:
    """A unit below a fraction: " per mu", " per CNY 100 million"."""
    scale = _SCALE.match(unit)
    if scale:
        of = _whole(unit[scale.end() :]).format(n=number(Fraction(10) ** int(scale[1])))
        return " per " + of if language() == "en" else "/" + of.removeprefix("1")
    known = quantity.described(unit) or {}
    words = _whole(unit).format(n="").strip() or unit
    default = f" per {words}" if language() == "en" else f"/{words}"
    return str(known.get("per_en" if language() == "en" else "per_zh", default))
