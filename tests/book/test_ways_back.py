"""The way back: from a row of the data chapter to every place that uses it, and to no other."""

from urllib.parse import unquote, urldefrag

import pytest

from analysis.analyses import walk


@pytest.fixture(scope="module")
def uses(pages):
    """Row -> the elements that its line of uses links to."""
    found = {}
    for row in pages["data"].select("#tab-observations tbody tr[id]"):
        line = row.find_next_sibling("tr")
        assert line["class"] == ["uses"], row["id"]
        found[row["id"]] = [target(pages, link["href"]) for link in line.find_all("a")]
    return found


def target(pages, href):
    url, fragment = urldefrag(href)
    return pages[url.removesuffix(".html") or "data"].find(id=unquote(fragment))


def test_each_row_says_where_it_is_used_or_that_it_is_not(pages, data, edition):
    lines = [line.get_text() for line in pages["data"].select("tr.uses")]
    assert len(lines) == len(data.observations)
    start, none = {"en": ("Used in ", "Not used in the chapters"), "zh": ("书中", "各章未引用")}[edition]
    assert all(line.startswith(start) or line == none for line in lines)
    assert lines.count(none) == len(walk.unshown(data))


def test_each_place_holds_a_link_to_the_row(uses):
    for row, places in uses.items():
        for place in places:
            assert place is not None, row
            links = place.select("a.traced[data-rows]")
            assert any(row in link["data-rows"].split() for link in links), (row, place["id"])


def test_each_figure_is_found_from_each_of_its_rows(pages, uses):
    seen = 0
    for name, page in pages.items():
        for link in page.select("main a.traced"):
            holders = [id(tag) for tag in link.parents]
            for row in link["data-rows"].split():
                assert any(id(place) in holders for place in uses[row]), (name, row, link.get_text())
                seen += 1
    assert seen > 300


def test_no_place_is_named_twice(uses):
    for row, places in uses.items():
        assert len({id(place) for place in places}) == len(places), row


def test_an_exhibit_is_named_by_its_number_and_a_section_by_its_title(pages, edition):
    for link in pages["data"].select("tr.uses a"):
        place = target(pages, link["href"])
        if place.name == "figure":
            assert link.get_text() == place.select_one(".caption-number").get_text().strip()
        elif place.name == "section" and "card" not in place.get("class", []):
            heading = "".join(place.find(["h1", "h2"]).find_all(string=True, recursive=False))
            assert link.get_text() in (heading, {"en": "Overview", "zh": "概览"}[edition])
