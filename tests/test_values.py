"""The data of a page: what a reader takes away must be what the page shows, with its exact bounds."""

from dataclasses import astuple
from fractions import Fraction as F

import pandas as pd
import pytest

from analysis import values
from analysis.analyses import city, economics
from analysis.exhibits import charts, explorers, tables
from analysis.quantity import Quantity
from analysis.wording import Prose


def lines(shown):
    """The CSV of an output, a line of cells for each value."""
    return values.read(shown._repr_mimebundle_()[values.CSV])[1:]


def test_a_derived_figure_keeps_its_exact_value_formula_and_rows(data):
    # 18.2 hundred million CNY on 382.88 mu: 1,820,000,000 ÷ 382.88 = 4,753,447.555369828…
    measures = economics.measures(data)[["investment_per_mu"]]
    exhibit = tables.show(measures, name="land", caption="Investment", data=data)
    (line,) = [line for line in lines(exhibit) if line[1] == "Tongxin metallurgical solid waste"]
    assert line == [
        "tab-land",
        "Tongxin metallurgical solid waste",
        "Investment per mu, CNY million per mu",
        "4.75",
        "4753447.55536983",
        "4753447.55536983",
        "CNY per mu",
        "total investment ÷ site area",
        "tongxin-slag.total_investment.2025-07 tongxin-slag.site_area.2025-07",
    ]


@pytest.mark.parametrize(
    ("subject", "indicator", "printed", "low", "high", "unit"),
    [
        ("hongfa-broilers", "jobs", "over 1,500 people", "1500", "", "people"),
        ("tuobituo-feed", "output_value", "CNY 670 million a year", "670000000", "670000000", "CNY a year"),
        ("hongfa-broilers", "birds_per_day", "300,000–330,000 birds a day", "300000", "330000", "birds a day"),
        ("all-zones", "share_above_scale_output", "89.07%", "89.07", "89.07", "%"),
    ],
)
def test_an_open_bound_is_an_empty_cell(data, subject, indicator, printed, low, high, unit):
    (line,) = lines(Prose(data)(data.value(subject, indicator)))
    assert line[3:8] == [printed, low, high, unit, ""]


def test_a_figure_in_a_sentence_says_what_it_is_of(data):
    (line,) = lines(Prose(data)(data.value("jianping", "share_foreign_capital")))
    assert line[:3] == ["", "Jianping", "Share of foreign capital in actual use"]


def test_bounds_are_exact_where_a_decimal_is_and_never_in_powers():
    assert values.decimal(F(18_2000_0000)) == "1820000000"
    assert values.decimal(F(1, 80000)) == "0.0000125"
    assert values.decimal(F(1, 3)) == "0.333333333333333"
    assert values.decimal(F(0)) == "0"


def test_a_gap_and_a_word_are_values_without_bounds(data):
    frame = pd.DataFrame({"rank": [Quantity.point(6), None], "state": ["formed", "planned"]}, ["beipiao", "kazuo"])
    exhibit = tables.show(frame.astype(object), name="x", caption="X", data=data)
    assert [line[1:6] for line in lines(exhibit)] == [
        ["Beipiao", "Rank", "6", "6", "6"],
        ["Beipiao", "State", "formed", "", ""],
        ["Kazuo", "Rank", "not published", "", ""],
        ["Kazuo", "State", "planned", "", ""],
    ]


def test_rows_of_one_name_are_told_apart(data):
    frame = pd.DataFrame({"project": ["hongfa-broilers"] * 2, "event": ["completion", "topping_out"], "n": [1, 2]})
    labels = {line[1] for line in lines(tables.show(frame, name="x", caption="X", data=data))}
    assert labels == {"Hongfa broiler processing, completed", "Hongfa broiler processing, topping out"}


def test_a_chart_carries_what_it_was_drawn_from(data):
    shares = city.city_shares(data)
    drawn = {(line[1], line[2]): line[4] for line in lines(charts.city_shares(shares, data))}
    for indicator, row in shares.iterrows():
        label = data.indicators.loc[indicator, "name_en"]
        assert F(drawn[label, "Share of the city"]) == row["share"].value
        assert F(drawn[label, "Rest of the city"]) == row["remainder"].value


def test_explorers_carry_all_zones_and_the_printed_table(data):
    places = {line[0] for line in lines(explorers.zone_explorer(data))}
    assert places <= {f"zone-{zone}" for zone in data.zones.index}
    assert "zone-beipiao" in places
    margins = {line[2] for line in lines(explorers.payback_explorer(data))}
    assert margins == {f"{n}%, years" for n in explorers.MARGINS}


def test_two_figures_of_a_cell_are_two_values(data):
    say = Prose(data)
    both = say.list([say(data.value("beipiao", "firms")), say(data.value("kazuo", "park_firms"))])
    assert [line[3] for line in lines(both)] == ["248", "196"]


def test_every_value_has_as_many_cells_as_the_head(data):
    text = tables.observations(data)._repr_mimebundle_()[values.CSV]
    assert {len(line) for line in values.read(text)} == {len(astuple(values.Value("", "", "", "")))}


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "+3.3 points"]
FORMULAS += [" =1", "\u2004=1", "\u3000＝1", "\u200c=1", "﹦1", "＋1", "﹫A1", "\tname"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_compute_has_an_apostrophe(cell):
    # whether a return needs quotes, versions of Python see differently
    assert values.text([[cell, "x"]]) in (f"'{cell},x\n", f'"\'{cell}",x\n')
    # the page's file is written from what the outputs carry: the apostrophe stays one
    assert values.text([[f"'{cell}"]]) in (f"'{cell}\n", f'"\'{cell}"\n')


@pytest.mark.parametrize("cell", ["", "-1", "+3.3", "-0.0000125", "1=1", "a-b", "−2.5%"])
def test_numbers_and_words_stand_as_they_are(cell):
    assert values.read(values.text([[cell, "x"]])) == [[cell, "x"]]
