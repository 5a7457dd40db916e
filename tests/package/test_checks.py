"""Rows held against each other: what cannot be true is refused before it becomes a finding."""

import pytest
from spoiled import add, describe, faults, only, spoil

from analysis.package.dataset import load
from analysis.package.descriptor import field

# keys


def test_a_figure_given_twice_is_refused(copy):
    """Which of the two the book prints would be chance."""
    add(copy, "kazuo,assessment_rank,2024,10,10,exact,realised,位,article,lead/1,")
    only(copy, "row 86", "kazuo, assessment_rank, 2024", "stands in row 8 already")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("observations.csv", "kazuo,assessment_rank", "Ka zuo,assessment_rank", "did you mean kazuo?"),
        ("observations.csv", "kazuo,assessment_rank", "kazuo,assessment rank", "did you mean assessment_rank?"),
        ("observations.csv", "realised,位,article", "realised,位,Article", "did you mean article?"),
        ("observations.csv", "家,article,lead/1,", "家,article,leed/1,", "did you mean lead?"),
        ("projects.csv", "tongxin-slag,beipiao,tongxin", "tongxin-slag,beipiao,tongxing", "did you mean tongxin?"),
        ("links.csv", "beipiao-food,", "Beipiao-Food,", "did you mean beipiao-food?"),
        ("claims.csv", "at_most,,,,all-zones", "at_most,,,,all zones", "did you mean all-zones?"),
        ("places.csv", "朝阳,liaoning", "朝阳,Liaoning", "did you mean liaoning?"),
        ("indicators.csv", "高新技术企业数,,,,firms", "高新技术企业数,,,,firm", "did you mean firms?"),
    ],
)
def test_an_id_that_leads_nowhere_is_refused_with_the_nearest_one(copy, file, old, new, expected):
    """Its figures would silently be about nothing."""
    spoil(copy, old, new, file)
    assert expected in only(copy, file)


def test_an_id_is_used_for_one_thing(copy):
    spoil(copy, "zhongke,beipiao", "kazuo,beipiao", "firms.csv")
    assert "is an id of zones.csv too" in faults(copy)


def test_faults_of_cells_do_not_hide_those_of_keys(copy):
    """Else the analyst mends, runs, and finds the next ones, again and again."""
    spoil(copy, "30,33,range", "thirty,33,range")
    spoil(copy, "hongfa,beipiao", "hongfa,beipio", "firms.csv")
    add(copy, "kazuo,jobs,2025-07/2025-01,5,5,exact,realised,亩,article,kazuo/5,")
    message = faults(copy)
    for expected in (
        "'thirty': expected a number alone",
        "did you mean beipiao?",
        "ends before it starts",
        "does not fit the indicator jobs",
    ):
        assert expected in message
    assert len(message.splitlines()) == 4


def test_one_bad_id_is_one_fault(copy):
    """Not one for every row that names it as well."""
    spoil(copy, "beipiao,chaoyang", "Beipiao,chaoyang", "zones.csv")
    only(copy, "zones.csv, row 2, column id: 'Beipiao'", "write beipiao")


@pytest.mark.parametrize(
    "file", ["places", "zones", "firms", "projects", "chains", "indicators", "sources", "sections"]
)
def test_one_missing_file_is_one_fault(copy, file):
    (copy / f"{file}.csv").unlink()
    only(copy, f"{file}.csv: the file is missing")


@pytest.mark.parametrize("file", ["zones", "places", "indicators", "sources", "sections"])
def test_a_heading_alone_is_one_fault(copy, file):
    """A book without one figure is no book."""
    path = copy / f"{file}.csv"
    path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    only(copy, f"{file}.csv: has no row below its heading")


def test_places_that_lie_in_each_other_are_refused_and_do_not_hang_the_check(copy):
    spoil(copy, "辽宁,", "辽宁,chaoyang", "places.csv")
    lines = faults(copy).splitlines()
    assert len(lines) == 2 and all("a place cannot lie in itself" in line for line in lines)


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("zones.csv", "kazuo,chaoyang,", "kazuo,all-zones,", "city"),
        ("places.csv", "朝阳,liaoning", "朝阳,all-zones", "parent"),
        ("places.csv", "合计,chaoyang", "合计,", "parent"),
        ("places.csv", "合计,chaoyang", "合计,all-zones", "parent"),
    ],
)
def test_nothing_lies_in_a_group_and_a_group_is_of_a_place(copy, file, old, new, column):
    """All zones together are a total; taken for a place they would hold themselves."""
    spoil(copy, old, new, file)
    lines = faults(copy).splitlines()
    assert any(f"{file}, row" in line and f"column {column}" in line and "name that place" in line for line in lines)


def test_a_place_that_lies_in_itself_is_refused(copy):
    spoil(copy, "朝阳,liaoning", "朝阳,chaoyang", "places.csv")
    only(copy, "places.csv, row 3, column parent: 'chaoyang': a place cannot lie in itself")


def test_a_place_below_a_circle_is_not_at_fault_and_does_not_hang_the_check(copy):
    add(copy, "a,county,A,甲,b", "b,county,B,乙,a", "c,county,C,丙,a", file="places.csv")
    lines = faults(copy).splitlines()
    assert len(lines) == 2 and not any("row 7" in line for line in lines)


# places in the sources


@pytest.fixture
def bulletin(copy):
    """A second source, with a section of its own."""
    add(copy, "bulletin,bulletin,公报,Bulletin,公报,,,2025-03,2025-03,,", file="sources.csv")
    add(copy, "figures,bulletin,Figures,数字", file="sections.csv")
    return copy


@pytest.mark.parametrize(
    ("source", "section", "owner"), [("bulletin", "lead", "article"), ("article", "figures", "bulletin")]
)
def test_a_section_of_another_source_is_refused(bulletin, source, section, owner):
    """The page would cite the one and show the other."""
    add(bulletin, f"kazuo,firms,2024,5,5,exact,realised,家,{source},{section}/1,")
    only(bulletin, "row 86, column locator", f"{section} is a section of {owner}, not of {source}; mend one of the two")


def test_a_section_of_another_source_is_refused_among_several(bulletin):
    add(bulletin, "kazuo,firms,2024,5,5,exact,realised,家,article,lead/1; figures/2,")
    only(bulletin, "row 86, column locator", "figures is a section of bulletin")


def test_a_section_of_the_rows_own_source_is_fine(bulletin):
    add(bulletin, "kazuo,firms,2024,5,5,exact,realised,家,bulletin,figures/1,")
    assert load(bulletin).observations.loc["kazuo.firms.2024", "source"] == "bulletin"


# statements


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2024,nearly,90,%", "2024,,90,%", "comparator"),
        ("2024,nearly,90,%", "2024,nearly,,%", "threshold"),
        ("all-zones,share_above_scale_output,2024,nearly", "all-zones,,2024,nearly", "indicator"),
        ("10,,,assessment_rank", "10,,,", "other"),
        ("365,,,birds_per_day", ",,,birds_per_day", "threshold"),
    ],
)
def test_a_statement_has_what_its_rule_needs(copy, old, new, column):
    """The build would stop at it."""
    spoil(copy, old, new, "claims.csv")
    only(copy, "claims.csv", f"column {column}: (empty)", "needs a value here")


def test_a_threshold_may_be_negative(copy):
    spoil(copy, "nearly,90", "nearly,-90", "claims.csv")
    load(copy)


def test_a_threshold_that_is_no_number_is_refused(copy):
    """The statement could not be tested, and the book would stop in the middle of building."""
    spoil(copy, "nearly,90", "nearly,nine tenths", "claims.csv")
    only(copy, "claims.csv, row 2, column threshold: 'nine tenths'", "needs a number")


# periods


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2025-05/2025-01", "ends before it starts"),
        ("2025/2024", "ends before it starts"),
        ("2025-01/2025-13", "no such month"),
        ("2025-08", "is later than 2025-07, when the source article reports"),
        ("2025-01/2025-12", "is later than 2025-07"),
        ("2026", "is later than 2025-07"),
    ],
)
def test_a_period_that_cannot_be_is_refused(copy, period, expected):
    """A figure of next year in this year's source is a slip, and would be shown as the latest."""
    add(copy, f"kazuo,jobs,{period},5,5,exact,realised,人,article,kazuo/5,")
    only(copy, "row 86, column period", expected)


@pytest.mark.parametrize(
    ("period", "status"), [("2025-07", "realised"), ("2025", "realised"), ("2026", "planned"), ("2025-12", "expected")]
)
def test_plans_reach_beyond_the_report_and_a_year_alone_is_what_had_passed_of_it(copy, period, status):
    add(copy, f"kazuo,jobs,{period},5,5,exact,{status},人,article,kazuo/5,")
    load(copy)


def test_a_milestone_reached_after_the_report_is_refused(copy):
    spoil(
        copy,
        "dayou-capsules,topping_out,2025-08,exact,expected,article,drive/3,Main structure,主体结构,预计",
        "dayou-capsules,topping_out,2025-08,exact,realised,article,drive/3,Main structure,主体结构,",
        "milestones.csv",
    )
    only(copy, "milestones.csv, row 4, column date: '2025-08'", "is later than 2025-07", "expected or planned")


# bounds and units


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("30,33,range", "33,30,range", "the lower bound is above the upper bound 30; exchange them"),
        ("30,33,range", "30,30,range", "a range needs two different bounds; use 'exact'"),
        ("30,33,range", "30,33,exact", "'exact' needs equal bounds, low is 30; use 'range'"),
        ("1500,,more_than", "1500,1500,more_than", "'more_than' has no upper bound"),
        ("1500,,more_than", ",1500,more_than", "'more_than' needs a lower bound"),
        ("24,24,exact", "24,24,up_to", "'up_to' has no lower bound"),
        ("130,130,exact,realised,亩", "130,130,exact,realised,亿元", "does not fit the indicator site_area (mu)"),
        ("130,130,exact,realised,亩", "130,130,exact,realised,亿元", "fitting: 亩, 平方米, 万平方米, 公顷"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(copy, old, new, expected):
    spoil(copy, old, new)
    only(copy, "observations.csv", expected)


@pytest.mark.parametrize("unit", ["meters of joy", "9^9^9", "item(", "1e999 item", "__import__"])
def test_an_indicators_unit_is_one(copy, unit):
    """Whatever stands there is handed to a parser that computes powers."""
    spoil(copy, "jobs,count,person", f"jobs,count,{unit}", "indicators.csv")
    only(copy, "indicators.csv", "expected a unit of the descriptor")


def test_a_unit_that_the_descriptor_allows_but_does_not_explain_fits_nothing(copy):
    describe(copy, lambda d: field(d, "observations", "unit")["constraints"]["enum"].append("顷"))
    spoil(copy, "130,130,exact,realised,亩", "130,130,exact,realised,顷")
    only(copy, "'顷': expected one of")


# shares


def test_a_share_above_its_whole_is_refused(copy):
    spoil(copy, "89.07,89.07", "189.07,189.07")
    only(copy, "a share lies between 0 and 100 %")


# ranks


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("0,0,exact", "a rank is a whole number from 1"),
        ("8.5,8.5,exact", "a rank is a whole number from 1"),
    ],
)
def test_a_rank_that_cannot_be_is_refused(copy, new, expected):
    spoil(copy, "kazuo,assessment_rank,2024,9,9,exact", f"kazuo,assessment_rank,2024,{new}")
    only(copy, "row 8, column low", expected)


# the story


def test_a_passage_names_known_figures_the_same_in_both_languages_and_types_none(copy):
    spoil(copy, "{kazuo.chain_firms} firms with", "{kazuo.chain_firm} firms with", "story.csv")
    spoil(copy, "{chaoyang.reform_areas}个方面", "5个方面", "story.csv")
    lines = faults(copy).splitlines()
    assert any(
        "column text_en: " in line and "{kazuo.chain_firm} is not known" in line and "did you mean chain_firms?" in line
        for line in lines
    )
    assert any("column text_zh: " in line and "holds the typed figure 5" in line for line in lines)
    assert any("the two languages must name the same: {chaoyang.reform_areas} in text_en" in line for line in lines)


def under(folder, condition):
    """The package, with a condition for one of its passages."""
    spoil(
        folder,
        "governance-status,governance,chaoyang,",
        f"governance-status,governance,chaoyang,{condition}",
        "story.csv",
    )
    return folder


@pytest.mark.parametrize(
    "condition",
    [
        "jianping.share_foreign_capital > 50",
        "jianping.share_foreign_capital>=50 ; all-zones.projects_signed:rest < 1000",
        "beipiao.firms:growth > -2.5",
    ],
)
def test_a_condition_compares_figures_with_numbers(copy, condition):
    assert load(under(copy, condition)).story.loc["governance-status", "condition"] == condition


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("jianping.share_foreign_capital", "expected the form harbour-zone.exports > 50"),
        ("jianping.share_foreign_capital > many", "expected the form"),
        ("jianping.share_foreign_capital > 50; x", "expected the form"),
        ("jianpin.share_foreign_capital > 50", "did you mean jianping?"),
        ("jianping.share_foreign > 50", "{jianping.share_foreign} is not known"),
        ("jianping > 50", "expected {id} for a name or {subject.indicator} for a figure"),
    ],
)
def test_a_condition_that_can_never_hold_is_refused(copy, condition, expected):
    """The passage would be missing, and nobody would know why."""
    only(under(copy, condition), "story.csv, row 13, column condition", expected)


def test_a_passage_about_an_unknown_subject_is_refused(copy):
    spoil(copy, "profile,beipiao,", "profile,beipao,", "story.csv")
    only(copy, "story.csv", "did you mean beipiao?")


def test_a_package_without_a_story_is_read(copy):
    """Editions before the table existed are compared with later ones."""
    describe(copy, lambda d: d.update(resources=[r for r in d["resources"] if r["name"] != "story"]))
    (copy / "story.csv").unlink()
    assert load(copy).story.empty
