"""The chart of one chain: zones, chains, stages and lead firms."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from analysis import wording
from analysis.exhibits.charts.style import MUTED, SERIES, canvas, chart
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _

LINE_OF = {"formed": "-", "forming": (0, (5, 2)), "planned": (0, (1, 2))}
ZONES, CHAINS, FIRMS = 0.0, 29.0, 72.0  # where the columns of the graph begin


@dataclass(frozen=True)
class Branch:
    """A chain as it is drawn: ``stages`` as a text of one or more lines, ``leads`` the names of its lead firms,
    ``others`` the number of its other firms."""

    zone: str
    chain: str
    maturity: str
    stages: str
    leads: tuple[str, ...]
    others: int

    @property
    def firms(self) -> str:
        """Its firms in words."""
        more = _("and {n} more") if self.leads else _("no leader; named: {n}")
        words = [*self.leads, *([more.format(n=self.others)] if self.others else [])]
        return _lines(words) or _("no firm named")

    @property
    def breaks(self) -> int:
        """How many lines the lead firms need beyond the first."""
        return _lines(self.leads).count("\n")

    @property
    def room(self) -> float:
        """The height that it needs."""
        return 1.1 + 0.6 * bool(self.stages) + 0.5 * self.stages.count("\n") + 0.6 * self.breaks


def _lines(words: Sequence[str], width: int = 26) -> str:
    """Names joined by commas, broken into lines of about ``width`` characters."""
    lines = [""]
    for i, word in enumerate(words):
        part = word if i == len(words) - 1 else _("{first}, {second}").format(first=word, second="")
        if lines[-1] and wording.columns(lines[-1] + part.rstrip()) > width:
            lines.append(part)
        else:
            lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


def chain_graph(links: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Zone → chain → stages and firms, the line saying how far the chain is formed.

    links: as from `chains.links`.
    """
    if links.empty:
        return Passage()
    branches = _branches(links, data)
    listed = wording.series(
        wording.labelled(
            wording.name(data, branch.zone),
            wording.name(data, branch.chain) + wording.aside(wording.term(data, branch.maturity)),
        )
        for branch in branches
    )
    alt = _("Graph of zones and chains. {list}.").format(list=listed)
    return chart(_draw(branches, data), "chains", _finding(branches, data), alt, data, _drawn(branches))


def _branches(links: pd.DataFrame, data: Dataset) -> list[Branch]:
    """The chains in the order of the links."""
    branches = []
    for chain, own in links.groupby("chain", sort=False):
        stages = own.dropna(subset=["stage"]).sort_values("stage")
        named = " → ".join(wording.localised(stage, "stage") for _i, stage in stages.iterrows())
        leads = [wording.name(data, f) for f, role in zip(own["firm"], own["role"], strict=True) if role == "lead"]
        others = int((own["firm"].notna() & (own["role"] != "lead")).sum())
        zone, maturity = own["zone"].iloc[0], own["maturity"].iloc[0]
        branches.append(Branch(zone, chain, maturity, "\n".join(textwrap.wrap(named, 66)), tuple(leads), others))
    return branches


def _finding(branches: Sequence[Branch], data: Dataset) -> str:
    """How many chains are formed, and how many depend on one firm."""
    if len(branches) == 1:
        return _("The only chain named is called {maturity}").format(maturity=wording.term(data, branches[0].maturity))
    say, formed = Prose(data), Counter(branch.maturity for branch in branches)["formed"]
    single = sum(len(branch.leads) == 1 for branch in branches)
    message = _("The sources call {formed} of {all} chains formed and name a single lead firm for {single} of them")
    return message.format(formed=say.words(formed), all=say.words(len(branches)), single=say.words(single))


def _drawn(branches: Sequence[Branch]) -> pd.DataFrame:
    """What the graph shows, a row a chain."""
    rows = [
        (branch.zone, branch.maturity, branch.stages.replace("\n", " "), wording.series(branch.leads), branch.others)
        for branch in branches
    ]
    columns = ["zone", "maturity", "named_stages", "lead_firms", "other_firms"]
    return pd.DataFrame(rows, index=[branch.chain for branch in branches], columns=columns)


def _draw(branches: Sequence[Branch], data: Dataset) -> Figure:
    """Chains below each other, each zone in the middle of its own."""
    height = sum(branch.room for branch in branches)
    figure, axes = canvas(0.33 * height + 0.5, bare=True)
    places: dict[str, list[tuple[float, str]]] = {}  # zone -> height and maturity of each of its chains
    y = height
    for branch in branches:
        places.setdefault(branch.zone, []).append((y, branch.maturity))
        _row(axes, y, branch, data)
        y -= branch.room
    for zone, ends in places.items():
        middle = sum(end for end, _maturity in ends) / len(ends)
        axes.text(ZONES, middle, wording.name(data, zone), va="center", fontsize=9.5, color=SERIES[0])
        for end, maturity in ends:
            _connect(axes, middle, end, maturity)
    _legend(axes, height + 1.2, data)
    axes.set_xlim(-1, 110)
    axes.set_ylim(0.3, height + 1.8)
    return figure


def _row(axes: Axes, y: float, branch: Branch, data: Dataset) -> None:
    """The words of a chain: its name, its firms, its stages below."""
    colour = SERIES[1] if branch.leads else MUTED
    axes.text(CHAINS + 1, y, wording.name(data, branch.chain), va="center", fontsize=9.5)
    axes.text(FIRMS, y, branch.firms, va="center", fontsize=9.5, color=colour)
    if branch.stages:
        axes.text(CHAINS + 1, y - 0.35 - 0.35 * branch.breaks, branch.stages, va="top", fontsize=8.5, color=MUTED)


def _connect(axes: Axes, start: float, end: float, maturity: str) -> None:
    """The line from a zone to one of its chains."""
    axes.add_patch(
        FancyArrowPatch(
            (ZONES + 23.0, start),
            (CHAINS, end),
            connectionstyle="arc3,rad=0",
            arrowstyle="-",
            linestyle=LINE_OF[maturity],
            linewidth=1.6,
            color=SERIES[0],
            shrinkA=0,
            shrinkB=0,
        )
    )


def _legend(axes: Axes, y: float, data: Dataset) -> None:
    """What the lines say."""
    for i, (maturity, style) in enumerate(LINE_OF.items()):
        x = CHAINS + 21 * i
        axes.plot([x, x + 6], [y] * 2, color=SERIES[0], linewidth=1.6, linestyle=style)
        axes.text(x + 7, y, wording.term(data, maturity), va="center", color=MUTED)
