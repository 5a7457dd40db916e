"""Figures that cannot all be true: found, located, and named with what they contradict."""

from pathlib import Path

import pytest
from worlds import dataset

from analysis.model.contradictions import contradictions
from analysis.package.dataset import load

SHARE = "exact,realised,%,article,lead/2,"
# the row that a first and a second added figure have
FIRST = len((Path(__file__).resolve().parents[2] / "data" / "observations.csv").read_text("utf-8").splitlines()) + 1
SECOND = FIRST + 1


def spoiled(folder: Path, *changes: tuple[str, str], add: tuple[str, ...] = ()) -> list[str]:
    """What is said of the repository's figures after some changes."""
    path = folder / "observations.csv"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text + "".join(f"{row}\n" for row in add), "utf-8")
    return [str(fault) for fault in contradictions(load(folder))]


def only(lines: list[str], *expected: str) -> None:
    """The one contradiction, which says all of these."""
    (line,) = lines
    for part in expected:
        assert part in line


# shares


def test_a_zone_has_no_larger_share_than_all_zones(copy):
    lines = spoiled(copy, ("share_foreign_capital,2024,100,100", "share_foreign_capital,2024,98,98"))
    assert lines == [
        "observations.csv, row 22, column low: '98.23': 98.23 % of jianping cannot be true together with 98 % of "
        "all-zones (row 12): the zones add up to all zones; mend one of the two, or give a rounded figure the "
        "qualifier approximate [F014 contradiction]"
    ]


def test_a_whole_that_was_rounded_can_be_given_as_approximate(copy):
    change = ("share_foreign_capital,2024,100,100,exact", "share_foreign_capital,2024,98,98,approximate")
    assert spoiled(copy, change) == []


@pytest.mark.parametrize("bounds", ["99,,more_than", "99,,at_least"])
def test_a_lower_bound_is_enough_to_be_over(copy, bounds):
    change = ("share_outside_capital,2024,73.36,73.36,exact", "share_outside_capital,2024,,60,up_to")
    lines = spoiled(copy, change, add=(f"kazuo,share_outside_capital,2024,{bounds},realised,%,article,kazuo/4,",))
    only(lines, f"row {FIRST}", "99 % of kazuo", "up to 60 % of all-zones (row 11)")


def test_what_may_be_within_is_not_refused(copy):
    """An upper bound above the whole says nothing yet."""
    assert spoiled(copy, add=("kazuo,share_outside_capital,2024,,99,up_to,realised,%,article,kazuo/4,",)) == []


def test_the_zones_shares_are_not_more_than_their_sum_can_be(copy):
    zones = [f"{zone},share_outside_capital,2024,40,40,{SHARE}" for zone in ("kazuo", "jianping")]
    only(
        spoiled(copy, add=(*zones,)),
        f"row {SECOND}",
        f"73.36 % of all-zones (row 11); 40 % of kazuo (row {FIRST})",
        "one of them",
    )


def test_the_sum_of_shares_holds_without_a_figure_of_all_zones(copy):
    kazuo = f"kazuo,share_outside_capital,2023,60,60,{SHARE}"
    jianping = f"jianping,share_outside_capital,2023,42,,at_least,{SHARE[6:]}"
    only(
        spoiled(copy, add=(kazuo, jianping)),
        f"row {SECOND}",
        "at least 42 % of jianping",
        f"60 % of kazuo (row {FIRST})",
    )


def test_rounding_alone_is_no_fault_of_a_sum(copy):
    """Rounded figures add up to 100.01 often enough."""
    rounded = {"kazuo": 33.34, "jianping": 33.34, "beipiao": 33.33}
    lines = (f"{zone},share_outside_capital,2023,{share},{share},{SHARE}" for zone, share in rounded.items())
    assert spoiled(copy, add=(*lines,)) == []


# parts


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("above_scale_firms,2025-07,50,50", "above_scale_firms,2025-07,500,500", "248 家 of beipiao firms (row 27)"),
        (
            "beipiao,hightech_firms,2025-07,25,25,exact",
            "beipiao,hightech_firms,2025-07,250,,more_than",
            "of beipiao firms",
        ),
        (
            "16.1,16.1,exact,planned,亿元",
            "190000,190000,exact,planned,万元",
            "18.2 亿元 of tongxin-slag total_investment",
        ),
        ("80,80,exact", "121,121,exact", "120 万吨/年 of tongxin-slag input_mass"),
        ("5,5,exact,expected,万吨/年", "1210001,1210001,exact,expected,吨/年", "of tongxin-slag by_product_mass"),
        ("zones_in_top_10,2024,3,3", "zones_in_top_10,2024,7,7", "7 家 of all-zones zones_in_top_10"),
    ],
)
def test_a_part_is_not_above_its_whole(copy, old, new, expected):
    """Units are converted first: 190,000 万元 are more than 18.2 亿元, whatever was rounded."""
    only(spoiled(copy, (old, new)), expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("16.1,16.1,exact,planned,亿元", "182000,182000,exact,planned,万元"),
        ("80,80,exact,expected", "80,130,range,expected"),
        ("120,120,exact,expected", "70,,more_than,expected"),
        ("80,80,exact,expected", "125,125,approximate,expected"),
        ("5,5,exact,expected,万吨/年", "1200001,1200001,exact,expected,吨/年"),
        (
            "16.1,16.1,exact,planned,亿元,article,card-tongxin/1,,,在建",
            "19,19,exact,realised,亿元,article,card-tongxin/1,,,",
        ),
    ],
    ids=["equal", "perhaps within", "open whole", "about", "within what is rounded to 120 万", "plan overrun"],
)
def test_a_part_that_may_be_within_its_whole_is_not_refused(copy, old, new):
    """A refusal stops the book: it needs certainty."""
    assert spoiled(copy, (old, new)) == []


# ranks


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("85,85,exact", "85 位 of kazuo assessment_rank"),
        ("84,,more_than", "more than 84 位 of kazuo"),
        ("8,8,exact", "8 位 of kazuo cannot be true together with 8 位 of jianping (row 7): a rank is held once; mend"),
    ],
)
def test_a_rank_that_cannot_be_is_refused(copy, new, expected):
    lines = spoiled(copy, ("kazuo,assessment_rank,2024,9,9,exact", f"kazuo,assessment_rank,2024,{new}"))
    only(lines, "row 8, column low", expected)


def test_no_rank_is_above_the_number_ranked():
    (line,) = map(str, contradictions(dataset("a,rank,2024,85", "province,ranked,2024,84")))
    assert "84 家 of province ranked cannot be true together with 85 位 of a rank (row 2)" in line
    assert line.endswith("no rank is above the number ranked; mend one of the two [F014 contradiction]")


def test_the_same_rank_in_another_year_or_province_is_fine():
    places = {"p": ("province", None), "q": ("province", None), "x": ("city", "p"), "y": ("city", "q")}
    lies_in = {"a": "x", "b": "x", "c": "y"}
    figures = ("a,rank,2024,6", "b,rank,2023,6", "c,rank,2024,6")
    assert contradictions(dataset(*figures, places=places, lies_in=lies_in)) == []


@pytest.mark.parametrize(
    "figures",
    [
        ("a,rank,2024,2", "b,rank,2024,3", "group,first_3,2024,1"),
        ("a,rank,2024,7", "b,rank,2024,8", "group,first_3,2024,2"),
        ("group,first_3,2024,2", "group,first_6,2024,1"),
        ("group,first_6,2024,4",),
    ],
    ids=["more are within", "fewer can be", "fewer within more", "more than there are"],
)
def test_as_many_are_within_the_first_as_are_counted(figures):
    (fault,) = contradictions(dataset(*figures))
    assert fault.row == len(figures) + 1


# amounts


@pytest.mark.parametrize(
    ("figures", "identity"),
    [
        (("a,firms,2024,300", "group,firms,2024,287"), "the zones add up to all zones"),
        (("group,firms,2024,300", "city,firms,2024,287"), "all zones and the rest add up to the whole place"),
        (("city,firms,2024,300", "province,firms,2024,287"), "what lies inside a place is part of it"),
        (("group,output,2024-01/2024-05,287", "group,output,2024-01/2024-06,250"), "a longer period holds"),
        (("group,output,2024-01/2024-09,390", "group,output,2024,350"), "a longer period holds"),
        (("a,plan,2024,200", "a,output,2024,150", "a,fulfilment,2024,80"), "the share is the amount"),
        (("group,firms,2024,7", "a,firms,2024,2", "b,firms,2024,2", "c,firms,2024,2"), "the zones add up"),
        (("a,output,2023,100", "a,output,2024,120", "a,output_growth,2024,10.5"), "grown at the rate"),
        (("group,output,2024,50", "city,output,2024,100", "group,output_share,2024,60"), "the share is the amount"),
    ],
)
def test_amounts_that_do_not_fit_each_other_are_named_with_what_they_break(figures, identity):
    (fault,) = contradictions(dataset(*figures))
    assert fault.row == len(figures) + 1 and identity in str(fault)


def test_a_share_that_fits_no_whole_number_is_a_contradiction():
    """104 at 43.5 % fits 239; 104 of 240 are 43.3 %."""
    figures = ("group,firms,2024,104", "group,firms_share,2024,43.5")
    assert contradictions(dataset(*figures, "city,firms,2024,239")) == []
    (fault,) = contradictions(dataset(*figures, "city,firms,2024,240"))
    assert "240 家 of city firms" in str(fault)
    (fault,) = contradictions(dataset("group,firms,2024,4", "group,firms_share,2024,43.5"))
    assert "what is counted is a whole number" in str(fault)


def test_each_slip_is_one_fault_with_the_fewest_rows():
    figures = ("a,firms,2024,50", "b,firms,2024,90", "c,firms,2024,3", "group,firms,2024,60", "a,large_firms,2024,70")
    faults = contradictions(dataset(*figures))
    assert [fault.row for fault in faults] == [5, 6]
    assert "(row 3)" in str(faults[0]) and "(row 2)" in str(faults[1])


def test_of_many_rows_the_first_are_told_and_the_others_numbered():
    zones = [f"{chr(97 + place)},firms,2024,10" for place in range(9)]
    (fault,) = contradictions(dataset("group,firms,2024,81", *zones, zones=9))
    assert "10 家 of e (row 7); rows 8, 9, 10: the zones" in str(fault)
