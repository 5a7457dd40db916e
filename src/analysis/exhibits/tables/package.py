"""The data package itself: figures, indicators, sources, fields, figures of several periods."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import wording
from analysis.analyses import growth
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.exhibits.tables.cells import table_of, td, th, with_remark
from analysis.exhibits.tables.frames import content
from analysis.package import descriptor
from analysis.package.coding import listed
from analysis.package.dataset import Dataset
from analysis.package.periods import in_order
from analysis.wording import N_, Inline, Prose, _, absent, counted, gap, piece


def observations(data: Dataset) -> Exhibit:
    """Every published figure, numbered; each row is the target of the links from the text."""
    say = Prose(data)
    rows, ids = [], []
    for number, (key, row) in enumerate(data.observations.iterrows(), start=1):
        ids.append(wording.anchor(key))
        indicator, note = wording.indicator(data, row.indicator), wording.localised(row, "note")
        rows.append(
            [
                td(number, True),
                th(say.name(row.subject)),
                td(with_remark(indicator, note) if note else indicator),
                td(_printed(row), True),
                td(say.unlinked(data.quantities[key]), True),
                td(say.period(row.period)),
                td(wording.status(row.status)),
                td(wording.locator(data, row.locator)),
            ]
        )
    heads = [
        _("No."),
        _("Subject"),
        _("Indicator"),
        _("In the unit of the source"),
        _("In this book"),
        _("Period"),
        _("Status"),
        _("Place in the source"),
    ]
    numeric = [True, False, False, True, True, False, False, False]
    return table_of("observations", _("Every published figure"), heads, rows, numeric, ids=ids)


def _printed(row: pd.Series) -> str | Inline:
    """A figure as the source prints it, with the words on which its coding turns."""
    value, words = wording.printed(row), wording.series(listed(row.printed))
    return with_remark(value, words) if words else value


def indicators(data: Dataset) -> Exhibit:
    """The indicators: name, in the English edition the Chinese name too, kind and definition."""
    english = wording.language() == "en"
    rows = [
        [
            th(wording.localised(row, "name")),
            *([td(row.name_zh, lang="zh-CN")] if english else []),
            td(wording.kind(row.kind)),
            td(wording.localised(row, "definition")),
        ]
        for _id, row in data.indicators.iterrows()
    ]
    heads = [_("Indicator"), *([_("Chinese")] if english else []), _("Kind"), _("Definition")]
    return table_of("indicators", _("Indicators and their definitions"), heads, rows, [False] * len(heads))


def sources(data: Dataset) -> Exhibit:
    """The sources: title, authors, publisher, date; what is not printed is shown as a gap."""
    say = Prose(data)
    rows = [
        [
            th(wording.localised(row, "title")),
            *(
                td(value if value is not None else gap(_("not printed")))
                for value in (row["authors"] and wording.authors_of(row["authors"]), row["publisher"], row["published"])
            ),
            td(say.period(row["reporting_period"])),
            td(wording.localised(row, "note") or ""),
        ]
        for row in data.sources.to_dict("records")
    ]
    heads = [_("Title"), _("Authors"), _("Publisher"), _("Published"), _("Reported"), _("Note")]
    return table_of("sources", _("Sources"), heads, rows, [False] * 6)


def source_notes(data: Dataset) -> Passage:
    """What is to be known of each source before its figures are used: title, authors, note."""
    return Passage(tuple(map(wording.source_note, data.sources.to_dict("records"))))


def coding(data: Dataset) -> Exhibit | Passage:
    """The rules by which printed words became codes: column, code, words, rule."""
    if data.coding.empty:
        return Passage()
    rows = [
        [
            th(_coded(data, row["field"])),
            td(wording.term(data, row["code"])),
            td(wording.series(listed(row["printed"])), lang="zh-CN"),
            td(wording.localised(row, "rule")),
        ]
        for row in data.coding.to_dict("records")
    ]
    heads = [_("What is coded"), _("As"), _("Words that the sources use"), _("Rule")]
    return table_of("coding", _("The rules of coding"), heads, rows, [False] * 4)


def _coded(data: Dataset, field: str) -> str:
    """The title of the table that a rule is about, and of its column."""
    table, _dot, column = field.partition(".")
    titles = [wording.field_title(descriptor.resource(data.descriptor, table))]
    if column:
        titles.append(wording.field_title(descriptor.field(data.descriptor, table, column)))
    return wording.labelled(*titles) if column else titles[0]


def data_dictionary(data: Dataset) -> Exhibit:
    """The fields of every table, as the descriptor has them."""
    rows = []
    for resource in data.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum", ())
            rows.append(
                [
                    th(_code(resource["path"])),
                    td(_code(field["name"])),
                    td(_code(field["type"])),
                    td(_meaning(field)),
                    td(_code(*map(str, allowed))),
                ]
            )
    heads = [_("File"), _("Field"), _("Type"), _("Meaning"), _("Allowed values")]
    return table_of("fields", _("Fields of the data package"), heads, rows, [False] * 5)


def _code(*words: str) -> Inline:
    """Words of the files, as they stand there."""
    return Inline(", ".join(words), piece("inline", "code", words=words))


def _meaning(field: dict[str, Any]) -> str:
    """Title and description of a field; the English ones stand without a suffix, as the standard names them."""
    suffix = "" if wording.language() == "en" else f"_{wording.language()}"
    return field.get(f"description{suffix}") or wording.field_title(field)


def has_series(data: Dataset) -> bool:
    """Whether any figure is published for more than one period."""
    return any(len(spans) > 1 for spans in data.spans.values())


def series(data: Dataset) -> Passage:
    """Every figure that is published for more than one period, by period, and how the latest one changed."""
    several = {(s, i): growth.series(data, i, s) for (s, i), spans in data.spans.items() if len(spans) > 1}
    if not several:
        return Passage()
    say = Prose(data)
    periods = in_order({period for table in several.values() for period in table["period"]})
    rows, sources = [], []
    for (subject, indicator), table in several.items():
        values, change = dict(zip(table["period"], table["value"], strict=True)), table["change"].iloc[-1]
        cells = [content(values.get(period), say) for period in periods]
        cells.append(absent("incomparable") if change is None else say(change))
        rows.append(
            [
                th(say.name(subject)),
                td(wording.indicator(data, indicator), False),
                *(td(cell, True) for cell in cells),
            ]
        )
        sources += [source for value in values.values() for source in value.sources]
    heads = [_("Subject"), _("Indicator"), *(wording.period(period) for period in periods), _("Change")]
    numeric = [False, False, *[True] * (len(periods) + 1)]
    caption = _("Figures published for more than one period; the change is that of the latest")
    exhibit = table_of("series", caption, heads, rows, numeric, wording.source_line(data, sources))
    sentence = counted(
        len(several),
        N_("{n} figure is published for more than one period."),
        N_("{n} figures are published for more than one period."),
    )
    return Passage((sentence,), (exhibit,))
