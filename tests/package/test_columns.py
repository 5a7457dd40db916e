"""Sets of values as one number each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.package import columns
from analysis.package.columns import Column, Table, combined

ROWS = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 5), st.integers(-1, 2)), max_size=20)


def as_columns(rows):
    return [np.array(column, np.int32) for column in zip(*rows, strict=True)] or [np.empty(0, np.int32)] * 3


@given(ROWS, st.sampled_from([1, 10, columns.MOST]))
def test_each_set_of_codes_has_one_of_its_own_in_the_order_of_the_rows(rows, most):
    """Also where a number would not hold all sets that could be."""
    usual, columns.MOST = columns.MOST, most
    try:
        codes, first = combined(as_columns(rows))
    finally:
        columns.MOST = usual
    distinct = list(dict.fromkeys(rows))
    assert codes.tolist() == [distinct.index(row) for row in rows]
    assert first.tolist() == [rows.index(row) for row in distinct]


@given(ROWS, st.sets(st.integers(0, 19)), st.sets(st.integers(0, 19)))
def test_some_rows_of_a_table_are_those_rows(rows, chosen, refused):
    places = sorted(place for place in chosen if place < len(rows))
    held = {name: Column(codes, [*range(7), None]) for name, codes in zip("abc", as_columns(rows), strict=True)}
    wrong = {place: {"a": "x"} for place in refused if place < len(rows)}
    table = Table("some.csv", held, np.arange(2, len(rows) + 2), wrong)
    assert table.at(np.array(places, np.int64)).rows == tuple(table.row(place) for place in places)
