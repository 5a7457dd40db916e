"""Print: a bound that loses its word, or is rounded the wrong way, is a wrong figure."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import wording
from analysis.quantity import Quantity
from analysis.wording import Prose, numbers, text


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("tongxin-slag.total_investment.2025-07", "CNY 1.82 billion"),
        ("hongfa-broilers.jobs.2025-07", "over 1,500 people"),
        ("tuobituo-feed.induced_jobs.2025-07", "at least 100 people"),
        ("tuobituo-feed.output_value.2025-07", "CNY 670 million a year"),
        ("hongfa-broilers.birds_per_day.2025-07", "300,000–330,000 birds a day"),
        ("hongfa-broilers.floor_area.2020", "57,000 m²"),
        ("all-zones.share_above_scale_output.2024", "89.07%"),
        ("tongxin-slag.site_area.2025-07", "382.88 mu"),
    ],
)
def test_a_published_figure_is_printed_in_full_with_its_qualifier(data, key, printed):
    assert text(data.quantities[key]) == printed


def test_nothing_known_is_said_in_words():
    assert text(None) == "not published"
    assert text(Quantity(0, None, low_strict=True)) == "no bound"
    assert text(Quantity(5, 5, "mu", approximate=True)) == "about 5 mu"


@pytest.mark.parametrize(
    ("unit", "english", "chinese"),
    [
        ("CNY/mu/year", "CNY 2 per mu a year", "2元/（亩·年）"),
        ("CNY/hectare", "CNY 2 per hectare", "2元/公顷"),
        ("person/(1e8 CNY)", "2 people per CNY 100 million", "2人/亿元"),
        ("t/USD", "2 tonnes per USD", "2吨/美元"),
        ("kilowatt_hour/(1e4 CNY)", "2 kWh per CNY 10,000", "2千瓦时/万元"),
        ("household/km^2", "2 households per km²", "2户/平方公里"),
        ("percentage_point", "2 percentage points", "2个百分点"),
    ],
)
def test_units_below_a_fraction_are_words_too(monkeypatch, unit, english, chinese):
    assert text(Quantity.point(2, unit)) == english
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "zh")
    assert text(Quantity.point(2, unit)) == chinese


def test_rounding_never_makes_a_bound_tighter():
    # 200/3 = 66.67: a lower bound of 66.7 would be a claim that nobody made
    assert text(Quantity(F(200, 3), None, "day", formula="x")) == "at least 66.6 days"
    assert text(Quantity(0, F(200, 3), "day", formula="x")) == "up to 66.7 days"
    # 10,000/33 = 303.03 and 10,000/30 = 333.33
    assert text(Quantity(F(10000, 33), F(10000, 30), "day", formula="x")) == "303–334 days"


@given(st.fractions(min_value=F(1, 10**6), max_value=10**12))
def test_printed_lower_bounds_are_never_above_and_upper_never_below(value):
    down = F(str(numbers.digits(value, "down", exact=False)))
    up = F(str(numbers.digits(value, "up", exact=False)))
    assert down <= value <= up
    assert up - down <= value / 100


def test_periods_and_places_in_words(data):
    assert wording.period("2024") == "2024"
    assert wording.period("2025-01/2025-05") == "January–May 2025"
    assert (
        wording.locator(data, "lead/2; card-tongxin/title")
        == "newspaper page, Lead ¶ 2; Projects under construction: Tongxin, heading"
    )
    both = wording.locator(data, "lead/1; s217012")
    assert both == "newspaper page, Lead ¶ 1; national catalogue, No. 319 (S217012)"


def test_a_figure_in_a_sentence_names_its_row_and_what_is_printed_there(data):
    html = Prose(data)(data.value("tongxin-slag", "total_investment"))._repr_html_()
    assert 'href="data.html#row-tongxin-slag.total_investment.2025-07"' in html
    assert "18.2 亿元, July 2025, newspaper page, Projects under construction: Tongxin ¶ 1" in html


def test_english_gives_the_chinese_name_at_first_mention(data):
    assert wording.name(data, "beipiao", first=True) == "Beipiao (北票)"
    assert wording.name(data, "beipiao") == "Beipiao"


def test_chinese_customs(data, monkeypatch):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "zh")
    assert "18.2亿" in text(data.value("tongxin-slag", "total_investment"))
    assert wording.period("2025-01/2025-05") == "2025年1—5月"
    assert wording.name(data, "beipiao", first=True) == "北票"
