"""The data package: what Excel writes is read, and what is wrong is refused before anything is built."""

from collections import Counter
from pathlib import Path

import pytest
from spoiled import add, faults, spoil

from analysis.package import dataset
from analysis.package.dataset import load

ROOT = Path(__file__).resolve().parents[2]


# every figure of the page, by hand: (subject, low, high)
FIGURES = """
liaoning 84 84; chaoyang 7 7; all-zones 6 6; all-zones 3 3; beipiao 6 6; jianping 8 8; kazuo 9 9;
all-zones 89.07 89.07; all-zones 63.65 63.65; all-zones 73.36 73.36; all-zones 100 100; all-zones 287 287;
all-zones 104 104; all-zones 43.5 43.5; chaoyang 5 5; kazuo 7 7; kazuo 13 13; snow-beer 30 30;
dayou-capsules 11 -; jianping 98.23 98.23; chaoyang-hightech 54 54; chaoyang-hightech 186 186; beipiao 2 2;
beipiao 248 248; beipiao 50 50; beipiao 25 25; zhongke-cluster 70 70; heitian-factory 25 25; beipiao 22 22;
shikefeng-fertiliser 30 30; jimu-flowmeters 6000 6000; beipiao 12 12; beipiao 36 36; beipiao 161 161;
beipiao 450 450; beipiao 150 150; beipiao 5 5; beipiao 11 11; jianping 1 1; jianping 3 3; kazuo 43 43;
kazuo 18 18; kazuo 196 196; kazuo 5 5; kazuo 3 3; electronics-park 12 12; electronics-park 5 5;
hongfa-broilers 6 6; hongfa-broilers 130 130; hongfa-broilers 5.7 5.7; hongfa-broilers 1 1;
hongfa-broilers 30 33; hongfa-broilers 40 40; hongfa-broilers 1500 -; hongfa-broilers 6000 -;
tongxin-slag 382.88 382.88; tongxin-slag 18.2 18.2; tongxin-slag 16.1 16.1; tongxin-slag 4 4;
tongxin-slag 500 500; tongxin-slag 120 120; tongxin-slag 80 80; tongxin-slag 5 5; tongxin-slag 24 24;
tuobituo-feed 1.5 1.5; tuobituo-feed 50 50; tuobituo-feed 6.7 6.7; tuobituo-feed 100 -;
precision-parts 1.05 1.05; precision-parts 50 50; precision-parts 1.9 1.9; precision-parts 5000 5000;
kazuo 9 9; kazuo 7 7; kazuo 13 13; all-zones 287 287; beipiao 2 2
"""


def test_every_figure_of_the_page_is_there_as_often_as_it_is_printed(data):
    """Typed twice, so that a figure which changes alone is seen, though nothing is computed from it."""
    printed = data.observations[data.observations["source"] == "article"]
    rows = Counter(
        (row.subject, *("-" if bound is None else str(bound) for bound in (row.low, row.high)))
        for row in printed.itertuples()
    )
    assert rows == Counter(tuple(figure.split()) for figure in FIGURES.replace("\n", " ").split(";"))


def test_a_project_and_a_firm_may_lack_their_zone(copy):
    """The source prints a name and no more."""
    spoil(copy, "tongxin-slag,beipiao,tongxin", "tongxin-slag,,tongxin", "projects.csv")
    spoil(copy, "zhongke,beipiao", "zhongke,", "firms.csv")
    data = load(copy)
    assert data.projects.loc["tongxin-slag", "zone"] is None and data.firms.loc["zhongke", "zone"] is None
    assert list(data.above("tongxin-slag")) == [] and data.place_above("tongxin-slag", "city") is None
    assert data.value("tongxin-slag", "jobs").value == 500


def test_places_nest_to_any_depth(copy):
    add(
        copy,
        "china,country,China,中国,",
        "beipiao-city,county,Beipiao,北票市,chaoyang",
        "beipiao-town,county,Beipiao Town,北票镇,beipiao-city",
        "town-zones,group,Zones of Beipiao Town,北票镇开发区合计,beipiao-town",
        file="places.csv",
    )
    spoil(copy, "辽宁,", "辽宁,china", "places.csv")
    spoil(copy, "beipiao,chaoyang,", "beipiao,beipiao-town,", "zones.csv")
    data = load(copy)
    places = ["beipiao-town", "beipiao-city", "chaoyang", "liaoning", "china"]
    assert list(data.above("tongxin-slag")) == ["beipiao", *places]
    of = {kind: data.place_above("beipiao", kind) for kind in ("county", "city", "province", "country", "group")}
    assert list(of.values()) == ["beipiao-town", "chaoyang", "liaoning", "china", "town-zones"]
    assert data.place_above("kazuo", "group") == "all-zones" and data.place_above("kazuo", "county") is None
    assert (data.city, data.province, data.group) == ("chaoyang", "liaoning", "all-zones")


def test_a_place_with_two_groups_has_none_that_holds_every_zone(copy):
    add(copy, "some-zones,group,Some zones,部分开发区,chaoyang", file="places.csv")
    assert load(copy).group is None


def test_a_city_below_a_country_alone_has_that_for_its_province(copy):
    spoil(copy, "liaoning,province", "liaoning,country", "places.csv")
    assert load(copy).province == "liaoning"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_excels_encodings_are_read(copy, data, encoding):
    for path in copy.glob("*.csv"):
        text = path.read_text("utf-8").replace("\n", "\r\n") + "\r\n,,,\r\n"
        if encoding == "gb18030":
            text = text.replace("’", "'")
        path.write_bytes(text.encode(encoding))
    assert load(copy).observations.equals(data.observations)


def test_full_width_digits_separators_and_other_column_orders_are_read(copy):
    spoil(copy, "hongfa-broilers,jobs,2025-07,1500,", 'hongfa-broilers,jobs,2025-07,"１,５００",')
    assert load(copy).value("hongfa-broilers", "jobs").low == 1500
    path = copy / "sections.csv"
    lines = [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
    path.write_text("\n".join(",".join(reversed(line)) for line in lines), "utf-8")
    assert load(copy).sections.loc["lead", "source"] == "article"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("lead/1,", "nowhere/1,", "locator"),
        ("18.2,18.2,exact,planned,亿元,", "18.2亿,18.2,exact,planned,亿元,", "a number alone"),
        ("130,130,exact", "130,131,exact", "equal bounds"),
        ("30,33,range", "33,30,range", "above the upper bound"),
        ("1500,,more_than", "1500,1600,more_than", "has no upper bound"),
        ("130,130,exact,realised,亩", "130,130,exact,realised,人", "does not fit the indicator"),
        ("89.07,89.07", "189.07,189.07", "between 0 and 100"),
        ("63.65,63.65", "-63.65,63.65", "0 or more"),
        ("kazuo,assessment_rank", "kazoo,assessment_rank", "expected an id"),
        ("kazuo,assessment_rank", "kazuo,assesment_rank", "indicators.csv"),
        ("kazuo,assessment_rank,2024", "jianping,assessment_rank,2024", "already"),
        ("kazuo,assessment_rank,2024", "kazuo,assessment_rank,2024-13", "expected the form"),
        ("exact,realised,家", "exakt,realised,家", "exact, approximate"),
        ("subject,indicator", "subjekt,indicator", "the column is missing"),
    ],
)
def test_each_fault_is_named_with_file_and_place(copy, old, new, expected):
    spoil(copy, old, new)
    message = faults(copy)
    assert "observations.csv, row" in message
    assert expected in message


def test_all_faults_come_at_once_with_excels_row_numbers(copy):
    spoil(copy, "liaoning,provincial_zones,2024,84", "liaoning,provincial_zones,2024,many")
    spoil(copy, "true,card-hongfa", "perhaps,card-hongfa", "projects.csv")
    message = faults(copy)
    assert "observations.csv, row 2, column low: 'many'" in message
    assert "projects.csv, row 2, column featured: 'perhaps'" in message


def test_a_missing_file_a_broken_descriptor_and_bytes_that_are_no_text(copy):
    (copy / "zones.csv").unlink()
    (copy / "firms.csv").write_bytes(b"\xff\xff\x00\x81")
    message = faults(copy)
    assert "zones.csv: the file is missing" in message and "firms.csv: cannot be read as text" in message
    (copy / "datapackage.json").write_text("{")
    assert "not a readable data package" in faults(copy)
    assert "there is no datapackage.json" in faults(copy / "nothing")


def test_the_latest_period_is_the_one_shown(copy):
    path = copy / "observations.csv"
    path.write_text(
        path.read_text("utf-8") + "beipiao,assessment_rank,2025,4,4,exact,realised,位,article,lead/1,\n", "utf-8"
    )
    changed = load(copy)
    assert changed.value("beipiao", "assessment_rank").value == 4
    assert changed.value("beipiao", "assessment_rank", "2024").value == 6
    assert changed.periods("beipiao", "assessment_rank") == ["2024", "2025"]


def test_ocr_slips_are_corrected_and_noted(data):
    assert "炭黑" in data.firms.loc["heimao", "full_name_zh"] and "OCR" in data.firms.loc["heimao", "note_en"]
    assert "OCR" in data.zones.loc["jianping", "note_en"]


def test_the_folder_comes_from_the_environment(monkeypatch, copy):
    monkeypatch.setenv("ANALYSIS_DATA", str(copy))
    assert load().folder == copy
    monkeypatch.delenv("ANALYSIS_DATA")
    assert dataset.default_folder() == ROOT / "data"
