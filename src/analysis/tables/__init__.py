"""Every printed table and card: analyses' tables in, exhibits out."""

from analysis.tables.cards import cards, part, zone_anchor, zone_card, zone_tables
from analysis.tables.changes import changes
from analysis.tables.claims import verdicts
from analysis.tables.frames import show, whole
from analysis.tables.package import data_dictionary, indicators, observations, series, source_notes, sources
from analysis.tables.story import story

__all__ = [
    "cards",
    "changes",
    "data_dictionary",
    "indicators",
    "observations",
    "part",
    "series",
    "show",
    "source_notes",
    "sources",
    "story",
    "verdicts",
    "whole",
    "zone_anchor",
    "zone_card",
    "zone_tables",
]
