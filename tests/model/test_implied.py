"""What follows for what nobody published: by hand, and in worlds that are known completely."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from worlds import World, dataset, worlds

from analysis.model.contradictions import contradictions
from analysis.model.identities import system
from analysis.model.implied import implied, outside, rank_bands
from analysis.package.periods import span
from analysis.quantity import Quantity


def known(data, subject, indicator, period: str = "2024") -> tuple:
    """The bounds of an implied figure."""
    quantity = implied(data)[subject, indicator, data.footing(indicator, period)].quantity
    return quantity.low, quantity.high


# the repository's own data


def test_each_of_the_six_other_zones_has_at_most_1_77_percent_of_the_foreign_capital(data):
    zones = [zone for zone in data.zones.index if zone != "jianping"]
    assert len(zones) == 6
    for zone in zones:
        found = implied(data)[zone, "share_foreign_capital", span("2024")]
        assert (found.quantity.low, found.quantity.high) == (0, Fraction("1.77"))
        # 98.23 stands for 98.225 and more
        assert (found.allowing_rounding.low, found.allowing_rounding.high) == (0, Fraction("1.775"))
        assert found.quantity.implied and found.quantity.unit == "%" and found.identities == ("sum",)
        assert "jianping.share_foreign_capital.2024" in found.quantity.sources


def test_135_of_239_signed_projects_lie_outside_the_zones(data):
    (row,) = outside(data).itertuples()
    assert (row.subject, row.indicator, row.span) == ("all-zones", "projects_signed", span("2025-01/2025-05"))
    assert (row.total.value, row.outside.value) == (239, 135)
    assert row.outside.sources == (
        "all-zones.projects_signed.2025-01--2025-05",
        "all-zones.share_projects_signed.2025-01--2025-05",
    )


def test_what_whole_numbers_tell_goes_before_a_rounded_share(data):
    """100 − 43.5 is 56.5; 135 of 239 are 56.485…: no value is left for both, and the second is true for certain."""
    assert known(data, ("all-zones", "rest"), "share_projects_signed", "2025-01/2025-05") == (Fraction(13500, 239),) * 2


def test_three_of_the_four_zones_without_a_rank_lie_between_11_and_30_and_one_at_31_or_below(data):
    bands = rank_bands(data, "assessment_rank")
    assert list(bands["low"]) == [11, 31] and list(bands["high"]) == [30, None]
    assert [zones.value for zones in bands["zones"]] == [3, 1]
    assert "all-zones.zones_in_top_30.2024" in bands.at[0, "zones"].sources
    for zone in ("lingyuan", "liucheng", "chaoyang-edz", "chaoyang-hightech"):
        assert known(data, zone, "assessment_rank") == (11, 84)


def test_the_repositorys_figures_can_all_be_true(data):
    assert contradictions(data) == []


# by hand


def test_what_zones_have_and_what_all_have_bounds_the_others():
    """a has 40, b over 10, all zones 100: c has less than 50; in the city of 300 the rest has 200."""
    data = dataset("a,output,2024,40", "b,output,2024,10,,more_than", "group,output,2024,100", "city,output,2024,300")
    rest = implied(data)["c", "output", span("2024")].quantity
    assert (rest.low, rest.high, rest.high_strict) == (0, 50, True)
    assert rest.sources == ("a.output.2024", "b.output.2024", "group.output.2024")
    assert rest.formula == "the zones add up to all zones"
    assert known(data, ("group", "rest"), "output") == (200, 200)


def test_two_spellings_of_a_span_are_one_and_what_stands_at_a_time_stands_at_the_end_of_it():
    data = dataset("a,output,2024,40", "group,output,2024-01/2024-12,100", zones=2)
    assert known(data, "b", "output") == (60, 60)
    data = dataset("a,firms,2024-12,40", "group,firms,2024,100", "group,firms_share,2024,50.0", zones=2)
    assert known(data, "b", "firms") == (60, 60) and known(data, "city", "firms") == (200, 200)


def test_shares_of_the_group_and_of_the_city_add_up_each_by_itself():
    data = dataset("a,output_share,2024,20", "group,output_share,2024,70", "a,output_of_zones,2024,30", zones=2)
    assert known(data, "b", "output_share") == (50, 50)
    assert known(data, ("group", "rest"), "output_share") == (30, 30)
    assert known(data, "b", "output_of_zones") == (70, 70)


def test_a_share_is_held_against_amounts_as_it_was_rounded():
    """50 ÷ 20.5 % and 50 ÷ 19.5 %: the city has 243.9 to 256.4; with 250 for the city and no share, it is 20 %."""
    low, high = known(dataset("group,output,2024,50", "group,output_share,2024,20"), "city", "output")
    assert (low, high) == (Fraction(5000) / Fraction("20.5"), Fraction(5000) / Fraction("19.5"))
    data = dataset("group,output,2024,50", "city,output,2024,250", "a,output_share,2024,8.0")
    assert known(data, "group", "output_share") == (20, 20)
    assert known(data, "a", "output") == (Fraction("19.875"), Fraction("20.125"))


def test_a_plan_and_its_fulfilment_give_what_was_reached():
    data = dataset("a,plan,2024,200", "a,fulfilment,2024,104.5")
    assert known(data, "a", "output") == (Fraction("208.9"), Fraction("209.1"))


def test_growth_gives_the_figure_of_a_year_earlier_and_two_figures_give_growth():
    data = dataset("a,output,2024,210", "a,output_growth,2024,5.0", "b,output,2023,50", "b,output,2024,40")
    assert known(data, "a", "output", "2023") == (21000 / Fraction("105.05"), 21000 / Fraction("104.95"))
    assert known(data, "b", "output_growth") == (-20, -20)
    whole = dataset("a,output,2024,210", "a,output_growth,2024,5")
    assert known(whole, "a", "output", "2023") == (21000 / Fraction("105.5"), 21000 / Fraction("104.5"))


def test_parts_and_wholes_bound_each_other():
    data = dataset("a,large_firms,2024,30", "b,firms,2024,50", "b,largest_firms,2024,7", zones=2)
    assert known(data, "a", "firms") == (30, None) and known(data, "group", "firms") == (80, None)
    assert known(data, "b", "large_firms") == (7, 50)


def test_a_longer_span_holds_a_shorter_one_and_only_where_flows_add_up():
    data = dataset("a,output,2024-01/2024-05,30", "b,output,2024-01/2024-06,50", "a,firms,2024-01/2024-05,9", zones=2)
    assert known(data, "group", "output", "2024-01/2024-06") == (80, None)
    assert known(data, "b", "output", "2024-01/2024-05") == (0, 50)
    assert ("a", "firms", span("2024-01/2024-06")) not in implied(data)


def test_withdrawn_capital_leaves_the_others_unbounded():
    """What may be negative adds up, but no part is at most its whole."""
    data = dataset("a,capital,2024,40", "group,capital,2024,30", "city,capital,2024,20")
    assert known(data, ("group", "rest"), "capital") == (-10, -10)
    assert ("b", "capital", span("2024")) not in implied(data)
    assert known(dataset("a,capital,2024,40", "group,capital,2024,30", zones=2), "b", "capital") == (-10, -10)
    assert contradictions(dataset("city,capital,2024,40", "province,capital,2024,30")) == []


def test_plans_say_nothing_of_what_is_realised():
    data = dataset("a,output,2024,40,40,exact,planned,元", "group,output,2024,100")
    assert known(data, "a", "output") == known(data, "b", "output") == (0, 100)


def test_about_is_a_tenth():
    data = dataset("a,output,2024,50,50,approximate", "group,output,2024,100", zones=2)
    assert known(data, "b", "output") == (45, 55)


def test_places_nest_and_what_lies_in_them_is_part_of_them():
    """Zone b lies in a county: it belongs to the group of the city; the county's 30 and the city's other zones."""
    places = {"city": ("city", None), "county": ("county", "city"), "group": ("group", "city")}
    lies_in = {"b": "county"}
    data = dataset("county,output,2024,30", "group,output,2024,100", "a,output,2024,50", places=places, lies_in=lies_in)
    assert known(data, "b", "output") == (0, 30) and known(data, "c", "output") == (20, 50)


def test_ranks_are_bounded_by_counts_and_by_each_other():
    """Two of three within the first three, a is third: one of b and c is first or second, none is third."""
    data = dataset("a,rank,2024,3", "group,first_3,2024,2", "province,ranked,2024,9")
    assert known(data, "b", "rank") == (1, 9)
    assert known(data, "group", "first_6") == (2, 3)
    bands = rank_bands(data, "rank")
    assert list(zip(bands["low"], bands["high"], [zones.value for zones in bands["zones"]], strict=True)) == [
        (1, 3, 1),
        (4, None, 1),
    ]
    assert known(dataset("group,first_3,2024,0", zones=5), "group", "first_6") == (0, 3)
    data = dataset("a,rank,2024,3", "b,rank,2024,2", "group,first_3,2024,3", "province,ranked,2024,9")
    assert known(data, "c", "rank") == (1, 1)
    assert list(rank_bands(data, "rank")["high"]) == [3]


def test_bands_are_as_wide_as_the_counts():
    data = dataset("a,rank,2024,2", "group,first_6,2024,2,,at_least", zones=4)
    bands = rank_bands(data, "rank")
    assert [(zones.low, zones.high) for zones in bands["zones"]] == [(1, 3), (0, 2)]
    assert rank_bands(dataset("a,rank,2024,2"), "rank").empty


def test_where_rounding_alone_contradicts_it_is_allowed_for():
    """33.4 + 33.4 + 33.3 make 100.1: no figure is wrong, and d has next to nothing."""
    data = dataset(
        *(f"{zone},output_of_zones,2024,{v}" for zone, v in zip("abc", (33.4, 33.4, 33.3), strict=True)), zones=4
    )
    found = implied(data)["d", "output_of_zones", span("2024")]
    assert found.quantity == found.allowing_rounding
    assert (found.quantity.low, found.quantity.high) == (0, Fraction("0.05"))


def test_nothing_is_said_where_nothing_follows():
    data = dataset("a,firms,2024,5", "province,ranked,2024,80")
    assert set(implied(data)) == {("group", "firms", span("2024-12"))}


# complete worlds


@settings(max_examples=80)
@given(worlds())
def test_the_truth_lies_within_every_bound_and_is_no_contradiction(world: World):
    data = world.data
    assert contradictions(data) == []
    for key, found in implied(data).items():
        if key in world.truth:
            assert found.allowing_rounding.contains(world.truth[key]), (key, found)


@settings(max_examples=40)
@given(worlds(), st.data())
def test_the_rows_of_a_bound_suffice_for_it(world: World, pick: st.DataObject):
    data = world.data
    found = implied(data)
    for key in pick.draw(st.lists(st.sampled_from(list(found)), max_size=4)) if found else ():
        whole = found[key].allowing_rounding
        alone = dataset(*world.lines, zones=world.zones)
        low, high = next(p for p in system(alone, rounding=True).parts() if key in p.natural).solve(whole.sources)[key]
        again = Quantity(
            low and low.value, high and high.value, whole.unit, bool(low and low.strict), bool(high and high.strict)
        )
        assert (again.low, again.high, again.low_strict, again.high_strict) == (
            whole.low,
            whole.high,
            whole.low_strict,
            whole.high_strict,
        )


@settings(max_examples=40)
@given(worlds(), st.data())
def test_a_slip_is_named_by_a_set_that_cannot_be_smaller(world: World, pick: st.DataObject):
    """One figure becomes a thousandfold: any contradiction is its own, and without one of its rows there is none."""
    assume(world.lines)
    place = pick.draw(st.integers(0, len(world.lines) - 1))
    cells = world.lines[place].split(",")
    cells[3:5] = [cell and f"{float(cell) * 1000 + 1000:g}" for cell in cells[3:5]]
    data = dataset(*world.lines[:place], ",".join(cells), *world.lines[place + 1 :], zones=world.zones)
    spoiled = data.observations.index[place]
    for part in system(data, rounding=True).parts():
        clash = part.clash()
        if clash:
            assert spoiled in clash.rows
            assert all(part.clash(clash.rows - {row}) is None for row in clash.rows)
    assert len(contradictions(data)) <= 1
