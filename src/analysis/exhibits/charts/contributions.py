"""Charts of one board: shares of the city, ranks, foreign capital, what is known of which zone."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
from matplotlib.figure import Figure

from analysis import wording
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
    nothing,
)
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, exceeds
from analysis.wording import Prose, _


def city_shares(shares: pd.DataFrame, data: Dataset, *, name: str = "city-shares") -> Exhibit | Passage:
    """Bars of the zones' shares with the rest of the city in a pale tone.

    shares: as from `contributions.city_shares`. name: the anchor, which only one page may use.
    """
    shares = shares.dropna(subset="share")
    if shares.empty:
        return nothing(_("No share of the city is published."))
    say = Prose(data)
    largest, smallest = shares.iloc[0], shares.iloc[-1]
    finding = finding_of(
        _("The zones hold between {low} and {high} of what the city counts; pale is the rest of the city"),
        low=say(smallest["share"]),
        high=say(largest["share"]),
    )
    listed = wording.join(f"{wording.term(data, i)} {wording.text(row['share'])}" for i, row in shares.iterrows())
    alt = _("Bar chart of the zones' shares of the city: {list}.").format(list=listed)
    wide, narrow = (_share_bars(shares, data, width) for width in (WIDTH, NARROW))
    return chart(wide, name, finding, alt, data, shares[["share", "remainder"]], narrow)


def _share_bars(shares: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The bars of `city_shares`, ``width`` inches wide."""
    figure, axes = canvas(0.62 * len(shares) + 0.2, bare=True, width=width)
    for y, (indicator, row) in enumerate(shares[::-1].iterrows()):
        low = float(row["share"].low or 0)
        axes.barh(y, 100, color=PALE, height=0.46)
        axes.barh(y, low, color=SERIES[0], height=0.46)
        axes.text(0, y + 0.33, wording.term(data, indicator), va="bottom", color=INK)
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


def rank_strip(ranks: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """All places of the assessment on a line, the published ones marked.

    ranks: as from `contributions.ranks`.
    """
    name, zones = "ranks", len(data.zones)
    ranks = ranks.dropna(subset="percentile")  # those known exactly, among a known number
    if ranks.empty:
        return nothing(_("No rank in the provincial assessment is published."))
    say = Prose(data)
    finding = finding_of(
        _("The published ranks are {ranks} of {of}; those of the other zones are not published")
        if len(ranks) < zones
        else _("The ranks are {ranks} of {of}"),
        ranks=say.list([say(q) for q in ranks["rank"]]),
        of=say(ranks["of"].iloc[0]),
    )
    alt = _("Strip of all places in the provincial assessment with the published ones marked.")
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
        axes.vlines(rank, 0, height, color=SERIES[1], linewidth=2.5)
        label = _("{zone}, place {rank}").format(zone=wording.name(data, zone), rank=wording.text(row["rank"]))
        left = rank >= 0.7 * places
        x = rank - 0.7 if left else rank + 0.7
        axes.text(x, height, label, ha="right" if left else "left", va="center", color=SERIES[1])
    axes.text(1, -0.12, "1", ha="center", va="top", color=MUTED)
    axes.text(places, -0.12, str(places), ha="center", va="top", color=MUTED)
    axes.text((places + 1) / 2, -0.12, _("place among the zones assessed"), ha="center", va="top", color=MUTED)
    axes.set_xlim(0, places + 1)
    axes.set_ylim(-0.55, 0.95 + 0.42 * len(ranks))
    return figure


def foreign_capital(extremes: pd.DataFrame, hhi: Quantity | None, data: Dataset) -> Exhibit | Passage:
    """The two extreme distributions of foreign capital that the published share allows.

    extremes: as from `contributions.foreign_capital_extremes`.
    """
    name, most = "foreign-capital", Fraction(9, 10)
    if extremes.empty or hhi is None:
        return nothing(_("No zone's share of foreign capital is published."))
    say = Prose(data)
    finding = finding_of(
        _("However the rest is spread, the concentration index lies at {hhi}, close to its maximum of one")
        if exceeds(hhi, most)
        else _("However the rest is spread, the concentration index lies at {hhi}, on a scale that ends at one"),
        hhi=say(hhi),
    )
    alt = _("Two stacked bars of foreign capital by zone, with the unpublished rest spread or held by one zone.")
    wide, narrow = (_extreme_bars(extremes, data, width) for width in (WIDTH, NARROW))
    return chart(wide, name, finding, alt, data, extremes, narrow)


def _extreme_bars(extremes: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The bars of `foreign_capital`, ``width`` inches wide."""
    figure, axes = canvas(1.8, bare=True, width=width)
    known = [zone for zone in extremes.index if extremes.loc[zone, "even"] == extremes.loc[zone, "single"]]
    order = [*known, *(zone for zone in extremes.index if zone not in known)]
    for y, (column, label) in enumerate(
        {"single": _("Rest held by one other zone"), "even": _("Rest spread evenly")}.items()
    ):
        left = 0.0
        for zone in order:
            length = float(extremes.loc[zone, column].value)
            colour = SERIES[0] if zone in known else SERIES[1]
            axes.barh(y, length, left=left, color=colour, height=0.42, edgecolor=SURFACE, linewidth=0.6)
            if zone in known and length > 15:
                text = f"{wording.name(data, zone)} {wording.text(extremes.loc[zone, column])}"
                axes.text(left + 1, y, text, va="center", color=SURFACE)
            left += length
        axes.text(0, y + 0.27, label, va="bottom", color=INK)
    axes.set_xlim(0, 101)
    axes.set_ylim(-0.4, 1.75)
    return figure


def coverage_matrix(coverage: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """What is published of which zone: a dot for each figure.

    coverage: zones × indicators, as from `contributions.coverage`.
    """
    if coverage.empty or coverage.shape[1] == 0:
        return nothing(_("No figure of a single zone is published."))
    total = coverage.sum(axis=1)
    silent = [wording.name(data, zone) for zone in total.index[total == 0]]
    best = wording.name(data, total.idxmax())
    if silent:
        finding = _("{best} is the best documented zone; of {silent} no figure of their own is published").format(
            best=best, silent=wording.join(silent)
        )
    else:
        finding = _("{best} is the best documented zone").format(best=best)
    listed = wording.join(f"{wording.name(data, zone)} {n}" for zone, n in total.items())
    alt = _("Matrix of zones and indicators; number of published figures: {list}.").format(list=listed)
    drawn = pd.DataFrame(
        {indicator: [data.value(zone, indicator) for zone in coverage.index] for indicator in coverage.columns},
        index=coverage.index,
        dtype=object,
    )
    return chart(_matrix(coverage, data), "coverage", finding, alt, data, drawn)


def _matrix(coverage: pd.DataFrame, data: Dataset) -> Figure:
    """The dots of `coverage_matrix`."""
    figure, axes = canvas(0.235 * coverage.shape[1] + 1.3)
    for y, indicator in enumerate(coverage.columns[::-1]):
        axes.axhline(y, color=GRID, linewidth=0.6, zorder=0)
        for x, zone in enumerate(coverage.index):
            if coverage.loc[zone, indicator]:
                axes.plot(x, y, "o", color=SERIES[0], markersize=7)
    indicators = [wording.term(data, indicator) for indicator in coverage.columns[::-1]]
    axes.set_yticks(range(len(indicators)), indicators, fontsize=9)
    zones = [wording.name(data, zone) for zone in coverage.index]
    axes.set_xticks(range(len(zones)), zones, fontsize=8.5, rotation=35, ha="left")
    axes.xaxis.set_ticks_position("top")
    axes.tick_params(axis="x", length=0, labelcolor=INK)
    axes.set_xlim(-0.6, len(zones) - 0.4)
    axes.set_ylim(-0.7, len(indicators) - 0.3)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure
