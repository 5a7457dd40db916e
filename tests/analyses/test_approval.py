"""What zones were approved for, beside what is reported of them later: a second source."""

import csv
from fractions import Fraction

import pytest

from analysis import load
from analysis.analyses import approval, city, economics, projects
from analysis.analyses.findings import findings_of
from analysis.analyses.statistics import statistic
from analysis.exhibits import charts, leads, tables
from analysis.exhibits.exhibit import Passage
from analysis.exhibits.tables.approval import record
from analysis.package.dataset import DataFaults

CATALOGUE = "catalogue-2018"


@pytest.fixture
def alone(copy):
    """The package without its second source."""
    codes = {row["id"] for row in table(copy, "sections") if row["source"] == CATALOGUE}
    for name in ("observations", "milestones", "sections", "story", "sources"):
        keep(copy, name, lambda row: CATALOGUE not in (row.get("source"), row.get("id")))
    text = (copy / "zones.csv").read_text("utf-8")
    for code in codes:
        text = text.replace(f"; {code}", "")
    (copy / "zones.csv").write_text(text, "utf-8")
    keep(copy, "zones", lambda row: True, listed_name_zh="")
    (copy / "industries.csv").unlink()
    return load(copy)


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def keep(folder, name, which, **cells):
    rows = table(folder, name)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, rows[0], lineterminator="\n")
        lines.writeheader()
        lines.writerows({**row, **cells} for row in rows if which(row))


def test_firms_stand_on_the_area_approved_each_with_its_period(data):
    found = approval.per_area(data).set_index(["zone", "indicator"])
    row = found.loc["beipiao", "firms"]
    # 248 on 422.43 ha, 4.2243 km²
    assert row.per_area.value == Fraction(248) / Fraction("4.2243")
    assert (row.period, row.as_of) == ("2025-07", "2018")
    assert row.per_area.sources == ("beipiao.firms.2025-07", "beipiao.approved_area.2018")
    assert found.at[("kazuo", "hightech_firms"), "per_area"].value == Fraction(43) / Fraction("2.8287")
    # of Kazuo only parts of its firms are printed, and rungs that are no part of them have no row
    assert [indicator for zone, indicator in found.index if zone == "kazuo"] == ["hightech_firms"]


@pytest.mark.parametrize(
    ("project", "mu", "hectares"),
    [
        ("tongxin-slag", "382.88", "422.43"),
        ("hongfa-broilers", "130", "422.43"),
        ("tuobituo-feed", "50", "403"),
        ("precision-parts", "50", "282.87"),
    ],
)
def test_a_site_is_held_against_the_area_of_its_zone(data, project, mu, hectares):
    row = approval.of_approved(data).loc[project]
    assert row.site_area.unit == "hectare" and row.site_area.value == Fraction(mu) / 15
    assert row.of_approved.value == Fraction(mu) / 15 / Fraction(hectares) * 100


def test_areas_add_up_and_have_shares_of_their_own(data):
    share = statistic(data, "chaoyang-hightech.approved_area:share_of_group")
    assert share.value == Fraction("1188.28") / Fraction("3008.67") * 100


def test_an_industry_and_its_chain_share_a_word_and_no_other_does(data):
    """The rule of data/README.md: the same branch word in both sources, nothing inferred."""
    for row in data.industries.itertuples():
        own = data.chains[data.chains["zone"] == row.zone]["name_zh"]
        same = [chain for chain, name in own.items() if name in row.name_zh or row.name_zh in name]
        assert same == ([row.chain] if row.chain else []), row
    counted = approval.industries(data)
    assert (counted["industries"].sum(), counted["in_both"].sum()) == (21, 5)
    assert counted["chains"].sum() == len(data.chains)
    assert list(counted.index[counted["in_both"] == 0]) == ["liucheng", "chaoyang-hightech"]


def test_dates_of_zones_are_no_dates_of_projects(data):
    months = projects.dates(data, "zone")["date"].tolist()
    assert months == ["1994-08", "2002-09", "2011-12", *["2016-04"] * 4]
    assert set(projects.timeline(data)["project"]) <= set(data.projects.index)


def test_what_is_not_printed_is_said_of_the_source_that_does_not_print_it(data):
    assert city.silent(data) == {"article": ["lingyuan", "liucheng", "chaoyang-edz"]}
    sentence = "the newspaper page prints no figure of the zone itself for Lingyuan, Liucheng and Chaoyang EDZ"
    assert str(leads.silence(data)) == sentence
    assert sentence in str(charts.coverage_matrix(city.coverage(data), data).caption)


def test_each_source_is_named_with_its_own_sections(data):
    (source,) = tables.approved_industries(data).source
    page, catalogue = source.split("; ")
    assert page.startswith("Source: newspaper page, One chain") and "S217" not in page
    assert catalogue.startswith("national catalogue, No. 314 (S217011)") and "chain" not in catalogue
    assert str(record(data, "beipiao").source) == "('Source: national catalogue, No. 319 (S217012).',)"


def test_without_the_second_source_nothing_of_it_is_shown(alone, fixtures):
    for data in (alone, load(fixtures / "example-city"), load(fixtures / "zone-level")):
        for found in (approval.per_area(data), approval.of_approved(data), approval.industries(data)):
            assert found.empty
        assert isinstance(tables.approved_industries(data), Passage) and isinstance(tables.months(data), Passage)
        assert all(record(data, zone) is None for zone in data.zones.index)
        assert not any(
            {"approval", "per_area", "of_approved", "in_both"} & set(".".join(key).split("."))
            for key in findings_of(data)
        )


def test_an_industry_names_a_chain_of_its_own_zone(copy):
    text = (copy / "industries.csv").read_text("utf-8")
    (copy / "industries.csv").write_text(text.replace(",lingyuan-steel", ",beipiao-food"), "utf-8")
    with pytest.raises(
        DataFaults, match="row 21, column chain: 'beipiao-food': is a chain of beipiao; expected one of lingyuan"
    ):
        load(copy)


def test_a_date_is_of_a_project_or_a_zone(copy):
    with (copy / "milestones.csv").open("a", encoding="utf-8") as file:
        file.write("hongfa,approval,2016-04,realised,article,lead/1,,\n")
    with pytest.raises(DataFaults, match="column subject: 'hongfa': expected an id of projects"):
        load(copy)


def test_a_package_of_version_1_keeps_its_dates(fixtures):
    old = load(fixtures / "version-1")
    assert economics.construction(old, "rolling-mill") is not None
