"""What must hold among the rows of a data package: keys, references, places in the sources, periods.

Each check takes the tables and yields its faults. A check says nothing of a cell that was refused already, and
nothing of what is missing from a table that could not be read: one mistake is one line. What single figures must
hold stands in `figure_checks`; what they must hold together follows from the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from analysis.package.cells import nearest
from analysis.package.columns import Row, Table
from analysis.package.descriptor import NEEDED, Descriptor, Resource
from analysis.package.faults import Fault
from analysis.package.periods import span

SUBJECT_TABLES = ("places", "zones", "firms", "projects")
# what the rules of claims.csv need, and those whose threshold is a number
RULES_NEED = {
    "threshold": ("indicator", "comparator", "threshold"),
    "rank_count": ("indicator", "threshold", "other"),
    "earlier_periods": ("indicator",),
    "part_of_whole": ("indicator", "other"),
    "integer_total": ("indicator", "other"),
    "distinct": ("indicator", "other"),
    "throughput": ("threshold",),
    "maturity": ("threshold",),
}
NUMERIC_RULES = ("threshold", "rank_count", "throughput")
# near names are looked for among so many unknown ones at most: each takes a comparison with every id
HINTS = 50

Tables = dict[str, Table]


def check(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Every fault among the rows of ``tables``, in the order of the checks."""
    missing = {fault.file: fault for fault in missing_files(descriptor, tables)}
    yield from missing.values()
    # one line says it: the rows that name theirs are not at fault
    tables = {key: replace(table, whole=table.whole and table.file not in missing) for key, table in tables.items()}
    for resource in descriptor["resources"]:
        yield from unique_keys(resource, tables)
        yield from foreign_keys(resource, tables)
    yield from subjects(tables)
    yield from places(tables)
    yield from locators(tables)
    yield from industries(tables)
    yield from claims(tables)
    yield from story(tables)
    yield from periods(tables)


def fault(table: Table, row: Row, column: str, expected: str, slug: str) -> Fault:
    """A fault of a cell."""
    value = row[column]
    return Fault(table.file, row.number, column, "" if value is None else str(value), expected, slug)


def _hints(words: Iterable[str], known: Iterable[str]) -> Callable[[str], str]:
    """A function that gives the nearest known word for each of the first unknown ``words``, else nothing."""
    found = {word: nearest(word, known) for word in list(dict.fromkeys(words))[:HINTS]}
    return lambda word: found.get(word, "")


def _unknown(table: Table, column: str, known: set[str], expected: str) -> Iterator[Fault]:
    """A fault for each cell of a column that is none of ``known``, with the nearest one as a hint."""
    wrong = [row for row, _ in table.where(lambda value: value is not None and value not in known, column)]
    hint = _hints((row[column] for row in wrong), known)
    for row in wrong:
        yield fault(table, row, column, expected + hint(row[column]), "id-unknown")


# keys


def unique_keys(resource: Resource, tables: Tables) -> Iterator[Fault]:
    """No two rows of a table have the same primary key."""
    table, key = tables[resource["name"]], resource["schema"]["primaryKey"]
    key = [key] if isinstance(key, str) else key
    for row, first in table.repeated(*key):
        shown = ", ".join("" if row[column] is None else str(row[column]) for column in key)
        expected = f"stands in row {first.number} already; {', '.join(key)} must differ"
        yield Fault(table.file, row.number, key[0], shown, expected, "key-twice")


def _references(resource: Resource, tables: Tables) -> Iterator[tuple[str, Table, str]]:
    """Each column that points to another table, or to its own: the column, the table, the column there."""
    for foreign in resource["schema"].get("foreignKeys", []):
        (column,), (target,) = foreign["fields"], foreign["reference"]["fields"]
        yield column, tables[foreign["reference"]["resource"] or resource["name"]], target


def missing_files(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """A table may be left out, unless another names a row of it; those that no book is without have a row."""
    for name, table in ((name, tables[name]) for name in NEEDED if name != "observations"):
        if table.whole and not len(table):
            expected = f"has no row below its heading; a book needs its {name}"
            yield Fault(table.file, None, None, None, expected, "table-empty")
    for resource in descriptor["resources"]:
        table = tables[resource["name"]]
        for column, other, _target in _references(resource, tables):
            if other.absent:
                for found, _ in islice(table.where(lambda value: value is not None, column), 1):
                    yield _missing(other, table, found, column)
    dated, projects, zones = (tables[name] for name in ("milestones", "projects", "zones"))
    named = next((row for row in dated.rows if row["subject"] not in {None, *zones.known("id")}), None)
    if projects.absent and named:
        yield _missing(projects, dated, named, "subject")


def _missing(absent: Table, table: Table, row: Row, column: str) -> Fault:
    expected = f"the file is missing, and row {row.number} of {table.file} names {row[column]}"
    return Fault(absent.file, None, None, None, expected, "file-missing")


def foreign_keys(resource: Resource, tables: Tables) -> Iterator[Fault]:
    """An id that points to a row of another table, or of its own, finds it there."""
    table = tables[resource["name"]]
    for column, other, target in _references(resource, tables):
        if other.whole:
            yield from _unknown(table, column, other.known(target), f"expected an {target} of {other.file}")


def subjects(tables: Tables) -> Iterator[Fault]:
    """A subject is a place, zone, firm or project, and no two of them share an id."""
    first: dict[object, str] = {}
    for name in SUBJECT_TABLES:
        for row in tables[name].rows:
            if row["id"] is not None and first.setdefault(row["id"], name) != name:
                expected = f"is an id of {first[row['id']]}.csv too; an id names one thing only"
                yield fault(tables[name], row, "id", expected, "id-shared")
    if not all(tables[name].whole for name in (*SUBJECT_TABLES, "chains", "indicators")):
        return
    known = set().union(*(tables[name].known("id") for name in SUBJECT_TABLES))
    expected = "expected an id of places.csv, zones.csv, firms.csv or projects.csv"
    yield from _unknown(tables["observations"], "subject", known, expected)
    dated = tables["zones"].known("id") | tables["projects"].known("id")
    yield from _unknown(tables["milestones"], "subject", dated, "expected an id of projects.csv or zones.csv")
    known |= tables["chains"].known("id")
    expected = "expected an id of places, zones, firms, projects or chains"
    yield from _unknown(tables["claims"], "subject", known, expected)
    known |= tables["indicators"].known("id")
    yield from _unknown(tables["claims"], "other", known, expected + ", or of an indicator")


def places(tables: Tables) -> Iterator[Fault]:
    """No place lies in itself, whatever the way round, and nothing lies in a group, which is but a total."""
    yield from circles(tables["places"], "parent", "a place cannot lie in itself; name the place above it")
    groups = {row["id"] for row in tables["places"].rows if row["kind"] == "group"}
    for table, column in ((tables["places"], "parent"), (tables["zones"], "city")):
        for row in table.rows:
            if row[column] is not None and row[column] in groups:
                expected = "is a group, the total of the zones of a place; name that place"
                yield fault(table, row, column, expected, "group-misplaced")
            elif row["kind"] == "group" and row.sound(column) and row[column] is None:
                expected = "a group is the total of the zones of a place; name that place"
                yield fault(table, row, column, expected, "group-misplaced")


def circles(table: Table, column: str, expected: str) -> Iterator[Fault]:
    """A fault for each row that a column leads back to, from row to row."""
    leads_to = {row["id"]: row[column] for row in table.rows}
    for row in table.rows:
        passed, at = {None}, row[column]
        while at not in passed and at != row["id"]:
            passed.add(at)
            at = leads_to.get(at)
        if at is not None and at == row["id"]:
            yield fault(table, row, column, expected, "circle")


def locators(tables: Tables) -> Iterator[Fault]:
    """Each place in a source begins with a section of sections.csv, and that section is of the row's source."""
    if not tables["sections"].whole:
        return
    known, sources = tables["sections"].known("id"), tables["sources"].known("id")
    source_of = {row["id"]: row["source"] for row in tables["sections"].rows}

    def misplaced(locator: str | None, source: str | None = None) -> list[str]:
        """The sections of a locator that are none, or of another source."""
        own = (source, None) if source in sources else source_of.values()
        return [section for section in _sections(locator) if section not in known or source_of.get(section) not in own]

    found = [
        (table, row, section)
        for table in tables.values()
        if "locator" in table.columns
        for row, sections in table.where(misplaced, "locator", *({"source"} & table.columns.keys()))
        for section in sections
    ]
    hint = _hints((section for _, _, section in found if section not in known), known)
    for table, row, section in found:
        if section not in known:
            expected = "expected section/paragraph with a section of sections.csv"
            yield fault(table, row, "locator", expected + hint(section), "section-unknown")
        else:
            expected = f"{section} is a section of {source_of[section]}, not of {row['source']}; mend one of the two"
            yield fault(table, row, "locator", expected, "section-of-another-source")


def _sections(locator: str | None) -> list[str]:
    """The sections that a locator names: ``lead/2; board/1`` names lead and board."""
    return [place.strip().split("/")[0] for place in locator.split(";")] if locator else []


def industries(tables: Tables) -> Iterator[Fault]:
    """The chain that bears the word of an industry is one of the same zone."""
    zone_of = {row["id"]: row["zone"] for row in tables["chains"].rows}
    for row in tables["industries"].rows:
        if row["chain"] in zone_of and row["zone"] is not None and zone_of[row["chain"]] not in (row["zone"], None):
            expected = f"is a chain of {zone_of[row['chain']]}; expected one of {row['zone']}, or nothing"
            yield fault(tables["industries"], row, "chain", expected, "chain-of-another-zone")


def claims(tables: Tables) -> Iterator[Fault]:
    """A statement has what its rule needs, and a threshold that is a number where its rule compares numbers."""
    for row in tables["claims"].rows:
        for column in RULES_NEED.get(row["rule"], ()):
            if row.sound(column) and row[column] is None:
                expected = f"the rule {row['rule']} needs a value here"
                yield fault(tables["claims"], row, column, expected, "rule-incomplete")
        number = row["threshold"] is None or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", row["threshold"])
        if row["rule"] in NUMERIC_RULES and row.sound("threshold") and not number:
            expected = f"the rule {row['rule']} needs a number, such as 90"
            yield fault(tables["claims"], row, "threshold", expected, "threshold-no-number")


STORY_TEXTS = ("text_en", "text_zh")
IN_BRACES = re.compile(r"\{([^{}]*)\}")


def story(tables: Tables) -> Iterator[Fault]:
    """A passage names known things and figures, the same in both languages, and holds no typed figure."""
    table = tables["story"]
    if not all(tables[name].whole for name in (*SUBJECT_TABLES, "indicators")):
        return
    subjects = set().union(*(tables[name].known("id") for name in SUBJECT_TABLES))
    yield from _unknown(table, "subject", subjects, "expected an id of places, zones, firms or projects")
    indicators = tables["indicators"].known("id")
    for row in table.rows:
        named = {column: IN_BRACES.findall(row[column] or "") for column in STORY_TEXTS}
        compared = [part.split()[0] for part in re.sub("[<>=]", " ", row["condition"] or "").split(";") if part.strip()]
        for column, keys in (*named.items(), ("condition", compared)):
            for key in keys:
                if hint := _not_known(key, subjects, indicators, figure=column == "condition"):
                    yield fault(table, row, column, hint, "story-reference")
        for column in STORY_TEXTS:
            if typed := re.search(r"[0-9０-９]+", IN_BRACES.sub("", row[column] or "")):
                added = "add it to observations.csv and write {subject.indicator}"
                yield fault(table, row, column, f"holds the typed figure {typed.group()}; {added}", "story-figure")
        if row.sound(*STORY_TEXTS) and sorted(named["text_en"]) != sorted(named["text_zh"]):
            expected = f"the two languages must name the same: {_braced(named['text_en'])} in text_en"
            yield fault(table, row, "text_zh", expected, "story-languages")


def _not_known(key: str, subjects: set[str], indicators: set[str], figure: bool) -> str | None:
    """Why a reference of a passage leads nowhere; None where it leads to a name, or to a figure where one is needed."""
    subject, dot, indicator = key.partition(":")[0].partition(".")
    if subject in subjects and (indicator in indicators if dot else not figure):
        return None
    expected = f"{{{key}}} is not known; expected {{id}} for a name or {{subject.indicator}} for a figure"
    known = indicators if subject in subjects else subjects
    return expected + nearest(indicator if subject in subjects else subject, known)


def _braced(keys: list[str]) -> str:
    return ", ".join(f"{{{key}}}" for key in keys) or "nothing"


def periods(tables: Tables) -> Iterator[Fault]:
    """A period does not end before it starts, and nothing is realised after its source reports."""
    reported = {row["id"]: row["reporting_period"] for row in tables["sources"].rows if row["reporting_period"]}

    def wrong(period: str | None, source: str | None, status: str | None = None) -> tuple[str, str] | None:
        """What is wrong with a period, as expected and slug."""
        until = reported.get(source)
        if period is None:
            return None
        if span(period).first > span(period).last:
            return "the period ends before it starts; write the earlier month first", "period-backwards"
        if status == "realised" and until and _later(period, until):
            expected = f"is later than {until}, when the source {source} reports; expected a period that had ended by "
            return expected + "then, or the status expected or planned", "realised-too-late"
        return None

    for name, column in (("observations", "period"), ("claims", "period"), ("milestones", "date")):
        others = (each for each in ("source", "status") if each in tables[name].columns)
        for row, said in tables[name].where(wrong, column, *others):
            yield fault(tables[name], row, column, *said)


def _later(period: str, until: str) -> bool:
    """Whether a period reaches beyond the end of ``until``. A year alone stands for what had passed of it."""
    of = span(period)
    return (of.first if len(period) == 4 else of.last) > span(until).last
