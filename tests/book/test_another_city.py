"""A package of another city makes that city's book, in both editions, without a word of this one.

The fixture is made up: none of its places, firms and figures exists.
"""

import json
import re
from pathlib import Path

import pypdf
import pytest
from book.conftest import FIXTURES, OF_CODE, PAGES, ROOT, broken_links, empty_parts, read, words
from book.test_site import left_in_english
from bs4 import BeautifulSoup

from analysis import load

EXAMPLE = FIXTURES / "example-city"


def test_the_example_has_the_form_of_the_books_own_package():
    own, other = (json.loads((folder / "datapackage.json").read_text("utf-8")) for folder in (ROOT / "data", EXAMPLE))
    # a table without a row need not be there
    assert other["resources"] == [table for table in own["resources"] if (EXAMPLE / table["path"]).exists()]
    assert "Made-up" in other["book"]["subtitle_en"]


def test_nothing_of_this_city_is_left(example, data):
    own = {
        name
        for table in ("places", "zones", "firms", "projects", "chains")
        for column in ("name_en", "name_zh", "full_name_zh")
        if column in data.tables[table]
        for name in data.tables[table][column].dropna()
    }
    theirs = load(EXAMPLE)
    own -= {name for table in theirs.tables.values() for name in table.to_numpy().ravel() if isinstance(name, str)}
    own -= {"New energy", "新能源"}  # words of the language too
    names = re.compile("|".join(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in own))
    texts = [path for path in example.rglob("*") if path.suffix in (".html", ".csv", ".ipynb", ".json")]
    assert len(texts) > 40
    for path in texts:
        assert not (found := names.search(path.read_text("utf-8"))), (path, found)


@pytest.mark.parametrize(
    ("code", "title", "zones"),
    [
        (
            "en",
            "The zones of Example City",
            "In 2024 the three zones of Example City (示例市) in Example Province had exports of USD 4.62 billion and",
        ),
        ("zh", "示例市开发区", "2024年，示例省示例市的3家开发区"),
    ],
)
def test_title_and_first_sentence_are_that_citys(example, code, title, zones):
    page = read(example, code, "index")
    assert page.h1.get_text().startswith(title) and page.title.get_text() == title
    assert zones in words(page)
    pdf = pypdf.PdfReader(example / f"example-zones-{code}.pdf")
    assert pdf.metadata.title == title
    assert "53.7%" in "".join(page.extract_text() for page in pdf.pages)


def test_chapters_and_sections_without_anything_to_show_are_not_there(example):
    for code in ("en", "zh"):
        names = {path.stem for path in (example / code / "book").glob("*.html")}
        assert names == {*PAGES, "changes"} - {"one-drive", "project-economics"}
        for name in names:
            assert not empty_parts(read(example, code, name)), (code, name)
    board = read(example, "en", "one-board")
    # no rank is published, and all that the claims hold are statements of the source
    assert not board.find(id="ranks") and not read(example, "en", "claims").find(
        id="whether-the-figures-fit-each-other"
    )
    assert not broken_links(example)


def test_what_is_not_published_is_left_out(example):
    board = read(example, "en", "one-board")
    # South has no number of firms: the sentence of the story that names it is gone, its neighbour is not
    story = board.find(id="how-the-zones-are-run").get_text()
    assert "North has 120 firms." in story and "South" not in story
    for code in ("en", "zh"):
        for path in (example / code / "book").glob("*.html"):
            if path.stem in OF_CODE:  # what code says of itself
                continue
            page = read(example, code, path.stem)
            for formula in page.select(".formula"):
                formula.replace_with("x")
            for code_of_cell in page.select(".cell_input"):
                code_of_cell.decompose()
            text = " ".join(page.find("article").get_text().split())
            assert not re.search(r"\b(nan|None|NaN)\b|not in this edition|本版不列| [,.;] ", text), (code, path.stem)


def rows(page: BeautifulSoup, anchor: str) -> list[list[str]]:
    """The rows of a table without its head."""
    lines = page.select(f"#{anchor} tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in line.select("th, td")] for line in lines]


def test_its_years_make_a_change(example):
    (share,) = rows(read(example, "en", "one-board"), "tab-city-shares")
    # 53.7 − 50.4
    assert share[1:] == ["2024", "53.7%", "46.3%", "+3.3 percentage points", "2023"]


def test_its_currency_is_its_own_and_no_other(example):
    for code, rest in (("en", "USD 1.98 billion"), ("zh", "19.8亿美元")):
        page = read(example, code, "one-board")
        text = words(page)
        # 66 − 46.2 hundred million
        assert {"en": "USD 4.62 billion", "zh": "46.2亿美元"}[code] in text and rest in text
        assert not re.search(r"CNY|(?<!美)元", text), code


def test_what_is_below_zero_is_shown_below_zero(example):
    page = read(example, "en", "one-board")
    caption = words(page.find(id="fig-ranking-foreign_capital").figcaption)
    assert "South is below zero, at USD −12 million" in caption
    ranking = {row[0]: row[1:] for row in rows(page, "tab-ranking-foreign_capital")}
    # 52 − 64 + 12: nothing is left to Harbour, which stands before South; parts below zero are no shares
    assert ranking == {"North": ["64", "1"], "South": ["−12", "3"], "Harbour": ["0", "2"]}
    zh = words(read(example, "zh", "one-board"))
    assert "−1200万美元" in zh
    # 64 of 55, −12 of 25, 52 of 80; of the 80 of all
    grown = {row[0]: row[3:5] for row in rows(page, "tab-growth-foreign_capital")}
    assert grown == {
        "North": ["16.4%", "+11.2"],
        "South": ["−148%", "−46.2"],
        "All zones of Example City": ["−35%", "−35"],
    }


def test_a_share_of_all_zones_is_taken_as_one(example):
    page = read(example, "en", "one-board")
    # 100 − 52.4 − 30.1; it stands in the table once
    assert rows(page, "tab-ranking-share_of_zones_output") == [
        ["North", "52.4%", "1"],
        ["South", "30.1%", "2"],
        ["Harbour", "17.5%", "3"],
    ]
    assert page.select_one("#tab-ranking-share_of_zones_output a.implied").get_text() == "17.5%"
    assert "North (北部) alone holds 52.4% of all zones’ output of above-scale industry" in words(page)
    # what is spread is the output, not its share
    assert "Concentration is highest in Output of above-scale industry" in words(page.find(id="fig-concentration"))


def test_targets_are_held_against_what_was_reached(example):
    fulfilled, open_ = rows(read(example, "en", "one-board"), "tab-targets")
    # 46.2 of 44
    assert fulfilled[1:] == ["Exports", "2024", "4.4", "USD 4.62 billion", "105%"]
    assert open_[1:3] == ["Exports", "2025"] and open_[-1] == "—"


def test_rates_of_growth_are_ranked_and_not_added_up(example):
    page = read(example, "en", "one-board")
    assert [row[:2] for row in rows(page, "tab-ranking-exports_growth")][:2] == [["North", "15.5%"], ["South", "−12%"]]
    assert not page.find(id="tab-growth-exports_growth")
    # the city's own rate stands in no table of zones
    assert ["Example City", "Growth of exports", "2024", "5.6%"] in rows(page, "tab-others-one-board")


def test_an_area_stays_in_hectares(example):
    caption = words(read(example, "en", "one-board").find(id="fig-ranking-site").figcaption)
    assert "North comes first with 596.44 ha" in caption
    assert "596.44公顷" in words(read(example, "zh", "one-board"))


def test_labels_are_words(example):
    """An id has an underscore, or is none of the names that the package gives."""
    data = load(EXAMPLE)
    ids = {str(key) for table in data.tables.values() if table.index.name == "id" for key in table.index}
    for code in ("en", "zh"):
        for path in (example / code / "book").glob("*.html"):
            page = read(example, code, path.stem)
            for part in page.select("#tab-fields, script, style, .cell_input, details.code, code, pre, .formula"):
                part.decompose()
            labels = {tag.get_text(strip=True) for tag in page.select("th, td, h3, label, option, figcaption, li")}
            assert not labels & ids, (code, path.stem)
            if path.stem not in OF_CODE:
                assert not re.search(r"\b[a-z]+(_[a-z]+)+\b", words(page)), (code, path.stem)


def test_what_changed_since_the_edition_before_is_a_chapter(example):
    for code, chapter, verdict in (("en", "What changed in this edition", "contradicted"), ("zh", "本版变动", "矛盾")):
        page = read(example, code, "changes")
        assert page.h1.get_text().startswith(chapter)
        text = page.find("article").get_text()
        assert "49.7%" in text and "53.7%" in text and verdict in text
        assert page.find("nav", class_="chapters").find("a", string=chapter)


def test_its_own_files_are_offered(example):
    page = read(example, "en", "index")
    links = [link["href"] for link in page.select("a.download") if link["href"].endswith(".csv")]
    assert {Path(link).name for link in links} == {"observations.csv", "indicators.csv"}
    for link in links:
        offered = (example / "en" / "book" / link).resolve()
        assert offered.read_bytes() == (EXAMPLE / offered.name).read_bytes()


def test_its_chinese_edition_has_no_english_left(example):
    assert not left_in_english(example)
