"""Concentration: how unevenly an amount is spread over the zones, with bounds where some shares are not known.

Pure functions of shares to `Quantity`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from analysis.analyses.contributions import share_of_group
from analysis.model.zones import Zones
from analysis.quantity import Quantity, formula

FIRST = (1, 3)  # of how many leading zones the joint share is given


@dataclass(frozen=True)
class _Box:
    """Between which bounds a share lies (0 to 1)."""

    low: Fraction
    high: Fraction


@formula(
    latex=r"\min_{s \in B} \sum_i s_i^2 \;\le\; H \;\le\; \max_{s \in B} \sum_i s_i^2, \qquad "
    r"B = \{\ell_i \le s_i \le u_i,\ \sum_i s_i = 1\}",
    words="sum of the squared shares, what is not known spread evenly … held by as few as may be",
)
def herfindahl(shares: Sequence[Quantity]) -> Quantity | None:
    """Bounds on the Herfindahl–Hirschman index (1/n to 1) from the shares of all zones in %, each a point or bounds.

    The least is where what is open is spread as evenly as the bounds allow, the most where it is held by as few zones
    as they allow: exact where the open shares have the same bounds, else an upper bound of it. Source: Hirschman
    (1964). None where bounds cannot make up the whole.

    >>> index = concentration.herfindahl([Quantity.point(80, "%"), *[Quantity(0, 20, "%")] * 2])
    >>> float(index.low), float(index.high)
    (0.66, 0.68)
    """
    boxes = _boxes(shares)
    if boxes is None:
        return None
    low = sum(part**2 for part in _even(boxes))
    high = _most_squares(boxes)
    words = "sum of the squared shares, what is not known spread evenly … held by as few as may be"
    return _of(shares, low, high, "1", words)


@formula(latex=r"CR_k = \sum_{i=1}^{k} s_{(i)}", words="joint share of the leading zones")
def joint_share(shares: Sequence[Quantity], first: int) -> Quantity | None:
    """Bounds on the joint share of the ``first`` largest zones, in %. None as for `herfindahl`.

    >>> float(concentration.joint_share([Quantity.point(share, "%") for share in (50, 20, 30)], 2).value)
    80.0
    """
    boxes = _boxes(shares)
    if boxes is None:
        return None
    low = sum(sorted(_even(boxes), reverse=True)[:first], Fraction(0))
    high = max(_joint_at_most(boxes, first), low)
    return _of(shares, 100 * low, 100 * high, "%", "joint share of the leading zones")


def concentration(zones: Zones) -> dict[str, Quantity]:
    """``hhi`` (0 to 1), ``cr1`` and ``cr3`` (%) of an indicator over the zones; empty where shares are not known of
    all of them.

    >>> float(concentration.concentration(zones(level, "output"))["cr3"].value)
    70.0
    """
    shares = list(share_of_group(zones).values())
    known = [share for share in shares if share is not None]
    if len(known) < max(2, len(shares)):
        return {}
    found = {"hhi": herfindahl(known), **{f"cr{n}": joint_share(known, n) for n in FIRST if n < len(known)}}
    return {name: q for name, q in found.items() if q is not None}


def table(found: dict[str, dict[str, Quantity]]) -> pd.DataFrame:
    """Indicators × ``hhi``, ``cr1``, ``cr3`` from the `concentration` of each.

    >>> list(concentration.table({"output": concentration.concentration(zones(level, "output"))}).columns)
    ['hhi', 'cr1', 'cr3']
    """
    columns = ["hhi", *(f"cr{n}" for n in FIRST)]
    frame = pd.DataFrame.from_dict(found, orient="index", dtype=object).reindex(columns=columns)
    return frame.where(frame.notna(), None)


def _boxes(shares: Sequence[Quantity]) -> list[_Box] | None:
    boxes = []
    for share in (share.to("1") for share in shares):
        low, high = (
            max(share.low or Fraction(0), Fraction(0)),
            min(1 if share.high is None else share.high, Fraction(1)),
        )
        boxes.append(_Box(low, Fraction(high)))
    least, most = sum(box.low for box in boxes), sum(box.high for box in boxes)
    if least > 1 or most < 1:
        # printed shares may miss the whole by their rounding: then they are taken of their own sum
        if all(box.low == box.high for box in boxes) and least > 0:
            return [_Box(box.low / least, box.high / least) for box in boxes]
        return None
    return boxes


def _even(boxes: Sequence[_Box]) -> list[Fraction]:
    """The shares when what is open is spread as evenly as the bounds allow: a common level, cut to each box."""
    marks = sorted({mark for box in boxes for mark in (box.low, box.high)})
    for below, above in pairwise(marks):
        if sum(_cut(above, box) for box in boxes) >= 1:
            moving = [box for box in boxes if box.low <= below and box.high >= above]
            rest = 1 - sum((_cut(below, box) for box in boxes), Fraction(0))
            level = below + rest / len(moving) if moving else below
            return [_cut(level, box) for box in boxes]
    return [_cut(marks[-1], box) for box in boxes]


def _cut(level: Fraction, box: _Box) -> Fraction:
    return min(max(level, box.low), box.high)


def _most_squares(boxes: Sequence[_Box]) -> Fraction:
    """The most that the sum of squares can be: on a box a square lies below the chord between its ends, and the sum
    of chords is largest where the boxes with the steepest ones are filled first."""
    rest = 1 - sum((box.low for box in boxes), Fraction(0))
    squares = sum((box.low**2 for box in boxes), Fraction(0))
    for box in sorted(boxes, key=lambda box: box.low + box.high, reverse=True):
        taken = min(rest, box.high - box.low)
        squares += taken * (box.low + box.high)
        rest -= taken
    return min(squares, Fraction(1))


def _joint_at_most(boxes: Sequence[_Box], first: int) -> Fraction:
    leading = sorted((box.high for box in boxes), reverse=True)[:first]
    others = sorted(box.low for box in boxes)[: len(boxes) - first]
    return min(sum(leading, Fraction(0)), 1 - sum(others, Fraction(0)))


def _of(shares: Sequence[Quantity], low: Fraction | int, high: Fraction, unit: str, words: str) -> Quantity:
    sources = tuple(dict.fromkeys(source for share in shares for source in share.sources))
    implied = any(share.implied for share in shares)
    return Quantity(Fraction(low), high, unit, implied=implied, sources=sources).described(words)
