"""How the zones compare in an indicator: the ranking of any figure that zones report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis import wording
from analysis.analyses import profiles
from analysis.exhibits.charts import bars
from analysis.exhibits.charts.bars import Bar
from analysis.exhibits.charts.findings import Lead, among, front, is_known, known_rows, lead, level, named, titled
from analysis.exhibits.charts.style import chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds, total
from analysis.wording import N_, Inline, Prose, _

HIGHEST = Lead(
    N_("{name} comes first with {value}"),
    N_("{names} share the first place with {value} each"),
    N_("the bounds leave open which of {names} comes first"),
)
LOWEST = Lead(
    N_("{name} is lowest with {value}"),
    N_("{names} are lowest with {value} each"),
    N_("the bounds leave open which of {names} is lowest"),
)
TOGETHER = 3  # the shares of so many are added up where there are more


@dataclass(frozen=True)
class Ranking:
    """What is drawn: a bar a zone, what the bars and their remarks are of, and the zones without a figure."""

    heading: str
    remark: str
    bars: tuple[Bar, ...]
    without: tuple[str, ...]


def ranking(table: pd.DataFrame, indicator: str, data: Dataset, *, period: str | None = None) -> Exhibit | Passage:
    """The zones' figures as bars, each with its share of all zones where that is known.

    table: zones in the order of their rank, as from `contributions.ranking`; columns ``value``, published or implied,
    and ``share_of_group`` (%), Quantity or None. period: of the figures, in ISO 8601.
    """
    known, title = known_rows(table, "value"), titled(indicator, data, period)
    if known.empty:
        return Passage()
    # a share of all zones is not said twice
    pairs = zip(known["value"], known["share_of_group"], strict=True)
    told = pd.Series([None if _same(q, share) else share for q, share in pairs], index=known.index, dtype=object)
    known = known.assign(share_of_group=told)
    clauses = _clauses(table, known, data, less=profiles.less_is_better(data, indicator))
    finding = finding_of(_("{label}: {value}"), label=title, value=Prose(data).series(clauses))
    drawn = _ranking(table, known, indicator, data, period)
    listed = [
        wording.commas(wording.labelled(bar.name, bars.told(q)), *filter(None, [bar.remark]))
        for bar, q in zip(drawn.bars, known["value"], strict=True)
    ]
    missing = bars.without(drawn.without)
    alt = _("Bars of the zones: {list}.").format(list=wording.series([*listed, *filter(None, [missing])]))
    figures = known[["value", "share_of_group"]].dropna(axis="columns", how="all")
    figures = figures.rename(columns={"value": wording.indicator(data, indicator)})
    parts = (drawn.bars, drawn.heading, drawn.remark, missing)
    return chart(bars.wide(*parts), f"ranking-{indicator}", finding, alt, data, figures, bars.narrow(*parts))


def _same(value: Quantity, share: Quantity | None) -> bool:
    return share is not None and (value.low, value.high, value.unit) == (share.low, share.high, share.unit)


def _ranking(table: pd.DataFrame, known: pd.DataFrame, indicator: str, data: Dataset, period: str | None) -> Ranking:
    """The bars in the unit that all figures share, told once in the heading."""
    shared = wording.shared_unit(known["value"])
    unit = shared.unit if shared else known["value"].iloc[0].unit
    shares = [wording.text(q) if is_known(q) else "" for q in known["share_of_group"]]
    drawn = [
        bars.bar(wording.name(data, zone), q, unit, bars.told(q, shared), remark=share)
        for zone, q, share in zip(known.index, known["value"], shares, strict=True)
    ]
    what = wording.indicator(data, indicator) + (wording.aside(shared.words) if shared else "")
    return Ranking(
        wording.commas(what, *([wording.period(period)] if period else [])),
        _("share of the zones' total") if any(shares) else "",
        tuple(drawn),
        tuple(wording.name(data, zone) for zone in table.index.difference(known.index, sort=False)),
    )


def _clauses(table: pd.DataFrame, known: pd.DataFrame, data: Dataset, *, less: bool) -> list[Inline]:
    """What the ranking says, as parts of one sentence."""
    say, values = Prose(data), dict(known["value"])

    def shown(zone: str) -> Inline:
        value, share = say(values[zone]), known.loc[zone, "share_of_group"]
        if values[zone].implied:
            value = finding_of("{value}{remark}", value=value, remark=wording.aside(_("implied")))
        if is_known(share):
            return finding_of(_("{value}, {share} of the zones' total"), value=value, share=say(share))
        return value

    if len(values) == 1:
        alone = _("{name} has {value}") if len(table) == 1 else _("{name} alone has a figure, {value}")
        return [finding_of(alone, name=named(list(values), data), value=shown(known.index[0]))]
    if level(values, list(values)):
        first = finding_of(
            _("{names} are level at {value}"), names=named(list(values), data), value=shown(known.index[0])
        )
    else:
        first = lead(values, LOWEST if less else HIGHEST, shown, data, lowest=less)
    return [
        among(first, len(known), len(table)),
        *_further(known, values, data, less=less, complete=len(known) == len(table)),
        *_caveats(values, data),
    ]


def _further(
    known: pd.DataFrame, values: Mapping[str, Quantity], data: Dataset, *, less: bool, complete: bool
) -> list[Inline]:
    """What the first zones hold together, or else who comes last, where either is certain."""
    say, first = Prose(data), list(values)[:TOGETHER]
    others = {zone: q for zone, q in values.items() if zone not in first}
    shares = known.loc[first, "share_of_group"]
    ahead = all(exceeds(values[zone], q) for zone in first for q in others.values())
    if complete and others and ahead and shares.map(is_known).all():
        whole = total(shares).within(Quantity(Fraction(0), Fraction(100), "%")).described(N_("sum of the shares"))
        message = _("together the first {n} hold {share}")
        return [finding_of(message, n=wording.words(TOGETHER), share=say(whole))]
    last = front(values, lowest=not less)
    if len(last) > 1 or _negative(values):
        return []
    message = _("{name} has {value}") if len(values) == 2 else _("{name} comes last with {value}")
    return [finding_of(message, name=wording.name(data, last[0]), value=say(values[last[0]]))]


def _negative(values: Mapping[str, Quantity]) -> list[str]:
    return [zone for zone, q in values.items() if exceeds(0, q)]


def _caveats(values: Mapping[str, Quantity], data: Dataset) -> list[Inline]:
    """Whose figures are negative, and whose are not published."""
    said, negative, implied = [], _negative(values), [zone for zone, q in values.items() if q.implied]
    if len(negative) == 1:
        value = Prose(data)(values[negative[0]])
        said.append(finding_of(_("{name} is below zero, at {value}"), name=named(negative, data), value=value))
    elif negative:
        said.append(finding_of(_("{names} are below zero"), names=named(negative, data)))
    if implied:
        message = N_("the figure of {names} is implied, not published")
        if len(implied) > 1:
            message = N_("the figures of {names} are implied, not published")
        said.append(finding_of(_(message), names=named(implied, data)))
    return said
