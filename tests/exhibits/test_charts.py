"""The findings of charts hold for one and for several, for ties, bounds and other currencies."""

from itertools import combinations

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis import values
from analysis.analyses import chains, city, economics, payback, projects, standing
from analysis.exhibits import charts
from analysis.exhibits.charts import lettering, style
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


# --- every chart of the book

BOOK = {
    "summary": lambda data: charts.standing(standing.standing(data), city.city_shares(data), data),
    "shares": lambda data: charts.city_shares(city.city_shares(data), data),
    "coverage": lambda data: charts.coverage_matrix(city.coverage(data), data),
    "chains": lambda data: charts.chain_graph(chains.links(data), data),
    "pipeline": lambda data: charts.pipeline(projects.pipeline(data), data),
    "land": lambda data: charts.project_bubbles(economics.measures(data), data),
    "payback": lambda data: charts.payback_curves(payback.required_margin(data, range(2, 16)), data),
}
TOLD = {  # what a reader is told who points at a mark
    "summary": "first 30: 6, 20%",
    "shares": "Share of above-scale industrial output: 89.07%",
    "coverage": "Beipiao, Resident firms: ",
    "chains": "Kazuo: Electronics (planned); no firm named",
    "pipeline": "Heitian smart factory: CNY 2.5 billion, signed",
    "land": "Hongfa broiler processing: CNY 4.62 million per mu, CNY 30.8 million per mu a year, over 1,500 people",
    "payback": "Tongxin metallurgical solid waste, in 5 years: 15.2%",
}


@pytest.fixture
def figures(monkeypatch):
    """The drawings, as they stand when they become SVG."""
    seen, inside = [], lettering.brought_inside
    monkeypatch.setattr(lettering, "brought_inside", lambda figure: (seen.append(figure), inside(figure))[1])
    return seen


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", BOOK)
def test_words_meet_neither_each_other_nor_a_slant_and_a_phone_can_show_them(name, code, data, figures, monkeypatch):
    """Figures hid their finding at 360 px, stages of chains stood under other firms, heads were slanted."""
    monkeypatch.setenv("ANALYSIS_LANGUAGE", code)
    BOOK[name](data)
    wide, narrow = figures
    assert (wide.get_figwidth(), narrow.get_figwidth()) == (style.WIDTH, style.NARROW)
    for figure in figures:
        words = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
        assert not [text.get_text() for text in words if text.get_rotation()]
        for one, other in combinations(words, 2):
            both = Bbox.intersection(one.get_window_extent(), other.get_window_extent())
            # the boxes of lines that follow each other may touch
            assert both is None or min(both.size) < 2.5, (one.get_text(), other.get_text())
    # a sheet is 328 px wide on a phone of 360
    letters = min(text.get_fontsize() for text in narrow.findobj(Text) if text.get_text().strip())
    assert letters / (72 * style.NARROW) * 328 > 9


@pytest.mark.parametrize("name", BOOK)
def test_marks_tell_their_values(name, data):
    for svg in BeautifulSoup(str(BOOK[name](data).body), "html.parser").find_all("svg", recursive=False):
        told = [mark.title.string for mark in svg.find_all("g", "mark")]
        assert any(words.startswith(TOLD[name]) for words in told), told
    # the same data give the same bytes
    assert str(BOOK[name](data).body) == str(BOOK[name](data).body)


def test_what_marks_tell_stays_text(data):
    figure, axes = style.canvas(1)
    style.tell("a <b> & \"c\" 'd'\nurl(#e)", *axes.plot([0, 1], [0, 1]))
    body = style.chart(figure, "told", "finding", "alt", data, pd.DataFrame({"rank": [None]}, index=["beipiao"])).body
    (mark,) = BeautifulSoup(str(body), "html.parser").find_all("g", "mark")
    assert mark.title.string.startswith("a <b> & \"c\" 'd' url(#") and not mark.find("b")


def test_projects_without_an_investment_are_named(data):
    chart = BOOK["pipeline"](data)
    alt = BeautifulSoup(str(chart.body), "html.parser").svg["aria-label"]
    assert "No published investment: " in alt and "China Resources Snow brewery" in alt


def test_a_diamond_stands_for_jobs_that_are_not_known(data, figures):
    """A small bubble said that there were few."""
    BOOK["land"](data)
    key = [text.get_text() for text in figures[0].legends[0].get_texts()]
    assert key == [
        "area of a bubble: jobs; the largest: over 1,500 people",
        "dashed ring: the jobs are a lower bound",
        "diamond: number of jobs not published",
    ]
