"""What changed between two editions; every expected figure is worked out by hand, in the comment beside it."""

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import wording
from analysis.__main__ import main
from analysis.analyses import changes, economics, growth
from analysis.exhibits import changes as news
from analysis.exhibits import tables
from analysis.model.loading import load
from analysis.package import revisions
from analysis.package.dataset import DataFaults, predecessor
from analysis.package.periods import in_order, span


def edit(folder, old, new, file="observations.csv"):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def drop(folder, start, file="observations.csv"):
    """Take out the one row that begins so."""
    path = folder / file
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), "utf-8")


def add(folder, file="observations.csv", **cells):
    """Append a row by column names; the other columns stay empty."""
    path = folder / file
    heading = path.read_text("utf-8").splitlines()[0].lstrip("\ufeff").split(",")
    with path.open("a", encoding="utf-8") as lines:
        lines.write(",".join(cells.get(column, "") for column in heading) + "\n")


def publish(folder, subject, indicator, period, value, unit):
    add(
        folder,
        subject=subject,
        indicator=indicator,
        period=period,
        low=value,
        high=value,
        qualifier="exact",
        status="realised",
        unit=unit,
        source="article",
        locator="lead/1",
    )


def moved(old, new):
    """Findings that moved: name -> (before, now)."""
    found = changes.findings(old, new)
    return dict(zip(found.index, zip(found["old"], found["new"], strict=True), strict=True))


OUTPUT = "all-zones.share_above_scale_output.2024"


def test_a_changed_share_moves_what_is_computed_from_it_and_nothing_else(data, copy):
    edit(copy, "89.07,89.07", "88.17,88.17")
    new = load(copy)
    figures = changes.published(data, new)
    assert list(figures.index) == [OUTPUT]
    assert figures.loc[OUTPUT, "change"] == "changed"
    assert (figures.loc[OUTPUT, "old"].value, figures.loc[OUTPUT, "new"].value) == (F("89.07"), F("88.17"))
    found = {key: (old.value, now.value) for key, (old, now) in moved(data, new).items()}
    # the rest: 100 - 89.07 and 100 - 88.17; 88.17 is at most 5 % below 90 as 89.07 is: "nearly nine tenths" stays
    # supported
    assert found == {"one-board.share_above_scale_output.remainder": (F("10.93"), F("11.83"))}


def test_a_zones_figure_moves_what_follows_for_it_for_the_others_and_for_all(copy, fixtures, tmp_path):
    level = shutil.copytree(fixtures / "zone-level", tmp_path / "level")
    old = load(level)
    edit(level, "airport,output,2024,19,19,", "airport,output,2024,20,20,")
    edit(level, "lakeside,output,2024,24,24,", "lakeside,output,2024,23,23,")
    found = {key: (old.value, now.value) for key, (old, now) in moved(old, load(level)).items()}
    # of 420; of 560; (19 - 15) / 15; 4 of 386; 4 of 34
    assert found["one-board.airport.output.share_of_group"] == (F(1900, 420), F(2000, 420))
    assert found["one-board.airport.output.share_of_city"] == (F(1900, 560), F(2000, 560))
    assert found["one-board.airport.output.growth"] == (F(400, 15), F(500, 15))
    assert found["one-board.airport.output.contribution_points"] == (F(400, 386), F(500, 386))
    assert found["one-board.airport.output.contribution_share"] == (F(400, 34), F(500, 34))
    # 24² + 19² = 937 and 23² + 20² = 929; the employment of both is as it was
    assert found["one-board.model-zones.output.hhi"] == (F(38042, 176400), F(38034, 176400))
    assert {key.split(".")[1] for key in found} == {"airport", "lakeside", "model-zones"}


def test_ranks_move_how_many_of_the_others_stand_in_a_band(data, copy):
    edit(copy, "all-zones,zones_in_top_30,2024,6,6", "all-zones,zones_in_top_30,2024,5,5")
    found = moved(data, load(copy))
    # three of the five have a printed rank: two of the other four are left for the ranks from 11 to 30
    bands = {key: tuple(q.value for q in pair) for key, pair in found.items() if key.endswith(".zones")}
    assert bands == {
        "one-board.all-zones.assessment_rank.11–30.zones": (3, 2),
        "one-board.all-zones.assessment_rank.31–.zones": (1, 2),
    }
    lines = repr(news.changes(load(copy), data)).splitlines()
    assert any("Rank in the provincial assessment · 11–30 · Zones without a published rank" in line for line in lines)


def test_a_share_that_leaves_its_threshold_changes_a_verdict(data, copy):
    # 84 is not within half a tenth below 90
    edit(copy, "89.07,89.07", "84,84")
    assert moved(data, load(copy))["claims.nearly-nine-tenths.verdict"] == ("supported", "contradicted")


def test_an_added_project_moves_the_counts_of_its_stage(data, copy):
    add(
        copy,
        "projects.csv",
        id="new-mill",
        zone="kazuo",
        name_en="New mill",
        name_zh="新厂",
        stage="signed",
        featured="false",
        locator="kazuo/1",
    )
    publish(copy, "new-mill", "total_investment", "2025", "5", "亿元")
    new = load(copy)
    assert list(changes.published(data, new)["change"]) == ["added"]
    found = moved(data, new)
    assert found["one-drive.new-mill.stage"] == (None, "signed")
    # Zhongke and Heitian were signed before
    assert found["one-drive.signed.projects"] == (2, 3)
    # 70 + 25 hundred million, and 5 more
    before, now = found["one-drive.signed.investment"]
    assert (before.value, now.value) == (95 * 10**8, 100 * 10**8)


def test_a_withdrawn_figure_takes_what_needs_it_along(data, copy):
    drop(copy, "all-zones,share_projects_signed,")
    new = load(copy)
    figures = changes.published(data, new)
    assert [(row.change, row.old.value, row.new) for row in figures.itertuples()] == [("withdrawn", F("43.5"), None)]
    found = moved(data, new)
    # 100 - 43.5; 239 projects in the city
    assert found["one-board.share_projects_signed.remainder"][0].value == F("56.5")
    assert found["one-drive.projects_signed.city"][0].value == 239
    assert found["one-drive.projects_signed.remainder"][0].value == 135
    assert found["one-drive.projects_signed.city"][1] is found["one-drive.projects_signed.remainder"][1] is None
    assert found["claims.signed-share.verdict"] == ("consistent", "not_checkable")


def test_chains_and_anchors_move_with_the_links(data, copy):
    # Jinda leaves the metal chain: Xindu is left alone there, the fifth chain with a single lead
    drop(copy, "edz-metal,,,,jinda,", "links.csv")
    edit(copy, "hightech-rubber,chaoyang-hightech", "hightech-rubber,kazuo", "chains.csv")
    found = moved(data, load(copy))
    assert found["one-chain.all-zones.single_lead_chains"] == (4, 5)
    assert found["one-chain.edz-metal.single_lead"] == (False, True)
    assert found["one-chain.edz-metal.jinda.role"] == ("lead", None)
    # Kazuo's formed chain was that of equipment
    assert found["one-chain.kazuo.formed"] == (1, 2)
    assert "one-chain.all-zones.formed" not in found


def test_the_same_amount_in_other_words_is_restated(data, copy):
    edit(copy, "chaoyang,reform_areas,2025-07,5,5,exact,realised", "chaoyang,reform_areas,2025-07,5,5,exact,expected")
    edit(copy, "hongfa-broilers,jobs,2025-07,1500,,more_than", "hongfa-broilers,jobs,2025-07,1500,,at_least")
    edit(copy, "余; 安置就业", "以上; 安置就业")
    # 18.2 hundred million are 182,000 ten thousand
    edit(
        copy,
        "total_investment,2025-07,18.2,18.2,exact,planned,亿元",
        "total_investment,2025-07,182000,182000,exact,planned,万元",
    )
    new = load(copy)
    figures = changes.published(data, new)
    assert set(figures["change"]) == {"restated"}
    assert dict(figures["fields"]) == {
        "chaoyang.reform_areas.2025-07": ("status",),
        "hongfa-broilers.jobs.2025-07": ("qualifier", "printed"),
        "tongxin-slag.total_investment.2025-07": ("low", "high", "unit"),
    }
    # "at least 1,500" no longer excludes 1,500, so what is computed from it moves; nothing else does
    assert set(moved(data, new)) == {
        "project-economics.hongfa-broilers.jobs_per_100m",
        "project-economics.hongfa-broilers.output_per_job",
    }


def test_a_decimal_more_says_more(data, copy):
    edit(copy, "63.65,63.65", "63.650,63.650")
    new = load(copy)
    assert list(changes.published(data, new)["change"]) == ["restated"] and not moved(data, new)
    # 104 / 43.505 % = 239.05 and 104 / 43.495 % = 239.11: no whole number lies between
    edit(copy, "43.5,43.5", "43.50,43.50")
    with pytest.raises(DataFaults, match=r"43\.50 % of all-zones share_projects_signed cannot be true together"):
        load(copy)


def test_an_open_bound_is_another_amount(data, copy):
    edit(copy, "beipiao,firms,2025-07,248,248,exact", "beipiao,firms,2025-07,248,,at_least")
    assert list(changes.published(data, load(copy))["change"]) == ["changed"]


def test_a_new_measure_of_an_analysis_is_compared_without_a_change_here(data, copy, monkeypatch):
    ratio = economics.Measure(("site_area", "jobs"), "mu/person", "site area ÷ jobs", lambda area, jobs: area / jobs)
    monkeypatch.setitem(economics.MEASURES, "area_per_job", ratio)
    edit(copy, "tongxin-slag,jobs,2025-07,500,500", "tongxin-slag,jobs,2025-07,400,400")
    before, now = moved(data, load(copy))["project-economics.tongxin-slag.area_per_job"]
    # 382.88 / 500 and 382.88 / 400
    assert (before.value, now.value) == (F("0.76576"), F("0.9572"))


EDITS = st.dictionaries(st.integers(min_value=0, max_value=70), st.sampled_from(["dropped", "halved"]), max_size=12)


def edition(data, edits):
    """The data with some observations left out and others halved, bounds as their qualifier has them."""
    rows = data.observations.copy()
    keys = list(rows.index)
    for place, what in edits.items():
        if what == "halved":
            for bound in ("low", "high"):
                value = rows.at[keys[place], bound]
                rows.at[keys[place], bound] = None if value is None else value / Decimal(2)
    kept = [key for place, key in enumerate(keys) if edits.get(place) != "dropped"]
    return replace(data, tables={**data.tables, "observations": rows.loc[kept]})


@settings(max_examples=15)
@given(EDITS)
def test_an_edition_does_not_differ_from_itself(data, edits):
    one, same = edition(data, edits), edition(data, edits)
    assert changes.published(one, same).empty
    assert changes.findings(one, same).empty
    assert set(changes.document(one, same)["summary"].values()) == {0}


@settings(max_examples=15)
@given(EDITS, EDITS)
def test_two_editions_compared_the_other_way_round_mirror_each_other(data, edits, others):
    one, two = edition(data, edits), edition(data, others)
    turned = {"added": "withdrawn", "withdrawn": "added", "changed": "changed", "restated": "restated"}
    there, back = changes.published(one, two), changes.published(two, one)
    assert {row.Index: (row.change, row.old, row.new) for row in there.itertuples()} == {
        row.Index: (turned[row.change], row.new, row.old) for row in back.itertuples()
    }
    assert moved(one, two) == {key: (now, before) for key, (before, now) in moved(two, one).items()}


def without_column(folder, table, column):
    """The package in an earlier form, without this column in file and descriptor."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    schema = next(r for r in descriptor["resources"] if r["name"] == table)["schema"]
    schema["fields"] = [field for field in schema["fields"] if field["name"] != column]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with path.open("w", encoding="utf-8", newline="") as lines:
        kept = [name for name in rows[0] if name != column]
        writer = csv.DictWriter(lines, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def test_an_edition_of_an_earlier_form_is_compared(data, copy):
    without_column(copy, "firms", "full_name_zh")
    old = load(copy)
    assert changes.findings(old, data).empty and changes.findings(data, old).empty


# ---------------------------------------------------------------- what is shown


def lines_below(changed, title):
    """The rows of a table of what changed, as a terminal shows them."""
    lines = repr(changed).splitlines()
    start = lines.index(title) + 1
    return lines[start : lines.index("", start) if "" in lines[start:] else None]


def test_words_come_first_then_what_matters_most_then_each_kind_of_change(data, copy):
    edit(copy, "89.07,89.07", "84,84")
    drop(copy, "kazuo,chain_firms,")
    edit(copy, "Beipiao,北票", "North,北部", "zones.csv")
    edit(copy, "Kazuo,喀左", "South,南部", "zones.csv")
    changed = news.changes(load(copy), data)
    lines = repr(changed).splitlines()
    # the rest of the city moves
    assert lines[0] == "1 figure changed, none added, 1 withdrawn; 1 finding moves, 1 verdict changes."
    assert lines[2] == "What matters most"
    assert lines[3].endswith("89.07% (2024) → 84% (2024)  −5.07 percentage points")
    (verdict,) = lines_below(changed, "Verdicts that turned")
    assert verdict.split()[-3:] == ["supported", "→", "contradicted"]
    first, second, *_others, last = lines_below(changed, "Called or defined otherwise")
    assert first.startswith("North  renamed") and first.endswith("Beipiao → North") and last.endswith("喀左    → 南部")
    assert second.index("→") - first.index("→") == -len("北票")  # a character is two columns wide
    (withdrawn,) = lines_below(changed, "New and withdrawn figures")
    assert withdrawn.endswith("withdrawn  7 → not published")
    (figure,) = lines_below(changed, "Other figures that changed")
    assert figure.endswith("changed  89.07% → 84%")
    assert lines[-2] == "Other findings that moved"


def test_a_chinese_table_is_aligned_by_the_room_that_characters_take(data, copy, monkeypatch):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "zh")
    edit(copy, "89.07,89.07", "88.17,88.17")
    publish(copy, "beipiao", "assessment_rank", "2025", "4", "位")
    publish(copy, "beipiao", "assessment_rank", "2023", "14", "位")
    first, second = lines_below(news.changes(load(copy), data), "新增与撤下的数字")
    assert wording.columns(first[: first.index("→")]) == wording.columns(second[: second.index("→")])


def test_only_figures_of_the_new_edition_lead_to_a_row(data, copy):
    edit(copy, "89.07,89.07", "88.17,88.17")
    drop(copy, "kazuo,chain_firms,")
    html = news.changes(load(copy), data)._repr_html_()
    assert f'href="data.html#row-{OUTPUT}"' in html and 'id="tab-changed-figures"' in html
    assert ">88.17%</a>" in html and ">89.07%</a>" not in html
    assert "row-kazuo.chain_firms" not in html


def test_a_name_of_the_old_edition_is_shown_as_text(data, copy):
    edit(copy, "Jimu flowmeters", "<script>alert(1)</script>", "projects.csv")
    old = load(copy)
    drop(copy, "jimu-flowmeters,", "projects.csv")
    drop(copy, "jimu-flowmeters,product_devices,")
    html = news.changes(load(copy), old)._repr_html_()
    assert "&lt;script&gt;" in html and "<script" not in html


def test_a_move_below_what_print_shows_is_said(data, copy):
    # 6 hundred million / 130 mu = 4.615 million; 6.001 / 130 = 4.616 million: both print as 4.62
    edit(copy, "hongfa-broilers,total_investment,2020,6,6,", "hongfa-broilers,total_investment,2020,6.001,6.001,")
    lines = repr(news.changes(load(copy), data)).splitlines()
    line = next(line for line in reversed(lines) if "Investment per mu" in line)
    assert line.endswith("CNY 4.62 million per mu (moved by less than print shows)")


def test_the_first_edition_says_so(data):
    assert repr(news.changes(data)) == "This is the first edition: nothing to compare with."
    assert news.changes(data)._repr_html_().startswith('<div class="passage"><p>This is')


def test_the_edition_before_lies_in_the_folder_previous(copy, tmp_path):
    shutil.copytree(copy, tmp_path / "before")
    (tmp_path / "before").rename(copy / "previous")
    edit(copy, "89.07,89.07", "88.17,88.17")
    assert repr(news.changes(load(copy))).startswith("1 figure changed, none added, none withdrawn; 1 finding moves")
    edit(copy / "previous", "89.07,89.07", "much,89.07")
    with pytest.raises(DataFaults, match=r"previous/observations\.csv, row 9, column low: 'much'"):
        predecessor(load(copy))


# ---------------------------------------------------------------- several periods


def test_the_chapter_leads_with_what_matters_most_and_tells_other_names(data, copy):
    shutil.copytree(copy, copy / "previous")
    edit(copy, "89.07,89.07", "88.17,88.17")
    edit(copy, "Beipiao,北票", "North,北部", "zones.csv")
    names = [exhibit.name for exhibit in news.changes(load(copy)).exhibits]
    assert names == ["what-matters-most", "called-otherwise", "changed-figures", "moved-findings"]
    html = news.changes(load(copy))._repr_html_()
    assert html.count('<details class="rows"><summary>1 row</summary>') == 2  # figures and findings of less weight
    assert "−0.9 percentage points" in repr(news.changes(load(copy)))


def test_periods_in_order_and_their_length():
    # 2025 and December 2025 have one end: the year is the more complete
    assert in_order({"2025", "2025-12", "2024", "2025-01/2025-05"}) == ["2024", "2025-01/2025-05", "2025-12", "2025"]
    assert [span(p).months for p in ("2024", "2025-07", "2025-01/2025-05", "2024-11/2025-02")] == [12, 1, 5, 4]


def test_a_change_is_against_the_period_before_of_the_same_length(copy):
    publish(copy, "all-zones", "share_above_scale_output", "2025", "88.17", "%")
    publish(copy, "all-zones", "share_above_scale_output", "2025-01/2025-05", "90", "%")
    new = load(copy)
    table = growth.series(new, "share_above_scale_output", "all-zones")
    assert list(table["period"]) == ["2024", "2025-01/2025-05", "2025"]
    # no earlier year; five months after a year; 88.17 - 89.07
    assert list(table["change"].map(lambda change: change and (change.value, change.unit))) == [
        None,
        None,
        (F("-0.9"), "percentage_point"),
    ]
    assert new.value("all-zones", "share_above_scale_output").value == F("88.17")


def test_a_change_of_an_open_figure_is_open(copy):
    add(
        copy,
        subject="hongfa-broilers",
        indicator="jobs",
        period="2025-06",
        low="1400",
        qualifier="at_least",
        status="realised",
        unit="人",
        source="article",
        locator="card-hongfa/2",
    )
    # at least 1,400, then over 1,500: nobody knows by how many
    change = growth.series(load(copy), "jobs", "hongfa-broilers")["change"].iloc[-1]
    assert (change.low, change.high, change.unit) == (None, None, "person")


def test_figures_of_several_periods_stand_side_by_side(data, copy):
    assert repr(tables.series(data)) == ""
    publish(copy, "all-zones", "share_above_scale_output", "2025", "88.17", "%")
    publish(copy, "all-zones", "projects_signed", "2024", "250", "个")
    publish(copy, "kazuo", "firms", "2024", "300", "家")
    publish(copy, "kazuo", "firms", "2025-07", "310", "家")
    lines = repr(tables.series(load(copy))).splitlines()
    assert lines[0] == "3 figures are published for more than one period."
    # periods by their end: 2024, January to May 2025, July 2025, 2025
    gap = "not published"
    assert lines[3].split("\t")[2:] == ["89.07%", gap, gap, "88.17%", "−0.9 percentage points"]
    # five months against twelve; firms at the end of 2024 and of July are those of two months
    assert lines[4].split("\t")[2:] == ["250", "104", gap, gap, "not comparable"]
    assert lines[5].split("\t")[2:] == ["300", gap, "310", gap, "10"]


# ---------------------------------------------------------------- what matters most


def test_the_first_page_comes_before_a_wider_move_of_a_chapter_and_of_the_data_chapter(data, copy):
    edit(copy, "63.65,63.65", "58.2,58.2")  # 58.2 - 63.65 = -5.45 points
    edit(copy, "89.07,89.07", "84.57,84.57")  # 84.57 - 89.07 = -4.5 points
    edit(copy, "beipiao,firms,2025-07,248,248", "beipiao,firms,2025-07,310,310")  # 310/248 = +25 %
    edit(copy, "kazuo,chain_firms,2025-07,7,7", "kazuo,chain_firms,2025-07,14,14")  # 14/7 = +100 %
    found = changes.leading(data, load(copy))
    assert list(zip(found["place"], found["low"], found["high"], strict=True)) == [
        ("first page", F("-5.45"), F("-5.45")),
        ("first page", F("-4.5"), F("-4.5")),
        ("chapter", 25, 25),
        ("data chapter", 100, 100),
    ]
    # the rest of the city mirrors a share that is listed: it is not a second change


def test_bounds_stay_bounds(data, copy):
    edit(copy, "output_value,2025-07,11,,more_than", "output_value,2025-07,12,,more_than")
    found = changes.leading(data, load(copy))
    row = (
        found[found["measure"] == "output_value"].iloc[0] if "output_value" in set(found["measure"]) else found.iloc[0]
    )
    assert (row["low"], row["high"]) == (F(100, 11), None)  # 12/11 is 100/11 % more; the other bound stays open


def test_a_figure_of_a_new_period_moved_from_that_of_the_period_before(data, copy):
    publish(copy, "all-zones", "share_above_scale_output", "2023", "86", "%")
    old = load(copy)
    publish(copy, "beipiao", "assessment_rank", "2025", "30", "位")
    publish(copy, "all-zones", "share_above_scale_output", "2025", "90.1", "%")
    assert changes.leading(old, load(copy)).loc[0, ["measure", "low"]].tolist() == [
        "share_above_scale_output",
        F("1.03"),  # 90.1 - 89.07
    ]
    places = changes.leading(old, load(copy), 99).set_index("measure")
    assert places.at["assessment_rank", "low"] == F(30 - 6, 6) * 100  # the sixth of 2024


def test_a_series_is_drawn_before_and_after(data, copy):
    publish(copy, "all-zones", "share_above_scale_output", "2023", "86", "%")
    publish(copy, "all-zones", "share_above_scale_output", "2022", "85", "%")
    old = load(copy)
    assert not news.report(data, data)["charts"]
    edit(copy, "86,86", "87,87")
    (chart,) = [exhibit for exhibit in news.changes(load(copy), old).exhibits if exhibit.kind == "chart"]
    assert "stroke-dasharray" in chart.body  # the edition before
    assert [value.printed for value in chart.values if value.low] == ["85%", "87%", "89.07%"]
    page = wording.rendered("changes", **news.report(old, load(copy)))
    assert page.count("<svg") == 2  # a wide one and one for a phone
    assert page.index("What matters most") < page.index("<svg") < page.index("<details>")
    edit(copy, "85,85", "84,84")
    drop(copy, "all-zones,share_above_scale_output,2023")
    assert not news.report(old, load(copy))["charts"]  # two points make no series


def test_the_same_amount_in_another_unit_is_not_a_change_that_matters(data, copy):
    edit(copy, "2025-01/2025-06,70,70,exact,planned,亿元", "2025-01/2025-06,700000,700000,exact,planned,万元")
    assert changes.leading(data, load(copy)).empty


# ---------------------------------------------------------------- the command


@pytest.fixture
def repository(copy, monkeypatch):
    """A repository whose first commit is the data as they are, and whose working folder has another share."""
    root = copy.parent

    def git(*arguments):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)

    git("init", "-q")
    (root / "README").write_text("no data yet")
    git("add", "README")
    git("commit", "-q", "-m", "Empty")
    git("add", "data")
    git("commit", "-q", "-m", "Data")
    git("tag", "first-edition")
    edit(copy, "89.07,89.07", "88.17,88.17")
    monkeypatch.setattr(revisions, "project_folder", lambda: copy)
    monkeypatch.setenv("ANALYSIS_DATA", str(copy))
    return root


@pytest.mark.parametrize("revision", ["HEAD", "first-edition"])
def test_a_revision_against_the_working_folder(repository, revision, capsys):
    assert main(["diff", revision]) == 0
    assert capsys.readouterr().out.startswith("1 figure changed, none added, none withdrawn; 1 finding moves")


def test_two_folders_without_a_difference(data, capsys):
    assert main(["diff", str(data.folder), str(data.folder)]) == 0
    assert capsys.readouterr().out == "No figure and no finding changed.\n"


def test_one_page_for_a_boss_asks_no_host_for_anything(repository, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "en")  # so that the choice is undone after the test
    edit(repository / "data", "Beipiao,北票", "<b>North</b>,北部", "zones.csv")
    page = tmp_path / "changes.html"
    assert main(["diff", "HEAD", "--html", str(page), "--language", "en"]) == 0
    text = page.read_text("utf-8")
    assert "−0.9 percentage points" in text  # 88.17 - 89.07
    assert "http" not in text and "src=" not in text and "<b>North" not in text
    assert text.index("What matters most") < text.index("renamed") < text.index("<details>")
    assert [file.name for file in tmp_path.glob("changes*")] == ["changes.html"]
    assert main(["diff", "HEAD", "--html", str(tmp_path / "none" / "x.html")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(("language", "moved"), [("en", "−0.9 percentage points |"), ("zh", "−0.9个百分点 |")])
def test_the_comment_of_a_pull_request(repository, language, moved, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "en")  # so that the choice is undone after the test
    edit(repository / "data", "Beipiao,北票", "A|B,甲|乙", "zones.csv")
    assert main(["diff", "HEAD", "--markdown", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.endswith(moved) for line in lines)
    assert any(r"A\|B" in line for line in lines)


def test_nothing_changed_is_said(data, capsys):
    assert main(["diff", str(data.folder), str(data.folder), "--markdown"]) == 0
    assert "No figure and no finding changed." in capsys.readouterr().out


def test_the_same_for_a_machine(repository, capsys):
    assert main(["diff", "HEAD", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["old"] == "HEAD" and found["summary"]["changed"] == 1 and found["summary"]["findings"] == 1
    assert found["leading"][0]["low"] == -0.9 and found["names"] == []
    edit(repository / "data", "Beipiao,北票", "North,北票", "zones.csv")
    assert main(["diff", "HEAD", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["names"] == [
        {"table": "zones", "id": "beipiao", "change": "renamed", "column": "name_en", "old": "Beipiao", "new": "North"}
    ]
    (figure,) = found["published"]
    assert (figure["id"], figure["change"]) == (OUTPUT, "changed")
    assert (figure["old"]["low"], figure["new"]["high"], figure["new"]["unit"]) == (89.07, 88.17, "%")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("no-such-edition", "no-such-edition: neither a folder nor a revision"),
        ("", ": neither a folder nor a revision"),
        ("--output=x", "--output=x: neither a folder nor a revision"),
        ("HEAD~1", "HEAD~1: this revision has no data folder"),
    ],
)
def test_a_wrong_name_is_one_clear_line(repository, name, line, capsys):
    assert main(["diff", "--", name]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", line + "\n")


def test_faults_of_both_editions_come_at_once_with_the_edition_named(repository, copy, capsys):
    edit(copy, ",84,84,", ",x,84,")
    assert main(["diff", str(repository), str(copy)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith(f"{repository}/datapackage.json: there is no datapackage.json") for line in lines)
    assert any(line.startswith(f"{copy}/observations.csv, row 2, column low: 'x'") for line in lines)
    assert lines[2] == "2 faults in the data; nothing was compared"


def test_the_old_edition_is_needed(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["diff"])
    assert stop.value.code == 2


def test_check_reads_the_edition_before_too(copy, tmp_path, capsys):
    shutil.copytree(copy, tmp_path / "before")
    (tmp_path / "before").rename(copy / "previous")
    edit(copy / "previous", ",84,84,", ",x,84,")
    assert main(["check", "--data", str(copy)]) == 1
    assert "previous/observations.csv, row 2" in capsys.readouterr().err


def test_a_figure_of_a_new_period_stands_beside_that_of_the_period_before(data, copy):
    publish(copy, "all-zones", "share_above_scale_output", "2025", "88.17", "%")
    (line,) = [line for line in repr(news.changes(load(copy), data)).splitlines() if line.endswith("→ 88.17%")]
    assert "added" in line and "89.07% (2024)" in line
