"""The chart of one chain: zones, chains, stages and lead firms."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.patches import FancyArrowPatch

from analysis import wording
from analysis.exhibits.charts.style import MUTED, SERIES, canvas, chart, nothing
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.package.dataset import Dataset
from analysis.wording import _


def _lines(words: list[str], width: int = 26) -> str:
    """Names joined by commas, broken into lines of about ``width`` characters."""
    lines = [""]
    for i, word in enumerate(words):
        part = word if i == len(words) - 1 else _("{first}, {second}").format(first=word, second="")
        if lines[-1] and wording.columns(lines[-1] + part.rstrip()) > width:
            lines.append(part)
        else:
            lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


LINE_OF = {"formed": "-", "forming": (0, (5, 2)), "planned": (0, (1, 2))}


def chain_graph(links: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Zone → chain → stages and firms, the line saying how far the chain is formed.

    links: as from `chains.links`.
    """
    name = "chains"
    if links.empty:
        return nothing(_("No industry chain is named."))
    rows = []  # one a chain: zone, chain, maturity, text of stages and firms
    for chain, own in links.groupby("chain", sort=False):
        stages = own.dropna(subset=["stage"]).sort_values("stage")
        named = " → ".join(wording.localised(stage, "stage") for _i, stage in stages.iterrows())
        named = "\n".join(textwrap.wrap(named, 66))
        leads = [wording.name(data, f) for f, role in zip(own["firm"], own["role"], strict=True) if role == "lead"]
        others = int((own["firm"].notna() & (own["role"] != "lead")).sum())
        rows.append((own["zone"].iloc[0], chain, own["maturity"].iloc[0], named, leads, others))
    breaks = [_lines(leads).count("\n") for _z, _c, _m, _n, leads, _o in rows]
    step = [
        1.1 + 0.6 * bool(row[3]) + 0.5 * row[3].count("\n") + 0.6 * more for row, more in zip(rows, breaks, strict=True)
    ]
    height = sum(step)
    figure, axes = canvas(0.33 * height + 0.5, bare=True)
    x_zone, x_chain, x_firm = 0.0, 29.0, 72.0
    y = height
    positions: dict[str, list[float]] = {}
    for (zone, chain, maturity, named, leads, others), room, more in zip(rows, step, breaks, strict=True):
        positions.setdefault(zone, []).append(y)
        axes.text(x_chain + 1, y, wording.name(data, chain), va="center", fontsize=9.5)
        words = [f"{lead}" for lead in leads]
        if others:
            words.append(_("and {n} more").format(n=others) if leads else _("no leader; named: {n}").format(n=others))
        axes.text(
            x_firm,
            y,
            _lines(words) or _("no firm named"),
            va="center",
            fontsize=9.5,
            color=SERIES[1] if leads else MUTED,
        )
        if named:
            axes.text(x_chain + 1, y - 0.35 - 0.35 * more, named, va="top", fontsize=8.5, color=MUTED)
        y -= room
    maturities = {chain: maturity for _z, chain, maturity, _n, _l, _o in rows}
    by_row = iter(rows)
    for zone, heights in positions.items():
        middle = sum(heights) / len(heights)
        axes.text(x_zone, middle, wording.name(data, zone), va="center", fontsize=9.5, color=SERIES[0])
        start = x_zone + 23.0
        for y_chain in heights:
            chain = next(by_row)[1]
            patch = FancyArrowPatch(
                (start, middle),
                (x_chain, y_chain),
                connectionstyle="arc3,rad=0",
                arrowstyle="-",
                linestyle=LINE_OF[maturities[chain]],
                linewidth=1.6,
                color=SERIES[0],
                shrinkA=0,
                shrinkB=0,
            )
            axes.add_patch(patch)
    for i, (maturity, style) in enumerate(LINE_OF.items()):
        x = x_chain + 21 * i
        axes.plot([x, x + 6], [height + 1.2] * 2, color=SERIES[0], linewidth=1.6, linestyle=style)
        axes.text(x + 7, height + 1.2, wording.term(data, maturity), va="center", color=MUTED)
    axes.set_xlim(-1, 110)
    axes.set_ylim(0.3, height + 1.8)
    counts = pd.Series(maturities).value_counts()
    single = sum(len(leads) == 1 for _z, _c, _m, _n, leads, _o in rows)
    finding = _("{formed} of {all} chains are called formed, and {single} hang on one named lead firm").format(
        formed=wording.words(int(counts.get("formed", 0)), capital=True),
        all=wording.words(len(rows)),
        single=wording.words(single),
    )
    listed = wording.series(
        wording.labelled(
            wording.name(data, zone), wording.name(data, chain) + wording.aside(wording.term(data, maturity))
        )
        for zone, chain, maturity, _n, _l, _o in rows
    )
    drawn = pd.DataFrame(
        [
            (zone, maturity, named.replace("\n", " "), wording.series(leads), others)
            for zone, _chain, maturity, named, leads, others in rows
        ],
        index=[chain for _zone, chain, *_rest in rows],
        columns=["zone", "maturity", "named_stages", "lead_firms", "other_firms"],
    )
    return chart(figure, name, finding, _("Graph of zones and chains. {list}.").format(list=listed), data, drawn)
