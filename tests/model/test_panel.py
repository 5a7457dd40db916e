"""What does not belong together cannot be put together: faults that were seen, each with its right value."""

import shutil
from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import city, claims, economics, growth, load, projects
from analysis.analyses import headlines
from analysis.analyses.findings import findings_of
from analysis.model.panel import before, panel, together
from analysis.model.zones import zones
from analysis.package.faults import DataFaults
from analysis.package.periods import span
from analysis.quantity import highest


def rows(folder):
    return (folder / "observations.csv").read_text("utf-8").splitlines()


def write(folder, lines):
    (folder / "observations.csv").write_text("\n".join(lines) + "\n", "utf-8")


def add(folder, *lines):
    write(folder, [*rows(folder), *lines])


def restate(folder, old, new):
    text = "\n".join(rows(folder)) + "\n"
    assert old in text
    (folder / "observations.csv").write_text(text.replace(old, new), "utf-8")


# ---- units are never compared as bare numbers


def test_the_largest_sum_is_the_largest_whatever_unit_it_is_written_in(copy):
    restate(
        copy,
        "tongxin-slag,total_investment,2025-07,18.2,18.2,exact,planned,亿元",
        "tongxin-slag,total_investment,2025-07,182000,182000,exact,planned,万元",
    )
    data = load(copy)
    assert highest(projects.pipeline(data)["investment"]) == "zhongke-cluster"  # CNY 7 billion
    assert projects.pipeline(data)["investment"]["tongxin-slag"].to("CNY").value == 1_820_000_000


def test_ninety_thousand_square_metres_rank_below_a_million_and_a_half(copy):
    add(copy, "kazuo,green_area,2025-07,90000,90000,exact,realised,平方米,article,kazuo/2,,")
    found = zones(load(copy), "green_area")
    assert highest(found.published.values) == "beipiao"
    assert {q.unit for q in found.published.values.values()} == {"m^2"}


def test_a_series_in_two_units_has_no_jump(copy):
    add(copy, "beipiao,green_area,2024-07,1400000,1400000,exact,realised,平方米,article,beipiao/7,,")
    table = growth.series(load(copy), "green_area", "beipiao")
    # 1.5 million m² − 1.4 million m²
    assert table["change"].iloc[-1].to("m^2").value == 100_000


# ---- ranks stand over the number ranked in their own year


def test_ranks_of_2024_are_not_divided_by_the_number_of_2025(copy):
    sources = (copy / "sources.csv").read_text("utf-8").replace(",2025-07,", ",2026-07,")
    (copy / "sources.csv").write_text(sources, "utf-8")
    add(
        copy,
        "liaoning,provincial_zones,2025,80,80,exact,realised,家,article,lead/1,,",
        "beipiao,assessment_rank,2025,4,4,exact,realised,位,article,lead/1,,",
    )
    data = load(copy)
    table = city.ranks(data, "assessment_rank")
    # (84 − 8) / 84 = 90.5 %, (84 − 9) / 84 = 89.3 %
    assert table.at["jianping", "percentile"].value == F(7600, 84)
    assert table.at["kazuo", "percentile"].value == F(7500, 84)
    assert {q.value for q in table["of"]} == {84}


# ---- a statement is judged by its own period


def test_a_later_pair_does_not_judge_the_statement_on_104_at_43_5(copy):
    sources = (copy / "sources.csv").read_text("utf-8").replace(",2025-07,", ",2026-07,")
    (copy / "sources.csv").write_text(sources, "utf-8")
    add(
        copy,
        "all-zones,projects_signed,2026-01/2026-05,118,118,exact,realised,个,article,lead/2,,",
        "all-zones,share_projects_signed,2026-01/2026-05,41.7,41.7,exact,realised,%,article,lead/2,,",
    )
    verdict = claims.verdicts(load(copy)).loc["signed-share"]
    assert verdict["verdict"] == "consistent" and verdict["figures"][-1].value == 239


def test_days_of_operation_are_those_of_the_statements_time(copy):
    sources = (copy / "sources.csv").read_text("utf-8").replace(",2025-07,", ",2026-07,")
    (copy / "sources.csv").write_text(sources, "utf-8")
    add(copy, "hongfa-broilers,birds_per_day,2026-07,10,10,exact,realised,万只/日,article,card-hongfa/2,,")
    verdict = claims.verdicts(load(copy)).loc["hundred-million-birds"]
    # 100 million / 330,000 to 300,000 a day, not 1,000 days at 100,000
    assert (verdict["figures"][0].low, verdict["figures"][0].high) == (F(10000, 33), F(10000, 30))


# ---- spans: five months are not held against twelve


def test_change_is_against_the_same_months_a_year_earlier(copy):
    add(
        copy,
        "all-zones,projects_signed,2024-01/2024-05,96,96,exact,realised,个,article,lead/2,,",
        "all-zones,projects_signed,2024,260,260,exact,realised,个,article,lead/2,,",
        "all-zones,projects_signed,2024-08/2024-12,150,150,exact,realised,个,article,lead/2,,",
    )
    data = load(copy)
    now = panel(data, "projects_signed", ["all-zones"], span("2025-01/2025-05"))
    assert before(data, now).span == span("2024-01/2024-05")
    assert growth.latest_change(data, "projects_signed", "all-zones").value == 8  # 104 − 96
    assert growth.series(data, "projects_signed", "all-zones")["against"].iloc[-1] == "2024-01/2024-05"


def test_one_year_written_twice_is_one_span():
    assert span("2024") == span("2024-01/2024-12") and span("2025-07") == span("2025-07/2025-07")


def test_a_best_result_is_held_against_spans_of_its_length_alone(copy):
    add(copy, "all-zones,zones_in_top_30,2023,7,7,exact,realised,家,article,lead/1,,")
    assert claims.verdicts(load(copy))["verdict"]["best-result-ever"] == "contradicted"


def test_figures_of_one_span_and_status_go_together(data):
    assert together(data, ("all-zones", "share_projects_signed"), ("all-zones", "share_above_scale_output")) is None
    pair = together(data, ("all-zones", "projects_signed"), ("all-zones", "share_projects_signed"))
    assert [q.value for q in pair] == [104, F("43.5")]


def test_figures_of_another_period_are_named_not_dropped(copy):
    add(copy, "lingyuan,hightech_firms,2024-07,9,9,exact,realised,家,article,chain/3,,")
    now = panel(load(copy), "hightech_firms", ["beipiao", "kazuo", "lingyuan"])
    assert set(now.values) == {"beipiao", "kazuo"}
    assert now.left_out == ("lingyuan.hightech_firms.2024-07",)


# ---- no finding moves when what it rests on does not


UNITS = {
    "亿元": ("万元", 10_000),
    "万元": ("亿元", F(1, 10_000)),
    "万平方米": ("平方米", 10_000),
    "万吨/年": ("吨/年", 10_000),
}


@pytest.fixture(scope="module")
def findings(data):
    return findings_of(data)


@settings(max_examples=25)
@given(seed=st.randoms(use_true_random=False))
def test_restating_reordering_and_other_periods_change_no_finding(data, findings, tmp_path_factory, seed):
    """Any figure in another unit, the rows in another order, any figure of another time that nothing compares."""
    folder = tmp_path_factory.mktemp("restated") / "data"
    shutil.copytree(data.folder, folder)
    head, *lines = rows(folder)
    seed.shuffle(lines)
    write(folder, [head, *(_restated(line, seed) for line in lines)])
    moved = findings_of(load(folder))
    assert moved.keys() == findings.keys()
    for key, old in findings.items():
        new = moved[key]
        if hasattr(old, "unit"):
            assert (new.to(old.unit).low, new.to(old.unit).high) == (old.low, old.high), key
        elif not isinstance(old, tuple):
            assert new == old, key


def _restated(line, seed):
    cells = line.split(",")
    if cells[7] in UNITS and seed.random() < 0.5:
        unit, by = UNITS[cells[7]]
        for i in (3, 4):
            if cells[i]:
                value = F(cells[i]) * by
                cells[i] = str(value.numerator) if value.denominator == 1 else format(float(value), "f").rstrip("0")
        cells[7] = unit
    return ",".join(cells)


@settings(max_examples=25)
@given(which=st.integers(0, 10_000))
def test_a_figure_of_long_ago_moves_no_finding_of_today(data, findings, tmp_path_factory, which):
    """It may add a change against it; what stood before stands."""
    folder = tmp_path_factory.mktemp("earlier") / "data"
    shutil.copytree(data.folder, folder)
    lines = rows(folder)
    cells = lines[1 + which % (len(lines) - 1)].split(",")
    cells[2] = {4: "2011", 7: "2011-03"}.get(len(cells[2]), "2011-01/2011-03")
    add(folder, ",".join(cells))
    moved = findings_of(load(folder))
    for key, old in findings.items():
        if hasattr(old, "unit"):
            assert (moved[key].low, moved[key].high) == (old.low, old.high), key


def test_headlines_are_those_that_the_data_mark(data):
    table = headlines.headlines(data)
    assert list(table.index)[:2] == ["share_above_scale_output", "share_fixed_asset_investment"]
    assert economics.on_land(data) == ("investment_per_mu", "output_per_mu")


def test_growth_at_constant_prices_is_not_held_against_amounts(fixtures, tmp_path):
    """Exports rose from 62.5 to 66; 9 % cannot be their growth in current prices, but may be in constant ones."""
    folder = Path(shutil.copytree(fixtures / "example-city", tmp_path / "data"))
    restate(folder, "exports_growth,2024,5.6,5.6", "exports_growth,2024,9,9")
    with pytest.raises(DataFaults, match="grown at the rate"):
        load(folder)
    indicators = (folder / "indicators.csv").read_text("utf-8")
    assert ",year_earlier," in indicators
    (folder / "indicators.csv").write_text(indicators.replace(",year_earlier,", ",year_earlier_real,"), "utf-8")
    load(folder)
