"""The chart of one chain: zones, chains, stages and lead firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.analyses.chains import LEAD, RELIED_ON, dependence
from analysis.exhibits.charts import lettering
from analysis.exhibits.charts.style import GRID, INK, MUTED, NARROW, SERIES, WIDTH, canvas, chart, tell
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.chains import counted, named
from analysis.package.dataset import Dataset
from analysis.wording import Prose, _

LINE_OF = {"formed": "-", "forming": (0, (5, 2)), "planned": (0, (1, 2)), "disputed": (0, (7, 2, 1, 2))}
# inches: where the lines of the wide graph begin, and its columns; how far the narrow one is set in; the gap below a
# chain; the height of a line of words
FORK, CHAINS, FIRMS = 1.35, 1.95, 4.75
TWIG, GAP, LINE = 0.5, 0.1, 0.18
SMALL = 8.5  # letters, in points


@dataclass(frozen=True)
class Branch:
    """A chain as it is drawn.

    name, stages, firms: texts. leads: whether its firms are called leads. single: whether one of them alone is.
    """

    zone: str
    chain: str
    name: str
    state: str
    stages: str
    firms: str
    leads: bool
    single: bool


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
    wide, narrow = (_draw(branches, data, width) for width in (WIDTH, NARROW))
    exhibit = chart(wide, "chains", _finding(branches, data), alt, data, _drawn(branches), narrow)
    return replace(exhibit, source=(wording.sections_line(data, data.chains["locator"]),))


def _branches(links: pd.DataFrame, data: Dataset) -> list[Branch]:
    """The chains in the order of the links."""
    single = dependence(data)["single_lead"]
    branches = []
    for chain, own in links.groupby("chain", sort=False):
        stages = own.dropna(subset=["stage"]).sort_values("stage")
        named = " → ".join(wording.localised(stage, "stage") for _i, stage in stages.iterrows())
        leads = own["role"].eq(LEAD).any()
        zone, state, name = own["zone"].iloc[0], own["state"].iloc[0], wording.name(data, chain)
        branches.append(Branch(zone, chain, name, state, named, _firms(own, data), leads, single[chain]))
    return branches


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
    rows = [(branch.zone, branch.state, branch.stages, branch.firms) for branch in branches]
    columns = ["zone", "state", "named_stages", "named_firms"]
    return pd.DataFrame(rows, index=[branch.chain for branch in branches], columns=columns)


def _draw(branches: Sequence[Branch], data: Dataset, width: float) -> Figure:
    """The zones below each other, in inches from the top downwards; the sheet is as high as they need."""
    figure, axes = canvas(1, bare=True, width=width)
    zones: dict[str, list[Branch]] = {}
    for branch in branches:
        zones.setdefault(branch.zone, []).append(branch)
    y = _key(axes, width, data)
    for own in zones.values():
        y = (_fork if width == WIDTH else _list)(axes, y, own, data) - GAP
    axes.set_xlim(0, width)
    axes.set_ylim(y, 0)
    figure.set_size_inches(width, -y)
    return figure


def _key(axes: Axes, width: float, data: Dataset) -> float:
    """What the lines say, side by side as far as there is room; returns where the graph begins."""
    x = y = 0.0
    for state, style in LINE_OF.items():
        words = wording.term(data, state)
        room = 0.55 + lettering.inches(words)
        if x and x + room > width:
            x, y = 0.0, y - 0.2
        axes.plot([x, x + 0.4], [y - 0.09] * 2, color=SERIES[0], linewidth=1.6, linestyle=style)
        axes.text(x + 0.48, y - 0.09, words, va="center", fontsize=lettering.LABEL, color=MUTED)
        x += room + 0.2
    return y - 0.36


def _fork(axes: Axes, y: float, own: Sequence[Branch], data: Dataset) -> float:
    """A zone at the left in the middle of its chains, the stages of each below its name, its firms at its right."""
    starts, name = [], lettering.wrapped(wording.name(data, own[0].zone), FORK - 0.1, most=3)
    for branch in own:
        starts.append(y - LINE / 2)
        words = lettering.wrapped(branch.name, FIRMS - CHAINS - 0.2)
        left = _words(axes, CHAINS, y, words, lettering.NAME, INK)
        left = _words(
            axes, CHAINS, left, lettering.wrapped(branch.stages, FIRMS - CHAINS - 0.2, SMALL, 9), SMALL, MUTED
        )
        firms = lettering.wrapped(branch.firms, WIDTH - FIRMS, lettering.LABEL, 9)
        right = _words(axes, FIRMS, y, firms, lettering.LABEL, _colour(branch))
        start = CHAINS + lettering.inches(words, lettering.NAME) + 0.08
        axes.plot([start, FIRMS - 0.08], [y - LINE / 2] * 2, color=GRID, linewidth=0.8)
        y = min(left, right) - GAP
    middle = (starts[0] + starts[-1]) / 2
    axes.text(0, middle, name, va="center", fontsize=lettering.NAME, color=SERIES[0])
    for start, branch in zip(starts, own, strict=True):
        _line(axes, (FORK, CHAINS - 0.08), (middle, start), branch, data)
    return y


def _list(axes: Axes, y: float, own: Sequence[Branch], data: Dataset) -> float:
    """The form for a phone: below the name of a zone its chains, below the name of each its stages and firms."""
    name = lettering.wrapped(wording.name(data, own[0].zone), NARROW)
    y = _words(axes, 0, y, name, lettering.NAME, SERIES[0]) - 0.04
    for branch in own:
        _line(axes, (0, TWIG - 0.08), (y - LINE / 2, y - LINE / 2), branch, data)
        for words, size, colour in (
            (branch.name, lettering.NAME, INK),
            (branch.stages, SMALL, MUTED),
            (branch.firms, lettering.LABEL, _colour(branch)),
        ):
            y = _words(axes, TWIG, y, lettering.wrapped(words, NARROW - TWIG, size, 9), size, colour)
        y -= GAP
    return y


def _colour(branch: Branch) -> str:
    """The colour of the firms of a chain: leads stand out."""
    return SERIES[1] if branch.leads else MUTED


def _words(axes: Axes, x: float, y: float, words: str, size: float, colour: str) -> float:
    """Words below a place; returns where they end."""
    axes.text(x, y, words, va="top", fontsize=size, color=colour, linespacing=1.15)
    return y - LINE * size / lettering.NAME * (1 + words.count("\n")) if words else y


def _line(axes: Axes, xs: tuple[float, float], ys: tuple[float, float], branch: Branch, data: Dataset) -> None:
    """The line from a zone to one of its chains."""
    said = wording.labelled(
        wording.name(data, branch.zone), branch.name + wording.aside(wording.term(data, branch.state))
    )
    drawn = axes.plot(xs, ys, color=SERIES[0], linewidth=1.6, linestyle=LINE_OF[branch.state])
    tell(wording.series(filter(None, [said, branch.stages, branch.firms])), *drawn)
