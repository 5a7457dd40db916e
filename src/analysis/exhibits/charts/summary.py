"""The one picture that sums the book up: what the zones hold, how far their chains are, what is being built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis import wording
from analysis.analyses.projects import BUILDING, UNBUILT
from analysis.exhibits.charts.contributions import city_shares
from analysis.exhibits.charts.style import INK, NARROW, PALE, SERIES, SURFACE, WIDTH, canvas, chart, finding_of
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, currency, total
from analysis.wording import Prose, _

BARS = 2  # so many shares at most, those that the data put first
# how a chain or a sum is drawn that is there, on its way, or on paper
Look = dict[str, Any]
LOOKS: tuple[Look, ...] = (
    {"facecolor": SERIES[0], "edgecolor": SERIES[0]},
    {"facecolor": PALE, "edgecolor": SERIES[0]},
    {"facecolor": SURFACE, "edgecolor": SERIES[0], "linestyle": "--"},
)
# the stages whose investment is added up, by how far it is built
STAGES = {"operating": ("operating",), "building": BUILDING, "unbuilt": UNBUILT}


def summary(shares: pd.DataFrame, maturity: pd.Series, stages: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Bars of shares of the city, a square for each chain, and the published investment by how far it is built.

    shares: as from `city.city_shares`; those that the data mark as headline are drawn, in that order. maturity: chains
    of each maturity, as the sums of `chains.by_maturity`. stages: as from `projects.by_stage`. Where one of the three
    has nothing to show, the shares alone.
    """
    name = "summary"
    bars = shares["share"].reindex(data.indicators["headline"].dropna().sort_values().index).dropna().head(BARS)
    sums = _sums(stages)
    if bars.empty or not maturity.sum() or sums.get("unbuilt") is None:
        return city_shares(shares, data, name=name)
    say = Prose(data)
    finding = finding_of(
        _(
            "The zones make {share} of the city's {what}; the sources call {formed} of {all} chains formed; "
            "{amount} of investment is signed or planned"
        ),
        share=say(bars.iloc[0]),
        what=wording.inside(wording.share_of(data, str(bars.index[0]))),
        formed=wording.words(int(maturity["formed"])),
        all=wording.words(int(maturity.sum())),
        amount=say(sums["unbuilt"]),
    )
    drawn = pd.concat([bars, maturity[maturity > 0], pd.Series(sums, dtype=object)]).to_frame("value")
    listed = wording.series(
        wording.beside(wording.name(data, str(key)), wording.text(cell) if isinstance(cell, Quantity) else cell)
        for key, cell in drawn["value"].items()
    )
    alt = _("Bars of shares of the city, squares of chains, a bar of investment: {list}.").format(list=listed)
    wide, narrow = (_draw(bars, maturity, sums, data, width) for width in (WIDTH, NARROW))
    return chart(wide, name, finding, alt, data, drawn, narrow)


def _sums(stages: pd.DataFrame) -> dict[str, Quantity]:
    """Published investment in operation, being built, and signed or planned, where any is published; a lower bound
    where a stage of the group publishes none; nothing where these are in several currencies, which have no sum."""
    found: dict[str, Quantity] = {}
    if len({currency(q.unit) for q in stages["investment"].dropna()}) > 1:
        return found
    for key, group in STAGES.items():
        own = stages["investment"][stages.index.isin(group)]
        known = [q for q in own if q is not None and q.is_bounded]
        if known:
            amount = total(known).described("sum of the published investments")
            found[key] = amount if len(known) == len(own) else replace(amount, high=None)
    return found


def _draw(bars: pd.Series, maturity: pd.Series, sums: dict[str, Quantity], data: Dataset, width: float) -> Figure:
    """The picture, ``width`` inches wide."""
    top = 1.5 * len(bars) + 8.4
    figure, axes = canvas(0.36 * (top + 0.8), bare=True, width=width)
    bottom = _investment(axes, _chains(axes, _shares(axes, top, bars, data), maturity, data), sums, data)
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom - 0.4, top + 0.4)
    return figure


def _shares(axes: Axes, y: float, bars: pd.Series, data: Dataset) -> float:
    """A bar for each share, from ``y`` down; returns where the next part begins, as all parts do."""
    _title(axes, y, wording.term(data, "one-board"), _("the zones' part of the city"))
    for indicator, share in bars.items():
        y -= 0.9
        what = wording.inside(wording.share_of(data, str(indicator)))
        axes.text(0, y, f"{wording.text(share)}  {what}", va="center", fontsize=9.5)
        y -= 0.6
        axes.barh(y, 100, color=PALE, height=0.44)
        axes.barh(y, float(share.low or share.high), color=SERIES[0], height=0.44)
    return y - 1.3


def _chains(axes: Axes, y: float, maturity: pd.Series, data: Dataset) -> float:
    """A square for each chain, those of a maturity beside each other."""
    _title(axes, y, wording.term(data, "one-chain"), _("how far the chains are"))
    y -= 1.0
    step = 100 / maturity.sum()
    squares = [look for n, look in zip(maturity, LOOKS, strict=True) for _i in range(n)]
    for i, look in enumerate(squares):
        axes.add_patch(Rectangle((i * step + 0.3, y - 0.3), 0.78 * step, 0.6, linewidth=1.2, **look))
    labels = [wording.beside(wording.number(int(n)), wording.term(data, kind)) for kind, n in maturity.items()]
    return _legend(axes, y - 0.9, labels, LOOKS, across=True) - 1.0


def _investment(axes: Axes, y: float, sums: dict[str, Quantity], data: Dataset) -> float:
    """The published investment as one bar, cut by how far it is built."""
    _title(axes, y, wording.term(data, "one-drive"), _("published investment of the named projects"))
    y -= 1.0
    amounts = {key: float(q.low or q.high or 0) for key, q in sums.items()}
    left, whole = 0.0, sum(amounts.values())
    looks = [look for key, look in zip(STAGES, LOOKS, strict=True) if key in sums]
    for amount, look in zip(amounts.values(), looks, strict=True):
        part = 99.5 * amount / whole
        axes.add_patch(Rectangle((left + 0.2, y - 0.3), part, 0.6, linewidth=1.2, **look))
        left += part
    return _legend(axes, y - 0.9, [f"{wording.text(q)}  {wording.term(data, key)}" for key, q in sums.items()], looks)


def _title(axes: Axes, y: float, chapter: str, what: str) -> None:
    """What a part of the picture shows, after the name of its chapter."""
    axes.text(0, y, wording.labelled(chapter, what), va="center", color=SERIES[0], fontsize=10.5)


def _legend(axes: Axes, y: float, labels: list[str], looks: Sequence[Look], *, across: bool = False) -> float:
    """Labels with a mark each, side by side or below each other; returns where the last one stands."""
    for i, (label, look) in enumerate(zip(labels, looks, strict=True)):
        x = 100 / len(labels) * i if across else 0
        axes.add_patch(Rectangle((x + 0.3, y - 0.16), 1.8, 0.32, linewidth=1, **look))
        axes.text(x + 3.4, y, label, va="center", fontsize=9.5, color=INK)
        if not across:
            y -= 0.72
    return y if across else y + 0.72
