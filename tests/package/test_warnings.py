"""What moved too far to be believed at once is pointed out, and nothing else is."""

import json
import shutil

import pytest
from spoiled import add, commit, describe, spoil, without

from analysis.__main__ import main
from analysis.package import warnings as module
from analysis.package.dataset import load
from analysis.package.descriptor import resource
from analysis.package.warnings import warnings


def warned(folder):
    return [str(warning) for warning in warnings(load(folder))]


def test_the_package_gives_no_warning(data):
    """A warning at every run is read by nobody."""
    assert warnings(data) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("beipiao,firms,2024,2480,2480,exact,realised,家", "from 2480 家 (2024)"),
        ("beipiao,firms,2024,123,123,exact,realised,家", "from 123 家 (2024)"),
        ("tongxin-slag,total_investment,2024,18.2,18.2,exact,planned,万元", "from 18.2 万元 (2024)"),
        ("hongfa-broilers,jobs,2024,700,,more_than,realised,人", "from 700 人 (2024)"),
        ("hongfa-broilers,birds_per_day,2024,10,14,range,realised,万只/日", "from 10 万只/日 (2024)"),
        ("all-zones,share_foreign_capital,2023,49,49,exact,realised,%", "from 49 % (2023)"),
        ("beipiao,firms,2024,124,124,exact,realised,家", "from 124 家 (2024)"),
        # 287 in five months are 57 a month, 240 in twelve are 20
        ("all-zones,projects_started,2024,240,240,exact,realised,个", "from 240 个 (2024)"),
    ],
)
def test_a_figure_that_more_than_doubled_or_halved_is_pointed_out(copy, row, expected):
    """A digit too many, or 万 for 亿, is not wrong in itself; only the year before shows it."""
    add(copy, f"{row},article,lead/1,")
    (line,) = warned(copy)
    assert "moved by a factor of 2 or more " + expected in line and "observations.csv, row" in line


@pytest.mark.parametrize(
    "row",
    [
        "beipiao,firms,2024,125,125,exact,realised,家",
        "beipiao,firms,2024,495,495,exact,realised,家",
        "tongxin-slag,total_investment,2024,182000,182000,exact,planned,万元",
        "hongfa-broilers,birds_per_day,2024,10,16,range,realised,万只/日",
        "all-zones,projects_started,2024,600,600,exact,realised,个",
    ],
    ids=["less than double", "more than half", "another unit", "nearest bounds", "a year against five months"],
)
def test_what_moved_less_is_not(copy, row):
    add(copy, f"{row},article,lead/1,")
    assert warned(copy) == []


def test_only_the_period_before_counts(copy):
    """A series that grew for years doubled some time."""
    add(
        copy,
        "beipiao,firms,2023,60,60,exact,realised,家,article,lead/1,",
        "beipiao,firms,2024,130,130,exact,realised,家,article,lead/1,",
    )
    (line,) = warned(copy)
    assert "'130'" in line and "(2023)" in line


def test_the_edition_before_is_compared_with(copy):
    """Next year's package may hold next year's figures alone."""
    shutil.copytree(copy, copy / "previous")
    assert warned(copy) == []
    spoil(copy, "beipiao,firms,2025-07,248,248", "beipiao,firms,2025-07,2480,2480")
    spoil(copy, "kazuo,srdi_firms,2025-07,18,18", "kazuo,srdi_firms,2026-07,40,40")
    spoil(copy, "article,newspaper", "article2026,newspaper", "sources.csv")
    for path in copy.glob("*.csv"):
        path.write_text(
            path.read_text("utf-8").replace(",article,", ",article2026,").replace(",2025-07,News", ",2026-07,News"),
            "utf-8",
        )
    firms, listed = (line.split(": ", 1)[1] for line in warned(copy))
    moved, rest = (
        "moved by a factor of 2 or more",
        "in the earlier edition; check the figure and its unit [W001 moved-far]",
    )
    assert firms == f"'2480': {moved} from 248 家 (2025-07) {rest}"
    assert listed == f"'40': {moved} from 18 家 (2025-07) {rest}"


def test_an_edition_before_with_faults_or_without_later_columns_stops_nothing(copy):
    shutil.copytree(copy, copy / "previous")
    spoil(copy, "beipiao,firms,2025-07,248,248", "beipiao,firms,2025-07,2480,2480")
    # an edition from before indicators.csv had part_of
    describe(
        copy / "previous",
        lambda d: resource(d, "indicators")["schema"].update(
            fields=[f for f in resource(d, "indicators")["schema"]["fields"] if f["name"] != "part_of"], foreignKeys=[]
        ),
    )
    without(copy / "previous", "part_of", "indicators.csv")
    (line,) = warned(copy)
    assert "in the earlier edition" in line
    (copy / "previous" / "zones.csv").unlink()
    (line,) = warned(copy)
    assert line.startswith("previous: the earlier edition is left out") and "zones.csv" in line


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",89.07,89.07,", ",0.8907,0.8907,", "'0.8907': moved by a factor of 2 or more from 89.07 % (2024)"),
        (",89.07,89.07,", ",44.535,44.535,", "from 89.07 % (2024)"),
        (
            ",18.2,18.2,exact,planned,亿元",
            ",182,182,exact,planned,亿元",
            "'182': moved by a factor of 2 or more from 18.2",
        ),
    ],
)
def test_the_last_commit_is_compared_with(repository, old, new, expected):
    """Between two saves a decimal point slips; on a fresh clone nothing else knows the figure."""
    assert warned(repository) == []
    spoil(repository, old, new)
    (line,) = [line for line in warned(repository) if "in the last commit" in line]
    assert expected in line


def test_decimals_that_excel_dropped_are_pointed_out(repository):
    """45.00 says more than 45: as it is rounded to whole numbers, a verdict turns, and no figure seems changed."""
    spoil(repository, ",89.07,89.07,", ",89.00,89.00,")
    commit(repository)
    assert warned(repository) == []
    spoil(repository, ",89.00,89.00,", ",89,89,")
    (line,) = warned(repository)
    assert "column low: '89': was 89.00 in the last commit" in line and "write 89.00" in line
    shutil.copytree(repository, repository / "previous")
    spoil(repository / "previous", ",89,89,", ",89.0,89.0,")
    assert "was 89.0 in the earlier edition" in warned(repository)[0]


def test_without_a_commit_of_the_package_nothing_is_said(repository, tmp_path, monkeypatch):
    spoil(repository, ",89.07,89.07,", ",0.8907,0.8907,")
    elsewhere = shutil.copytree(repository, tmp_path / "elsewhere" / "data")  # in the repository, not in the commit
    assert warned(elsewhere) == []
    monkeypatch.setenv("PATH", "")
    assert warned(repository) == []


def test_a_last_commit_with_faults_stops_nothing(repository):
    spoil(repository, ",89.07,89.07,", ",eighty,89.07,")
    commit(repository)
    spoil(repository, ",eighty,89.07,", ",89.07,89.07,")
    (line,) = warned(repository)
    assert line.startswith("HEAD: the last commit is left out of the comparison") and "HEAD/observations.csv" in line


def test_the_factor_is_the_one_that_is_named(copy, monkeypatch):
    monkeypatch.setattr(module, "MOVED", 1)
    add(copy, "beipiao,firms,2024,240,240,exact,realised,家,article,lead/1,")
    assert len(warned(copy)) == 1


# the command


@pytest.fixture(autouse=True)
def translations(monkeypatch):
    """The translations have tests of their own; reading the chapters takes seconds."""
    monkeypatch.setattr("analysis.commands.checking._faults_of_translations", list)


def test_check_prints_warnings_and_still_passes(copy, capsys):
    add(copy, "beipiao,firms,2024,2480,2480,exact,realised,家,article,lead/1,")
    assert main(["check", "--data", str(copy)]) == 0
    printed = capsys.readouterr()
    assert "no faults" in printed.out and "1 warning" in printed.out
    assert "warning: observations.csv, row 27, column low: '248'" in printed.err


def test_check_speaks_to_programs(copy, capsys):
    """A pipeline reads faults without parsing sentences, and the same exit codes."""
    add(copy, "beipiao,firms,2024,2480,2480,exact,realised,家,article,lead/1,")
    assert main(["check", "--json", "--data", str(copy)]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["folder"] == str(copy) and report["faults"] == [] and report["counts"]["observations"] == 85
    assert [w["code"] for w in report["warnings"]] == ["W001"]
    assert [(w["file"], w["row"], w["column"], w["value"]) for w in report["warnings"]] == [
        ("observations.csv", 27, "low", "248")
    ]
    spoil(copy, "30,33,range", "3\u202e0,33,range")
    assert main(["check", "--json", "--data", str(copy)]) == 1
    printed = capsys.readouterr()
    assert printed.out.isascii() and printed.err == ""
    (fault,) = json.loads(printed.out)["faults"]
    assert set(fault) == {"code", "slug", "file", "row", "column", "value", "expected"}
    assert (fault["code"], fault["slug"]) == ("F031", "hidden-character")
    assert (fault["file"], fault["column"], fault["value"]) == ("observations.csv", "low", "3\u202e0")


def test_check_speaks_to_programs_of_a_missing_package_too(tmp_path, capsys):
    assert main(["check", "--json", "--data", str(tmp_path)]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["file"] == "datapackage.json"
