"""Each page's data as CSV, as a reader takes them away."""

import csv
import re
from copy import copy
from fractions import Fraction as F

import pytest
from book.conftest import PAGES

from analysis.publish.take_away import HEADINGS

WITHOUT = {"methods", "faults", "reference", "glossary"}  # pages without exhibits


def read(site, edition, name):
    """The lines of a page's file as a spreadsheet reads them."""
    raw = (site / edition / "book" / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel takes a file without the mark for one in an old encoding"
    return list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))


@pytest.fixture(scope="module")
def taken(site, edition):
    return {name: read(site, edition, name) for name in PAGES if name not in WITHOUT}


def test_each_page_with_exhibits_offers_its_data(pages, taken):
    for name, page in pages.items():
        links = [link["href"] for link in page.select("aside.downloads a[download]")]
        assert (f"{name}.csv" in links) == bool(
            page.select("figure.exhibit a.traced, #tab-observations, .cards, .explorer")
        ), name
        assert (f"{name}.csv" in links) == (name in taken), name
        assert name not in taken or len(taken[name]) >= 25, name


def test_the_head_is_in_the_language_of_the_edition(taken, edition):
    for lines in taken.values():
        assert len(lines[0]) == len(HEADINGS)
        assert (list(lines[0]) == list(HEADINGS)) == (edition == "en")


def test_every_value_stands_at_a_place_that_the_page_names_once(pages, taken, site, edition):
    for name, lines in taken.items():
        page = pages[name]
        titles = ".caption-number, .explorer-caption, .card h2, .explorer h2, details.folded > summary"
        named = {words(tag).strip() for tag in page.select(titles)}
        named |= {tag.find(string=True, recursive=False).strip() for tag in page.select("h1, h2, h3")}
        assert {next(iter(line.values())) for line in lines} <= named, name
        rows = [tuple(line.values()) for line in lines]
        assert len(set(rows)) == len(rows), name
        sources = {row[8] for row in rows}
        assert not any(re.search(r"[a-z]+-?[a-z]*\.[a-z_]+\.20", source) for source in sources), "names, not ids"


def test_each_exhibit_has_a_file_of_its_own(pages, taken, site, edition):
    numbers = {
        figure["id"]: words(figure.select_one(".caption-number"))
        for page in pages.values()
        for figure in page.select("figure.exhibit")
    }
    found = 0
    for path in (site / edition / "book").glob("*.*.csv"):
        name, anchor, _kind = path.name.split(".")
        own = list(csv.reader(path.read_text("utf-8-sig").splitlines()))[1:]
        listed = [list(line.values())[1:] for line in taken[name] if next(iter(line.values())) == numbers[anchor]]
        assert own == listed, path.name
        found += 1
    assert found > 25


def test_bounds_are_numbers_in_order(taken):
    for lines in taken.values():
        for line in lines:
            low, high = list(line.values())[4:6]
            for bound in (low, high):
                assert re.fullmatch(r"(-?\d+(\.\d+)?)?", bound), line
            assert not (low and high) or F(low) <= F(high), line


def words(tag):
    return " ".join(tag.get_text(" ").split())


def test_the_figures_of_sentences_charts_tables_and_cards_are_in_the_file(pages, taken, edition):
    separator = {"en": ", ", "zh": "，"}[edition]
    for name, lines in taken.items():
        printed = {list(line.values())[3] for line in lines}
        page = copy(pages[name])
        for panel in page.select("#explore-payback .explorer-panels"):
            panel.decompose()  # the file has the printed table instead
        shown = [words(link) for link in page.select("main a.traced")]
        assert shown or name == "data"
        assert not [figure for figure in shown if figure not in printed], name
        for exhibit in page.select("figure.table"):
            # the first cell only names or numbers its row
            shown = [list(cell.stripped_strings) for cell in exhibit.select("tbody td.num:not(:first-child)")]
            cells = [separator.join(" ".join(part.split()) for part in parts) for parts in shown if parts]
            cells = [cell for cell in cells if cell not in ("—", "×")]  # signs; the file has their words
            own = {
                list(line.values())[3]
                for line in lines
                if next(iter(line.values())) == words(exhibit.select_one(".caption-number"))
            }
            assert not [cell for cell in cells if cell not in own], (name, exhibit["id"])


def test_a_figure_worked_out_by_hand(pages, taken, edition):
    # 18.2 hundred million CNY on 382.88 mu
    name = {"en": "Tongxin metallurgical solid waste", "zh": "通鑫冶金固废综合利用"}[edition]
    found = [list(line.values()) for line in taken["project-economics"]]
    land = words(pages["project-economics"].select_one("#tab-land .caption-number"))
    column = {"en": "Investment per mu, CNY million per mu", "zh": "亩均总投资，万元/亩"}[edition]
    (line,) = [line for line in found if line[:3] == [land, name, column]]
    assert line[4:7] == ["4753447.55536983", "4753447.55536983", {"en": "CNY per mu", "zh": "元/亩"}[edition]]
