"""Units and currencies: a data package says what they are; only time and per cent are known beforehand.

A unit is what the descriptor's `units` says: a kind of its own (``[length]``), or so many of another
(``1000 m``). Each currency is a kind of its own, so that yuan and dollars never add up.

>>> define({"quarter": {"is": "3 month", "en": "{n} quarters", "zh": "{n}个季度"}})
>>> described("quarter")["en"], is_unit("quarter"), convertible("quarter", "year"), convertible("quarter", "%")
('{n} quarters', True, True, False)
>>> names("CNY/mu"), currency("1e8 CNY/mu"), unscaled("1e8 CNY/mu"), is_whole("person")
(['CNY', 'mu'], 'CNY', 'CNY/mu', True)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import TypedDict

import pint

# What formulas themselves speak of. A difference of two shares is in percentage points: "1 %" of a share would be
# read as a part of it.
_OWN = (
    "year = [time]",
    "month = 1 / 12 * year",
    "day = 1 / 365 * year",
    "percent = 1 / 100",
    "percentage_point = 1 / 100",
)
_OWN_NAMES = frozenset(line.partition(" ")[0] for line in _OWN)
# what the library reads as a number or a power
_WORDS_OF_LIBRARY = frozenset(("nan", "inf", "infinity", "squared", "cubed", "square", "cubic", "sq", "per"))
NAME = r"[A-Za-z_]+"
POWER = re.compile(rf"{NAME}\^[23]")
# a unit as an expression: names, 1 or 1e4, small powers; the library would also compute 9^9^9
EXPRESSION = re.compile(r"({0})([ */]({0}|\({0}( {0})?\)))*".format(rf"(?:{NAME}|%|1(?:e[0-9]{{1,2}})?)(?:\^[1-3])?"))
_KIND = re.compile(rf"\[{NAME}\]")
_MULTIPLE = re.compile(rf"([0-9]+(?:\.[0-9]+)?(?:e[0-9]{{1,2}})?)(?: / ([0-9]+))? ({NAME}(?:\^[1-3])?)")


class Unit(TypedDict, total=False):
    """A unit in the descriptor. ``is``: its kind or multiple; en, zh: how a number of it is printed; per_en, per_zh:
    how it stands below a fraction; whole: there are no parts of it; currency: it is money."""

    en: str
    zh: str
    per_en: str
    per_zh: str
    whole: bool
    currency: bool


class IncompatibleUnits(ValueError):
    """Two quantities, or a quantity and a unit, are of different kinds."""


class UnknownUnit(ValueError):
    """A unit of a descriptor cannot be understood, or means another thing already; str() says which and why."""


_known: dict[str, Unit] = {}
_definitions: dict[str, str] = {}


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction)
    for line in _OWN:
        registry.define(line)
    return registry


def define(units: Mapping[str, Mapping[str, object]]) -> None:
    """Make the units of a descriptor known, from their names to what `Unit` describes.

    A name means one thing as long as the program runs. Raises UnknownUnit, and then none of them is known.
    """
    meanings = {name: _meaning(name, unit) for name, unit in units.items()}
    together = {**_definitions, **{name: meaning for name, meaning in meanings.items() if meaning}}
    of_kind: dict[str, str] = {"[time]": "year"}
    for name, meaning in meanings.items():
        if meaning and _definitions.get(name, meaning) != meaning:
            raise UnknownUnit(f"{name} is {meaning!r} here and {_definitions[name]!r} elsewhere; give one another name")
        if _KIND.fullmatch(meaning) and of_kind.setdefault(meaning, name) != name:
            raise UnknownUnit(f"{name} and {of_kind[meaning]} are both {meaning}; one is a multiple of the other")
    money = {name for name, unit in {**_known, **units}.items() if unit.get("currency")}
    for name, meaning in meanings.items():
        end = _end_of(name if meaning else name.partition("^")[0], together)
        if end != name and {name, end} & money:
            raise UnknownUnit(f"{name} is {meaning!r}; each currency is a kind of its own, such as [yuan]")
    for name, unit in units.items():
        _known[name] = Unit(**{key: value for key, value in unit.items() if key != "is"})  # type: ignore[typeddict-item]
        if meanings[name] and name not in _definitions:
            _definitions[name] = meanings[name]
            multiple = _MULTIPLE.fullmatch(meanings[name])
            by = f"{multiple[1]} / {multiple[2] or 1} * {multiple[3]}" if multiple else meanings[name]
            _registry().define(f"{name} = {by}")


def _meaning(name: str, unit: Mapping[str, object]) -> str:
    """What a unit is, its entry being in order; empty for the words of an area or a volume. Raises UnknownUnit."""
    if not isinstance(unit, Mapping):
        raise UnknownUnit(f"{name} is {unit!r}; expected an entry with `is`, `en` and `zh`")
    if not all(re.fullmatch(r"[^{}]*\{n\}[^{}]*", str(unit.get(words))) for words in ("en", "zh")):
        raise UnknownUnit(f"{name} lacks its words; expected `en` and `zh`, such as '{{n}} km' and '{{n}}公里'")
    if re.search("[{}]", f"{unit.get('per_en', '')}{unit.get('per_zh', '')}"):
        raise UnknownUnit(f"{name} has braces in `per_en` or `per_zh`; expected words such as ' per km' and '/公里'")
    meaning = unit.get("is", "")
    if POWER.fullmatch(name) and not meaning:
        return ""
    if not re.fullmatch(NAME, name) or name in _OWN_NAMES or name.casefold() in _WORDS_OF_LIBRARY:
        raise UnknownUnit(f"{name!r} is no name for a unit; expected letters and underscores, and no unit of time")
    multiple = _MULTIPLE.fullmatch(str(meaning))
    if not (_KIND.fullmatch(str(meaning)) or (multiple and Fraction(multiple[1]) and int(multiple[2] or 1))):
        raise UnknownUnit(f"{name} is {meaning!r}; expected a kind such as [length], or a multiple such as 1000 m")
    return str(meaning)


def _end_of(name: str, definitions: Mapping[str, str]) -> str:
    """The unit that a chain of multiples ends at. Raises UnknownUnit when there is none."""
    at, passed = name, {name}
    while multiple := _MULTIPLE.fullmatch(definitions.get(at, "")):
        at = multiple[3].partition("^")[0]
        if at in passed:
            raise UnknownUnit(f"{name} is {definitions[name]!r}, which leads back to itself")
        passed.add(at)
    if at not in definitions and at not in _OWN_NAMES:
        raise UnknownUnit(f"{name} is {definitions.get(name, name)!r}, which is not known")
    return at


def described(name: str) -> Unit | None:
    """What a descriptor says of a unit; None for what no descriptor names."""
    return _known.get(name)


@cache
def _parse(unit: str) -> pint.Quantity[Fraction]:
    """An expression such as ``CNY/mu`` or ``1e8 CNY`` as an exact quantity of the library."""
    return Fraction(1) * _registry().parse_expression(unit.replace("%", "percent") or "1") * 1  # type: ignore[no-any-return]


@cache
def factor(unit: str, target: str) -> Fraction:
    """How many ``target`` are in one ``unit``.

    >>> factor("year", "month")
    Fraction(12, 1)

    Raises IncompatibleUnits when the two are of different kinds or one is not known.
    """
    try:
        ratio = (_parse(unit) / _parse(target)).to_root_units()
    except pint.errors.PintError as error:
        raise IncompatibleUnits(f"unknown unit in {unit!r} or {target!r}: {error}") from None
    if not ratio.dimensionless:
        raise IncompatibleUnits(f"{unit!r} cannot be expressed in {target!r}")
    return Fraction(ratio.magnitude)


def convertible(unit: str, target: str) -> bool:
    """Whether the two are of one kind, both being known."""
    if not all(EXPRESSION.fullmatch(each) and all(map(_is_known, _names(each))) for each in (unit, target)):
        return False
    try:
        factor(unit, target)
    except IncompatibleUnits:
        return False
    return True


def is_unit(unit: str) -> bool:
    """Whether ``unit`` is an expression of known units."""
    return convertible(unit, unit)


def names(unit: str) -> list[str]:
    """The units that an expression is made of, in order."""
    return [name for name in _names(unit) if _is_known(name)]


def _names(unit: str) -> list[str]:
    return re.findall(NAME, re.sub(r"1e[0-9]+", "", unit))


def _is_known(name: str) -> bool:
    # the library itself would take an s at the end for a plural
    return name in _definitions or name in _OWN_NAMES


def currency(unit: str) -> str | None:
    """The currency in a unit; None where there is no money in it."""
    return next((name for name in names(unit) if _known.get(name, Unit()).get("currency")), None)


def is_whole(unit: str) -> bool:
    """Whether an amount in this unit can only be a whole number, as firms and people are."""
    return any(_known.get(name, Unit()).get("whole", False) for name in names(unit)[:1]) and "/" not in unit


def combined(left: str, sign: str, right: str) -> str:
    """The unit of a product or quotient, in the units that the operands were written in."""
    if left == "1" and sign == "*":
        return right
    if right == "1":
        return left
    return f"({left}){sign}({right})"


def unscaled(unit: str) -> str:
    """A unit without its power of ten."""
    return re.sub(r"^1e[0-9]{1,2} ", "", unit)
