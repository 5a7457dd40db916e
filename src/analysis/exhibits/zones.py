"""The zones in every indicator that they report, one after another: how they rank, how they grew, how even they are.

Written once for any indicator: what holds for one, two and many zones, with and without a year before.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis import wording
from analysis.analyses import city, concentration, contributions, growth, profiles, projects, walk
from analysis.analyses.statistics import holds
from analysis.exhibits import charts, tables
from analysis.exhibits.exhibit import Exhibit, Passage, Passages, with_table
from analysis.model.implied import rank_bands
from analysis.model.zones import Zones, through_time, zones
from analysis.package.dataset import Dataset
from analysis.quantity import Answer, same
from analysis.wording import Inline, Prose, _, filled

POINTS = 3  # fewer make no series


def every_indicator(data: Dataset, chapter: str) -> Passages:
    """A passage for each indicator of a chapter in which something is known of most zones."""
    found = (zones(data, indicator) for indicator in walk.indicators(data, chapter))
    return Passages(tuple(_passage(data, each) for each in found if each is not None and _most_known(each)))


def is_told(data: Dataset, indicator: str) -> bool:
    """Whether `every_indicator` has a passage on it."""
    found = zones(data, indicator)
    return found is not None and _most_known(found)


def _most_known(found: Zones) -> bool:
    return 2 * sum(q is not None for q in found.every.values()) > len(found.every)


def _passage(data: Dataset, found: Zones) -> Passage:
    """All that is shown of one indicator."""
    ranking = contributions.ranking(found, less_is_better=profiles.less_is_better(data, found.indicator))
    exhibits = [*_ranked(data, found, ranking), *_grown(data, found), *_followed(data, found.indicator)]
    return Passage(
        tuple(_reading(data, found)),
        tuple(each for each in exhibits if isinstance(each, Exhibit)),
        heading=wording.indicator(data, found.indicator),
        anchor=f"by-zone-{found.indicator}",
    )


def period(data: Dataset, found: Zones) -> str:
    """The period of the figures as the data write it."""
    return str(data.period_of(next(iter(found.published.values.values()))))


def _ranked(data: Dataset, found: Zones, ranking: pd.DataFrame) -> Iterator[Exhibit | Passage]:
    drawn = ranking.assign(implied=[q is not None and q.implied for q in ranking["value"]])
    chart = charts.ranking(drawn, found.indicator, data, period=period(data, found))
    quotients = _quotients(data, found)
    told = ranking.rename(columns={"value": found.indicator}).assign(**quotients)
    if found.kind == "share" and same(found.group, city.WHOLE) is Answer.YES:  # it is the share of all zones itself
        told = told.drop(columns="share_of_group")
    table = tables.show(
        told.dropna(how="all").dropna(axis="columns", how="all"),
        name=f"ranking-{found.indicator}",
        caption=_("{indicator}, {period}: the zones in order").format(
            indicator=wording.indicator(data, found.indicator), period=wording.period(period(data, found))
        ),
        data=data,
        indicators=[found.indicator],
    )
    # what says more than the chart stands beside it, on paper too
    yield from (chart, table) if quotients else (with_table(chart, table),)


def _quotients(data: Dataset, found: Zones) -> dict[str, pd.Series]:
    """A column of location quotients, where the data name what they are taken against."""
    reference = data.indicators.at[found.indicator, "reference"]
    against = zones(data, reference, data.footing(reference, found.span.iso)) if reference is not None else None
    if against is None:
        return {}
    quotients = contributions.location_quotients(found, against)
    return {"location_quotient": pd.Series(quotients, dtype=object)} if any(quotients.values()) else {}


def _grown(data: Dataset, found: Zones) -> Iterator[Exhibit | Passage]:
    grown = growth.contributions_to_growth(found)
    if grown.empty or found.earlier is None:
        return
    then = period(data, found.earlier)
    chart = charts.growth(grown, found.indicator, data, period=period(data, found), against=then)
    names = {"now": wording.period(period(data, found)), "then": wording.period(then)}
    table = tables.show(
        grown.rename(index={"all": data.group or "all"}).rename(columns=names),
        name=f"growth-{found.indicator}",
        caption=_("{indicator}: growth, and what each zone adds to that of all").format(
            indicator=wording.indicator(data, found.indicator)
        ),
        data=data,
    )
    yield with_table(chart, table)


def _followed(data: Dataset, indicator: str) -> Iterator[Exhibit | Passage]:
    rows = [
        (zone, each.span.iso, value) for each in through_time(data, indicator) for zone, value in each.values.items()
    ]
    table = pd.DataFrame(rows, columns=["zone", "period", "value"], dtype=object)
    if table["period"].nunique() >= POINTS:
        yield charts.zones_through_time(table, indicator, data)


def _reading(data: Dataset, found: Zones) -> Iterator[Inline]:
    """What the exhibits do not say: what is left to the rest, what follows and what is left out."""
    say = Prose(data)
    if rest := contributions.gap_to_whole(found):
        message = _("The rest of {city} has {rest}, all zones together {group}.")
        yield filled(message, {"city": say.name(data.city), "rest": say(rest), "group": say(found.group)})
    implied = [zone for zone in found.silent if found.every[zone] is not None]
    if implied:
        message = (
            _("No figure is published for {zones}: it follows from the other figures.")
            if len(implied) == 1
            else _("No figure is published for {zones}: bounds follow from the other figures.")
        )
        yield filled(message, {"zones": say.list([say.name(zone) for zone in implied])})
    if found.published.left_out:
        yield filled(
            _("Of another period, and so not compared here: {figures}."),
            {"figures": say.series([_left_out(say, key) for key in found.published.left_out])},
        )


def _left_out(say: Prose, observation: str) -> Inline:
    row = say.data.observations.loc[observation]
    shown = wording.commas("{value}", "{period}")
    parts = {"value": say(say.data.quantities[observation]), "period": wording.period(row.period)}
    return filled(_("{label}: {value}"), {"label": say.name(row.subject), "value": filled(shown, parts)})


def totals(data: Dataset, chapter: str) -> Exhibit | Passage:
    """What all zones and their city have in each indicator of a chapter, and what is left to the rest."""
    table = walk.totals(data, chapter)
    return tables.show(table, name=f"totals-{chapter}", caption="All zones, the city, and the rest of it", data=data)


def others(data: Dataset, chapter: str) -> Exhibit | Passage:
    """The figures of a chapter's indicators that no other exhibit of it shows: subject, indicator, figure, period."""
    aims = data.indicators.index[data.indicators["target_of"].notna()]
    counted = [i for group in (projects.PIPELINE, projects.INNOVATION) for i in projects.indicators_of(data, group)]
    shown = {*aims, *counted, *city.share_indicators(data), *walk.totals(data, chapter).index}
    found = walk.others(data, chapter, shown)
    grown = {indicator for indicator in set(found["indicator"]) if _has_total(data, indicator)}
    told = (found["subject"] == data.group) & found["indicator"].isin(grown)
    return tables.show(
        found[~told].reset_index(drop=True),
        name=f"others-{chapter}",
        caption="Other published figures",
        data=data,
    )


def _has_total(data: Dataset, indicator: str) -> bool:
    """Whether the passage on an indicator has a row for all zones together."""
    found = zones(data, indicator)
    return found is not None and _most_known(found) and "all" in growth.contributions_to_growth(found).index


def ranks(data: Dataset) -> Passages:
    """A passage for each order that zones are ranked in: the published ranks, and what follows for the others."""
    return Passages(tuple(_ranked_in(data, indicator) for indicator in city.rank_indicators(data)))


def _ranked_in(data: Dataset, indicator: str) -> Passage:
    ranked, bands = city.ranks(data, indicator), rank_bands(data, indicator)
    table = tables.show(
        ranked,
        name=f"ranks-{indicator}",
        caption="Published ranks, and the part of those ranked that stands behind",
        data=data,
    )
    shown = with_table(charts.rank_strip(ranked, data, indicator=indicator), table)
    return Passage(
        () if _told_by_author(data, indicator) else tuple(_bands(Prose(data), bands)),
        (shown,) if isinstance(shown, Exhibit) else (),
        heading=wording.indicator(data, indicator),
        anchor=f"ranks-{indicator}",
    )


def _told_by_author(data: Dataset, indicator: str) -> bool:
    """Whether a passage of the story, whose condition holds, says already where the zones without a rank stand."""
    return any(
        f".{indicator}:unranked_" in row["text_en"] and holds(data, row["condition"])
        for row in data.story.to_dict("records")
    )


def _bands(say: Prose, bands: pd.DataFrame) -> Iterator[Inline]:
    """Where the zones without a printed rank stand, as far as the counts of the first so many tell."""
    told = []
    for row in bands.itertuples():
        between = _("{n} at {low}") if row.low == row.high else _("{n} between {low} and {high}")
        message = between if row.high is not None else _("{n} at {low} or below")
        told.append(filled(message, {"n": say(row.zones), "low": str(row.low), "high": str(row.high)}))
    if told:
        message = _("Where zones without a published rank stand follows from how many are among the first: {bands}.")
        yield filled(message, {"bands": say.list(told)})


def evenness(data: Dataset, chapter: str) -> Passage:
    """How evenly the zones share in each of a chapter's indicators, side by side."""
    told = (zones(data, i) for i in walk.indicators(data, chapter) if is_told(data, i))
    spread = {each.indicator: concentration.concentration(each) for each in told if each is not None}
    drawn = charts.concentration(concentration.table({i: found for i, found in spread.items() if found}), data)
    if isinstance(drawn, Passage):
        return drawn
    # below the passages on single indicators it needs a heading of its own
    return Passage(exhibits=(drawn,), heading=wording.term(data, "hhi"), anchor=f"evenness-{chapter}")


def any_implied(data: Dataset, chapter: str) -> bool:
    """Whether `every_indicator` shows what no source prints."""
    found = (zones(data, i) for i in walk.indicators(data, chapter) if is_told(data, i))
    return any(q is not None and q.implied for each in found if each for q in each.every.values())


def of_projects(data: Dataset) -> Exhibit | Passage:
    """Figures of projects that enter no ratio."""
    return tables.show(
        projects.others(data), name="others-projects", caption="Published figures that enter no ratio", data=data
    )
