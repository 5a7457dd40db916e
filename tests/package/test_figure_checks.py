"""Indicators and single figures: kinds with their columns, signs, units, currencies, the same period written twice."""

import pytest
from spoiled import add, add_unit, faults, indicate, only, records, spoil

from analysis.model.loading import load as model_load
from analysis.package.dataset import load
from analysis.wording import text


def publish(folder, indicator, figure, unit, period="2024", subject="kazuo", qualifier="exact", status="realised"):
    """Add a figure; an open bound is an empty end of ``figure``, as in "5:"."""
    low, _, high = figure.partition(":")
    bounds = f"{low},{high if ':' in figure else low}"
    add(folder, f"{subject},{indicator},{period},{bounds},{qualifier},{status},{unit},article,lead/1,")


# kinds and their columns


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        (
            {"kind": "share", "unit": "%", "share_of": "outside_capital"},
            "base",
            "of a share: expected group, county, city",
        ),
        ({"kind": "share", "unit": "%", "base": "town"}, "base", "or an id of indicators.csv"),
        ({"kind": "share", "unit": "%", "base": "year_earlier"}, "base", "of a share"),
        (
            {"kind": "rate", "unit": "%", "growth_of": "outside_capital"},
            "base",
            "year_earlier or year_earlier_real or period_before",
        ),
        (
            {"kind": "rate", "unit": "%", "base": "city"},
            "base",
            "of a rate: expected year_earlier or year_earlier_real",
        ),
        ({"kind": "count", "unit": "item", "counts": "assessment_rank"}, "within", "counts and within go together"),
        ({"kind": "count", "unit": "item", "within": "30"}, "counts", "counts and within go together"),
        ({"kind": "amount", "unit": "CNY", "base": "city"}, "base", "fits the kinds share, rate only"),
        ({"kind": "amount", "unit": "CNY", "share_of": "firms"}, "share_of", "fits the kinds share only"),
        ({"kind": "stock", "unit": "CNY", "cumulative": "true"}, "cumulative", "fits the kinds amount only"),
        (
            {"kind": "count", "unit": "item", "signed": "true"},
            "signed",
            "fits the kinds amount, stock, ratio, rate only",
        ),
        ({"kind": "stock", "unit": "CNY", "growth_of": "firms"}, "growth_of", "fits the kinds rate only"),
        (
            {"kind": "share", "unit": "%", "base": "city", "target_of": "firms"},
            "target_of",
            "fits the kinds amount, stock",
        ),
        ({"kind": "amount", "unit": "CNY", "ranked_among": "firms"}, "ranked_among", "fits the kinds rank only"),
        ({"kind": "amount", "unit": "CNY", "group": "cheese"}, "group", "expected one of assessment, shares"),
        ({"kind": "flow", "unit": "CNY"}, "kind", "expected one of amount, stock, count, share, rate, rank, ratio"),
        ({"kind": "amount", "unit": "CNY", "better": "most"}, "better", "expected one of more, less, none"),
        ({"kind": "amount", "unit": "CNY", "headline": "first"}, "headline", "expected a number alone"),
    ],
)
def test_a_column_fits_the_kind_and_a_kind_has_its_columns(copy, cells, column, expected):
    """A share of nobody's total and a growth against nothing are figures that nothing can be said of."""
    indicate(copy, "x", **cells)
    only(copy, f"indicators.csv, row 57, column {column}", expected)


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        (
            {"kind": "share", "unit": "%", "base": "city", "share_of": "assessment_rank"},
            "share_of",
            "assessment_rank is a rank",
        ),
        (
            {"kind": "rate", "unit": "%", "base": "year_earlier", "growth_of": "assessment_rank"},
            "growth_of",
            "is a rank",
        ),
        (
            {"kind": "count", "unit": "item", "counts": "firms", "within": "3"},
            "counts",
            "firms is a count; expected a rank",
        ),
        ({"kind": "rank", "unit": "1", "ranked_among": "roads"}, "ranked_among", "roads is a stock; expected a count"),
        ({"kind": "amount", "unit": "CNY", "target_of": "firms"}, "target_of", "firms is in item, this one in CNY"),
        ({"kind": "count", "unit": "item", "part_of": "jobs"}, "part_of", "jobs is in person, this one in item"),
        ({"kind": "count", "unit": "item", "part_of": "x"}, "part_of", "an indicator is no part of itself"),
        (
            {"kind": "share", "unit": "%", "share_of": "outside_capital", "base": "foreign_capital"},
            "base",
            "outside_capital is in CNY, foreign_capital in USD; expected one unit",
        ),
    ],
)
def test_what_an_indicator_names_fits_it(copy, cells, column, expected):
    indicate(copy, "x", **cells)
    only(copy, f"indicators.csv, row 57, column {column}", expected)


@pytest.mark.parametrize(
    ("universe", "reference", "expected"),
    [
        ("above_scale", "fixed_assets_of_places", "covers all, this one above_scale; a quotient needs one universe"),
        ("above_scale", "firms", "covers what is not said, this one above_scale"),
        ("", "above_scale_output", "covers above_scale, this one what is not said"),
        ("", "firms", "covers what is not said, this one what is not said"),
    ],
)
def test_a_reference_covers_the_same(copy, universe, reference, expected):
    """Investment of all sectors over output of large firms alone is a quotient of nothing."""
    indicate(copy, "x", "amount", "CNY", universe=universe, reference=reference)
    only(copy, "column reference", expected)


def test_a_part_of_a_part_of_itself_is_refused_for_each(copy):
    indicate(copy, "x", "count", "item", part_of="y")
    indicate(copy, "y", "count", "item", part_of="z")
    indicate(copy, "z", "count", "item", part_of="x")
    lines = faults(copy).splitlines()
    assert len(lines) == 3 and all("an indicator is no part of itself" in line for line in lines)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"role": "output_value", "kind": "amount", "unit": "CNY"},
            "in the role output_value expected a unit such as CNY/",
        ),
        ({"role": "investment", "kind": "stock", "unit": "mu"}, "in the role investment expected a unit such as CNY"),
        ({"role": "site_area", "kind": "stock", "unit": "m"}, "in the role site_area expected a unit such as m^2"),
        ({"role": "jobs", "kind": "count", "unit": "item"}, "in the role jobs expected a unit such as person"),
        ({"kind": "share", "unit": "1", "base": "city"}, "the unit of a share is %"),
        ({"kind": "rate", "unit": "percentage_point", "base": "year_earlier"}, "the unit of a rate is %"),
        ({"kind": "rank", "unit": "item"}, "the unit of a rank is 1"),
        (
            {"kind": "count", "unit": "CNY"},
            "a count is of whole things, such as item or person; expected the kind stock",
        ),
    ],
)
def test_a_unit_fits_role_and_kind(copy, cells, expected):
    """Output in CNY instead of CNY a year passed here, and the build died of it."""
    indicate(copy, "x", **cells)
    only(copy, "indicators.csv, row 57, column unit", expected)


@pytest.mark.parametrize(
    "cells",
    [
        {"role": "output_value", "kind": "amount", "unit": "USD/year"},
        {"role": "output_value", "kind": "amount", "unit": "1e8 CNY/year"},
        {"role": "investment", "kind": "stock", "unit": "1e8 CNY"},
        {"role": "site_area", "kind": "stock", "unit": "hectare"},
        {"kind": "ratio", "unit": "CNY/person"},
        {"kind": "share", "unit": "%", "share_of": "outside_capital", "base": "above_scale_output"},
    ],
)
def test_any_currency_and_any_multiple_fits_a_role(copy, cells):
    indicate(copy, "x", **cells)
    load(copy)


def test_an_indicator_in_hundreds_of_millions_gives_no_false_fault(copy):
    spoil(
        copy,
        "total_investment,project,investment,stock,CNY",
        "total_investment,project,investment,stock,1e8 CNY",
        "indicators.csv",
    )
    assert load(copy).value("tongxin-slag", "total_investment").to("CNY").value == 1_820_000_000


@pytest.mark.parametrize("power", ["1e4", "1e8"])
def test_the_power_of_ten_of_an_indicators_unit_is_no_fault_of_its_figures(copy, power):
    """248 firms are a whole number of firms, whatever they are told in; a part in yuan is below a whole in 亿元."""
    path = copy / "indicators.csv"
    heading, *rows = records(path)
    unit = heading.index("unit")
    given = {row[0]: row[unit] for row in rows}
    assert {"item", "person", "CNY", "t/year"} <= {*given.values()}
    for of in {*given.values()} - {"%", "1"}:
        path.write_text(path.read_text("utf-8").replace(f",{of},", f",{power} {of},"), "utf-8")
    assert model_load(copy).quantities == load(copy).quantities
    assert dict(load(copy).indicators["unit"]) == given


def test_what_is_added_is_in_one_unit(copy):
    """Half a hectare is not above five mu, though 0.5 is below 5: the model compares what stands there."""
    indicate(copy, "whole", "stock", "hectare")
    indicate(copy, "x", "stock", "mu", part_of="whole")
    only(copy, "indicators.csv, row 58, column part_of", "whole is in hectare, this one in mu; expected one unit")


@pytest.mark.parametrize("unit", ["%", "percentage_point", "1", "CNY/mu", "CNY/(mu year)"])
@pytest.mark.parametrize("kind", ["amount", "stock"])
def test_what_does_not_add_up_is_no_amount(copy, kind, unit):
    """Zones' yields per mu would be added up to one of all zones."""
    indicate(copy, "x", kind, unit)
    only(copy, f"a {kind} adds up, which {unit} does not")


# signs


def test_a_negative_figure_stands_where_the_indicator_allows_it(copy):
    """Foreign capital can be withdrawn."""
    publish(copy, "foreign_capital", "-1200", "万美元")
    publish(copy, "foreign_capital", "-5:3", "亿美元", "2023", qualifier="range")
    data = load(copy)
    assert data.value("kazuo", "foreign_capital", "2024").to("USD").value == -12_000_000
    assert text(data.value("kazuo", "foreign_capital", "2024")) == "USD −12 million"


def test_an_open_figure_of_a_signed_indicator_has_no_floor(copy):
    publish(copy, "foreign_capital", ":3", "亿美元", qualifier="up_to")
    publish(copy, "outside_capital", ":3", "亿元", qualifier="up_to")
    data = load(copy)
    assert data.value("kazuo", "foreign_capital").low is None
    assert data.value("kazuo", "outside_capital").low == 0


def test_a_rate_may_be_negative(copy):
    indicate(copy, "x", "rate", "%", growth_of="outside_capital", base="year_earlier")
    publish(copy, "x", "-12.5", "%")
    publish(copy, "x", ":3", "%", "2023", qualifier="up_to")
    data = load(copy)
    assert text(data.value("kazuo", "x", "2024")) == "−12.5%"
    assert data.value("kazuo", "x", "2023").low is None


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [("outside_capital", "亿元"), ("firms", "家"), ("share_outside_capital", "%"), ("roads", "公里")],
)
def test_all_else_is_not_negative(copy, indicator, unit):
    publish(copy, indicator, "-1", unit, "2023")
    only(copy, "column low: '-1'", "expected 0 or more", "set signed in indicators.csv")


def test_what_is_counted_is_whole(copy):
    publish(copy, "firms", "2.5", "家", "2023")
    only(copy, "expected a whole number of them")


def test_ten_thousands_of_people_are_whole(copy):
    publish(copy, "jobs", "1.25", "万人", "2023")
    assert load(copy).value("kazuo", "jobs").to("person").value == 12_500


def test_half_a_person_in_ten_thousands_is_refused(copy):
    publish(copy, "jobs", "1.00005", "万人", "2023")
    only(copy, "'1.00005': expected a whole number of them")


def test_a_share_of_a_plan_may_be_above_all_of_it(copy):
    """It is of a place's total that no part exceeds the whole."""
    indicate(copy, "target", "amount", "CNY", target_of="outside_capital")
    indicate(copy, "fulfilment", "share", "%", share_of="outside_capital", base="target")
    publish(copy, "fulfilment", "112.5", "%")
    load(copy)
    publish(copy, "share_outside_capital", "112.5", "%")
    only(copy, "a share lies between 0 and 100 %")


# one period, two spellings


@pytest.mark.parametrize(
    ("indicator", "unit", "first", "second"),
    [
        ("outside_capital", "亿元", "2024", "2024-01/2024-12"),
        ("outside_capital", "亿元", "2024-01/2024-12", "2024"),
        ("outside_capital", "亿元", "2023/2024", "2023-01/2024-12"),
        ("firms", "家", "2024", "2024-12"),
        ("firms", "家", "2024-12", "2024-01/2024-12"),
    ],
)
def test_a_period_written_otherwise_is_the_same(copy, indicator, unit, first, second):
    """The book would print a change from a figure to itself, and count it twice. What stands at a time, as firms do,
    is that of the period's end."""
    publish(copy, indicator, "5", unit, first)
    publish(copy, indicator, "6", unit, second)
    only(copy, "row 87, column period", f"is the period {first} of row 86, written otherwise; keep one row")


def test_however_a_period_is_written_its_figure_stands_once(copy):
    publish(copy, "outside_capital", "5", "亿元", "2025年1-5月")
    publish(copy, "outside_capital", "6", "亿元", "2025年前5个月")
    only(copy, "row 87, column subject", "2025-01/2025-05", "stands in row 86 already")


def test_a_year_and_its_last_month_are_two_flows(copy):
    publish(copy, "outside_capital", "50", "亿元", "2024")
    publish(copy, "outside_capital", "5", "亿元", "2024-12")
    data = load(copy)
    assert data.periods("kazuo", "outside_capital") == ["2024-12", "2024"]
    assert data.value("kazuo", "outside_capital", "2024-01/2024-12").value == 50
    assert data.value("kazuo", "outside_capital", "2024-12/2024-12").value == 5
    assert data.value("kazuo", "outside_capital", "2023") is None


# units and currencies


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        ("outside_capital", "亿美元", "does not fit the indicator outside_capital (CNY); fitting: 亿元, 万元, 元"),
        ("foreign_capital", "亿元", "does not fit the indicator foreign_capital (USD); fitting: 亿美元, 万美元, 美元"),
        ("foreign_capital", "亿港元", "a figure in HKD needs an indicator in HKD, as currencies are not converted"),
        ("outside_capital", "亿元/年", "fitting: 亿元, 万元, 元"),
        ("roads", "亩", "does not fit the indicator roads (km); fitting: 公里"),
        ("firms", "人", "does not fit the indicator firms (item); fitting: 家, 个"),
    ],
)
def test_currencies_and_kinds_of_units_never_mix(copy, indicator, unit, expected):
    """A rate of exchange is nobody's published figure."""
    publish(copy, indicator, "3", unit, "2023")
    only(copy, "row 86, column unit", expected)


def test_a_threshold_is_in_a_unit_of_its_indicator(copy):
    """200 meant as hundred millions was read as 200 yuan."""
    spoil(copy, "at_least,60,%,", "at_least,60,亿元,", "claims.csv")
    only(copy, "claims.csv, row 3, column unit: '亿元'", "does not fit the indicator share_fixed_asset_investment (%)")


def test_a_unit_of_the_descriptor_alone_works_from_cell_to_print(copy, monkeypatch):
    """No code knows it."""
    add_unit(
        copy,
        "万标准箱",
        "1e4 twenty_foot_container",
        twenty_foot_container={
            "is": "[twenty_foot_container]",
            "en": "{n} TEU",
            "zh": "{n}标准箱",
            "per_en": " per TEU",
            "per_zh": "/标准箱",
            "whole": True,
        },
    )
    add_unit(copy, "元/标准箱", "CNY/twenty_foot_container")
    indicate(copy, "boxes", "amount", "twenty_foot_container", cumulative="true")
    indicate(copy, "fee", "ratio", "CNY/twenty_foot_container")
    publish(copy, "boxes", "12.5", "万标准箱")
    publish(copy, "fee", "300", "元/标准箱")
    data = load(copy)
    boxes, fee = data.value("kazuo", "boxes"), data.value("kazuo", "fee")
    assert boxes.to("twenty_foot_container").value == 125_000
    revenue = (boxes * fee).to("CNY")
    assert revenue.value == 37_500_000
    assert [text(q) for q in (boxes, fee, revenue)] == ["125,000 TEU", "CNY 300 per TEU", "CNY 37.5 million"]
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "zh")
    assert [text(q) for q in (boxes, fee, revenue)] == ["12.5万标准箱", "300元/标准箱", "3750万元"]
    publish(copy, "boxes", "0.00005", "万标准箱", "2023")
    only(copy, "expected a whole number of them")


@pytest.mark.parametrize(
    ("kind", "unit", "printed", "figure", "english", "chinese"),
    [
        ("count", "household", "户", "1234", "1,234 households", "1234户"),
        ("amount", "kilowatt_hour", "千瓦时", "250", "250 kWh", "250千瓦时"),
        ("amount", "kilowatt_hour", "亿千瓦时", "3.6", "360 million kWh", "3.6亿千瓦时"),
        ("stock", "hectare", "公顷", "596.44", "596.44 ha", "596.44公顷"),
        ("stock", "mu", "公顷", "596.44", "596.44 ha", "596.44公顷"),
        ("stock", "m^2", "平方公里", "12.5", "12.5 km²", "12.5平方公里"),
        ("stock", "mu", "万亩", "1.2", "12,000 mu", "1.2万亩"),
        ("count", "person", "万人", "3.2", "32,000 people", "3.2万人"),
        ("amount", "USD", "亿美元", "-1.5", "USD −150 million", "−1.5亿美元"),
        ("amount", "HKD", "亿港元", "2", "HKD 200 million", "2亿港元"),
        ("stock", "tonne_coal_equivalent", "吨标准煤", "80", "80 tonnes of coal equivalent", "80吨标准煤"),
    ],
)
def test_units_print_as_readers_expect(copy, monkeypatch, kind, unit, printed, figure, english, chinese):
    """596.44 ha were printed as 5.9644 million m²."""
    indicate(copy, "x", kind, unit, signed="true" if figure.startswith("-") else "")
    publish(copy, "x", figure, printed)
    value = load(copy).value("kazuo", "x")
    assert text(value) == english
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "zh")
    assert text(value) == chinese


def test_a_unit_that_the_descriptor_lacks_is_refused_with_those_that_it_has(copy):
    publish(copy, "roads", "3", "里", "2023")
    only(copy, "column unit: '里'", "expected one of", "公里")
