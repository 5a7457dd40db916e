"""Every expected figure is worked out by hand from the printed ones, in the comment beside it."""

from fractions import Fraction as F

import pytest

from analysis.analyses import (
    chains,
    city,
    claims,
    concentration,
    contributions,
    economics,
    payback,
    profiles,
    projects,
    standing,
    walk,
)
from analysis.exhibits import charts
from analysis.model.implied import rank_bands
from analysis.model.zones import zones
from analysis.package import dataset
from analysis.quantity import Answer, at_most
from analysis.wording import text


def test_the_rest_of_the_city(data):
    rest = city.city_shares(data)["remainder"]
    # 100 - 89.07, 100 - 63.65, 100 - 73.36, 100 - 100, 100 - 43.5
    assert rest["share_above_scale_output"].value == F("10.93")
    assert rest["share_fixed_asset_investment"].value == F("36.35")
    assert rest["share_outside_capital"].value == F("26.64")
    assert rest["share_foreign_capital"].value == 0
    assert rest["share_projects_signed"].value == F("56.5")


def test_percentiles_among_84(data):
    percentile = city.ranks(data, "assessment_rank")["percentile"]
    # (84 - 6)/84, (84 - 8)/84, (84 - 9)/84
    assert [percentile[z].value for z in ("beipiao", "jianping", "kazuo")] == [F(7800, 84), F(7600, 84), F(7500, 84)]


def test_foreign_capital_is_in_one_zone_however_the_rest_is_spread(data):
    hhi = concentration.concentration(zones(data, "share_foreign_capital"))["hhi"]
    # 0.9823² = 0.96491329; rest 0.0177: six zones (0.0177²)/6 = 0.000052215; one zone 0.0177² = 0.00031329
    assert hhi.low == F("0.96491329") + F("0.0177") ** 2 / 6
    assert hhi.high == F("0.96491329") + F("0.0177") ** 2


def test_each_other_zone_has_up_to_1_77_per_cent_of_foreign_capital(data):
    table = contributions.ranking(zones(data, "share_foreign_capital"))
    others = table["value"].drop("jianping")
    # 100 - 98.23
    assert {(q.low, q.high) for q in others} == {(0, F("1.77"))} and all(q.implied for q in others)
    assert table.at["jianping", "place"].value == 1
    assert {(q.low, q.high) for q in table["place"].drop("jianping")} == {(2, 7)}


def test_135_of_239_projects_lie_outside_the_zones(data):
    # 104/238 = 43.70 %, 104/239 = 43.51 %, 104/240 = 43.33 %
    assert city.consistent_totals(104, F("43.5"), 1) == [239]
    row = walk.totals(data, "one-drive").loc["projects_signed"]
    assert (row["city"].value, row["remainder"].value) == (239, 135) and row["city"].implied
    # a share without decimals leaves more room: 104/0.445 = 233.7 to 104/0.435 = 239.1
    assert city.consistent_totals(104, F(44), 0) == [234, 235, 236, 237, 238, 239]


def test_three_of_four_zones_without_a_rank_lie_between_11_and_30(data):
    # six within the first thirty, three of them named, all within the first ten; seven zones in all
    bands = rank_bands(data, "assessment_rank")
    assert [(row.low, row.high, row.zones.value) for row in bands.itertuples()] == [(11, 30, 3), (31, None, 1)]


def test_no_zone_has_the_two_shares_a_location_quotient_needs(data):
    """The share of all investment and that of industrial output are of different universes: none names the other."""
    assert data.indicators["reference"].dropna().empty


def test_coverage_counts_what_is_printed_of_a_zone(data):
    known = city.coverage(data).sum(axis=1)
    # Beipiao: rank; 248, 50, 25; 22, 12, 36; two areas, two parks; 161, 450, 150, 5, 11; its approved area
    assert known["beipiao"] == 15
    assert (known[["lingyuan", "liucheng", "chaoyang-edz"]] == 1).all()


def test_a_zone_has_a_place_only_among_zones_with_a_figure(data):
    kazuo = profiles.published(data, "kazuo")
    # 43 high-tech enterprises against Beipiao's 25; a rank is a place already; parks are Kazuo's alone
    assert (kazuo.loc["hightech_firms", "place"], kazuo.loc["hightech_firms", "among"]) == (1, 2)
    assert kazuo.at["assessment_rank", "place"] is None
    assert kazuo.at["park_firms", "place"] is None


def test_leads_are_those_that_the_source_calls_so(data):
    table = chains.dependence(data)
    # Hongfa, Yinuo, Tongmei and Ansteel alone are called leads of theirs; Linggang leads with others
    assert set(table.index[table["single_lead"]]) == {
        "beipiao-food",
        "beipiao-environment",
        "kazuo-semiconductor",
        "hightech-metallurgy",
    }
    steel, tyres = table.loc["lingyuan-steel", "leads"], table.loc["hightech-rubber"]
    assert (steel.low, steel.high) == (1, None)
    # Langma, Heimao and others are relied on
    assert (tyres["leads"].value, tyres["relied_on"].low, tyres["relied_on"].high) == (0, 2, None)
    # Zhongnengjian, Weike, Ruixin, Jianxing and others
    assert (table.at["jianping-bentonite", "leads"].low, table.at["jianping-bentonite", "leads"].high) == (4, None)


def test_a_chain_whose_words_differ_is_in_no_other_state(data):
    # initially formed, forming, complete; still being built up, formed
    table = chains.dependence(data)
    assert set(table.index[table["state"] == chains.DISPUTED]) == {"kazuo-semiconductor", "jianping-equipment"}
    assert chains.by_state(data).sum().to_dict() == {"formed": 6, "forming": 6, "planned": 1, "disputed": 2}


def test_started_stays_apart_from_started_or_resumed(data):
    counts = projects.counts(data).set_index("subject")
    assert (
        counts.loc["all-zones", "projects_started"].sources
        != counts.loc["all-zones", "projects_started_or_resumed"].sources
    )
    assert counts.loc["beipiao", "projects_started_or_resumed"] is None
    # signed 22, started 12, continued 36
    assert [
        int(counts.loc["beipiao", c].value) for c in ("projects_signed", "projects_started", "projects_continued")
    ] == [22, 12, 36]


def test_a_sum_over_projects_with_a_gap_is_a_lower_bound(data):
    stages = projects.by_stage(data)
    # signed: 70 + 25 hundred million, both published; under construction: 1.5 + 1.05, two of four published
    assert stages.loc["signed", "investment"].value == 95 * 10**8
    assert (
        stages.loc["under_construction", "investment"].low,
        stages.loc["under_construction", "investment"].high,
    ) == (
        F("2.55") * 10**8,
        None,
    )


def test_dates_in_order(data):
    assert list(projects.timeline(data)["date"]) == ["2019-05", "2020-06", "2025-08", "2025-12"]


@pytest.mark.parametrize(
    ("project", "measure", "low", "high"),
    [
        # 6e8 / 130 mu; 18.2e8 / 382.88; 1.5e8 / 50; 1.05e8 / 50
        ("hongfa-broilers", "investment_per_mu", F(6 * 10**8, 130), F(6 * 10**8, 130)),
        ("tongxin-slag", "investment_per_mu", F(182 * 10**7) / F("382.88"), F(182 * 10**7) / F("382.88")),
        ("tuobituo-feed", "investment_per_mu", 3 * 10**6, 3 * 10**6),
        ("precision-parts", "investment_per_hectare", 2100000 * 15, 2100000 * 15),
        # 57,000 m² / (130 · 10,000/15 m²) = 0.6577; 19,000 / (50 · 10,000/15) = 0.57
        ("hongfa-broilers", "plot_ratio", F(57000 * 15, 1300000), F(57000 * 15, 1300000)),
        ("precision-parts", "plot_ratio", F("0.57"), F("0.57")),
        # 24 / 18.2; 6.7 / 1.5
        ("tongxin-slag", "output_per_yuan", F(240, 182), F(240, 182)),
        ("tuobituo-feed", "output_per_yuan", F(67, 15), F(67, 15)),
        # over 1,500 / 6; 500 / 18.2
        ("hongfa-broilers", "jobs_per_100m", 250, None),
        ("tongxin-slag", "jobs_per_100m", F(5000, 182), F(5000, 182)),
        # 40e8 / over 1,500 = under 2.667 million
        ("hongfa-broilers", "output_per_job", 0, F(4 * 10**9, 1500)),
        # (80 + 5) / 120; 120 - 80 - 5 = 35 (ten thousand tonnes)
        ("tongxin-slag", "mass_yield", F(8500, 120), F(8500, 120)),
        ("tongxin-slag", "mass_not_in_products", 350000, 350000),
        # 16.1 / 18.2
        ("tongxin-slag", "fixed_share", F(16100, 182), F(16100, 182)),
        # 16.1e8 / 382.88 mu, 4.2 million; × 15 a hectare
        ("tongxin-slag", "fixed_investment_per_mu", F(161 * 10**7) / F("382.88"), F(161 * 10**7) / F("382.88")),
        ("tongxin-slag", "fixed_investment_per_hectare", F(2415 * 10**7) / F("382.88"), F(2415 * 10**7) / F("382.88")),
        # 300,000 to 330,000 on 313 days; 40e8 / 1e8 birds; 24e8 / 1.2e6 t
        ("hongfa-broilers", "six_day_throughput", 93900000, 103290000),
        # CNY 4 billion for 93.9 million birds, and for 103.29 million: 42.60 and 38.73
        ("hongfa-broilers", "six_day_price", F(4_000_000_000, 103_290_000), F(4_000_000_000, 93_900_000)),
        ("hongfa-broilers", "implied_price", 40, 40),
        ("tongxin-slag", "output_per_tonne", 2000, 2000),
        # 100 million / 330,000 = 303.03 to 100 million / 300,000 = 333.33
        ("hongfa-broilers", "operating_days", F(10000, 33), F(10000, 30)),
    ],
)
def test_project_measures(data, project, measure, low, high):
    found = economics.measure(data, project, measure)
    assert (found.low, found.high) == (low, high)


def test_no_employment_multiplier_can_be_given(data):
    assert text(economics.measure(data, "hongfa-broilers", "induced_jobs_ratio")) == "no bound"


def test_a_measure_without_its_inputs_is_missing(data):
    assert economics.measure(data, "precision-parts", "output_per_mu") is None


def test_construction_took_about_thirteen_months(data):
    # May 2019 to June 2020, months only: 12 to 14
    time = economics.construction_months(data, "hongfa-broilers")
    assert (time.low, time.high, time.low_strict, time.high_strict) == (12, 14, True, True)


def test_margin_for_a_payback(data):
    margins = payback.required_margin(data, [5, 10])
    # 6 / (40 · 5) = 3 %; 18.2 / (24 · 10) = 7.583 %; 1.5 / (6.7 · 5) = 4.478 %
    assert margins.loc["hongfa-broilers", 5].value == 3
    assert margins.loc["tongxin-slag", 10].value == F(1820, 240)
    assert margins.loc["tuobituo-feed", 5].value == F(15000, 3350)
    assert "precision-parts" not in margins.index


def test_depreciation_is_no_payment(data):
    net = payback.required_net_margin(data, [5, 10, 15])
    # 3 % − 6 / (10 · 40) = 1.5 %; 15.1667 % − 16.1 / (10 · 24) = 8.458 %, fixed assets alone
    assert net.loc["hongfa-broilers", 5].value == F(3, 2)
    assert net.loc["tongxin-slag", 5].value == F(1820, 120) - F(1610, 240)
    # all of it written off in ten years pays it back; of 18.2 only the 16.1 of fixed assets ever are: 2.1 / (24 · 15)
    assert net.loc["hongfa-broilers", 10].value == 0 and net.loc["hongfa-broilers", 15].value == 0
    assert net.loc["tongxin-slag", 15].value == F(210, 360)
    assert net.loc["tongxin-slag", 10].value == F(210, 240)
    # 3 % − 6 / (20 · 40) = 2.25 %
    assert payback.required_net_margin(data, [5], 20).loc["hongfa-broilers", 5].value == F(9, 4)
    # 6 / (40 · 0.015 + 0.6) = 5; 18.2 / (24 · 0.1 + 1.61) = 4.539
    assert payback.net_payback_years(data, F(15, 1000))["hongfa-broilers"].value == 5
    assert payback.net_payback_years(data, F(1, 10))["tongxin-slag"].value == F(1820, 401)
    # over five years: after them profit alone brings back 2.1, 2.1 / 0.24 a year at 1 %
    assert payback.net_payback_years(data, F(1, 100), 5)["tongxin-slag"].value == F(875, 100)


def test_what_a_measure_lacks_is_named(data):
    # products but no intake; an investment but no output
    assert economics.lacking(data, "mass_yield", "operating_days") == {"precision-parts": ["input_mass"]}
    assert economics.lacking(data, "output_per_yuan") == {"precision-parts": ["output_value"]}
    table = economics.formed(economics.measures(data), ["mass_yield", "operating_days", "implied_price"])
    assert [*table["indicator"].items()] == [
        ("hongfa-broilers", "operating_days"),
        ("hongfa-broilers", "implied_price"),
        ("tongxin-slag", "mass_yield"),
    ]


def test_payback_is_the_margin_turned_round(data):
    # 6 / (40 · 0.03) = 5 years
    assert payback.payback_years(data, F(3, 100))["hongfa-broilers"].value == 5
    with pytest.raises(ValueError, match="positive"):
        payback.payback_years(data, F(0))


def test_verdicts(data):
    verdicts = claims.verdicts(data)
    # "nearly" nine tenths: within 5 per cent of it
    assert verdicts.at["nearly-nine-tenths", "grounds"].margin.value == 5
    verdict = verdicts["verdict"].to_dict()
    assert verdict == {
        "nearly-nine-tenths": "supported",  # 89.07 is below 90 by less than half a tenth
        "over-six-tenths": "supported",  # 63.65 ≥ 60
        "three-in-top-ten": "supported",  # ranks 6, 8, 9
        "six-in-top-thirty": "consistent",  # three ranks known, four not
        "zones-rose": "not_checkable",  # no earlier year
        "best-result-ever": "not_checkable",  # no earlier year
        "foreign-capital-whole": "supported",  # 98.23 ≤ 100
        "signed-share": "consistent",  # 239 fits
        "started-or-resumed": "contradicted",  # 287 twice
        "hundred-million-birds": "consistent",  # 303 to 334 days
        "hongfa-under-construction": "contradicted",  # completed June 2020
        "tongxin-mass-balance": "supported",  # 85 ≤ 120
        "tongxin-fixed-assets": "supported",  # 16.1 ≤ 18.2
        "above-scale-within-firms": "supported",  # 50 ≤ 248
        "kazuo-chain-complete": "contradicted",  # forming elsewhere
    }


def test_places_follow_from_the_zones(data):
    assert (data.city, data.province, data.group) == ("chaoyang", "liaoning", "all-zones")


def test_ranks_that_are_bounds_count_where_they_must_and_may(copy):
    """“Among the first 25” is within thirty, but may or may not be within ten."""
    path = copy / "observations.csv"
    text = path.read_text("utf-8").replace(
        "beipiao,assessment_rank,2024,6,6,exact", "beipiao,assessment_rank,2024,,25,up_to"
    )
    path.write_text(text, "utf-8")
    verdicts = claims.verdicts(dataset.load(copy))["verdict"]
    assert verdicts["three-in-top-ten"] == "consistent" and verdicts["six-in-top-thirty"] == "consistent"


def test_the_project_with_the_largest_exact_value_is_the_best(data):
    yields = economics.measures(data)["output_per_mu"]
    # 40 / 130 against 24 / 382.88 and 6.7 / 50 hundred million CNY per mu
    assert economics.best(yields) == "hongfa-broilers" and economics.only_bounded(yields) == []
    assert at_most(economics.measure(data, "hongfa-broilers", "operating_days"), economics.YEAR) is Answer.YES
    assert economics.is_unbounded(economics.measure(data, "hongfa-broilers", "induced_jobs_ratio"))
    built = [project for project in data.projects.index if economics.construction(data, project)]
    assert built == ["hongfa-broilers"]


def test_the_first_picture_is_of_the_ranking_or_else_of_the_shares(data, fixtures):
    """Seven of 84, six of the first thirty, three of the first ten."""
    table = standing.standing(data)
    assert list(table.index) == [84, 30, 10]
    assert [row.value for row in table["share"]] == [F(700, 84), 20, 30]
    picture = charts.standing(table, city.city_shares(data), data)
    assert "8.33% of the 84 zones ranked, 20% of the first 30 and 30% of the first 10" in picture.plain
    other = dataset.load(fixtures / "example-city")
    assert standing.standing(other).empty


def test_ranks_of_different_years_stand_in_no_one_picture(copy):
    path = copy / "observations.csv"
    text = path.read_text("utf-8").replace("all-zones,zones_in_top_10,2024", "all-zones,zones_in_top_10,2023")
    path.write_text(text, "utf-8")
    assert list(standing.standing(dataset.load(copy)).index) == [84, 30]
