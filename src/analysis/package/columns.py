"""A table column by column: each distinct value is kept, looked at and judged once, however many rows hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from analysis.package.widths import plain

Codes = np.ndarray[Any, np.dtype[np.int32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Objects = np.ndarray[Any, np.dtype[np.object_]]
MOST = 2**62  # sets of codes that one number can stand for
TOGETHER = 10  # blocks
Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class Column:
    """The value of row i is ``values[codes[i]]``; the last value is None and has the code -1.

    Two codes stand for different values, but for numbers: 5 and 5.0 are printed differently.
    """

    codes: Codes
    values: Sequence[Any]

    def __getitem__(self, place: int) -> Any:
        return self.values[self.codes[place]]

    def at(self, places: Places) -> list[Any]:
        """The values at some places."""
        return [self.values[code] for code in self.codes[places].tolist()]

    def spread(self) -> np.ndarray[Any, Any]:
        """The values row by row."""
        values = np.empty(len(self.values), dtype=object)
        values[:] = self.values
        return values[self.codes]


class Growing:
    """A column that grows by blocks. What is distinct in some of them is sought among all at once: a search takes about
    as long for one."""

    def __init__(self) -> None:
        self.texts: Objects = np.empty(0, object)
        self.codes: list[Codes] = [np.empty(0, np.int32)]
        self.waiting: list[tuple[Places, Objects]] = []

    def add(self, held: Objects) -> None:
        """The texts of a block."""
        self.waiting.append(pd.factorize(held))
        if len(self.waiting) == TOGETHER:
            self._sort_in()

    def _sort_in(self) -> None:
        start = len(self.texts)
        codes, self.texts = pd.factorize(np.concatenate([self.texts, *(distinct for _own, distinct in self.waiting)]))
        for own, distinct in self.waiting:
            self.codes.append(codes[start : start + len(distinct)].astype(np.int32)[own])
            start += len(distinct)
        self.waiting.clear()

    def column(self) -> Column:
        """The whole."""
        self._sort_in()
        return Column(np.concatenate(self.codes), [*self.texts, None])


@dataclass(frozen=True)
class Row:
    """A row of a file.

    number: as Excel shows it. cells: a typed value for each column of the descriptor, None where the cell is
    empty or refused. refused: what stood in the refused cells.
    """

    number: int
    cells: dict[str, Any]
    refused: Mapping[str, str]

    def __getitem__(self, column: str) -> Any:
        return self.cells.get(column)

    def sound(self, *columns: str) -> bool:
        """Whether none of these cells was refused."""
        return not self.refused.keys() & set(columns)


@dataclass(frozen=True)
class Table:
    """The rows of a file.

    columns: those of the descriptor. numbers: of each row, as Excel shows it. refused: place of a row -> column -> what
    stood in the refused cell. whole: False when some of the file could not be read, so that what is not in the rows
    may still be in the file. absent: there is no such file.
    """

    file: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    numbers: Places = field(default_factory=lambda: np.empty(0, np.int64))
    refused: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    whole: bool = True
    absent: bool = False

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, place: int) -> Row:
        """The row at a place, counted from 0."""
        cells = {name: column[place] for name, column in self.columns.items()}
        return Row(int(self.numbers[place]), cells, self.refused.get(place, {}))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows, for tables that are short: those of figures have too many to be looked at one by one."""
        return tuple(map(self.row, range(len(self))))

    def known(self, column: str) -> set[str]:
        """The values of a column. A refused cell counts in the form it most likely had, so that one bad id
        does not make a fault of every row that names it."""
        held = self.columns[column].values[:-1] if column in self.columns else ()
        return {*held, *(plain(cells[column]) for cells in self.refused.values() if column in cells)}

    def derived(self, ask: Callable[..., Answer], *columns: str) -> tuple[Codes, list[Answer]]:
        """What ``ask`` answers of the values of some columns, asked once for each distinct set of values.

        Returns for each row the place of its answer, -1 for the last, and the answers.
        """
        if not len(self):
            return np.empty(0, np.int32), []
        named = [self.columns[name] for name in columns]
        if len(named) == 1:
            return named[0].codes, [ask(value) for value in named[0].values]
        codes, first = combined([column.codes for column in named])
        return codes, [ask(*values) for values in zip(*(column.at(first) for column in named), strict=True)]

    def holds(self, ask: Callable[..., object], *columns: str) -> Flags:
        """Of which rows what ``ask`` answers of the values of some columns is true."""
        return _true(*self.derived(ask, *columns))

    def at(self, places: Places) -> Table:
        """The rows at some places, in their order."""
        columns = {name: Column(column.codes[places], column.values) for name, column in self.columns.items()}
        kept = np.searchsorted(places, list(self.refused)).tolist() if len(places) else []
        refused = {
            now: cells
            for now, (before, cells) in zip(kept, self.refused.items(), strict=False)
            if now < len(places) and places[now] == before
        }
        return replace(self, columns=columns, numbers=self.numbers[places], refused=refused)

    def where(self, ask: Callable[..., Answer | None], *columns: str) -> Iterator[tuple[Row, Answer]]:
        """The rows for whose values in some columns ``ask`` has an answer that is true, each with it."""
        codes, answers = self.derived(ask, *columns)
        if any(answers):
            for place in np.flatnonzero(_true(codes, answers)).tolist():
                if answer := answers[codes[place]]:
                    yield self.row(place), answer

    def with_column(self, name: str, ask: Callable[..., Any], *columns: str) -> Table:
        """The same rows with a column more: what ``ask`` says of the values of others. It is refused where one of
        these is."""
        codes, answers = self.derived(ask, *columns)
        kept: dict[Any, int] = {}
        recoded = [-1 if answer is None else kept.setdefault(answer, len(kept)) for answer in answers]
        added = Column(np.array(recoded, np.int32)[codes], [*kept, None])
        touched = {place for place, cells in self.refused.items() if cells.keys() & set(columns)}
        refused = {place: {**cells, name: ""} if place in touched else cells for place, cells in self.refused.items()}
        return replace(self, columns={**self.columns, name: added}, refused=refused)

    def repeated(self, *columns: str) -> Iterator[tuple[Row, Row]]:
        """The rows whose values in some columns an earlier one has too, each with the first of them. Rows with a
        refused cell in one of the columns count for none."""
        if not len(self):
            return
        codes, first = combined([self.columns[name].codes for name in columns])
        unsound = [place for place, cells in self.refused.items() if cells.keys() & set(columns)]
        if unsound:
            codes[unsound] = -1
            sound = np.flatnonzero(codes >= 0)
            first[codes[sound][::-1]] = sound[::-1]
        again = np.ones(len(self), dtype=bool)
        again[first] = False
        again[unsound] = False
        for place in np.flatnonzero(again).tolist():
            yield self.row(place), self.row(int(first[codes[place]]))


def _true(codes: Codes, answers: Sequence[object]) -> Flags:
    return np.array([bool(answer) for answer in answers], dtype=bool)[codes]


def combined(columns: Sequence[Codes]) -> tuple[Codes, Places]:
    """One code for each distinct set of codes, from 0 in the order of the rows, and the place of the first row of
    each."""
    codes, sets = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        width = int(column.max(initial=-1)) + 2
        if sets * width > MOST:
            codes, found = pd.factorize(codes)
            sets = len(found)
        codes, sets = codes * width + column + 1, sets * width
    codes, found = pd.factorize(codes)
    first = np.empty(len(found), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes.astype(np.int32), first
