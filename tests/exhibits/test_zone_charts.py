"""Charts of any indicator that zones report: what they say of one, two and many zones, of ties, bounds and gaps."""

import os
import re
from fractions import Fraction as F

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.exhibits import charts
from analysis.exhibits.charts import bars, lettering
from analysis.exhibits.exhibit import Exhibit, Passage
from analysis.quantity import Quantity

ZONES = ("beipiao", "jianping", "kazuo", "lingyuan", "liucheng", "chaoyang-edz", "chaoyang-hightech")
OUTPUT, CAPITAL = "above_scale_output", "foreign_capital"
POINTS = "percentage_point"


def point(value, unit="%"):
    return Quantity.point(value, unit)


def amounts(*values, unit="1e8 CNY"):
    return [None if value is None else point(value, unit) for value in values]


def ranked(values, shares=None):
    """The zones in order with these values, and with these shares of all zones in %."""
    shares = shares or [None] * len(values)
    cells = {"value": values, "share_of_group": [None if s is None else point(s) for s in shares]}
    return pd.DataFrame(cells, index=ZONES[: len(values)], dtype=object)


def grown(rates, points, every=None):
    """The zones with their growth and contributions, and the growth of all."""
    rows = list(zip(rates, points, strict=True)) + ([(every, None)] if every else [])
    index = [*ZONES[: len(rates)], *(["all"] if every else [])]
    return pd.DataFrame(rows, index=index, columns=["growth", "contribution_points"], dtype=object)


def followed(*rows):
    return pd.DataFrame(rows, columns=["zone", "period", "value"], dtype=object)


def drawn(exhibit):
    """The wide and the narrow drawing."""
    assert isinstance(exhibit, Exhibit)
    wide, narrow = BeautifulSoup(str(exhibit.body), "html.parser").find_all("svg", recursive=False)
    return wide, narrow


def alt(exhibit):
    wide, narrow = drawn(exhibit)
    assert wide["aria-label"] == narrow["aria-label"]
    return wide["aria-label"]


# --- rankings


def test_many_zones_the_first_and_what_three_hold_together(data):
    table = ranked(amounts(40, 30, 20, 10, 5, 4, 1), [36, 27, 18, 9, 5, 4, 1])
    chart = charts.ranking(table, OUTPUT, data, period="2024")
    assert chart.anchor == f"fig-ranking-{OUTPUT}"
    assert chart.plain == (
        "Above-scale industrial output (2024): Beipiao comes first with CNY 4 billion, 36% of the zones' total; "
        "together the first three hold 81%"
    )
    assert "Bars of the zones: Beipiao: CNY 4 billion, 36%; Jianping" in alt(chart)
    # what a reader takes away: the finding's figures, then each zone's in the unit that the column shares
    assert [v.printed for v in chart.values if v.row == "Beipiao"] == ["4,000", "36%"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (amounts(4, 3), "Beipiao comes first with CNY 400 million; Jianping has CNY 300 million"),
        (amounts(4), "Beipiao has CNY 400 million"),
        (amounts(4, None), "Beipiao alone has a figure, CNY 400 million"),
        (amounts(4, 3, 2), "Beipiao comes first with CNY 400 million; Kazuo comes last with CNY 200 million"),
        (amounts(4, 4, 2), "Beipiao and Jianping share the first place with CNY 400 million each; Kazuo comes last"),
        (amounts(4, 4), "Beipiao and Jianping are level at CNY 400 million"),
        (amounts(4, 3, None), "among the two zones with a figure, Beipiao comes first"),
        (amounts(4, -3, unit="1e4 USD"), "comes first with USD 40,000; Jianping is below zero, at USD −30,000"),
        (amounts(4, -3, -5, unit="1e4 USD"), "Jianping and Kazuo are below zero"),
    ],
)
def test_few_zones_ties_gaps_and_negative_values(values, said, data):
    assert said in charts.ranking(ranked(values), CAPITAL, data).plain


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        # over 30 may be more than 40, up to 50 too; 45 and more is not
        (point(40), Quantity(30, None, "%", low_strict=True), "the bounds leave open which of Beipiao and Jianping"),
        (Quantity(0, 50, "%"), point(40), "the bounds leave open which of Beipiao and Jianping"),
        (Quantity(45, None, "%"), point(40), "Beipiao comes first with at least 45%"),
        (Quantity(40, None, "%", low_strict=True), point(40), "Beipiao comes first with over 40%"),
        # what is about 40 may be 41
        (Quantity(40, 40, "%", approximate=True), point(40), "the bounds leave open which of Beipiao and Jianping"),
    ],
)
def test_no_zone_comes_first_unless_the_bounds_say_so(first, second, said, data):
    assert said in charts.ranking(ranked([first, second]), CAPITAL, data).plain


def test_more_zones_than_a_sentence_holds_are_counted(data):
    open_values = [Quantity(10 - i, None, "%") for i in range(6)]
    assert (
        "the bounds leave open which of six zones comes first"
        in charts.ranking(ranked(open_values), CAPITAL, data).plain
    )


def test_without_all_zones_nothing_is_said_of_the_first_three_together(data):
    table = ranked(amounts(40, 30, 20, 10, None), [40, 30, 20, 10, None])
    assert "together" not in charts.ranking(table, OUTPUT, data).plain


def test_where_less_is_better_the_lowest_comes_first(data):
    table = ranked([point(6, "1"), point(8, "1"), point(9, "1")])
    assert "Beipiao is lowest with 6; Kazuo comes last with 9" in charts.ranking(table, "assessment_rank", data).plain


def test_what_is_implied_is_said_and_drawn_as_such(data):
    implied = Quantity(0, F("1.77"), "%", implied=True)
    chart = charts.ranking(ranked([point("98.23"), implied, implied]), CAPITAL, data)
    assert chart.plain.endswith("the figures of Jianping and Kazuo are implied, not published")
    assert "Jianping: up to 1.77% (implied)" in alt(chart)
    published = charts.ranking(ranked([point("98.23"), Quantity(0, F("1.77"), "%"), None]), CAPITAL, data)
    assert "implied" not in alt(published)
    # dotted and hatched against a plain line
    assert str(drawn(chart)[0]).count("stroke-dasharray") > str(drawn(published)[0]).count("stroke-dasharray")


def test_a_share_of_all_zones_is_not_said_twice(data):
    table = ranked([point(98), point(2)], [98, 2])
    assert charts.ranking(table, CAPITAL, data).plain.endswith("Beipiao comes first with 98%; Jianping has 2%")


def test_zones_without_a_figure_are_named(data):
    assert "No figure: Jianping and Kazuo" in alt(charts.ranking(ranked(amounts(4, None, None)), CAPITAL, data))
    assert charts.ranking(ranked(amounts(None, None)), CAPITAL, data) == Passage()


# --- bars


def test_bars_and_their_labels_stay_on_the_sheet():
    row = [
        bars.bar("a", point(40), "%", "forty per cent of a long label"),
        bars.bar("b", point(-30), "%", "less than nothing"),
        bars.bar("c", Quantity(10, None, "%"), "%", "at least 10"),
    ]
    scale = bars.fitting(row, 1.0, 6.0, labels=True)
    assert scale(40) + bars.GAP + lettering.inches(row[0].label) == pytest.approx(6.0)
    assert scale(-30) - bars.GAP - lettering.inches(row[1].label) == pytest.approx(1.0)
    assert scale(10) + bars.OPEN + bars.GAP + lettering.inches(row[2].label) < 6.0


@pytest.mark.parametrize(
    ("q", "certain", "possible"),
    [
        (point(4), 4, (4, 4)),
        (Quantity(3, 5, "%"), 3, (3, 5)),
        (Quantity(-5, -3, "%"), -3, (-5, -3)),
        (Quantity(-2, 3, "%"), 0, (-2, 3)),
        (Quantity(0, 3, "%"), 0, (0, 3)),
        (Quantity(3, None, "%"), 3, (3, 3)),
        (Quantity(None, -3, "%"), -3, (-3, -3)),
    ],
)
def test_a_bar_is_solid_as_far_as_it_is_certain(q, certain, possible):
    bar = bars.bar("a", q, "%", "")
    assert bar.certain == certain and bar.possible == possible


@pytest.mark.parametrize("name", ["a" * 300, "开发区" * 60, "one two three " * 20])
def test_long_names_are_broken_and_cut(name):
    lines = lettering.wrapped(name, 1.75).split("\n")
    assert (
        len(lines) == 2
        and lines[1].endswith("…")
        and all(lettering.inches(line, lettering.NAME) < 1.9 for line in lines)
    )


# --- growth


def test_growth_of_all_who_contributed_most_and_who_fell(data):
    table = grown([point(12), point(8), point(-5)], [point(3, POINTS), point(2, POINTS), point(-1, POINTS)], point(4))
    chart = charts.growth(table, OUTPUT, data, period="2024", against="2023")
    assert chart.anchor == f"fig-growth-{OUTPUT}"
    assert chart.plain == (
        "Above-scale industrial output, 2024 against 2023: all zones together grew by 4%; among the three zones whose "
        "growth is known, Beipiao contributed most, +3 percentage points; Kazuo fell"
    )
    assert "Kazuo: −5%, −1 percentage points" in alt(chart) and "No figure: Lingyuan" in alt(chart)


@pytest.mark.parametrize(
    ("rates", "points", "every", "said"),
    [
        ([point(-2), point(-6)], [point(-1, POINTS), point(-4, POINTS)], point(-5), "fell by 5%; among the two zones "),
        ([point(-2), point(-6)], [point(-1, POINTS), point(-4, POINTS)], point(-5), "Jianping weighed on it most, −4 "),
        ([point(7)], [None], None, "Annual output value: Beipiao grew by 7%"),
        ([point(0)], [None], None, "Beipiao neither grew nor fell"),
        ([Quantity(-1, 2, "%")], [None], None, "the bounds leave open whether Beipiao grew"),
        ([Quantity(-1, 2, "%"), point(1)], [None] * 2, None, "leave open which of Beipiao and Jianping grew fastest"),
        ([point(3), point(3)], [None] * 2, None, "Beipiao and Jianping grew fastest, by 3% each"),
        ([point(3), point(1)], [Quantity(1, 4, POINTS), point(2, POINTS)], None, "which of Beipiao and Jianping contr"),
    ],
)
def test_falling_open_and_single_growth(rates, points, every, said, data):
    assert said in charts.growth(grown(rates, points, every), "output_value", data).plain


def test_contributions_of_all_zones_follow_one_another_up_to_the_growth_of_all(data):
    points = [3, 2, 1, F(1, 2), 0, -1, F(-1, 2)]
    table = grown([point(1)] * 7, [point(p, POINTS) for p in points], point(5))
    # a line leads from each contribution but the first to the one above it, and to none where one is missing
    steps = [
        str(drawn(charts.growth(t, OUTPUT, data))[0]).count("LineCollection") for t in (table, table.drop("kazuo"))
    ]
    assert steps[0] - steps[1] == 6


def test_without_any_growth_there_is_no_chart(data):
    assert charts.growth(grown([None], [None]), OUTPUT, data) == Passage()


# --- through time


def test_zones_through_time_count_what_certainly_rose_and_fell(data):
    table = followed(
        *(("beipiao", str(year), point(year - 2000, "item")) for year in (2022, 2023, 2024)),
        *(("jianping", str(year), point(2030 - year, "item")) for year in (2022, 2023, 2024)),
        *(("kazuo", str(year), Quantity(year - 2000, None, "item")) for year in (2022, 2024)),
        ("beipiao", "2025-01/2025-05", point(1, "item")),  # five months are not drawn with years
    )
    chart = charts.zones_through_time(table, "firms", data)
    assert chart.anchor == "fig-zones-firms"
    assert chart.plain == "Resident firms, 2022 to 2024: up in one of the three zones compared, down in one"
    assert "Kazuo: 2022 at least 22, 2024 at least 24" in alt(chart) and "May" not in alt(chart)


def test_a_single_zone_through_time(data):
    table = followed(*(("beipiao", str(year), point(year - 2000, "item")) for year in (2022, 2023, 2024)))
    assert "Beipiao rose from 22 to 24" in charts.zones_through_time(table, "firms", data).plain


def test_two_years_make_no_series(data):
    table = followed(*(("beipiao", str(year), point(5, "item")) for year in (2023, 2024)), ("kazuo", "2024-05", None))
    assert charts.zones_through_time(table, "firms", data) == Passage()
    assert charts.zones_through_time(followed(), "firms", data) == Passage()


# --- concentration


def concentrations(*rows):
    return pd.DataFrame(rows, index=[OUTPUT, CAPITAL, "jobs"][: len(rows)], columns=["hhi", "cr1", "cr3"], dtype=object)


def test_the_most_and_the_least_concentrated_indicator(data):
    table = concentrations((point("0.2", "1"), point(30), point(70)), (Quantity(F("0.9"), F("0.95")), point(96), None))
    chart = charts.concentration(table, data)
    assert chart.anchor == "fig-concentration"
    assert chart.plain == (
        "Concentration is highest in Foreign capital in actual use, with an index of 0.9–0.95; its largest zone holds "
        "96%; it is lowest in Above-scale industrial output, at 0.2"
    )
    assert "Above-scale industrial output: 0.2, largest zone 30%, three largest 70%" in alt(chart)


def test_concentration_of_one_indicator_and_of_overlapping_ones(data):
    one = charts.concentration(concentrations((point("0.2", "1"), point(30), None)), data).plain
    assert one.endswith(
        "the concentration index is 0.2, on a scale from 0.143 for equal zones to 1; its largest zone holds 30%"
    )
    both = concentrations((Quantity(F("0.2"), F("0.5")), None, None), (point("0.4", "1"), None, None))
    assert charts.concentration(both, data).plain == (
        "The bounds leave open which of Above-scale industrial output and Foreign capital in actual use is the most "
        "concentrated"
    )
    assert charts.concentration(concentrations((None, None, None)), data) == Passage()


# --- both editions

CHARTS = {
    "ranking": lambda data: charts.ranking(
        ranked([point(4, "USD"), Quantity(1, None, "USD"), Quantity(None, -3, "USD"), None], [60, None, None, None]),
        CAPITAL,
        data,
        period="2025-01/2025-05",
    ),
    "growth": lambda data: charts.growth(
        grown([point(3), Quantity(-1, 2, "%"), None], [point(1, POINTS), None, point(0, POINTS)], point(2)),
        OUTPUT,
        data,
        period="2025",
        against="2024",
    ),
    "through time": lambda data: charts.zones_through_time(
        followed(*((zone, str(2020 + i), Quantity(i, i + 2, "CNY")) for i in range(4) for zone in ZONES[:5])),
        OUTPUT,
        data,
    ),
    "concentration": lambda data: charts.concentration(
        concentrations(
            (Quantity(None, None), None, None), (Quantity(0, None), None, None), (point(1, "1"), None, None)
        ),
        data,
    ),
}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", CHARTS)
def test_both_editions_draw_every_chart_without_a_gap_in_its_words(name, code, data):
    os.environ["ANALYSIS_LANGUAGE"] = code
    chart = CHARTS[name](data)
    words = " ".join([chart.plain, alt(chart), *(value.printed for value in chart.values)])
    assert not re.search(r"\bnan\b|NaN|None|[{}]|\binf\b", words) and not re.search(r"\b(nan|inf)\b", str(chart.body))
    # the same data give the same bytes
    assert str(chart.body) == str(CHARTS[name](data).body)
