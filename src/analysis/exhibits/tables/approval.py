"""How a catalogue lists zones: when, under which name, for which industries, beside the chains reported later."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.analyses.projects import dates
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import table_of, td, th
from analysis.package.dataset import Dataset
from analysis.wording import Inline, Prose, _, absent


def industries(data: Dataset) -> Exhibit | Passage:
    """The industries that each zone is listed for, its chains, and those that bear the same word in both."""
    known = [zone for zone in data.zones.index if zone in set(data.industries["zone"])]
    rows, places = [], []
    for zone in known:
        approved, chains = (table[table["zone"] == zone] for table in (data.industries, data.chains))
        in_both = chains[chains.index.isin(approved["chain"])]
        places += [*approved["locator"], *chains["locator"]]
        rows.append([th(wording.name(data, zone)), *(td(_listed(each)) for each in (approved, chains, in_both))])
    if not rows:
        return Passage()
    heads = [*(wording.term(data, key) for key in ("zone", "industries")), _("Chains reported")]
    heads.append(wording.term(data, "in_both"))
    caption = _("Lead industries listed and chains reported")
    return table_of("industries", caption, heads, rows, [False] * 4, wording.sections_line(data, places))


def _listed(rows: pd.DataFrame) -> str | Inline:
    """The names of some rows in their order, as parts of one list."""
    names = [wording.localised(row, "name") for _key, row in rows.iterrows()]
    return wording.join([*names[:1], *map(wording.inside, names[1:])]) or absent("unnamed")


def months(data: Dataset) -> Exhibit | Passage:
    """What happened to zones when: a row an event and month, with the zones."""
    say, found = Prose(data), dates(data, "zone")
    rows = [
        [
            th(say.period(date)),
            td(wording.term(data, event)),
            td(wording.join(wording.name(data, zone) for zone in own["zone"])),
        ]
        for (date, event), own in found.groupby(["date", "event"], sort=False)
    ]
    if not rows:
        return Passage()
    places = data.milestones["locator"][data.milestones["subject"].isin(found["zone"])]
    heads = [wording.term(data, "date"), wording.term(data, "event"), _("Zones")]
    return table_of("months", _("Dates of the zones"), heads, rows, [False] * 3, wording.sections_line(data, places))


def record(data: Dataset, zone: str) -> Exhibit | None:
    """Under which name a zone is listed, its dates, and its industries; None where the package has none of any."""
    say, found, listed = Prose(data), dates(data, "zone"), data.zones["listed_name_zh"]
    if not (listed.notna().any() or len(found) or len(data.industries)):
        return None
    own = found[found["zone"] == zone].set_index("event")["date"]
    events = list(dict.fromkeys(found["event"]))
    approved = data.industries[data.industries["zone"] == zone]
    heads = [wording.term(data, key) for key in ("listed_name", *events, *(["industries"] if len(approved) else []))]
    row = [
        th(listed[zone] or wording.full_name(data, zone)),
        *(td(say.period(own.get(event))) for event in events),
        *([td(_listed(approved))] if len(approved) else []),
    ]
    places = [*data.milestones["locator"][data.milestones["subject"] == zone], *approved["locator"]]
    source = wording.sections_line(data, places)
    return table_of(f"{zone}-record", _("Approval"), heads, [row], [False] * len(heads), source)
