"""Spans: the same months are the same period, whatever it is called."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.package.periods import Span, in_order, order, span
from analysis.package.written_periods import advice, iso


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01", "2024-12"),
        ("2024-01/2024-12", "2024-01", "2024-12"),
        ("2025-07", "2025-07", "2025-07"),
        ("2025-07/2025-07", "2025-07", "2025-07"),
        ("2025-01/2025-05", "2025-01", "2025-05"),
        ("2023/2024", "2023-01", "2024-12"),
        ("2024-07/2025", "2024-07", "2025-12"),
    ],
)
def test_a_period_runs_from_month_to_month(period, first, last):
    assert span(period) == Span(span(first).first, span(last).last)


months = st.integers(1990 * 12 + 1, 2060 * 12)


@given(months, st.integers(0, 60))
def test_a_span_is_written_back_as_it_is_read(first, more):
    of = Span(first, first + more)
    assert span(of.iso) == of and of.months == more + 1


@given(months, st.integers(0, 60))
def test_the_form_of_the_data_is_read_as_it_is(first, more):
    form = Span(first, first + more).iso
    assert iso(form) == form


@given(st.text("0123456789-/.年月至到上下半前季度Qqh个一二三 Jul", max_size=20))
def test_whatever_is_read_has_a_form_that_stays(text):
    """What is written back is read alike the next time, and nothing that is typed ends in a traceback."""
    if form := iso(text):
        assert iso(form) == form and re.fullmatch(r"\d{4}(-\d\d)?(/\d{4}(-\d\d)?)?", form)
    else:
        advice(text)


@given(months, st.integers(0, 60))
def test_a_year_earlier_is_the_same_months_of_the_year_before(first, more):
    of = Span(first, first + more)
    assert of.year_earlier.months == of.months
    assert of.year_earlier.earlier(-12) == of
    assert of.holds(of) and not of.holds(of.year_earlier)


def test_years_and_months_in_order():
    assert span("2025-01/2025-05").year_earlier.iso == "2024-01/2024-05"
    assert span("2024").holds(span("2024-03/2024-12")) and not span("2024").holds(span("2024-12/2025-01"))
    periods = ["2025-01/2025-06", "2024", "2024-12", "2025-06", "2023-01/2024-12"]
    assert in_order(periods) == ["2024-12", "2024", "2023-01/2024-12", "2025-06", "2025-01/2025-06"]
    assert order(span("2024")) > order(span("2024-12"))
    assert span("2024").end == 2025
