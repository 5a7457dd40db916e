"""Cards: key figures, and all that is published of a zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import values, wording
from analysis.analyses import profiles, projects
from analysis.analyses.statistics import holds
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.tables.approval import record
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.exhibits.tables.frames import whole
from analysis.exhibits.tables.story import told
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import Inline, Prose, _, piece, rendered


@dataclass(frozen=True, repr=False)
class Cards:
    """Key figures as cards: of each its value, what it is of, and its period."""

    figures: tuple[tuple[Inline, str, str], ...]

    def _repr_html_(self) -> str:
        return str(rendered("cards", cards=self.figures))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(wording.figures(value for value, _label, _period in self.figures))

    def __repr__(self) -> str:
        return "\n".join(
            wording.labelled(wording.commas(label, period), value) for value, label, period in self.figures
        )


def cards(data: Dataset, figures: Sequence[Quantity | None]) -> Cards:
    """Published figures as cards. Missing figures are left out."""
    say = Prose(data)
    known = [(figure, data.observations.loc[figure.sources[0]]) for figure in figures if figure is not None]
    return Cards(
        tuple(
            (say(figure), wording.indicator(data, row.indicator), wording.period(row.period)) for figure, row in known
        )
    )


def part(exhibit: Exhibit) -> Markup:
    """A table as a part of a card or an explorer: its caption above it, without a number."""
    return piece("parts", "part", table=exhibit)


def zone_tables(data: Dataset, zone: str) -> list[Exhibit]:
    """All that is published of a zone: its figures with its place among the zones, its chains with their
    stages and firms, its projects; its approval; without these where the package names none of any zone."""
    found = [_zone_figures(data, zone, profiles.published(data, zone))]
    found += filter(None, [record(data, zone)])
    if not data.chains.empty:
        found.append(_zone_chains(data, zone, data.chains[data.chains["zone"] == zone]))
    if not data.projects.empty:
        pipeline = projects.pipeline(data)
        own = pipeline[pipeline["zone"] == zone].drop(columns="zone")
        found.append(whole(own, name=f"{zone}-projects", caption="Named projects", data=data))
    return found


def zone_anchor(zone: str) -> str:
    """The id of a zone's card."""
    return f"zone-{zone}"


def zone_card(data: Dataset, zone: str) -> Markup:
    """The tables of a zone as a card. Every card has the same layout: gaps are shown as gaps."""
    profile = [row for row in data.story.to_dict("records") if (row["topic"], row["subject"]) == ("profile", zone)]
    paragraphs = filter(None, (told(data, row) for row in profile if holds(data, row["condition"])))
    return rendered(
        "zone_card",
        anchor=zone_anchor(zone),
        name=wording.full_name(data, zone),
        paragraphs=list(paragraphs),
        tables=zone_tables(data, zone),
    )


def _zone_figures(data: Dataset, zone: str, figures: pd.DataFrame) -> Exhibit:
    say = Prose(data)
    rows = [
        [
            th(wording.indicator(data, str(indicator))),
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
                td(" → ".join(wording.localised(stage, "stage") for _key, stage in stages.iterrows()) or say.list([])),
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
