"""The rules of coding, held against the words that the source uses.

coding.csv says which code each printed word stands for; the column ``printed`` keeps the words of a row.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.package.cells import nearest
from analysis.package.checks import Tables, fault
from analysis.package.columns import Table
from analysis.package.descriptor import Descriptor
from analysis.package.faults import Fault


def listed(cell: str | None) -> list[str]:
    """What a cell lists, separated by ``;``.

    >>> listed("正在形成; 完整")
    ['正在形成', '完整']
    """
    return [word.strip() for word in (cell or "").split(";") if word.strip()]


def check(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """A rule is about a table or a column, a word stands for one code, and each row is coded as its words say."""
    tables_of = {entry["name"]: entry["schema"]["fields"] for entry in descriptor["resources"]}
    known_fields = {*tables_of, *(f"{name}.{field['name']}" for name, fields in tables_of.items() for field in fields)}
    stand_for: dict[str, dict[str, str]] = {}
    ruled: dict[str, set[str]] = {}
    for row in tables["coding"].rows:
        if row["field"] is not None and row["field"] not in known_fields:
            yield fault(
                tables["coding"],
                row,
                "field",
                "expected a table, or table.column" + nearest(row["field"], known_fields),
                "coding-of-nothing",
            )
            continue
        known = stand_for.setdefault(row["field"] or "", {})
        ruled.setdefault(row["field"] or "", set()).add(row["code"])
        for word in listed(row["printed"]):
            if known.setdefault(word, row["code"]) != row["code"]:
                expected = f"{word} stands for {known[word]} already"
                yield fault(tables["coding"], row, "printed", expected, "word-of-two-codes")
    yield from aligned(tables["chains"])
    for field, words in stand_for.items():
        name, _dot, column = field.partition(".")
        if column:
            yield from _coded(tables[name], column, words, ruled[field])


def aligned(chains: Table) -> Iterator[Fault]:
    """Where the source words the state of a chain in several ways, each word has its state and its place."""
    for row in chains.rows:
        states = listed(row["maturity"])
        if len(states) > 1 and not len(states) == len(listed(row["printed"])) == len(listed(row["locator"])):
            expected = "expected as many states as words in printed and places in locator, each separated by '; '"
            yield fault(chains, row, "maturity", expected, "states-misaligned")


def _coded(table: Table, column: str, words: dict[str, str], ruled: set[str]) -> Iterator[Fault]:
    """A fault for each row with a printed word that stands for another code, unless a word beside it stands for the one
    given. Codes without a rule are not judged."""

    def astray(code: object, printed: str | None) -> tuple[str, str] | None:
        codes = set(listed(str(code or "")))
        found = {word: words[word] for word in listed(printed) if word in words}
        return next(iter(found.items())) if codes & ruled and found and not codes & set(found.values()) else None

    for row, (word, meant) in table.where(astray, column, "printed"):
        expected = f"the printed word {word} stands for {meant} in coding.csv; mend the code or the word"
        yield fault(table, row, column, expected, "code-against-word")
