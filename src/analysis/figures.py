"""Every chart: an analysis' table in, an exhibit out.

One style: no frame, no legend where a label can stand beside what it names, the finding as caption.
Charts are SVG with glyphs as paths and no date, so that the same data give the same bytes. Colours are
CSS custom properties with a fallback: one drawing serves light, dark and print.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pylopdf_fonts_zh_cn
from markupsafe import Markup, escape
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from analysis import contributions, economics, tables, wording
from analysis.dataset import Dataset, end_of, months
from analysis.exhibit import Exhibit, Passage
from analysis.quantity import Quantity, exceeds
from analysis.wording import Inline, Prose, _, html

# Role -> colour in light mode; the page's style sheet redefines the roles for dark mode and print.
# The series are Okabe and Ito's colour-blind-safe hues, darkened until text in them has contrast.
COLOURS = {
    "ink": "#1f2933",
    "muted": "#5b6770",
    "grid": "#d5dbe0",
    "surface": "#fdfdfb",
    "accent": "#0b5d8f",
    "series-1": "#0b5d8e",
    "series-2": "#b34700",
    "series-3": "#00735a",
    "series-4": "#8f4477",
    "series-5": "#7a6200",
    "series-6": "#3d5a80",
    "pale": "#c9dbe7",
}
INK, MUTED, GRID, SURFACE, ACCENT = (COLOURS[k] for k in ("ink", "muted", "grid", "surface", "accent"))
PALE = COLOURS["pale"]
SERIES = [COLOURS[f"series-{i}"] for i in range(1, 7)]

WIDTH = 7.0  # inches; the page scales the drawing to its column
NARROW = 3.9  # for a phone, where the letters of the wide drawing would be too small
STYLE = {
    "font.family": "Noto Sans SC",
    "font.size": 10.5,
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "axes.grid": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
FONT = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")
font_manager.fontManager.addfont(FONT)
mpl.rcParams.update(STYLE)  # nothing else in the project draws


def _canvas(height: float, *, bare: bool = False, width: float = WIDTH) -> tuple[Figure, Axes]:
    """A drawing of the page's width; ``bare`` has no axes and uses the whole of it."""
    if bare:
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
        axes.set_axis_off()
        return figure, axes
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.add_subplot()


def _svg(figure: Figure, name: str, alt: str) -> str:
    """The drawing as an SVG element: ids prefixed with the exhibit's name, colours as CSS variables."""
    raw = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(raw, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    svg = raw.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    for role, colour in COLOURS.items():
        svg = svg.replace(f": {colour}", f": var(--{role}, {colour})")
    view = re.search(r'viewBox="[^"]+"', svg).group()
    head = f'<svg role="img" aria-label="{escape(alt)}" {view} xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    return re.sub(r"<svg[^>]*>", head.replace("\\", r"\\"), svg, count=1).strip()


def _chart(
    figure: Figure,
    name: str,
    finding: str | Inline,
    alt: str,
    data: Dataset,
    drawn: pd.DataFrame,
    narrow: Figure | None = None,
) -> Exhibit:
    """The exhibit; ``alt`` says what is drawn and ends with the finding.

    narrow: the same for a phone; a page shows one of the two, a notebook and paper the wide one.
    drawn: what the chart shows, in the form that `tables.whole` takes; its figures, after those of the finding,
    are the values of the exhibit, and their sections its source line.
    """
    plain = str(finding)
    table = tables.whole(drawn, name=name, caption=plain, data=data)
    body = _svg(figure, name, f"{alt} {plain}")
    if narrow is not None:
        small = _svg(narrow, f"{name}-narrow", f"{alt} {plain}")
        body = body.replace("<svg ", '<svg class="wide" ', 1) + small.replace(
            "<svg ", '<svg class="narrow" style="display:none" ', 1
        )
    return Exhibit(
        "chart",
        name,
        str(html(finding)),
        body,
        table.source,
        plain,
        (*wording.figures([finding]), *table.values),
    )


def _finding(message: str, **parts: object) -> Inline:
    """A translated sentence whose placeholders are filled with linked figures and names."""
    marked = {key: html(part) for key, part in parts.items()}
    return Inline(message.format(**parts), Markup.escape(message).format(**marked), wording.figures(parts.values()))


def _none(message: str) -> Passage:
    """A sentence in the place of a chart that cannot be drawn."""
    return Passage((message,))


def city_shares(shares: pd.DataFrame, data: Dataset, *, name: str = "city-shares") -> Exhibit | Passage:
    """Bars of the zones' shares with the rest of the city in a pale tone.

    shares: as from `contributions.city_shares`. name: the anchor, which only one page may use.
    """
    shares = shares.dropna(subset="share")
    if shares.empty:
        return _none(_("No share of the city is published."))
    say = Prose(data)
    largest, smallest = shares.iloc[0], shares.iloc[-1]
    finding = _finding(
        _("The zones hold between {low} and {high} of what the city counts; pale is the rest of the city"),
        low=say(smallest["share"]),
        high=say(largest["share"]),
    )
    listed = wording.join(
        f"{wording.term(data, i)} {wording.text(row['share'])}" for i, row in shares.iterrows()
    )
    alt = _("Bar chart of the zones' shares of the city: {list}.").format(list=listed)
    wide, narrow = (_share_bars(shares, data, width) for width in (WIDTH, NARROW))
    return _chart(wide, name, finding, alt, data, shares[["share", "remainder"]], narrow)


def _share_bars(shares: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The bars of `city_shares`, ``width`` inches wide."""
    figure, axes = _canvas(0.62 * len(shares) + 0.2, bare=True, width=width)
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
        return _none(_("No rank in the provincial assessment is published."))
    say = Prose(data)
    finding = _finding(
        _("The published ranks are {ranks} of {of}; those of the other zones are not published")
        if len(ranks) < zones
        else _("The ranks are {ranks} of {of}"),
        ranks=say.list([say(q) for q in ranks["rank"]]),
        of=say(ranks["of"].iloc[0]),
    )
    alt = _("Strip of all places in the provincial assessment with the published ones marked.")
    wide, narrow = (_rank_marks(ranks, data, width) for width in (WIDTH, NARROW))
    return _chart(wide, name, finding, alt, data, ranks[["rank", "of"]], narrow)


def _rank_marks(ranks: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The strip of `rank_strip`, ``width`` inches wide."""
    places = int(ranks["of"].iloc[0].value)
    figure, axes = _canvas(1.9, bare=True, width=width)
    axes.vlines(range(1, places + 1), 0, 0.5, color=MUTED, linewidth=1)
    # neighbours would write over each other: their labels climb a step each
    for step, (zone, row) in enumerate(ranks[::-1].iterrows()):
        rank = float(row["rank"].value)
        height = 0.75 + 0.42 * step
        axes.vlines(rank, 0, height, color=SERIES[1], linewidth=2.5)
        label = _("{zone}, place {rank}").format(zone=wording.name(data, zone), rank=wording.text(row["rank"]))
        side = {"x": rank + 0.7, "ha": "left"} if rank < 0.7 * places else {"x": rank - 0.7, "ha": "right"}
        axes.text(y=height, s=label, va="center", color=SERIES[1], **side)
    axes.text(1, -0.12, "1", ha="center", va="top", color=MUTED)
    axes.text(places, -0.12, str(places), ha="center", va="top", color=MUTED)
    axes.text(
        (places + 1) / 2, -0.12, _("place among the zones assessed"), ha="center", va="top", color=MUTED
    )
    axes.set_xlim(0, places + 1)
    axes.set_ylim(-0.55, 0.95 + 0.42 * len(ranks))
    return figure


def foreign_capital(extremes: pd.DataFrame, hhi: Quantity | None, data: Dataset) -> Exhibit | Passage:
    """The two extreme distributions of foreign capital that the published share allows.

    extremes: as from `contributions.foreign_capital_extremes`.
    """
    name, most = "foreign-capital", Fraction(9, 10)
    if extremes.empty or hhi is None:
        return _none(_("No zone's share of foreign capital is published."))
    say = Prose(data)
    finding = _finding(
        _("However the rest is spread, the concentration index lies at {hhi}, close to its maximum of one")
        if exceeds(hhi, most)
        else _("However the rest is spread, the concentration index lies at {hhi}, on a scale that ends at one"),
        hhi=say(hhi),
    )
    alt = _("Two stacked bars of foreign capital by zone, with the unpublished rest spread or held by one zone.")
    wide, narrow = (_extreme_bars(extremes, data, width) for width in (WIDTH, NARROW))
    return _chart(wide, name, finding, alt, data, extremes, narrow)


def _extreme_bars(extremes: pd.DataFrame, data: Dataset, width: float) -> Figure:
    """The bars of `foreign_capital`, ``width`` inches wide."""
    figure, axes = _canvas(1.8, bare=True, width=width)
    known = [zone for zone in extremes.index if extremes.loc[zone, "even"] == extremes.loc[zone, "single"]]
    order = [*known, *(zone for zone in extremes.index if zone not in known)]
    for y, (column, label) in enumerate(
        {"single": _("Rest held by one other zone"), "even": _("Rest spread evenly")}.items()
    ):
        left = 0.0
        for i, zone in enumerate(order):
            width = float(extremes.loc[zone, column].value)
            colour = SERIES[0] if zone in known else SERIES[1]
            axes.barh(y, width, left=left, color=colour, height=0.42, edgecolor=SURFACE, linewidth=0.6)
            if zone in known and width > 15:
                text = f"{wording.name(data, zone)} {wording.text(extremes.loc[zone, column])}"
                axes.text(left + 1, y, text, va="center", color=SURFACE)
            left += width
        axes.text(0, y + 0.27, label, va="bottom", color=INK)
    axes.set_xlim(0, 101)
    axes.set_ylim(-0.4, 1.75)
    return figure


def coverage_matrix(coverage: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """What is published of which zone: a dot for each figure.

    coverage: zones × indicators, as from `contributions.coverage`.
    """
    name = "coverage"
    if coverage.empty or coverage.shape[1] == 0:
        return _none(_("No figure of a single zone is published."))
    figure, axes = _canvas(0.235 * coverage.shape[1] + 1.3)
    for y, indicator in enumerate(coverage.columns[::-1]):
        axes.axhline(y, color=GRID, linewidth=0.6, zorder=0)
        for x, zone in enumerate(coverage.index):
            if coverage.loc[zone, indicator]:
                axes.plot(x, y, "o", color=SERIES[0], markersize=7)
    axes.set_yticks(
        range(coverage.shape[1]),
        [wording.term(data, indicator) for indicator in coverage.columns[::-1]],
        fontsize=9,
    )
    labels = [wording.name(data, zone) for zone in coverage.index]
    axes.set_xticks(range(len(coverage)), labels, fontsize=8.5, rotation=35, ha="left")
    axes.xaxis.set_ticks_position("top")
    axes.tick_params(axis="x", length=0, labelcolor=INK)
    axes.set_xlim(-0.6, len(coverage) - 0.4)
    axes.set_ylim(-0.7, coverage.shape[1] - 0.3)
    for side in axes.spines.values():
        side.set_visible(False)
    total = coverage.sum(axis=1)
    silent = [wording.name(data, zone) for zone in total.index[total == 0]]
    best = total.idxmax()
    if silent:
        finding = _("{best} is the best documented zone; of {silent} no figure of their own is published").format(
            best=wording.name(data, best), silent=wording.join(silent)
        )
    else:
        finding = _("{best} is the best documented zone").format(best=wording.name(data, best))
    listed = wording.join(f"{wording.name(data, zone)} {n}" for zone, n in total.items())
    alt = _("Matrix of zones and indicators; number of published figures: {list}.").format(list=listed)
    drawn = pd.DataFrame(
        {indicator: [data.value(zone, indicator) for zone in coverage.index] for indicator in coverage.columns},
        index=coverage.index,
        dtype=object,
    )
    return _chart(figure, name, finding, alt, data, drawn)


def _lines(words: list[str], width: int = 26) -> str:
    """Names joined by commas, broken into lines of about ``width`` characters."""
    lines = [""]
    for i, word in enumerate(words):
        part = word + (_(", ") if i < len(words) - 1 else "")
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
        return _none(_("No industry chain is named."))
    rows = []  # one a chain: zone, chain, maturity, text of stages and firms
    for chain, own in links.groupby("chain", sort=False):
        stages = own.dropna(subset=["stage"]).sort_values("stage")
        named = " → ".join(wording.localised(stage, "stage") for _i, stage in stages.iterrows())
        named = "\n".join(textwrap.wrap(named, 66))
        leads = [wording.name(data, f) for f, role in zip(own["firm"], own["role"], strict=True) if role == "lead"]
        others = int((own["firm"].notna() & (own["role"] != "lead")).sum())
        rows.append((own["zone"].iloc[0], chain, own["maturity"].iloc[0], named, leads, others))
    breaks = [_lines(leads).count("\n") for _z, _c, _m, _n, leads, _o in rows]
    step = [1.1 + 0.6 * bool(row[3]) + 0.5 * row[3].count("\n") + 0.6 * more for row, more in zip(rows, breaks, strict=True)]
    height = sum(step)
    figure, axes = _canvas(0.33 * height + 0.5, bare=True)
    x_zone, x_chain, x_firm = 0.0, 29.0, 72.0
    y = height
    positions: dict[str, list[float]] = {}
    for (zone, chain, maturity, named, leads, others), room, more in zip(rows, step, breaks, strict=True):
        positions.setdefault(zone, []).append(y)
        axes.text(x_chain + 1, y, wording.name(data, chain), va="center", fontsize=9.5)
        words = [f"{lead}" for lead in leads]
        if others:
            words.append(
                _("and {n} more").format(n=others) if leads else _("no leader; named: {n}").format(n=others)
            )
        axes.text(
            x_firm, y, _lines(words) or _("no firm named"), va="center", fontsize=9.5,
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
        wording.labelled(wording.name(data, zone), wording.name(data, chain) + wording.aside(wording.term(data, maturity)))
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
    return _chart(figure, name, finding, _("Graph of zones and chains. {list}.").format(list=listed), data, drawn)


def pipeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published investment of the named projects; hollow bars have nothing built yet.

    table: as from `projects.pipeline`.
    """
    name = "pipeline"
    known = table[[q is not None for q in table["investment"]]]
    if known.empty:
        return _none(_("No investment of a named project is published."))
    say = Prose(data)
    amounts = {project: q.to("1e8 CNY") for project, q in known["investment"].items()}
    order = sorted(amounts, key=lambda project: float(amounts[project].high or amounts[project].low or 0))
    figure, axes = _canvas(0.42 * len(order) + 0.4)
    for y, project in enumerate(order):
        width = float(amounts[project].high or amounts[project].low)
        unbuilt = known.loc[project, "stage"] in ("planned", "signed")
        axes.barh(
            y,
            width,
            height=0.55,
            facecolor=SURFACE if unbuilt else SERIES[0],
            edgecolor=SERIES[0],
            linewidth=1.4,
            linestyle="--" if unbuilt else "-",
        )
        label = wording.commas(
            wording.text(known.loc[project, "investment"]), wording.term(data, known.loc[project, "stage"])
        )
        axes.text(width, y, "  " + label, va="center", fontsize=9.5, color=MUTED)
    axes.set_yticks(range(len(order)), [wording.name(data, project) for project in order])
    axes.set_xlim(0, 1.55 * max(float(q.high or q.low) for q in amounts.values()))
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    without = len(table) - len(known)
    largest = order[-1]
    finding = _finding(
        _("{project} is the largest sum, {amount}; {n} named projects have no published investment"),
        project=wording.name(data, largest),
        amount=say(known.loc[largest, "investment"]),
        n=wording.words(without),
    )
    listed = wording.series(
        f"{wording.name(data, p)} {wording.text(known.loc[p, 'investment'])}" for p in reversed(order)
    )
    alt = _("Bar chart of published investment by project: {list}.").format(list=listed)
    return _chart(figure, name, finding, alt, data, known[["stage", "investment"]])


def timeline(table: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Published dates of projects; hollow marks are expected.

    table: as from `projects.timeline`.
    """
    name = "timeline"
    if table.empty:
        return _none(_("No date of a project is published."))
    projects = list(dict.fromkeys(table["project"]))
    figure, axes = _canvas(0.62 * len(projects) + 0.7)

    def year(date: str) -> float:
        parts = date.split("-")
        return int(parts[0]) + ((int(parts[1]) - 0.5) / 12 if len(parts) > 1 else 0.5)

    years = [year(date) for date in table["date"]]
    first, last = int(min(years)), int(max(years)) + 1
    middle = (first + last) / 2
    for y, project in enumerate(reversed(projects)):
        own = table[table["project"] == project]
        dates = [year(date) for date in own["date"]]
        axes.hlines(y, min(dates), max(dates), color=SERIES[0], linewidth=2.5)
        for place, row in enumerate(own.itertuples()):
            done = row.status == "realised"
            x = year(row.date)
            axes.plot(x, y, "o", markersize=8, color=SERIES[0], markerfacecolor=SERIES[0] if done else SURFACE)
            label = wording.labelled(wording.date(row.date), wording.term(data, row.event))
            # the first of several labels stands left of the others' room
            is_last = place == len(own) - 1
            axes.annotate(
                label,
                (x, y),
                xytext=(0, 9 if is_last else -18),
                textcoords="offset points",
                ha="right" if x > middle else "left",
                fontsize=9,
                color=MUTED,
            )
    axes.set_yticks(range(len(projects)), [wording.name(data, project) for project in reversed(projects)])
    axes.set_xticks(range(first, last + 1), [str(n) for n in range(first, last + 1)])
    axes.set_xlim(first - 0.1, last + 0.1)
    axes.set_ylim(-0.55, len(projects) - 0.35)
    realised = int((table["status"] == "realised").sum())
    finding = _("Of {all} published dates {realised} have passed into fact; the others are expectations").format(
        all=wording.words(len(table)), realised=wording.words(realised)
    )
    listed = wording.series(
        wording.labelled(
            wording.commas(wording.name(data, row.project), wording.date(row.date)),
            wording.term(data, row.event) + wording.aside(wording.term(data, row.status)),
        )
        for row in table.itertuples()
    )
    return _chart(figure, name, finding, _("Timeline. {list}.").format(list=listed), data, table)


def project_bubbles(measures: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """Investment per mu against output per mu; the area of a bubble is the number of jobs.

    A bound is an arrow to where the value may lie, and a project without output stands on the margin.
    measures: as from `economics.measures`.
    """
    name = "land"
    measures = measures[[q is not None and q.is_bounded for q in measures["investment_per_mu"]]]
    points = dict(measures.iterrows())
    if not points:
        return _none(_("No investment per mu can be computed."))
    say = Prose(data)
    figure, axes = _canvas(4.3)
    unit = wording.MONEY_AXIS[wording.language()]
    colours = {project: SERIES[i % len(SERIES)] for i, project in enumerate(points)}
    places = {project: _known_bound(row["investment_per_mu"]) / unit for project, row in points.items()}
    width = 1.18 * max(places.values())
    tops = [_known_bound(q) / unit for q in measures["output_per_mu"].dropna() if q.is_bounded]
    roof = 1.3 * max(tops, default=1.0)
    work = {project: data.value(project, "jobs") for project in points}
    most = max((_known_bound(q.to("person")) for q in work.values() if q is not None), default=1.0)
    for project, row in points.items():
        x, investment = places[project], row["investment_per_mu"]
        output, jobs = row["output_per_mu"], work[project]
        colour, label = colours[project], wording.name(data, project)
        size = 60 if jobs is None else max(60.0, 1125 * _known_bound(jobs.to("person")) / most)
        y = 0 if output is None or not output.is_bounded else _known_bound(output) / unit
        if not investment.is_point:
            _arrow(axes, (x, y), (width if investment.high is None else 0, y), colour)
        if output is None or not output.is_bounded:
            axes.plot(x, 0, "x", color=colour, markersize=9, markeredgewidth=2, clip_on=False)
            axes.annotate(
                f"{label}\n" + _("output not published"),
                (x, 0),
                xytext=(-8, 10),
                textcoords="offset points",
                ha="right",
                fontsize=9.5,
                color=colour,
            )
            continue
        if output.is_point:
            open_jobs = jobs is not None and jobs.high is None
            axes.scatter(
                x, y, s=size, color=colour, alpha=0.85, edgecolor=colour, linestyle="--" if open_jobs else "-"
            )
            if open_jobs:
                axes.scatter(x, y, s=size * 1.5, facecolor="none", edgecolor=colour, linestyle="--", linewidth=1)
        else:
            _arrow(axes, (x, y), (x, roof if output.high is None else 0), colour)
            axes.plot(x, y, "_", color=colour, markersize=15, markeredgewidth=2.5)
        axes.annotate(
            f"{label}\n{wording.text(output)}",
            (x, y),
            # a bubble is labelled above, a bound beside its bar, clear of the arrow
            xytext=(0, 8 + size**0.5 / 2) if output.is_point else (-12, 0),
            textcoords="offset points",
            ha="center" if output.is_point else "right",
            va="bottom" if output.is_point else "center",
            color=colour,
            fontsize=9.5,
        )
    axes.set_xlim(0, width)
    axes.set_ylim(0, roof)
    axes.set_xlabel(_("Investment per mu, CNY million"))
    axes.set_title(_("Output per mu a year, CNY million"), loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    best = economics.best(measures["output_per_mu"])
    if best is None:
        finding = _("Output per mu is known for no project exactly")
    else:
        finding = _finding(
            _("{project} yields the most on its land: {output}, for {investment} of investment"),
            project=wording.name(data, best),
            output=say(points[best]["output_per_mu"]),
            investment=say(points[best]["investment_per_mu"]),
        )
    listed = wording.series(
        wording.labelled(
            wording.name(data, p),
            wording.commas(wording.text(r["investment_per_mu"]), wording.text(r["output_per_mu"])),
        )
        for p, r in points.items()
    )
    alt = _("Bubble chart of investment per mu against output per mu: {list}.").format(list=listed)
    drawn = measures.loc[list(points), ["investment_per_mu", "output_per_mu"]]
    drawn = drawn.assign(jobs=[data.value(project, "jobs") for project in points])
    return _chart(figure, name, finding, alt, data, drawn)


def _known_bound(q: Quantity) -> float:
    """The bound that can be drawn of a quantity of which something is known: the upper one, else the lower."""
    return float(q.low if q.high is None else q.high)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """From a bound to where the value may lie."""
    style = {"arrowstyle": "->", "color": colour, "linewidth": 1.8, "linestyle": "--"}
    axes.annotate("", end, start, arrowprops=style)


def payback_curves(margins: pd.DataFrame, data: Dataset) -> Exhibit | Passage:
    """The net margin that a payback needs, against the years; a lower bound is drawn dashed with an open
    region above it.

    margins: projects × years, as from `economics.required_margin`.
    """
    name = "payback"
    if margins.empty:
        return _none(_("No project has both an investment and an output value."))
    figure, axes = _canvas(4.0)
    years = list(margins.columns)
    roof = 1.1 * max(float(q.high or q.low or 0) for q in margins.to_numpy().ravel())
    # the curves meet at the right: their labels climb in order of height, at least a line apart
    ends = margins[years[-1]].map(lambda q: float(q.low or 0)).sort_values()
    label_at: dict[str, float] = {}
    for project, end in ends.items():
        label_at[project] = max(end, max(label_at.values(), default=-roof) + 0.075 * roof)
    for i, (project, row) in enumerate(margins.iterrows()):
        low = [float(q.low or 0) for q in row]
        bounded = all(q.high is not None for q in row)
        colour = SERIES[i % len(SERIES)]
        axes.plot(years, low, color=colour, linewidth=2.2, linestyle="-" if bounded else "--")
        if bounded:
            high = [float(q.high) for q in row]
            axes.fill_between(years, low, high, color=colour, alpha=0.2, linewidth=0)
        else:
            for year in years[::3]:
                value = float(margins.loc[project, year].low or 0)
                axes.annotate(
                    "",
                    (year, value + 0.09 * roof),
                    (year, value),
                    arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.2},
                )
        label = wording.name(data, project) + ("" if bounded else " " + _("(at least)"))
        axes.annotate(
            label,
            (years[-1], label_at[project]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            color=colour,
        )
    axes.set_xlim(years[0], years[-1] + 0.62 * (years[-1] - years[0]))
    axes.set_xticks([y for y in years if y == years[0] or y % 5 == 0])
    axes.set_ylim(-0.02 * roof, roof)
    axes.set_xlabel(_("Years to payback"), loc="left")
    axes.set_title(_("Net margin on output needed, %"), loc="left", fontsize=10.5, color=MUTED)
    axes.yaxis.grid(True, color=GRID, linewidth=0.7)
    middle = years[len(years) // 4]
    order = margins[middle].map(lambda q: float(q.low or 0))
    say = Prose(data)
    finding = _finding(
        _("For a payback in {n} years the margin needed runs from {low} to {high}"),
        n=wording.words(int(middle)),
        low=say(margins.loc[order.idxmin(), middle]),
        high=say(margins.loc[order.idxmax(), middle]),
    )
    listed = wording.series(
        f"{wording.name(data, p)} {wording.text(q)}" for p, q in margins[middle].items()
    )
    alt = _("Curves of the net margin needed against years to payback; in {n} years: {list}.").format(
        n=middle, list=listed
    )
    return _chart(figure, name, finding, alt, data, margins)


POINTS = 3  # fewer make no series


def through_time(
    data: Dataset, subjects: str | None | Iterable[str], indicators: Iterable[str], *, name: str
) -> Passage:
    """A small chart for each figure of these subjects and indicators that has POINTS comparable periods or more;
    nothing where none has.

    name: the anchor, which only one page may use.
    """
    subjects = [subjects] if isinstance(subjects, str | None) else list(subjects)
    found = {(s, i): _comparable(contributions.series(data, i, s)) for s in subjects for i in indicators}
    found = {key: table for key, table in found.items() if len(table) >= POINTS}
    if not found:
        return Passage()
    rows = -(-len(found) // 2)
    figure = Figure(figsize=(WIDTH, 1.75 * rows), layout="constrained")
    grid = figure.subplots(rows, 2, squeeze=False).ravel()
    for axes in grid[len(found) :]:
        axes.set_axis_off()
    for axes, ((subject, indicator), table) in zip(grid, found.items(), strict=False):
        title = wording.term(data, indicator)
        if len(subjects) > 1:
            title = wording.labelled(wording.name(data, subject), title)
        _line(axes, title, table)
    ends = [(table["value"].iloc[-2], table["value"].iloc[-1]) for table in found.values()]
    finding = _("Of {all} figures that can be followed through time, {up} rose of late and {down} fell").format(
        all=wording.words(len(found)),
        up=wording.words(sum(exceeds(now, before) for before, now in ends)),
        down=wording.words(sum(exceeds(before, now) for before, now in ends)),
    )
    listed = wording.series(
        f"{wording.name(data, s)} {wording.term(data, i)} "
        + wording.commas(*(f"{wording.period(p)} {wording.text(q)}" for p, q in zip(t["period"], t["value"], strict=True)))
        for (s, i), t in found.items()
    )
    drawn = pd.DataFrame(
        [(s, i, p, q) for (s, i), t in found.items() for p, q in zip(t["period"], t["value"], strict=True)],
        columns=["subject", "indicator", "period", "value"],
    )
    chart = _chart(figure, name, finding, _("Line charts. {list}.").format(list=listed), data, drawn)
    return Passage(exhibits=(chart,))


def _comparable(table: pd.DataFrame) -> pd.DataFrame:
    """The periods of a series that are as long as its last one."""
    lengths = table["period"].map(months)
    return table[lengths == lengths.iloc[-1]] if len(table) else table


def _line(axes: Axes, title: str, table: pd.DataFrame) -> None:
    """A series as a line through its points; a figure known within bounds is a bar from one to the other."""
    when = [end_of(period) for period in table["period"]]
    lows = [float(q.low or 0) for q in table["value"]]
    highs = [float(low if q.high is None else q.high) for q, low in zip(table["value"], lows, strict=True)]
    axes.vlines(when, lows, highs, color=SERIES[0], linewidth=5, alpha=0.35)
    axes.plot(when, highs, color=SERIES[0], linewidth=2, marker="o", markersize=5)
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
