"""Where and when: periods, places in a source, sources, and the row that a figure leads to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pandas as pd
from babel.dates import format_date

from analysis.package.dataset import Dataset
from analysis.package.periods import span
from analysis.wording.locales import LOCALES, _, language
from analysis.wording.names import localised
from analysis.wording.phrases import aside, commas, join, labelled, series

DATA_CHAPTER = "data.html"
DATA_FOLDER = "data"  # beside the folder of the pages


def date(iso: str) -> str:
    """A year or month in print: "2025", "July 2025"."""
    if len(iso) == 4:
        return f"{iso}年" if language() == "zh" else iso
    return _month(iso, "y年M月" if language() == "zh" else "MMMM y")


def _month(iso: str, pattern: str) -> str:
    year, month = map(int, iso.split("-"))
    return format_date(datetime.date(year, month, 1), pattern, locale=LOCALES[language()])


def period(iso: str) -> str:
    """A period in print: "2024", "January–May 2025"."""
    start, _sep, end = iso.partition("/")
    if not end:
        return date(start)
    if start[:4] == end[:4] and len(start) == len(end) == 7:
        if language() == "zh":
            return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
        return f"{_month(start, 'MMMM')}–{date(end)}"
    return _("{start} to {end}").format(start=date(start), end=date(end))


def locator(data: Dataset, places: str) -> str:
    """Where in the source: "Lead ¶ 2; Report on Beipiao ¶ 1"; with several sources each is named before its own."""
    shown, named = [], ""
    for place in places.split(";"):
        section, _sep, paragraph = place.strip().partition("/")
        row = data.sections.loc[section]
        title = localised(row, "name")
        if len(data.sources) > 1 and row.source != named:
            title, named = commas(source_name(data, row.source), title), row.source
        if paragraph == "title":
            shown.append(_("{section}, heading").format(section=title))
        elif paragraph:
            shown.append(_("{section} ¶ {paragraph}").format(section=title, paragraph=paragraph))
        else:
            shown.append(title)
    return series(shown)


def source_line(data: Dataset, observations: Iterable[str]) -> str:
    """The sources of these observations, each with its sections; empty when there are none."""
    return sections_line(data, (data.observations.loc[key, "locator"] for key in observations))


def sections_line(data: Dataset, locators: Iterable[str]) -> str:
    """The sources that these places lie in, each with its sections; empty when there are none."""
    named = {place.strip().partition("/")[0] for places in locators for place in places.split(";")}
    sections = data.sections[data.sections.index.isin(named)]
    lines = [
        commas(source_name(data, source), join(localised(row, "name") for _key, row in own.iterrows()))
        for source, own in sections.groupby("source", sort=False)
    ]
    return _("Source: {sources}.").format(sources=series(lines)) if lines else ""


def source_note(row: dict[str, str | None]) -> str:
    """A source and what is to be known of it: “title” (authors): note."""
    authors = aside(authors_of(row["authors"])) if row["authors"] else ""
    title = _("“{title}”").format(title=localised(row, "title")) + authors
    note = localised(row, "note")
    return labelled(title, note) if note else title


def authors_of(names: str) -> str:
    """Authors as the edition lists them; the data separate them as Chinese does."""
    return join(names.split("、")) if language() == "en" else names


def as_of(data: Dataset) -> str:
    """The latest month in which a source reports; empty where there is no source."""
    latest = max(data.sources["reporting_period"], key=lambda month: span(month).last, default=None)
    return period(latest) if latest else ""


def source_name(data: Dataset, source: str) -> str:
    """The short name of a source."""
    row = data.sources.loc[source]
    return str(row.get(f"name_{language()}") or localised(row, "title"))


SYMBOLS = {"approximate": "≈ ", "at_least": "≥ ", "more_than": "> ", "up_to": "≤ "}


def printed(row: pd.Series) -> str:
    """An observation in the source's own number and unit: "> 1500 人"; in Chinese without blanks."""
    low, high = row.low, row.high
    value = f"{low}–{high}" if row.qualifier == "range" else str(low if low is not None else high)
    line = f"{SYMBOLS.get(row.qualifier, '')}{value} {row.unit}".replace(" %", "%")
    return line.replace(" ", "").replace("–", "～") if language() == "zh" else line


def anchor(observation: str) -> str:
    """The id of an observation's row in the data chapter."""
    return f"row-{observation}"
