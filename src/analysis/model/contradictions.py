"""Published figures that cannot all be true, whatever was rounded: the smallest sets of rows, each as a fault."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.model.bounds import Clash
from analysis.model.identities import RULES, system
from analysis.package.dataset import Dataset
from analysis.package.faults import Fault

NAMED = 6  # so many figures are named in a line; of more, the rows alone
# how a figure that is no exact one is told
WORDS = {"approximate": "about ", "at_least": "at least ", "more_than": "more than ", "up_to": "up to "}
MEND = ("mend it", "mend one of the two", "mend one of them")


def contradictions(data: Dataset) -> list[Fault]:
    """Sets of rows that cannot all be true, no two of which have a row in common.

    Each is minimal: leave out any row of it, and the others can be true. Returns a fault a set, at its last row, that
    names the others and the identity; in the order of the file.
    """
    found = [fault for realised in (True, False) for fault in _of_status(data, realised)]
    return sorted(found, key=lambda fault: fault.row or 0)


def _of_status(data: Dataset, realised: bool) -> Iterator[Fault]:
    named: set[str] = set()
    for part in system(data, realised=realised, rounding=True).parts():
        rows = {str(bound.row) for _, _, bound in part.stated}
        while clash := part.clash(rows - named):
            yield _fault(data, clash)
            named |= clash.rows


def _fault(data: Dataset, clash: Clash) -> Fault:
    keys = sorted(clash.rows, key=data.observation_rows.__getitem__)
    table, last = data.observations.loc[keys], data.observations.loc[keys[-1]]
    differ = [column for column in ("indicator", "period") if table[column].nunique() > 1]
    told = [_told(data, key, differ) for key in keys]
    rows = [str(data.observation_rows[key]) for key in keys]
    others = [f"{figure} (row {row})" for figure, row in zip(told, rows, strict=True)][:-1][:NAMED]
    if len(keys) - 1 > NAMED:
        others.append("rows " + ", ".join(rows[NAMED:-1]))
    why = " and ".join(RULES[rule].words for rule in clash.rules) or "no figure of its kind can be that"
    together = f" together with {'; '.join(others)}" if others else ""
    ranked = "rank" in {data.indicators.at[name, "kind"] for name in table["indicator"]}
    rounded = "" if ranked else ", or give a rounded figure the qualifier approximate"
    expected = f"{told[-1]} cannot be true{together}: {why}; {MEND[min(len(keys), 3) - 1]}{rounded}"
    column = "low" if last.low is not None else "high"
    return Fault(
        "observations.csv", data.observation_rows[keys[-1]], column, str(last[column]), expected, "contradiction"
    )


def _told(data: Dataset, key: str, differ: list[str]) -> str:
    """A figure as printed: ``98.23 % of jianping``, with what differs among those told together."""
    row = data.observations.loc[key]
    value = "–".join(dict.fromkeys(str(bound) for bound in (row.low, row.high) if bound is not None))
    of = " ".join([row.subject, *(row[column] for column in differ)])
    return f"{WORDS.get(row.qualifier, '')}{value} {row.unit} of {of}"
