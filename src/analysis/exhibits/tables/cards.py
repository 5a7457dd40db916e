"""Cards: key figures, and all that is published of a zone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import values, wording
from analysis.analyses import profiles, projects
from analysis.analyses.statistics import holds
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.tables import chains
from analysis.exhibits.tables.approval import record
from analysis.exhibits.tables.cells import td, th, without_gaps
from analysis.exhibits.tables.frames import show
from analysis.exhibits.tables.story import told
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.wording import Inline, Prose, _, piece, rendered


@dataclass(frozen=True, repr=False)
class Cards:
    """Key figures as cards: of each its value, what it is of, and its period."""

    figures: tuple[tuple[Inline, str, Inline], ...]

    def _repr_html_(self) -> str:
        return str(rendered("cards", cards=self.figures))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        return values.bundle(
            wording.figures(part for value, _label, period in self.figures for part in (value, period))
        )

    def __repr__(self) -> str:
        return "\n".join(
            wording.labelled(wording.commas(label, period), value) for value, label, period in self.figures
        )


def cards(data: Dataset, found: pd.DataFrame) -> Cards:
    """Key figures as cards, each with what it is a part of where that is known.

    found: as from `headlines.headlines`.
    """
    say = Prose(data)
    return Cards(
        tuple(
            (_of(say, row["value"], row["of"]), wording.indicator(data, str(indicator)), _when(say, row))
            for indicator, row in found.iterrows()
        )
    )


def _of(say: Prose, value: Quantity, whole: Quantity | None) -> Inline:
    return say(value) if whole is None else wording.filled(_("{n} of {of}"), {"n": say(value), "of": say(whole)})


def _when(say: Prose, row: pd.Series) -> Inline:
    """The period of a figure, and how many are ranked where it counts the first ones."""
    shown = say.period(row["period"])
    if row["ranked"] is None:
        return shown
    return wording.filled(_("{period}, of {n} ranked"), {"period": shown, "n": say(row["ranked"])})


def part(exhibit: Exhibit) -> Markup:
    """A table as a part of a card or an explorer: its caption above it, without a number."""
    return piece("parts", "part", table=exhibit)


def _zone_tables(data: Dataset, zone: str) -> list[Exhibit]:
    """All that is published of a zone: its figures with its place among the zones, its approval, its chains with their
    stages and firms, its projects; of each kind nothing where it has none."""
    pipeline = projects.pipeline(data)
    own = pipeline[pipeline["zone"] == zone].drop(columns="zone")
    found = [
        _zone_figures(data, zone, profiles.published(data, zone)),
        record(data, zone),
        chains.of_zone(data, zone),
        show(own, name=f"{zone}-projects", caption="Named projects", data=data),
    ]
    return [each for each in found if isinstance(each, Exhibit) and each.values]


def zone_anchor(zone: str) -> str:
    """The id of a zone's card."""
    return f"zone-{zone}"


def _profile(data: Dataset, zone: str) -> list[Inline | str]:
    """What is told of a zone beside its figures."""
    own = [row for row in data.story.to_dict("records") if (row["topic"], row["subject"]) == ("profile", zone)]
    return list(filter(None, (told(data, row) for row in own if holds(data, row["condition"]))))


def zone_values(data: Dataset, zone: str) -> tuple[values.Value, ...]:
    """What the card of a zone shows, value by value: in its sentences, then in its tables."""
    shown = [*wording.figures(_profile(data, zone)), *(v for table in _zone_tables(data, zone) for v in table.values)]
    return values.at(zone_anchor(zone), shown)


def zone_card(data: Dataset, zone: str) -> Markup:
    """The tables of a zone as a card, after what is told of it."""
    paragraphs: list[Inline | str] = _profile(data, zone)
    if profiles.published(data, zone).empty:
        paragraphs.append(_("The sources print no figure of its own."))
    return rendered(
        "zone_card",
        anchor=zone_anchor(zone),
        name=wording.full_name(data, zone),
        paragraphs=paragraphs,
        tables=_zone_tables(data, zone),
    )


def _zone_figures(data: Dataset, zone: str, figures: pd.DataFrame) -> Exhibit:
    say = Prose(data)
    rows = [
        [
            th(wording.indicator(data, str(indicator))),
            td(say(row.value), True),
            td(say.period(row.period)),
            td(_place(row.place, row.among, len(data.zones))),
        ]
        for indicator, row in figures.iterrows()
    ]
    heads = [_("Indicator"), _("Value"), _("Period"), _("Place among zones")]
    sources = [source for value in figures["value"] for source in value.sources]
    line = wording.source_line(data, sources)
    return without_gaps(f"{zone}-figures", _("Published figures"), heads, rows, line, number=1)


def _place(place: int | None, among: int, zones: int) -> str:
    """A place among the zones with a figure, where these are half of all at least."""
    if place is None or pd.isna(place) or 2 * among < zones:
        return ""
    return _("{place} of {among}").format(place=int(place), among=int(among))
