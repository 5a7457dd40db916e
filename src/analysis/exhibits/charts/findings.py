"""What findings are made of: who comes first, what moved, never more certain than the bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeGuard

import pandas as pd

from analysis import wording
from analysis.exhibits.charts.style import finding_of
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, currency, exceeds
from analysis.wording import N_, Inline, Prose, _

OF_KNOWN = N_("among the {n} zones with a figure, {finding}")
NAMED = 3  # more than so many are counted


@dataclass(frozen=True)
class Lead:
    """Messages, marked for the catalogue: ``one`` with {name} and {value}, ``level`` with {names} and {value} where
    several tie, ``unsure`` with {names} where the bounds leave it open."""

    one: str
    level: str
    unsure: str


def is_known(q: object) -> TypeGuard[Quantity]:
    """Whether a cell is a quantity of which a bound is known."""
    return isinstance(q, Quantity) and q.is_bounded


def known_rows(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of a table in which a column holds a quantity of which a bound is known."""
    return table.loc[table[column].map(is_known).astype(bool)]


def titled(indicator: str, data: Dataset, period: str | None) -> str:
    """An indicator with the period of its figures."""
    return wording.indicator(data, indicator) + (wording.aside(wording.period(period)) if period else "")


def front(values: Mapping[str, Quantity], *, lowest: bool = False) -> list[str]:
    """Those whom no other certainly beats: the one that leads, or several that tie or that the bounds leave open."""

    def beats(first: Quantity, second: Quantity) -> bool:
        return exceeds(second, first) if lowest else exceeds(first, second)

    return [key for key, own in values.items() if not any(beats(other, own) for other in values.values())]


def level(values: Mapping[str, Quantity], keys: list[str]) -> bool:
    """Whether these have exactly the same value."""
    first = values[keys[0]]
    alike = (values[key].to(first.unit) for key in keys)
    return all(q.is_point and not q.approximate and q.low == first.low for q in alike)


def lead(
    values: Mapping[str, Quantity],
    say: Lead,
    shown: Callable[[str], Inline],
    data: Dataset,
    *,
    lowest: bool = False,
    called: Callable[[Dataset, str], str] = wording.name,
) -> Inline:
    """Who comes first, in words. shown: what is said of the value of one of them. called: the name of one."""
    first = front(values, lowest=lowest)
    if len(first) == 1:
        return finding_of(_(say.one), name=called(data, first[0]), value=shown(first[0]))
    names = named(first, data, called)
    if level(values, first):
        return finding_of(_(say.level), names=names, value=shown(first[0]))
    return finding_of(_(say.unsure), names=names)


def among(
    finding: Inline, known: int, every: int, message: str = N_("among the {n} zones with a figure, {finding}")
) -> Inline:
    """A comparison of the zones that have a figure, said to be one where others have none."""
    return finding if known == every else finding_of(_(message), n=wording.words(known), finding=finding)


def named(keys: list[str], data: Dataset, called: Callable[[Dataset, str], str] = wording.name) -> str:
    """Names in a sentence; of more than NAMED zones their number."""
    if len(keys) > NAMED and set(keys) <= set(data.zones.index):
        return str(Prose(data).count(len(keys), "zone"))
    return wording.join(called(data, key) for key in keys)


def moved(name: str, first: Quantity, last: Quantity, data: Dataset) -> Inline:
    """How a figure went from its first value to its last."""
    if exceeds(last, first):
        message = _("{name} rose from {first} to {last}")
    elif exceeds(first, last):
        message = _("{name} fell from {first} to {last}")
    else:
        message = _("{name} went from {first} to {last}")
    say = Prose(data)
    return finding_of(message, name=name, first=say(first), last=say(last))


def in_one_currency(amounts: pd.Series) -> list[str]:
    """Whose amounts are in the currency of most of them: there is no common scale of several currencies."""
    currencies = {key: currency(q.unit) for key, q in amounts.items()}
    common, _n = Counter(currencies.values()).most_common(1)[0]
    return [key for key, own in currencies.items() if own == common]


def left_out(keys: Collection[str], data: Dataset) -> list[Inline]:
    """The clause on those whose amounts are in another currency than those drawn; none where there are none."""
    names = wording.join(wording.name(data, key) for key in keys)
    return [finding_of(_("in another currency, and so not drawn: {names}"), names=names)] if names else []
