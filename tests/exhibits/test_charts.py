"""The findings of charts hold for one and for several, for ties, bounds and other currencies."""

import pandas as pd
import pytest

from analysis import values
from analysis.analyses import economics
from analysis.exhibits import charts
from analysis.exhibits.exhibit import Passage, Passages
from analysis.quantity import Quantity
from analysis.wording import Prose, filled


def point(value, unit="%"):
    return Quantity.point(value, unit)


def table(rows, columns):
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype=object)


def test_one_share_is_no_range(data):
    shares = table({"share_outside_capital": (point(82), point(18))}, ["share", "remainder"])
    assert charts.city_shares(shares, data).plain.startswith(
        "The zones' share of the city's capital from outside the city is 82%"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"beipiao": 2, "jianping": 2, "kazuo": 1}, "The sources give most figures for Beipiao and Jianping"),
        ({"beipiao": 2, "jianping": 2}, "Each zone has two published figures"),
        (
            {"beipiao": 2, "jianping": 0},
            "The sources give most figures for Beipiao; the newspaper page prints no figure of",
        ),
    ],
)
def test_the_best_documented_zones_may_be_several_or_all(counts, said, data):
    coverage = pd.DataFrame({"firms": counts})
    assert said in charts.coverage_matrix(coverage, data).plain


PIPELINE = ["stage", "investment"]


@pytest.mark.parametrize(
    ("investments", "said"),
    [
        (
            [point(6, "1e8 CNY"), point(7, "1e8 CNY"), None],
            "The largest published investment is that of Tongxin metallurgical solid waste, CNY 700 million; one named",
        ),
        ([point(6, "1e8 CNY")], "alone has a published investment, CNY 600 million"),
        ([point(6, "1e8 CNY"), Quantity(2, None, "1e8 CNY")], "The bounds leave open which of"),
        ([point(6, "1e8 CNY"), point(5, "1e8 CNY"), point(9, "1e8 USD")], "in another currency, and so not drawn: "),
    ],
)
def test_the_largest_investment_is_named_where_it_is_certain(investments, said, data):
    rows = {p: ("signed", q) for p, q in zip(data.projects.index, investments, strict=False)}
    assert said in charts.pipeline(table(rows, PIPELINE), data).plain


def test_axes_of_money_are_in_the_currency_of_the_figures(data):
    first, second, third = data.projects.index[:3]
    columns = economics.on_land(data)
    units = {"USD/mu": "USD/year/mu", "CNY/mu": "CNY/year/mu"}
    rows = {p: (point(2e6, unit), point(3e6, units[unit])) for p, unit in ((first, "USD/mu"), (second, "USD/mu"))}
    chart = charts.project_bubbles(table({**rows, third: (point(1, "CNY/mu"), None)}, columns), data)
    assert "USD 3 million per mu a year" in str(chart.body) and "in another currency, and so not drawn" in chart.plain


def test_a_single_project_needs_a_margin(data):
    project = data.projects.index[0]
    margins = table({project: tuple(point(30 - year) for year in (3, 5, 10))}, [3, 5, 10])
    assert "needs a margin of 27%" in charts.payback_curves(margins, data).plain


def test_chains_are_drawn_from_their_own_zone_in_any_order(data):
    columns = ["zone", "chain", "state", "stage", "stage_en", "stage_zh", "firm", "role", "and_others"]
    rows = [
        ("beipiao", data.chains.index[0], "formed", None, None, None, None, None, None),
        ("kazuo", data.chains.index[1], "planned", None, None, None, None, None, None),
        ("beipiao", data.chains.index[2], "forming", None, None, None, None, None, None),
    ]
    chart = charts.chain_graph(pd.DataFrame(rows, columns=columns, dtype=object), data)
    assert chart.plain == "3 chains: one formed, one forming and one planned; a single lead firm is named for two"
    alone = charts.chain_graph(pd.DataFrame(rows[:1], columns=columns, dtype=object), data)
    assert alone.plain == "The only chain named is called formed"


def test_figures_in_the_paragraphs_of_a_passage_are_taken_away_with_it(data):
    sentence = filled("It has {n}.", {"n": Prose(data)(data.value("kazuo", "chain_firms"))})
    for shown in (Passage((sentence,)), Passages((Passage((sentence,)),))):
        (value,) = values.read(shown._repr_mimebundle_()[values.CSV])[1:]
        assert value[3] == "7" and value[-1] == "kazuo.chain_firms.2025-07"
