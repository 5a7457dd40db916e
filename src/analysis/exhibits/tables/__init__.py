"""Every printed table and card: analyses' tables in, exhibits out."""

from analysis.exhibits.tables.approval import industries as approved_industries
from analysis.exhibits.tables.approval import months
from analysis.exhibits.tables.cards import cards, part, zone_anchor, zone_card, zone_values
from analysis.exhibits.tables.chains import counted as chains_by_state
from analysis.exhibits.tables.chains import states
from analysis.exhibits.tables.claims import verdicts
from analysis.exhibits.tables.frames import show, whole
from analysis.exhibits.tables.package import (
    coding,
    data_dictionary,
    has_series,
    indicators,
    observations,
    series,
    source_notes,
    sources,
)
from analysis.exhibits.tables.projects import dates
from analysis.exhibits.tables.story import story

__all__ = [
    "approved_industries",
    "cards",
    "chains_by_state",
    "coding",
    "data_dictionary",
    "dates",
    "has_series",
    "indicators",
    "months",
    "observations",
    "part",
    "series",
    "show",
    "source_notes",
    "sources",
    "states",
    "story",
    "verdicts",
    "whole",
    "zone_anchor",
    "zone_card",
    "zone_values",
]
