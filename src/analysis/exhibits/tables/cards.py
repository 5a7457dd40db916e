"""Cards: key figures, and all that is published of a zone."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from analysis import values, wording
from analysis.analyses import contributions, projects
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.exhibits.tables.frames import whole
from analysis.exhibits.tables.story import told
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.values import Value
from analysis.wording import Prose, _, html


class Cards:
    """Cards as HTML, with a readable plain form and their figures."""

    def __init__(self, html: Markup, kind: str, figures: tuple[Value, ...]):
        self._html = html
        self._kind = kind
        self._figures = figures

    def _repr_html_(self) -> str:
        return str(Markup('<div class="cards {}">{}</div>').format(self._kind, self._html))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(self._figures)

    def __repr__(self) -> str:
        return " ".join(self._html.striptags().split())


def cards(data: Dataset, figures: Sequence[Quantity | None]) -> Cards:
    """Key figures as cards: value, what it is of, subject and period. Missing figures are left out."""
    say = Prose(data)
    parts, shown = [], []
    for figure in figures:
        if figure is None:
            continue
        shown.append(say(figure))
        row = data.observations.loc[figure.sources[0]]
        parts.append(
            Markup(
                '<section class="card"><p class="value">{}</p><p class="label">{}</p><p class="period">{}</p></section>'
            ).format(html(shown[-1]), wording.term(data, row.indicator), say.period(row.period))
        )
    return Cards(Markup("\n").join(parts), "key-figures", wording.figures(shown))


def part(exhibit: Exhibit) -> Markup:
    """A table as a part of a card or an explorer: its caption above it, without a number."""
    return Markup(
        '<div class="part"><p class="part-title" id="{anchor}-caption">{caption}</p>'
        '<div class="scroll" tabindex="0" role="region" aria-labelledby="{anchor}-caption">{body}</div>{source}</div>'
    ).format(
        anchor=exhibit.anchor,
        caption=Markup(exhibit.caption),
        body=Markup(exhibit.body),
        source=Markup('<p class="source">{}</p>').format(Markup(exhibit.source)) if exhibit.source else "",
    )


def zone_tables(data: Dataset, zone: str) -> list[Exhibit]:
    """All that is published of a zone: its figures with its place among the zones, its chains with their
    stages and firms, its projects."""
    pipeline = projects.pipeline(data)
    return [
        _zone_figures(data, zone, contributions.published(data, zone)),
        _zone_chains(data, zone, data.chains[data.chains["zone"] == zone]),
        whole(
            pipeline[pipeline["zone"] == zone].drop(columns="zone"),
            name=f"{zone}-projects",
            caption="Named projects",
            data=data,
        ),
    ]


def zone_anchor(zone: str) -> str:
    """The id of a zone's card."""
    return f"zone-{zone}"


def zone_card(data: Dataset, zone: str) -> Markup:
    """The tables of a zone as a card. Every card has the same layout: gaps are shown as gaps."""
    profile = data.story[(data.story["topic"] == "profile") & (data.story["subject"] == zone)]
    paragraphs = filter(None, (told(data, row) for _key, row in profile.iterrows()))
    return Markup('<section class="card zone" id="{}"><h2>{}</h2>{}{}</section>').format(
        zone_anchor(zone),
        wording.full_name(data, zone),
        Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs),
        Markup("").join(
            part(table) if "<td" in table.body else _unpublished(table) for table in zone_tables(data, zone)
        ),
    )


def _unpublished(exhibit: Exhibit) -> Markup:
    """The place of a table without rows."""
    return Markup('<div class="part unpublished"><p class="part-title">{}</p><p class="missing">{}</p></div>').format(
        Markup(exhibit.caption), _("not published")
    )


def _zone_figures(data: Dataset, zone: str, figures: pd.DataFrame) -> Exhibit:
    say = Prose(data)
    rows = [
        [
            th(wording.term(data, indicator)),
            td(say(row.value), True),
            td(say.period(row.period), False),
            td(_place(row.place, row.among), False),
        ]
        for indicator, row in figures.iterrows()
    ]
    heads = [_("Indicator"), _("Value"), _("Period"), _("Place among zones")]
    sources = [source for value in figures["value"] for source in value.sources]
    return table_of(
        f"{zone}-figures",
        _("Published figures"),
        heads,
        rows,
        [False, True, False, False],
        wording.source_line(data, sources),
    )


def _zone_chains(data: Dataset, zone: str, own: pd.DataFrame) -> Exhibit:
    say = Prose(data)
    rows = []
    for chain, row in own.iterrows():
        links = data.links[data.links["chain"] == chain]
        stages = links[links["stage"].notna()].drop_duplicates("stage").sort_values("stage")
        firms = links[links["firm"].notna()].drop_duplicates("firm")
        leads = firms["role"] == "lead"
        rows.append(
            [
                th(say.name(chain)),
                td(wording.term(data, row.maturity), False),
                td(
                    Markup(" → ").join(wording.localised(stage, "stage") for _key, stage in stages.iterrows())
                    or say.list([]),
                    False,
                ),
                *(
                    td(say.list([say.name(firm) for firm in group["firm"]]), False)
                    for group in (firms[leads], firms[~leads])
                ),
            ]
        )
    heads = [
        wording.term(data, "chain"),
        wording.term(data, "maturity"),
        _("Stages"),
        _("Lead firms"),
        _("Other firms named"),
    ]
    return table_of(f"{zone}-chains", _("Industry chains"), heads, rows, [False] * 5)


def _place(place: int | None, among: int) -> str:
    if place is None or pd.isna(place):
        return ""
    return _("{place} of {among}").format(place=int(place), among=int(among))
