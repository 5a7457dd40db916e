"""The chart of the first page: how large a part of all ranked, and of the first, the city's zones are."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis import wording
from analysis.exhibits.charts.contributions import city_shares
from analysis.exhibits.charts.style import NARROW, PALE, SERIES, WIDTH, canvas, chart, finding_of, tell
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _


def standing(table: pd.DataFrame, shares: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """A bar for all zones ranked and for each number of first places, the city's part of it filled.

    table: as from `standing.standing`; where it is empty, the headline shares of the city are drawn instead.
    shares: as from `city.city_shares`.
    """
    if table.empty:
        headlines = data.indicators["headline"].dropna().sort_values().index
        return city_shares(shares.loc[shares.index.intersection(headlines)], data, name="summary")
    say = Prose(data)
    parts = [_part(say, int(places), row, places == table.index[0]) for places, row in table.iterrows()]
    finding = finding_of(
        _("The zones of {city} are {list} ({period})"),
        city=say.name(data.city),
        list=say.list(parts),
        period=say.period(table["period"].iloc[0]),
    )
    alt = _("Bars of the part that the city's zones are of all zones ranked, and of the first.")
    wide, narrow = (_draw(table, width) for width in (WIDTH, NARROW))
    return chart(wide, "summary", finding, alt, data, table[["zones", "share"]].set_axis(map(str, table.index)), narrow)


def _part(say: Prose, places: int, row: pd.Series, of_all: bool) -> wording.Inline:
    message = _("{share} of the {n} zones ranked") if of_all else _("{share} of the first {n}")
    return wording.filled(message, {"share": say(row["share"]), "n": wording.number(places)})


def _draw(table: pd.DataFrame, width: float) -> Figure:
    """The widest band on top; the scale ends a little beyond the longest bar, since none comes near the whole."""
    end = 1.25 * max(float(share.value) for share in table["share"])
    figure, axes = canvas(0.62 * len(table) + 0.2, bare=True, width=width)
    for y, (places, row) in zip(range(len(table), 0, -1), table.iterrows(), strict=True):
        share, of_all = float(row["share"].value), places == table.index[0]
        message = _("all {n} ranked: {zones}") if of_all else _("first {n}: {zones}")
        label = message.format(n=wording.number(int(places)), zones=wording.text(row["zones"]))
        axes.text(0, y + 0.36, label, va="center", fontsize=9.5)
        bar = axes.barh(y - 0.08, share, color=PALE if of_all else SERIES[0], edgecolor=SERIES[0], height=0.42)
        tell(wording.commas(label, wording.text(row["share"])), *bar)
        axes.text(share + 0.01 * end, y - 0.08, f" {wording.text(row['share'])}", va="center", fontsize=10.5)
    axes.set_xlim(0, end)
    axes.set_ylim(0.5, len(table) + 0.7)
    return figure
