"""What the story says by reference, and the conditions under which it says it."""

from fractions import Fraction as F

import pytest

from analysis import load
from analysis.analyses.statistics import holds, statistic
from analysis.exhibits import tables


@pytest.fixture(scope="module")
def level(fixtures):
    return load(fixtures / "zone-level")


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("kazuo.chain_firms", 7),
        # 104 at 43.5 % are the projects of a city that signed 239
        ("all-zones.projects_signed:city", 239),
        ("all-zones.projects_signed:rest", 135),
        ("all-zones.assessment_rank:unranked_11_30", 3),
        ("all-zones.assessment_rank:unranked_31", 1),
        ("jianping.share_foreign_capital:share_of_group", F("98.23")),
        ("jianping.share_foreign_capital:place", 1),
        ("all-zones.share_foreign_capital:cr1", F("98.23")),
        # seven of 84 zones, six of the first thirty, three of the first ten
        ("chaoyang.provincial_zones:of_above", F(700, 84)),
        ("all-zones.zones_in_top_30:of_first", 20),
        ("all-zones.zones_in_top_10:of_first", 30),
        ("jianping.share_foreign_capital:others", F("1.77")),
        ("jianping.share_foreign_capital:others_mean", F("0.295")),
        ("all-zones.projects_started:mean", 41),
        # 50 of 248 resident firms
        ("beipiao.above_scale_firms:part", F(5000, 248)),
    ],
)
def test_a_reference_names_a_figure_or_what_follows_from_it(data, reference, value):
    assert statistic(data, reference).value == value


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        # as in test_zones.py
        ("harbour.output:share_of_group", F(15000, 420)),
        ("harbour.output:share_of_city", F(15000, 560)),
        ("harbour.output:growth", F(1800, 132)),
        ("harbour.output:points", F(1800, 386)),
        ("west.output:place", 3),
        ("model-zones.output:growth", F(3400, 386)),
        ("model-zones.output:share", 75),
        ("model-zones.output:hhi", F(38042, 176400)),
        ("model-zones.output:cr3", 70),
    ],
)
def test_statistics_of_zones_and_of_all(level, reference, value):
    assert statistic(level, reference).value == value


def test_the_other_zones_would_have_started_the_rest_of_what_all_started(data):
    """Beipiao started 12 in the half-year, so 12 at most by May: 275 to 287 are left to six zones."""
    left = statistic(data, "beipiao.projects_started:others_mean")
    assert (left.low, left.high) == (F(275, 6), F(287, 6))


def test_implied_bounds_have_a_name(data):
    implied = statistic(data, "kazuo.share_foreign_capital:implied")
    assert (implied.low, implied.high, implied.implied) == (0, F("1.77"), True)


def test_how_the_latest_figure_changed_has_a_name(level):
    assert statistic(level, "harbour.output:change").to("CNY").value == 18 * 10**8


@pytest.mark.parametrize(
    "reference",
    [
        "kazuo.jobs",
        "kazuo.assessment_rank:growth",
        "all-zones.assessment_rank:unranked_5",
        "nobody.firms",
        "beipiao.firms:part",
        "kazuo.firms:of_above",
        "beipiao.firms:mean",
    ],
)
def test_what_does_not_follow_is_none(data, reference):
    assert statistic(data, reference) is None


def test_an_unknown_statistic_is_none(data):
    assert statistic(data, "jianping.share_foreign_capital:magic") is None


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (None, True),
        ("", True),
        ("jianping.share_foreign_capital > 50", True),
        ("jianping.share_foreign_capital < 50", False),
        ("jianping.share_foreign_capital = 98.23", True),
        ("all-zones.share_foreign_capital >= 100", True),
        ("all-zones.share_foreign_capital > 100", False),
        ("all-zones.projects_signed:rest <= 135", True),
        ("all-zones.projects_signed:rest < 135", False),
        # the broiler plant has over 1,500 jobs: more than 1,500 is sure, more than 2,000 is open, fewer is excluded
        ("hongfa-broilers.jobs > 1500", True),
        ("hongfa-broilers.jobs > 2000", False),
        ("hongfa-broilers.jobs < 2000", False),
        ("hongfa-broilers.jobs <= 1500", False),
        # in the indicator's own unit, whatever it is printed in: 70 hundred million yuan
        ("zhongke-cluster.total_investment > 6999999999", True),
        ("zhongke-cluster.total_investment > 7000000000", False),
        # each part has to hold
        ("jianping.share_foreign_capital > 50; all-zones.zones_in_top_30 >= 3", True),
        ("jianping.share_foreign_capital > 50; all-zones.zones_in_top_30 >= 7", False),
        # what is not known, and what is no condition, never holds
        ("kazuo.jobs > 1", False),
        ("jianping.share_foreign_capital:magic > 1", False),
        ("jianping.share_foreign_capital is large", False),
    ],
)
def test_a_condition_holds_only_where_it_certainly_does(data, condition, answer):
    assert holds(data, condition) is answer


def test_a_passage_stands_under_its_condition_and_without_what_is_not_known(copy):
    path = copy / "story.csv"
    heading = path.read_text("utf-8-sig").splitlines()[0]
    rows = [
        ("a", "jianping.share_foreign_capital > 50", "One. It has {kazuo.chain_firms}. Not {kazuo.firms}."),
        ("b", "jianping.share_foreign_capital < 50", "Two."),
        ("c", "", "None has {lingyuan.firms}."),
    ]
    lines = [f"{key},findings,chaoyang,{when},{words},{words},article,lead/1" for key, when, words in rows]
    path.write_text("\n".join([heading, *lines]) + "\n", "utf-8")
    told = tables.story(load(copy), "findings")
    assert [str(paragraph).strip() for paragraph in told.paragraphs] == ["One. It has seven."]
