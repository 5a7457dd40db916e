"""Charts of one board: shares of the city, ranks, foreign capital, what is known of which zone."""

from __future__ import annotations

from itertools import accumulate

import pandas as pd
from matplotlib.figure import Figure

from analysis import wording
from analysis.analyses import city
from analysis.exhibits import leads
from analysis.exhibits.charts import lettering
from analysis.exhibits.charts.style import (
    GRID,
    INK,
    MUTED,
    NARROW,
    PALE,
    SERIES,
    SURFACE,
    WIDTH,
    canvas,
    chart,
    finding_of,
    tell,
)
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import exceeds
from analysis.wording import Prose, _

LETTERS = 9.0  # of the matrix, in points


def city_shares(shares: pd.DataFrame, data: Dataset, *, name: str = "city-shares") -> Exhibit | Passage:
    """Bars of the zones' shares with the rest of the city in a pale tone.

    shares: as from `city.city_shares`. name: the anchor, which only one page may use.
    """
    shares = shares.dropna(subset="share")
    if shares.empty:
        return Passage()
    say = Prose(data)
    largest, smallest = shares.iloc[0], shares.iloc[-1]
    if exceeds(largest["share"], smallest["share"]):
        message = _("The zones' share of the city runs from {low} to {high}; pale: the rest of the city")
        finding = finding_of(message, low=say(smallest["share"]), high=say(largest["share"]))
    else:
        message = _("The zones' share of the city's {what} is {share}; pale: the rest of the city")
        what = wording.inside(wording.share_of(data, str(shares.index[0])))
        finding = finding_of(message, share=say(largest["share"]), what=what)
    listed = wording.join(
        wording.beside(wording.indicator(data, i), wording.text(row["share"])) for i, row in shares.iterrows()
    )
    alt = _("Bar chart of the zones' shares of the city: {list}.").format(list=listed)
    wide, narrow = (_share_bars(shares, data, width) for width in (WIDTH, NARROW))
    return chart(wide, name, finding, alt, data, shares[["share", "remainder"]], narrow)


def _share_bars(shares: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The bars of `city_shares`, ``width`` inches wide."""
    figure, axes = canvas(0.62 * len(shares) + 0.2, bare=True, width=width)
    for y, (indicator, row) in enumerate(shares[::-1].iterrows()):
        low, name = float(row["share"].low or 0), wording.indicator(data, indicator)
        rest = wording.labelled(wording.term(data, "remainder"), wording.text(row["remainder"]))
        tell(wording.commas(name, rest), *axes.barh(y, 100, color=PALE, height=0.46))
        tell(wording.labelled(name, wording.text(row["share"])), *axes.barh(y, low, color=SERIES[0], height=0.46))
        axes.text(0, y + 0.33, name, va="bottom", color=INK)
        inside = low > 14
        axes.text(
            low - 1 if inside else low + 1,
            y,
            wording.text(row["share"]),
            ha="right" if inside else "left",
            va="center",
            color=SURFACE if inside else INK,
        )
        if 100 - low > 12:
            axes.text(99, y, wording.text(row["remainder"]), ha="right", va="center", color=INK)
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.35, len(shares) - 0.1)
    return figure


def rank_strip(ranks: pd.DataFrame, data: Dataset, *, indicator: str) -> Exhibit | Passage:
    """All places of an assessment on a line, the published ones marked.

    ranks: those of an indicator, as from `city.ranks`.
    """
    name, zones = f"ranks-{indicator}", len(data.zones)
    ranks = ranks.dropna(subset="percentile")  # those known exactly, among a known number
    if ranks.empty:
        return Passage()
    say = Prose(data)
    finding = finding_of(
        _("The published ranks are {ranks} of {of}; those of the other zones are not published")
        if len(ranks) < zones
        else _("The ranks are {ranks} of {of}"),
        ranks=say.list([say(q) for q in ranks["rank"]]),
        of=say(ranks["of"].iloc[0]),
    )
    alt = _("Strip of all places in the assessment with the published ones marked.")
    wide, narrow = (_rank_marks(ranks, data, width) for width in (WIDTH, NARROW))
    return chart(wide, name, finding, alt, data, ranks[["rank", "of"]], narrow)


def _rank_marks(ranks: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The strip of `rank_strip`, ``width`` inches wide."""
    places = int(ranks["of"].iloc[0].value)
    figure, axes = canvas(1.9, bare=True, width=width)
    axes.vlines(range(1, places + 1), 0, 0.5, color=MUTED, linewidth=1)
    # neighbours would write over each other: their labels climb a step each
    for step, (zone, row) in enumerate(ranks[::-1].iterrows()):
        rank = float(row["rank"].value)
        height = 0.75 + 0.42 * step
        label = _("{zone}, place {rank}").format(zone=wording.name(data, zone), rank=wording.text(row["rank"]))
        tell(label, axes.vlines(rank, 0, height, color=SERIES[1], linewidth=2.5))
        left = rank >= 0.7 * places
        x = rank - 0.7 if left else rank + 0.7
        axes.text(x, height, label, ha="right" if left else "left", va="center", color=SERIES[1])
    axes.text(1, -0.12, "1", ha="center", va="top", color=MUTED)
    axes.text(places, -0.12, str(places), ha="center", va="top", color=MUTED)
    axes.text((places + 1) / 2, -0.12, _("place among the zones assessed"), ha="center", va="top", color=MUTED)
    axes.set_xlim(0, places + 1)
    axes.set_ylim(-0.55, 0.95 + 0.42 * len(ranks))
    return figure


def coverage_matrix(coverage: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """What is published of which zone: a dot for each figure.

    coverage: zones × indicators, as from `city.coverage`.
    """
    if coverage.empty or coverage.shape[1] == 0:
        return Passage()
    total = coverage.sum(axis=1)
    best = total.index[total == total.max()]
    all_alike = len(best) == len(total)
    first = _("Each zone has {figures}") if all_alike else _("The sources give most figures for {best}")
    names = wording.join(wording.name(data, zone) for zone in best)
    first = first.format(best=names, figures=Prose(data).count(int(total.max()), "figure"))
    finding = wording.series([first, *([leads.silence(data).plain] if city.silent(data) else [])])
    listed = wording.join(wording.beside(wording.name(data, zone), n) for zone, n in total.items())
    alt = _("Matrix of zones and indicators; number of published figures: {list}.").format(list=listed)
    drawn = pd.DataFrame(
        {indicator: [data.value(zone, indicator) for zone in coverage.index] for indicator in coverage.columns},
        index=coverage.index,
        dtype=object,
    )
    wide, narrow = (_matrix(coverage, drawn, data, width) for width in (WIDTH, NARROW))
    return chart(wide, "coverage", finding, alt, data, drawn, narrow, indicators=drawn.columns)


def _matrix(coverage: pd.DataFrame, values: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The dots of `coverage_matrix`, in inches; the names of the zones climb a step each, so that none is slanted."""
    names = [lettering.wrapped(wording.indicator(data, key), 0.46 * width, LETTERS, most=3) for key in coverage.columns]
    column = max(lettering.inches(name, LETTERS) for name in names)
    gap = (width - column) / len(coverage)
    xs = [column + gap * (i + 0.6) for i in range(len(coverage))]
    heights = [0.15 * (1 + name.count("\n")) + 0.085 for name in names]
    body, head = sum(heights), 0.19 * len(coverage) + 0.3
    figure, axes = canvas(body + head, bare=True, width=width)
    for i, (x, (zone, n)) in enumerate(zip(xs, coverage.sum(axis=1).items(), strict=True)):
        y = body + 0.19 * (i + 0.5)
        axes.vlines(x, 0, y + 0.08, color=GRID, linewidth=0.8, zorder=0)
        words = lettering.wrapped(wording.beside(wording.name(data, zone), n), x - 0.07, LETTERS, most=1)
        axes.text(x - 0.07, y, words, ha="right", va="center", fontsize=LETTERS)
    axes.text(0, body + head, wording.term(data, "figures"), va="top", fontsize=LETTERS, color=MUTED)
    tops = accumulate(heights, lambda top, height: top - height, initial=body)
    for top, height, name, indicator in zip(tops, heights, names, coverage.columns, strict=False):
        y = top - height / 2
        axes.text(0, y, name, va="center", fontsize=LETTERS)
        axes.hlines(y, column + 0.1, width, color=GRID, linewidth=0.6, zorder=0)
        for x, zone in zip(xs, coverage.index, strict=True):
            if coverage.loc[zone, indicator]:
                of = wording.commas(wording.name(data, zone), wording.indicator(data, indicator))
                words = wording.labelled(of, wording.text(values.loc[zone, indicator]))
                tell(words, *axes.plot(x, y, "o", color=SERIES[0], markersize=7))
    axes.set_xlim(0, width)
    axes.set_ylim(0, body + head)
    return figure
