"""Sentences that lead a chapter, for any city: what its zones hold, and how evenly.

Each is an `Inline`, or what makes its sentence disappear where the data have nothing to say.
"""

from __future__ import annotations

from analysis import wording
from analysis.analyses import city, concentration, contributions, headlines, walk
from analysis.model.zones import Zones, zones
from analysis.package.dataset import Dataset
from analysis.wording import Inline, Prose, _, filled, gap

FIRST = 2  # headlines in the sentence; the others stand on cards


def basis(data: Dataset) -> Inline:
    """What the book rests on: its sources, each with when it reports."""
    say = Prose(data)
    named = [
        filled(_("the {source} ({month})"), {"source": wording.source_name(data, str(key)), "month": say.period(month)})
        for key, month in data.sources["reporting_period"].items()
    ]
    parts = {"sources": say.count(len(named), "source"), "list": say.list(named)}
    return filled(_("All of this rests on {sources}: {list}."), parts)


def lead(data: Dataset) -> Inline:
    """What the zones hold of their city, or what they have: the first of the headlines, all of one period and kind."""
    say, found = Prose(data), headlines.headlines(data)
    if found.empty:
        return gap(_("not published"))
    first = found.iloc[0]
    rows = found[(found["period"] == first["period"]) & (found["kind"] == first["kind"])].head(FIRST)
    is_share = first["kind"] == "share"
    items = [_item(say, str(key), row["value"], is_share, key == rows.index[0]) for key, row in rows.iterrows()]
    message = (
        _("In {period} the {zones} of {city} in {province} accounted for {items}.")
        if is_share
        else _("In {period} the {zones} of {city} in {province} had {items}.")
    )
    parts = {
        "period": say.period(first["period"]),
        "zones": say.count(len(data.zones), "zone"),
        "city": say.name(data.city, first=True),
        "province": say.name(data.province),
        "items": say.list(items),
    }
    return filled(message, parts)


def _item(say: Prose, indicator: str, value: object, is_share: bool, is_first: bool) -> Inline:
    parts = {"value": say(value), "what": what(say.data, indicator)}  # type: ignore[arg-type]
    if not is_share:
        return filled(_("{what} of {value}"), parts)
    return filled(_("{value} of the city's {what}") if is_first else _("{value} of its {what}"), parts)


def meaning(data: Dataset) -> Inline:
    """What the first headline is a share of, as the data define it."""
    found = headlines.headlines(data)
    whole = str(data.indicators.at[found.index[0], "share_of"]) if len(found) else ""
    if whole not in data.indicators.index:
        return gap(_("not published"))
    parts = (
        wording.indicator(data, whole),
        wording.inside(wording.localised(data.indicators.loc[whole], "definition")),
    )
    return filled(_("{name} means {definition}."), dict(zip(("name", "definition"), parts, strict=True)))


def what(data: Dataset, indicator: str) -> str:
    """What an indicator measures, to stand inside a sentence: of a share that of which it is a share."""
    return wording.inside(wording.share_of(data, indicator))


def evenness(data: Dataset) -> Inline:
    """How evenly it is spread: the zone that holds more than half of something, or else the largest one of the first
    indicator that all zones report."""
    uneven = headlines.most_uneven(data)
    if uneven is not None:
        indicator, zone, found = uneven
        return _holds(data, indicator, zone, found, _("{zone} alone holds {share} of all zones' {what}."))
    for indicator in walk.indicators(data):
        spread = zones(data, indicator)
        if spread and not spread.silent and concentration.concentration(spread):
            first = contributions.ranking(spread).index[0]
            message = _("{zone} is the largest zone by {what}, with {share} of the total of all.")
            return _holds(data, indicator, first, spread, message)
    return gap(_("not published"))


def unspread(data: Dataset) -> Inline:
    """Which of the headline shares are given for all zones together alone, so that nobody knows how they are spread."""
    found = headlines.headlines(data)
    shares = (str(key) for key in found.index[found["kind"] == "share"])
    zones = data.zones.index
    unknown = [key for key in shares if not any(data.value(zone, each) for zone in zones for each in _alike(data, key))]
    if not unknown:
        return gap(_("none"))
    message = _("How {what} are spread over the zones is not published.")
    if len(unknown) == 1:
        message = _("How {what} is spread over the zones is not published.")
    return filled(message, {"what": Prose(data).list(what(data, key) for key in unknown)})


def _alike(data: Dataset, share: str) -> list[str]:
    """A share, the amount that it is a part of, and the other shares of that amount: each tells how it is spread."""
    amounts = data.indicators["share_of"].dropna()
    amount = amounts.get(share)
    return [share] if amount is None else [str(amount), *map(str, amounts.index[amounts == amount])]


def silence(data: Dataset, *, first: bool = False) -> Inline:
    """Which source prints no figure of which zones, to stand inside a sentence. first: the names are new there."""
    say = Prose(data)
    message = _("the {source} prints no figure of the zone itself for {zones}")
    clauses = [
        filled(
            message,
            {
                "source": wording.source_name(data, source),
                "zones": say.list(say.name(zone, first=first) for zone in zones),
            },
        )
        for source, zones in city.silent(data).items()
    ]
    return say.series(clauses) if clauses else gap(_("none"))


def _holds(data: Dataset, indicator: str, zone: str, found: Zones, message: str) -> Inline:
    say, share = Prose(data), contributions.share_of_group(found)[zone]
    parts = {"zone": say.name(zone, first=True), "share": say(share), "what": what(data, indicator)}
    return filled(message, parts)
