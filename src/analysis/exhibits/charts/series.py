"""Charts of figures through time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.analyses import growth
from analysis.exhibits.charts.findings import moved
from analysis.exhibits.charts.style import INK, MUTED, NARROW, SERIES, WIDTH, chart, tell
from analysis.exhibits.exhibit import Passage
from analysis.package.dataset import Dataset
from analysis.package.periods import span
from analysis.quantity import exceeds
from analysis.wording import Inline, Prose, _

POINTS = 3  # fewer make no series


def through_time(
    data: Dataset, subjects: str | Iterable[str] | None, indicators: Iterable[str], *, name: str
) -> Passage:
    """A small chart for each figure of these subjects and indicators that has POINTS comparable periods or more;
    nothing where none has.

    name: the anchor, which only one page may use.
    """
    subjects = [subjects] if isinstance(subjects, str) else [] if subjects is None else list(subjects)
    found = {(s, i): _comparable(data, i, growth.series(data, i, s)) for s in subjects for i in indicators}
    found = {key: table for key, table in found.items() if len(table) >= POINTS}
    if not found:
        return Passage()
    titles = {}
    for subject, indicator in found:
        title = wording.indicator(data, indicator)
        several = len(subjects) > 1
        titles[subject, indicator] = wording.labelled(wording.name(data, subject), title) if several else title
    drawn = pd.DataFrame(
        [(*key, row.period, row.value) for key, table in found.items() for row in table.itertuples()],
        columns=["subject", "indicator", "period", "value"],
    )
    alt = _("Line charts. {list}.").format(list=_listed(found, data))
    drawings = (_grid(found, titles, narrow=narrow) for narrow in (False, True))
    finding = _finding(found, titles, data)
    return Passage(exhibits=(chart(next(drawings), name, finding, alt, data, drawn, next(drawings)),))


def before_and_after(old: Dataset, new: Dataset, figures: Iterable[tuple[str, str]], *, name: str) -> Passage:
    """A small chart for each of these figures, given as subject and indicator, that can be followed through time: the
    series of the new edition over that of the old one. Nothing where none has POINTS comparable periods.

    name: the anchor, which only one page may use.
    """
    found: dict[tuple[str, str], pd.DataFrame] = {}
    for subject, indicator in figures:
        if indicator in new.indicators.index:
            table = _comparable(new, indicator, growth.series(new, indicator, subject))
            found |= {(subject, indicator): table} if len(table) >= POINTS else {}
    if not found:
        return Passage()
    earlier = {(s, i): _comparable(old, i, growth.series(old, i, s)) for s, i in found if i in old.indicators.index}
    titles = {(s, i): wording.labelled(wording.name(new, s), wording.indicator(new, i)) for s, i in found}
    drawn = pd.DataFrame(
        [(*key, row.period, row.value) for key, table in found.items() for row in table.itertuples()],
        columns=["subject", "indicator", "period", "value"],
    )
    finding = _("Through time: the edition before as a dashed line, this one as a solid line")
    alt = _("Line charts. {list}.").format(list=_listed(found, new))
    drawings = (_grid(found, titles, earlier, narrow=narrow) for narrow in (False, True))
    return Passage(exhibits=(chart(next(drawings), name, finding, alt, new, drawn, next(drawings)),))


def _finding(
    found: Mapping[tuple[str, str], pd.DataFrame], titles: Mapping[tuple[str, str], str], data: Dataset
) -> str | Inline:
    """How many figures rose and fell of late, or how the only one did."""
    ends = {key: (table["value"].iloc[-2], table["value"].iloc[-1]) for key, table in found.items()}
    if len(ends) == 1:
        return next(moved(titles[key], before, now, data) for key, (before, now) in ends.items())
    say = Prose(data)
    return _("Of {all} figures that can be followed through time, {up} rose of late and {down} fell").format(
        all=say.words(len(found)),
        up=say.words(sum(exceeds(now, before) for before, now in ends.values())),
        down=say.words(sum(exceeds(before, now) for before, now in ends.values())),
    )


def _comparable(data: Dataset, indicator: str, table: pd.DataFrame) -> pd.DataFrame:
    """The periods of a series that are as long as its last one."""
    lengths = table["period"].map(lambda period: data.footing(indicator, period).months)
    return table[lengths == lengths.iloc[-1]] if len(table) else table


def _listed(found: Mapping[tuple[str, str], pd.DataFrame], data: Dataset) -> str:
    """The series in words, one after another."""
    parts = []
    for (subject, indicator), table in found.items():
        points = (
            wording.beside(wording.period(p), wording.text(q))
            for p, q in zip(table["period"], table["value"], strict=True)
        )
        name = wording.beside(wording.name(data, subject), wording.indicator(data, indicator))
        parts.append(wording.beside(name, wording.commas(*points)))
    return wording.series(parts)


def _grid(
    found: Mapping[tuple[str, str], pd.DataFrame],
    titles: Mapping[tuple[str, str], str],
    earlier: Mapping[tuple[str, str], pd.DataFrame] | None = None,
    *,
    narrow: bool = False,
) -> Figure:
    """The charts in two columns, a single one or those for a phone in one. earlier: the same series as another edition
    has them, dashed."""
    columns = 1 if narrow or len(found) == 1 else 2
    rows = -(-len(found) // columns)
    figure = Figure(figsize=(NARROW if narrow else WIDTH, 1.75 * rows), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes in grid[len(found) :]:
        axes.set_axis_off()
    for axes, (key, table) in zip(grid, found.items(), strict=False):
        _line(axes, titles[key], table)
        before = (earlier or {}).get(key)
        if before is not None and len(before):
            _dashed(axes, *_points(before))
    return figure


def _points(table: pd.DataFrame) -> tuple[list[float], list[float], list[float]]:
    """When each figure of a series ends, and its bounds; an open one is drawn where it begins."""
    when = [span(period).end for period in table["period"]]
    lows = [float(q.low or 0) for q in table["value"]]
    highs = [float(low if q.high is None else q.high) for q, low in zip(table["value"], lows, strict=True)]
    return when, lows, highs


def _dashed(axes: Axes, when: list[float], lows: list[float], highs: list[float]) -> None:
    """The same series as another edition has it."""
    bottom, top = axes.get_ylim()
    axes.vlines(when, lows, highs, color=MUTED, linewidth=1.4)
    axes.plot(when, highs, color=MUTED, linewidth=1.4, linestyle=(0, (4, 3)), marker="s", markersize=3.5)
    room = (top - bottom) / 4  # as much as the line has above and below it
    axes.set_ylim(min(bottom, min(lows) - room), max(top, max(highs) + room))


def _line(axes: Axes, title: str, table: pd.DataFrame) -> None:
    """A series as a line through its points; a figure known within bounds is a bar from one to the other."""
    when, lows, highs = _points(table)
    axes.vlines(when, lows, highs, color=SERIES[0], linewidth=5, alpha=0.35)
    axes.plot(when, highs, color=SERIES[0], linewidth=2)
    for x, y, row in zip(when, highs, table.itertuples(), strict=True):
        words = wording.labelled(wording.period(row.period), wording.text(row.value))
        tell(words, *axes.plot(x, y, "o", color=SERIES[0], markersize=5))
    spread = max(highs) - min(lows) or abs(highs[-1]) or 1.0
    for place, neighbour, horizontal in ((0, 1, "left"), (-1, -2, "right")):
        # on the side that the line does not leave to
        below = highs[neighbour] > highs[place]
        axes.annotate(
            wording.text(table["value"].iloc[place]),
            (when[place], highs[place]),
            xytext=(0, -8 if below else 8),
            textcoords="offset points",
            ha=horizontal,
            va="top" if below else "bottom",
            fontsize=9.5,
            color=SERIES[0],
        )
    axes.set_ylim(min(lows) - 0.5 * spread, max(highs) + 0.5 * spread)
    axes.margins(x=0.06)
    axes.yaxis.set_visible(False)
    axes.set_xticks([when[0], when[-1]], [wording.period(table["period"].iloc[i]) for i in (0, -1)], fontsize=8.5)
    axes.set_title(title, loc="left", fontsize=9.5, color=INK)
