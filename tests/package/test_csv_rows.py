"""A file reads the same whichever of the two readers takes it."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.package import csv_rows
from analysis.package.csv_rows import Heading

CELLS = st.text("ab1. \t\u3000\u2028\x0b\x85NA亿-", max_size=4) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='",\r\n'), max_size=3
)
ENDS = ("\n", "\r\n")


@st.composite
def texts(draw):
    """Rows of a file of three columns: short, blank, and now and then too wide."""
    end = draw(st.sampled_from(ENDS))
    rows = draw(st.lists(st.lists(CELLS, max_size=4), max_size=8))
    return "a,b,c" + end + "".join(",".join(row) + end for row in rows) + draw(st.sampled_from(["", "x,y"]))


def as_python_reads(text):
    """Row by row, with the number of each that has something in it; a row that is short is filled up."""
    rows = enumerate(csv.reader(io.StringIO(text, newline=""), strict=True))
    found = [(number, row) for number, row in rows if number and any(cell.strip(csv_rows.BLANKS) for cell in row)]
    return [(number, [*row[:3], *[""] * (3 - len(row))], row if len(row) > 3 else None) for number, row in found]


def as_blocks(text):
    found, read = [], 1
    heading = Heading.of(text, ",")
    for block in csv_rows.blocks(text, heading.names, heading, lambda row: row):
        columns = [block.columns[name].tolist() for name in heading.names]
        for place, number in enumerate(block.places.tolist()):
            found.append((read + number, [cells[place] for cells in columns], block.wide.get(place)))
        read += block.read
    return found


@given(texts())
def test_rows_are_those_of_pythons_own_reader(text):
    assert as_blocks(text) == as_python_reads(text)


@given(texts(), st.integers(1, 30))
def test_wherever_a_text_is_cut_into_pieces(text, size):
    usual, csv_rows.SPLIT = csv_rows.SPLIT, size
    try:
        assert as_blocks(text) == as_python_reads(text)
    finally:
        csv_rows.SPLIT = usual


@pytest.mark.parametrize("wide", ["1,2,3,4", "1,2,3,"])
@pytest.mark.parametrize("rows", [["{}", "x,y,z"], ["x,y,z", "{}"], ["{}", "x"], ["x", "{}"]])
def test_a_row_that_is_too_wide_keeps_all_its_cells(wide, rows):
    """Pandas drops what is beyond the heading where the first row is the wide one."""
    found = as_blocks("\n".join(["a,b,c", *rows]).format(wide))
    assert [row for _number, _cells, row in found if row] == [wide.split(",")]


def test_most_files_are_split_at_once(monkeypatch):
    monkeypatch.setattr(csv_rows, "_read", None)
    text = "a,b,c\n" + "1,2,3\n" * 5
    heading = Heading.of(text, ",")
    (block,) = csv_rows.blocks(text, heading.names, heading, lambda row: row)
    assert np.array_equal(block.places, range(5))
