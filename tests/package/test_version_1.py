"""Packages of version 1 of the contract: read with a line that says what they lack, and rewritten when asked."""

import shutil
from pathlib import Path

import frictionless
import pytest
from spoiled import describe, faults, records, spoil

from analysis.__main__ import main
from analysis.package import descriptor, migration, version_1
from analysis.package.dataset import load
from analysis.package.warnings import warnings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def old(tmp_path):
    """A package of version 1."""
    return Path(shutil.copytree(ROOT / "tests" / "fixtures" / "version-1", tmp_path / "old"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# read


def test_it_is_read_with_a_line_that_says_what_it_lacks(old, monkeypatch, capsys):
    monkeypatch.setattr("analysis.commands.checking._faults_of_translations", list)
    assert main(["check", "--data", str(old)]) == 0
    printed = capsys.readouterr()
    assert "24 observations); 1 warning" in printed.out
    assert printed.err == f"warning: datapackage.json: {version_1.LACKS} [W004 old-contract]\n"


def test_its_figures_are_those_that_it_prints(old):
    data = load(old)
    printed = {(row[0], row[1], row[2], row[3]) for row in records(old / "observations.csv")[1:]}
    assert {(r.subject, r.indicator, r.period, str(r.low)) for r in data.observations.itertuples()} == printed
    assert data.value("rolling-mill", "total_investment").to("CNY").value == 300_000_000
    assert data.value("rolling-mill", "output_value").high is None
    assert (data.city, data.province, data.group) == ("example-city", "example-province", "example-zones")


def test_what_version_1_told_by_ids_stands_in_columns(old):
    indicators = load(old).indicators
    kinds = indicators["kind"].to_dict()
    assert (kinds["projects_signed"], kinds["firms"], kinds["jobs"], kinds["site_area"]) == (
        "amount",
        "count",
        "count",
        "stock",
    )
    assert indicators.loc["total_investment", "role"] == "investment"
    assert indicators.loc["share_foreign_capital", "base"] == "city"
    assert indicators.loc["hightech_firms", "part_of"] == "firms"
    assert indicators["share_of"].isna().all()


def test_its_groups_are_those_of_version_2_or_other(old):
    """It left the word to the package."""
    spoil(old, "firms,firms,Resident", "firms,zones,Resident", "indicators.csv")
    spoil(old, "jobs,project,", "jobs,people,", "indicators.csv")
    group = load(old).indicators["group"]
    assert (group["firms"], group["jobs"], group["site_area"]) == ("assessment", "other", "project")


def test_its_statements_keep_their_meaning(old):
    """Whatever was not `at_least` was read as nearly; `highest` said nothing that its rule does not say."""
    spoil(old, "at_least,50", "almost,50", "claims.csv")
    claims = load(old).claims
    assert claims.loc["half-of-output", ["list", "rule", "comparator"]].tolist() == ["statement", "threshold", "nearly"]
    assert claims.loc["best-year", "comparator"] is None


def test_a_printed_unit_of_its_own_is_kept(old):
    def own(d):
        field = descriptor.field(d, "observations", "unit")
        field["units"]["百亩"] = "1e2 mu"
        field["constraints"]["enum"].append("百亩")

    describe(old, own)
    spoil(old, "200,200,exact,realised,亩", "2,2,exact,realised,百亩")
    assert load(old).value("rolling-mill", "site_area").to("mu").value == 200


def test_its_faults_are_those_of_the_cells_as_they_stand(old):
    spoil(old, "site_area,2025-03,200,200", "site_area,2025-03,many,200")
    spoil(
        old,
        "projects_started,pipeline,Projects started,开工项目数,item,flow",
        "projects_started,pipeline,Projects started,开工项目数,item,flood",
        "indicators.csv",
    )
    first, second = faults(old).splitlines()
    assert "indicators.csv, row 6, column kind: 'flood'" in first and "row 20, column low: 'many'" in second


# rewritten


def test_a_rewritten_package_is_of_version_2_with_the_same_figures(old, capsys):
    before, kept = load(old), files(old)
    assert main(["migrate", str(old)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(
        f"{old}: rewrote milestones.csv, indicators.csv, claims.csv, datapackage.json; the files as they were"
    )
    assert any(line.startswith("indicators.csv: fill in share_of") for line in lines[1:])

    after = load(old)
    assert descriptor.version(after.descriptor) == 2 and warnings(after) == []
    assert after.quantities == before.quantities
    assert after.observation_rows == before.observation_rows
    for name, table in before.tables.items():
        assert table.equals(after.tables[name]), name
    rewritten = {"indicators.csv", "claims.csv", "milestones.csv", "datapackage.json"}
    assert {name: kept[name] for name in rewritten} == files(old / "version-1")
    untouched = files(old).items() - {(name, content) for name, content in files(old).items() if "version-1" in name}
    changed = {name for name, content in untouched if kept[name] != content}
    assert changed == rewritten


def test_a_rewritten_package_passes_an_independent_validator(old, capsys):
    main(["migrate", str(old)])
    report = frictionless.validate(str(old / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_a_table_that_it_does_not_have_is_not_named(old, capsys):
    """A validator would look for the file."""
    (old / "story.csv").unlink()
    (old / "claims.csv").unlink()
    assert main(["migrate", str(old)]) == 0
    assert not (old / "claims.csv").exists()
    assert frictionless.validate(str(old / "datapackage.json")).valid


def test_tables_that_excel_saved_are_rewritten_as_the_standard_has_them(old, capsys):
    """With semicolons and in another encoding, no other program could read what the descriptor says."""
    before = load(old)
    path = old / "indicators.csv"
    path.write_bytes(path.read_text("utf-8").replace(",", ";").encode("gb18030"))
    assert main(["migrate", str(old)]) == 0
    assert load(old).indicators.equals(before.indicators)
    assert frictionless.validate(str(old / "datapackage.json")).valid


def test_a_second_run_says_so_and_writes_nothing(old, capsys):
    main(["migrate", str(old)])
    once = files(old)
    capsys.readouterr()
    assert main(["migrate", str(old)]) == 0
    assert capsys.readouterr().out == f"{old}: follows version 2 of the data contract already; nothing was rewritten\n"
    assert files(old) == once


@pytest.mark.parametrize(
    ("file", "before", "after", "expected"),
    [
        ("observations.csv", "site_area,2025-03,200,200", "site_area,2025-03,many,200", "column low: 'many'"),
        ("zones.csv", "id,city", "id,town", "column city: the column is missing"),
        ("datapackage.json", '"name": "example', '"name": "../example', "becomes a file's"),
    ],
)
def test_a_package_with_faults_is_left_as_it_is(old, capsys, file, before, after, expected):
    spoil(old, before, after, file)
    kept = files(old)
    assert main(["migrate", str(old)]) == 1
    printed = capsys.readouterr()
    assert printed.out == "" and expected in printed.err
    assert printed.err.endswith("in the data; nothing was rewritten\n")
    assert files(old) == kept


def test_nothing_is_written_that_could_not_be_read_again(old, monkeypatch, capsys):
    monkeypatch.setattr("analysis.package.migration._table", lambda path, resource: "id\n")
    kept = files(old)
    assert main(["migrate", str(old)]) == 1
    assert "the column is missing" in capsys.readouterr().err
    assert files(old) == kept


def test_files_kept_before_are_not_written_over(old, capsys):
    (old / "version-1").mkdir()
    kept = files(old)
    assert main(["migrate", str(old)]) == 1
    assert "version-1: stands there already; move it away first" in capsys.readouterr().err
    assert files(old) == kept


def test_no_package_is_one_line(tmp_path, capsys):
    assert main(["migrate", str(tmp_path)]) == 1
    assert "there is no datapackage.json" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main(["migrate"])
    assert stop.value.code == 2


def test_what_cannot_be_written_is_one_line_and_leaves_the_package_as_it_is(old, capsys):
    (old / "datapackage.json.new").mkdir()
    kept = files(old)
    assert main(["migrate", str(old)]) == 1
    assert capsys.readouterr().err == f"{old / 'datapackage.json.new'}: cannot be written: Is a directory\n"
    assert files(old) == kept and not (old / "version-1").exists()


def test_a_period_is_written_back_in_the_form_of_the_data(old):
    spoil(old, ",2022-04,", ",2022年4月,", "milestones.csv")
    migration.migrate(old)
    assert ",2022-04," in (old / "milestones.csv").read_text("utf-8-sig")
