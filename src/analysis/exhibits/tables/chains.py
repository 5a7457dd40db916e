"""Industry chains: what the source says of each, and the firms that it names."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis import wording
from analysis.analyses.chains import LEAD, RELIED_ON, state
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import Cell, table_of, td, th, without_gaps
from analysis.package.coding import listed
from analysis.package.dataset import Dataset
from analysis.wording import Inline, Prose, _, absent


def states(data: Dataset) -> Exhibit | Passage:
    """The state of each chain, with the words that the source uses and where they stand."""
    if data.chains.empty:
        return Passage()
    say = Prose(data)
    rows = [
        [
            th(say.name(chain)),
            td(say.name(row.zone)),
            td(wording.term(data, state(row.maturity))),
            td(wording.series(listed(row.printed)), lang="zh-CN"),
            td(wording.locator(data, row.locator)),
        ]
        for chain, row in data.chains.iterrows()
    ]
    heads = [*(wording.term(data, key) for key in ("chain", "zone", "state", "printed")), _("Place in the source")]
    source = wording.sections_line(data, data.chains["locator"])
    caption = _("The state of each chain, and the words it is read from")
    exhibit = table_of("states", caption, heads, rows, [False] * 5, source)
    noted = ((say.name(chain).plain, wording.localised(row, "note")) for chain, row in data.chains.iterrows())
    notes = [wording.labelled(chain, note) for chain, note in noted if note]  # what decided where words leave it open
    return replace(exhibit, notes=(*exhibit.notes, *notes))


def counted(counts: pd.Series, data: Dataset) -> Inline:
    """How many chains are in each state, as from `chains.by_state`: "six formed, six forming and one planned"."""
    say = Prose(data)
    message = _("{n} {state}")
    return say.list(message.format(n=say.words(n), state=wording.term(data, key)) for key, n in counts.items() if n)


def named(data: Dataset, own: pd.DataFrame, *, first: bool = False) -> Inline:
    """The firms of some links, and whether the source says that there are others. first: the names are new there."""
    firms = own.dropna(subset=["firm"]).drop_duplicates("firm")
    say = Prose(data)
    return say.list(
        [say.name(firm, first=first) for firm in firms["firm"]], more=bool(firms["and_others"].eq(True).any())
    )


def of_zone(data: Dataset, zone: str) -> Exhibit:
    """The chains of a zone with their stages and firms; a column without a word in any row is left out."""
    say = Prose(data)
    own = data.chains[data.chains["zone"] == zone]
    rows: list[list[Cell]] = []
    for chain, row in own.iterrows():
        links = data.links[data.links["chain"] == chain]
        stages = links[links["stage"].notna()].drop_duplicates("stage").sort_values("stage")
        leads, relied_on = (links["role"] == role for role in (LEAD, RELIED_ON))
        rows.append(
            [
                th(say.name(chain)),
                td(wording.term(data, state(row.maturity))),
                td(" → ".join(wording.localised(s, "stage") for _key, s in stages.iterrows()) or absent("unnamed")),
                *(
                    td(named(data, group, first=True) if len(group["firm"].dropna()) else absent("unnamed"))
                    for group in (links[leads], links[relied_on], links[~leads & ~relied_on])
                ),
            ]
        )
    heads = [wording.term(data, "chain"), wording.term(data, "state"), _("Stages")]
    heads += [_("Lead firms"), _("Firms relied on"), _("Other firms named")]
    source = wording.sections_line(data, own["locator"])
    return without_gaps(f"{zone}-chains", _("Industry chains"), heads, rows, source)
