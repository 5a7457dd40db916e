"""What a chapter says first is true of the data of other cities too."""

from pathlib import Path

from analysis import load
from analysis.exhibits import leads

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def test_a_share_of_the_city_is_spread_as_other_figures_of_its_amount_are(data):
    """The example's zones have shares of the output of all zones, and of the same output no other figure."""
    assert str(leads.unspread(load(FIXTURES / "example-city"))) == "none"
    assert "fixed-asset investment" in str(leads.unspread(data))


def test_a_share_with_no_figure_of_a_zone_is_not_known_by_zone():
    example = load(FIXTURES / "example-city")
    rows = example.observations
    example.tables["observations"] = rows[rows["indicator"] != "share_of_zones_output"]
    assert "output of above-scale industry" in str(leads.unspread(example))
