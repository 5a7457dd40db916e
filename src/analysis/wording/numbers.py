"""Quantities in print: digits, scales, units and qualifiers in the edition's customs, numbers through Babel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from babel.numbers import format_decimal

from analysis.quantity import Quantity, is_whole
from analysis.wording.locales import LOCALES, N_, _, language
from analysis.wording.units import display_unit, of_one, pattern

SIGNIFICANT = 3  # digits of a derived figure

SCALES = {
    "en": ((Fraction(10**9), "{n} billion"), (Fraction(10**6), "{n} million")),
    "zh": ((Fraction(10**8), "{n}亿"), (Fraction(10**4), "{n}万")),
}


def digits(value: Fraction, rounding: str, exact: bool) -> Decimal:
    """The value as it is printed, to SIGNIFICANT digits.

    rounding: "down", "up" or "half" (to even). exact: a published figure or a count, printed in full.
    """
    if value == 0:
        return Decimal(0)
    numerator, denominator = value.numerator, value.denominator
    terminating = denominator
    for prime in (2, 5):
        while terminating % prime == 0:
            terminating //= prime
    if terminating == 1:
        decimal = Decimal(numerator) / Decimal(denominator)
        if exact or len(decimal.normalize().as_tuple().digits) <= SIGNIFICANT:
            return decimal
    exponent = len(str(floor(abs(value)))) if abs(value) >= 1 else -_leading_zeros(abs(value))
    scale = Fraction(10) ** (SIGNIFICANT - exponent)
    scaled = value * scale
    whole = floor(scaled) if rounding == "down" else ceil(scaled) if rounding == "up" else round(scaled)
    rounded = Fraction(whole) / scale
    return Decimal(rounded.numerator) / Decimal(rounded.denominator)


def _leading_zeros(value: Fraction) -> int:
    zeros = 0
    while value * 10 < 1:
        value *= 10
        zeros += 1
    return zeros


def number(value: Fraction | int, *, rounding: str = "half", exact: bool = False) -> str:
    """A number in the edition's customs, scaled to million/billion or 万/亿 from where it helps."""
    value = value if isinstance(value, Fraction) else Fraction(int(value))
    scale, scaled = _scale(value)
    return scaled.format(n=_plain(digits(value / scale, rounding, exact)))


def _scale(value: Fraction) -> tuple[Fraction, str]:
    for scale, scaled in SCALES[language()]:
        if abs(value) >= scale:
            return scale, scaled
    return Fraction(1), "{n}"


def _is_short(bound: Fraction | None) -> bool:
    """Whether a count is printed in full: a whole number that no scale shortens."""
    return bound is None or (bound.denominator == 1 and _scale(bound)[0] == 1)


def _plain(value: Decimal) -> str:
    # Chinese figures below ten thousand are written without separators
    grouped = language() != "zh"
    plain = format_decimal(value, locale=LOCALES[language()], decimal_quantization=False, group_separator=grouped)
    return plain.replace("-", "−")


@dataclass(frozen=True)
class SharedUnit:
    """The unit and scale of a column, told once in its heading: ``words`` is "CNY million per mu"."""

    unit: str
    scale: Fraction
    words: str


def shared_unit(quantities: Iterable[Quantity | None]) -> SharedUnit | None:
    """What the figures of a column have in common, if it can be told in the heading.

    None for plain numbers and percentages, for a single figure, and where one scale would not suit all.
    """
    known = [q for q in quantities if q is not None]
    units = {display_unit(q.unit) for q in known}
    if len(known) < 2 or len(units) > 1:
        return None
    (unit,) = units
    form = unit_pattern(unit)
    bounds = [abs(bound) for q in known for bound in (q.to(unit).low, q.to(unit).high) if bound]
    if form in ("{n}", "{n}%") or not bounds:
        return None
    scale, scaled = _scale(min(bounds))
    if max(bounds) / scale >= 10_000:
        return None
    return SharedUnit(unit, scale, _without_number(form, scaled))


def _without_number(pattern: str, scaled: str = "{n}") -> str:
    """What a pattern says beside the number: "CNY million per mu"."""
    return " ".join(pattern.format(n=scaled.format(n="")).split())


def unit_in_words(unit: str) -> str:
    """A unit that quantities are shown in, unscaled: "CNY per mu"; empty for plain numbers."""
    return _without_number(unit_pattern(unit))


def unit_pattern(unit: str) -> str:
    """How a number of a unit is printed in this edition, with ``{n}`` for it."""
    return pattern(unit, number)


def text(q: Quantity | None, shared: SharedUnit | None = None) -> str:
    """A quantity in words and figures, with its qualifier and unit: "over 1,500", "CNY 1.82 billion".

    shared: unit and scale that a heading tells already; the qualifier and the number are left. None is "not
    published"; a quantity of which nothing is known is "no bound".
    """
    if q is None:
        return _("not published")
    unit = shared.unit if shared else display_unit(q.unit)
    form_of_unit = "{n}" if shared else unit_pattern(unit)
    q = q.to(unit)
    # that an amount is not below zero goes without saying
    low, high = q.low if q.low or q.high == 0 else None, q.high
    exact = (not q.formula and len(q.sources) == 1) or (is_whole(unit) and all(map(_is_short, (low, high))))
    if low is None and high is None:
        return _("no bound")

    def plain(value: Fraction, rounding: str) -> str:
        if shared:
            return _plain(digits(value / shared.scale, rounding, exact))
        shown = number(value, rounding=rounding, exact=exact)
        return (of_one(form_of_unit) if shown == "1" else form_of_unit).format(n=shown)

    if q.is_point:
        form = _("about {value}") if q.approximate else "{value}"
        return form.format(value=plain(q.value, "half"))
    if high is None and low is not None:
        form = _("over {value}") if q.low_strict else _("at least {value}")
        return form.format(value=plain(low, "down"))
    if low is None and high is not None:
        form = _("under {value}") if q.high_strict else _("up to {value}")
        return form.format(value=plain(high, "up"))
    assert low is not None and high is not None
    scale, scaled = (shared.scale, "{n}") if shared else _scale(max(low, high, key=abs))
    first, second = digits(low / scale, "half", exact), digits(high / scale, "half", exact)
    if first == second:  # as far as it is printed
        return form_of_unit.format(n=scaled.format(n=_plain(first)))
    first, second = digits(low / scale, "down", exact), digits(high / scale, "up", exact)
    return _range(_plain(first), _plain(second), scaled, form_of_unit)


def _range(first: str, second: str, scaled: str, pattern: str) -> str:
    """Two numbers of one scale, joined: "300,000–330,000", "2.1–4.75 million", "30万～33万只/日"."""
    if language() == "zh":
        # the standard (GB/T 15835) repeats 万, 亿 and % on both sides of the sign, and no other unit
        first, second = scaled.format(n=first), scaled.format(n=second)
        return pattern.format(n=f"{first}{'%' if pattern == '{n}%' else ''}～{second}")
    return pattern.format(n=scaled.format(n=f"{first}–{second}"))


# things that prose counts: one, many
COUNTED = {
    "zone": (N_("{n} zone"), N_("{n} zones")),
    "source": (N_("{n} source"), N_("{n} sources")),
    "chain": (N_("{n} chain"), N_("{n} chains")),
    "project": (N_("{n} project"), N_("{n} projects")),
    "statement": (N_("{n} statement"), N_("{n} statements")),
    "check": (N_("{n} check"), N_("{n} checks")),
    "figure": (N_("{n} published figure"), N_("{n} published figures")),
    "year": (N_("{n} year"), N_("{n} years")),
}
# the numbers that English prose spells out
_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def words(n: int, *, capital: bool = False) -> str:
    """A small whole number as prose has it: "seven", "none"; in Chinese and above twelve in figures. In Chinese a
    measure word follows: 没有一项."""
    if n == 0 and language() == "zh":
        return "没有一"
    if language() == "en" and 0 <= n < len(_WORDS):
        return _WORDS[n].capitalize() if capital else _WORDS[n]
    return number(n)


def counted(n: int, one: str, many: str) -> str:
    """The message for a count, with the count in figures for ``{n}``; both messages are marked by `N_`."""
    return _(one if n == 1 else many).format(n=number(n))
