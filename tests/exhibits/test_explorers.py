"""The explorers' two forms: a live widget and a static twin, made of the same parts."""

from fractions import Fraction as F
from itertools import product

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from analysis.analyses import payback
from analysis.exhibits import explorers, tables
from analysis.exhibits.explorer import Choice, Explorer, Part
from analysis.package import dataset
from analysis.quantity import Answer, Quantity, at_most
from analysis.wording import text

ALL = (explorers.zone_explorer, explorers.payback_explorer)


def small(**kwargs):
    """Two choices, one part for each and one for both."""
    return Explorer(
        "small",
        "Pick & see",
        [Choice("a", "A", {"x": "<x>", "y": "Y"}), Choice("b", "B", {"1": "one", "2": "two"}, first="2")],
        [
            Part(("a",), lambda a: Markup("<p>{}</p>").format(a)),
            Part(("b", "a"), lambda b, a: Markup("<p>{}-{}</p>").format(b, a)),
        ],
        **kwargs,
    )


def test_the_panel_joins_the_parts_of_the_chosen_options():
    assert small().panel("y", "1") == "<p>y</p>\n<p>1-y</p>"


def test_what_is_chosen_at_first_is_shown_at_first():
    explorer = small()
    assert explorer.widget().children[-1].value == explorer.panel("x", "2")
    checked = BeautifulSoup(explorer.twin(), "html.parser").find_all("input", checked=True)
    assert [button["id"] for button in checked] == ["small-a-x", "small-b-2"]


def test_words_are_escaped_once():
    twin = BeautifulSoup(small().twin(), "html.parser")
    assert twin.find(class_="explorer-caption").get_text() == "Pick & see"
    assert [label.get_text(strip=True) for label in twin.find_all("label")] == ["<x>", "Y", "one", "two"]


@pytest.mark.parametrize("explorer", ALL)
def test_the_twin_holds_every_form_of_every_part_exactly_once(explorer, data):
    explorer = explorer(data)
    options = {choice.id: tuple(choice.options) for choice in explorer.choices}
    expected = [
        {f"{explorer.name}-{key}-{option}" for key, option in zip(part.of, chosen, strict=True)}
        for part in explorer.parts
        for chosen in product(*(options[key] for key in part.of))
    ]
    panels = BeautifulSoup(explorer.twin(), "html.parser").select(".explorer-panel")
    assert [set(panel["class"]) - {"explorer-panel"} for panel in panels] == expected


@pytest.mark.parametrize("explorer", ALL)
def test_the_twin_shows_for_each_combination_what_the_live_panel_shows(explorer, data):
    """Panels that its rules leave visible, against the widget after the same choice."""
    explorer = explorer(data)
    panels = BeautifulSoup(explorer.twin(), "html.parser").select(".explorer-panel")
    _title, *selectors, view = explorer.widget().children
    forms = [(set(panel["class"]) - {"explorer-panel"}, panel.decode_contents()) for panel in panels]
    for chosen in product(*(choice.options for choice in explorer.choices)):
        for selector, option in zip(selectors, chosen, strict=True):
            selector.value = option
        ids = {f"{explorer.name}-{c.id}-{option}" for c, option in zip(explorer.choices, chosen, strict=True)}
        shown = "\n".join(html for needs, html in forms if needs <= ids)
        live = BeautifulSoup(view.value, "html.parser").decode()
        assert shown == live


@pytest.mark.parametrize("explorer", ALL)
def test_ids_are_unique_and_each_rule_names_a_button_and_its_panels(explorer, data):
    explorer = explorer(data)
    twin = BeautifulSoup(explorer.twin(), "html.parser")
    ids = [tag["id"] for tag in twin.find_all(id=True)]
    assert len(ids) == len(set(ids))
    buttons = twin.find_all("input", type="radio")
    for button in buttons:
        assert f":not(.live, :has(#{button['id']}:checked)) .{button['id']} {{ display: none; }}" in twin.style.string
        assert twin.select(f".explorer-panel.{button['id']}")
    assert twin.style.string.count(":checked") == len(buttons)
    assert not twin.find("script")


@pytest.mark.parametrize("explorer", ALL)
def test_all_but_the_widget_is_the_same_at_every_run(explorer, data):
    first, second = (explorer(data)._repr_mimebundle_() for _run in range(2))
    view = "application/vnd.jupyter.widget-view+json"
    assert first.pop(view)["model_id"] != second.pop(view)["model_id"]
    assert first == second
    assert set(first) == {"text/csv", "text/html", "text/plain"}


def test_plain_text_names_the_choices(data):
    assert repr(explorers.zone_explorer(data)).splitlines()[1].startswith("Zone: Beipiao, Jianping")


def test_what_is_printed_stands_in_for_the_panels():
    assert ".explorer-panels { display: none; }" in small(printed=Markup("<p>all</p>")).twin()
    assert "#small .explorer-controls, #small .explorer-printed { display: none; }" in small().twin()


def test_a_zone_has_its_card(data):
    explorer = explorers.zone_explorer(data)
    for zone in data.zones.index:
        assert explorer.panel(zone) == tables.zone_card(data, zone)


def test_a_card_shows_figures_chains_firms_and_projects_or_nothing(data):
    card = BeautifulSoup(tables.zone_card(data, "jianping"), "html.parser").get_text(" ", strip=True)
    for words in ("98.23%", "Raw-ore mining → Inorganic material processing", "Feizhe Petroleum", "CNY 150 million"):
        assert words in card
    # of Lingyuan the catalogue has an area and the approval, the newspaper one chain
    card = BeautifulSoup(tables.zone_card(data, "lingyuan"), "html.parser")
    assert [title.get_text() for title in card.select(".part-title")] == [
        "Published figures",
        "Approval",
        "Industry chains",
    ]


def results(explorer, *chosen):
    panel = BeautifulSoup(explorer.panel(*chosen), "html.parser")
    return [value.get_text() for value in panel.select(".value")]


def test_margin_and_years_are_those_of_the_analysis(data):
    explorer = explorers.payback_explorer(data)
    margins = payback.required_margin(data, explorers.YEARS)
    net = payback.required_net_margin(data, explorers.YEARS, 20)
    for project, n, margin in product(margins.index, explorers.YEARS, explorers.MARGINS):
        years = payback.payback_years(data, F(margin, 100))[project]
        assert results(explorer, project, str(n), str(margin), "0") == [text(margins.loc[project, n]), text(years)]
        years = payback.net_payback_years(data, F(margin, 100), 20)[project]
        assert results(explorer, project, str(n), str(margin), "20") == [text(net.loc[project, n]), text(years)]


def test_a_project_without_output_is_not_offered(data):
    explorer = explorers.payback_explorer(data)
    # 6 / (40 × 5) = 3 %; 6 / (40 × 0.1) = 1.5 years
    assert results(explorer, "hongfa-broilers", "5", "10", "0") == ["3%", "1.5 years"]
    # 1.5 / (6.7 × 5) = 4.477… %; 1.5 / (6.7 × 0.1) = 2.238… years
    assert results(explorer, "tuobituo-feed", "5", "10", "0") == ["4.48%", "2.24 years"]
    # 1.5 / 6.7 × (1/5 − 1/10) = 2.238… %; 1 / (6.7 × 0.1 / 1.5 + 1/10) = 1.829… years
    assert results(explorer, "tuobituo-feed", "5", "10", "10") == ["2.24%", "1.83 years"]
    assert "precision-parts" not in explorer.choices[0].options


def test_depreciation_alone_may_pay_back(data):
    panel = explorers.payback_explorer(data).panel("hongfa-broilers", "10", "5", "10")
    assert "depreciation alone pays back in 10 years" in panel and "0%" in panel


@pytest.mark.parametrize(
    ("years", "verdict"),
    [
        (Quantity.point(5, "year"), Answer.YES),
        (Quantity.point("5.01", "year"), Answer.NO),
        (Quantity(5, None, "year"), Answer.OPEN),
        (Quantity(5, None, "year", low_strict=True), Answer.NO),
        (Quantity(4, 6, "year"), Answer.OPEN),
        (Quantity(None, 60, "month"), Answer.YES),
        (Quantity(None, None, "year"), Answer.OPEN),
    ],
)
def test_within_five_years(years, verdict):
    assert at_most(years, Quantity.point(5, "year")) is verdict


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (("hongfa-broilers", "3", "5", "0"), "is enough"),  # 6 / (40 × 0.05) = 3 years, just within
        (("tongxin-slag", "5", "15", "0"), "is not enough"),  # 18.2 / (24 × 0.15) = 5.06 years
        (("tongxin-slag", "5", "15", "10"), "is enough"),  # 18.2 / (24 × 0.15 + 16.1 / 10) = 3.49 years
        (("tuobituo-feed", "3", "5", "0"), "is not enough"),  # 1.5 / (6.7 × 0.05) = 4.48 years
    ],
)
def test_whether_the_margin_is_enough(data, chosen, words):
    panel = BeautifulSoup(explorers.payback_explorer(data).panel(*chosen), "html.parser")
    assert words in panel.find(class_="explorer-verdict").get_text()


def test_without_a_featured_project_there_is_nothing_to_choose(copy):
    path = copy / "projects.csv"
    path.write_text(path.read_text("utf-8").replace(",true,", ",false,"), "utf-8")
    explorer = explorers.payback_explorer(dataset.load(copy))
    assert explorer.widget().children[-1].value == ""
    assert not BeautifulSoup(explorer.twin(), "html.parser").select(".explorer-panel")
