"""The chart of one chain: zones, chains, stages and lead firms."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from analysis import wording
from analysis.analyses.chains import LEAD, RELIED_ON, dependence
from analysis.exhibits.charts import lettering
from analysis.exhibits.charts.style import MUTED, SERIES, canvas, chart
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.chains import counted, named
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _

LINE_OF = {"formed": "-", "forming": (0, (5, 2)), "planned": (0, (1, 2)), "disputed": (0, (7, 2, 1, 2))}
ZONES, CHAINS, FIRMS = 0.0, 29.0, 72.0  # where the columns of the graph begin


@dataclass(frozen=True)
class Branch:
    """A chain as it is drawn.

    name, stages, firms: texts of one or more lines. leads: whether its firms are called leads. single: whether one of
    them alone is.
    """

    zone: str
    chain: str
    name: str
    state: str
    stages: str
    firms: str
    leads: bool
    single: bool

    @property
    def lines(self) -> int:
        """How many lines its name and its firms take beyond the first."""
        return max(self.name.count("\n"), self.firms.count("\n"))

    @property
    def room(self) -> float:
        """The height that it needs."""
        return 1.1 + 0.6 * bool(self.stages) + 0.5 * self.stages.count("\n") + 0.6 * self.lines


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
            wording.name(data, branch.chain) + wording.aside(wording.term(data, branch.state)),
        )
        for branch in branches
    )
    alt = _("Graph of zones and chains. {list}.").format(list=listed)
    exhibit = chart(_draw(branches, data), "chains", _finding(branches, data), alt, data, _drawn(branches))
    return replace(exhibit, source=(wording.sections_line(data, data.chains["locator"]),))


def _branches(links: pd.DataFrame, data: Dataset) -> list[Branch]:
    """The chains in the order of the links."""
    single = dependence(data)["single_lead"]
    branches = []
    for chain, own in links.groupby("chain", sort=False):
        stages = own.dropna(subset=["stage"]).sort_values("stage")
        named = " → ".join(wording.localised(stage, "stage") for _i, stage in stages.iterrows())
        firms = "\n".join(textwrap.wrap(_firms(own, data), _width(30)))
        leads = own["role"].eq(LEAD).any()
        stages_in_lines = "\n".join(textwrap.wrap(named, 66))
        zone, state = own["zone"].iloc[0], own["state"].iloc[0]
        name = lettering.wrapped(wording.name(data, chain), 2.6, 9.5)
        branches.append(Branch(zone, chain, name, state, stages_in_lines, firms, leads, single[chain]))
    return branches


def _width(columns: int) -> int:
    """How many characters fill so many columns of letters."""
    return columns if wording.language() == "en" else columns // 2


def _firms(own: pd.DataFrame, data: Dataset) -> str:
    """The firms of a chain in words: its leads, else those that it relies on, else those named."""
    for role, message in ((LEAD, "{firms}"), (RELIED_ON, _("relies on {firms}"))):
        if (chosen := own[own["role"] == role])["firm"].notna().any():
            return message.format(firms=named(data, chosen))
    return _("named: {firms}").format(firms=named(data, own)) if own["firm"].notna().any() else _("no firm named")


def _finding(branches: Sequence[Branch], data: Dataset) -> str:
    """How the chains stand, and for how many a single lead firm is named."""
    if len(branches) == 1:
        return _("The only chain named is called {state}").format(state=wording.term(data, branches[0].state))
    say, single = Prose(data), sum(branch.single for branch in branches)
    counts = pd.Series([branch.state for branch in branches]).value_counts().reindex(list(LINE_OF), fill_value=0)
    message = _("{all} chains: {states}; a single lead firm is named for {single}")
    return message.format(all=wording.number(len(branches)), states=counted(counts, data), single=say.words(single))


def _drawn(branches: Sequence[Branch]) -> pd.DataFrame:
    """What the graph shows, a row a chain."""
    rows = [
        (branch.zone, branch.state, branch.stages.replace("\n", " "), branch.firms.replace("\n", " "))
        for branch in branches
    ]
    columns = ["zone", "state", "named_stages", "named_firms"]
    return pd.DataFrame(rows, index=[branch.chain for branch in branches], columns=columns)


def _draw(branches: Sequence[Branch], data: Dataset) -> Figure:
    """Chains below each other, each zone in the middle of its own."""
    height = sum(branch.room for branch in branches)
    figure, axes = canvas(0.33 * height + 0.5, bare=True)
    places: dict[str, list[tuple[float, str]]] = {}  # zone -> height and state of each of its chains
    y = height
    for branch in branches:
        places.setdefault(branch.zone, []).append((y, branch.state))
        _row(axes, y, branch, data)
        y -= branch.room
    for zone, ends in places.items():
        middle = sum(end for end, _state in ends) / len(ends)
        words = lettering.wrapped(wording.name(data, zone), 1.4, 9.5)
        axes.text(ZONES, middle, words, va="center", fontsize=9.5, color=SERIES[0])
        for end, state in ends:
            _connect(axes, middle, end, state)
    _legend(axes, height + 1.2, data)
    axes.set_xlim(-1, 110)
    axes.set_ylim(0.3, height + 1.8)
    return figure


def _row(axes: Axes, y: float, branch: Branch, data: Dataset) -> None:
    """The words of a chain: its name, its firms, its stages below."""
    colour = SERIES[1] if branch.leads else MUTED
    axes.text(CHAINS + 1, y, branch.name, va="center", fontsize=9.5)
    axes.text(FIRMS, y, branch.firms, va="center", fontsize=9.5, color=colour)
    if branch.stages:
        axes.text(CHAINS + 1, y - 0.35 - 0.35 * branch.lines, branch.stages, va="top", fontsize=8.5, color=MUTED)


def _connect(axes: Axes, start: float, end: float, state: str) -> None:
    """The line from a zone to one of its chains."""
    axes.add_patch(
        FancyArrowPatch(
            (ZONES + 23.0, start),
            (CHAINS, end),
            connectionstyle="arc3,rad=0",
            arrowstyle="-",
            linestyle=LINE_OF[state],
            linewidth=1.6,
            color=SERIES[0],
            shrinkA=0,
            shrinkB=0,
        )
    )


def _legend(axes: Axes, y: float, data: Dataset) -> None:
    """What the lines say."""
    for i, (state, style) in enumerate(LINE_OF.items()):
        x = 24 * i
        axes.plot([x, x + 6], [y] * 2, color=SERIES[0], linewidth=1.6, linestyle=style)
        axes.text(x + 7, y, wording.term(data, state), va="center", color=MUTED)
