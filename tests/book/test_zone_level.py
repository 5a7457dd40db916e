"""Statistics by zone make the book that a bureau of statistics would print, in both editions.

The package is made up: seven zones, three years of output and investment, people employed in the last one. The
figures expected here are worked out in tests/analyses/test_zones.py.
"""

import re
from pathlib import Path

import pypdf
import pytest
from book.conftest import OF_CODE, PAGES, broken_links, empty_parts, read, words
from book.test_site import left_in_english
from bs4 import BeautifulSoup

GONE = {"one-chain", "one-drive", "project-economics", "claims", "changes"}
EXHIBITS = ("fig-ranking", "tab-ranking", "fig-growth", "tab-growth", "fig-zones")


@pytest.fixture(scope="module", params=["en", "zh"])
def board(level, request) -> tuple[str, BeautifulSoup]:
    """The language of an edition, and its chapter on what the zones contribute."""
    return request.param, read(level, request.param, "one-board")


def rows(page: BeautifulSoup, anchor: str) -> list[list[str]]:
    """The rows of a table, its head first."""
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select(f"#{anchor} tr")]


def test_chapters_without_anything_to_show_are_not_there(level):
    for code in ("en", "zh"):
        names = {path.stem for path in (level / code / "book").glob("*.html")}
        assert names == set(PAGES) - GONE
        chapters = read(level, code, "index").find("nav", class_="chapters")
        assert not [link for link in chapters.find_all("a") if Path(link["href"]).stem in GONE]
    assert not broken_links(level)


def test_no_heading_stands_above_nothing(level):
    for code in ("en", "zh"):
        for name in set(PAGES) - GONE:
            assert not empty_parts(read(level, code, name)), (code, name)


@pytest.mark.parametrize("indicator", ["output", "investment"])
def test_each_indicator_is_ranked_shared_out_grown_and_followed(board, indicator):
    code, page = board
    heading = page.find("h3", id=f"by-zone-{indicator}")
    name = {
        "output": ("Output of above-scale industry", "规模以上工业产值"),
        "investment": ("Fixed-asset investment", "固定资产投资"),
    }
    assert heading.find(string=True) == name[indicator][code == "zh"]
    for exhibit in EXHIBITS:
        found = page.find(id=f"{exhibit}-{indicator}")
        assert found.find_previous("h3") == heading
        assert found.find("svg" if exhibit.startswith("fig") else "table")
    head, *ranking = rows(page, f"tab-ranking-{indicator}")
    wanted = {
        "en": ["Share of all zones", "Share of the city", "Place among zones"],
        "zh": ["占全部开发区比重", "占全市比重", "在各开发区中的位次"],
    }[code]
    assert head[2:5] == wanted and len(ranking) == 7
    # of 420 and 560; of 120 and 170
    shares = {"output": ["35.7%", "26.8%", "1"], "investment": ["27.5%", "19.4%", "1"]}[indicator]
    assert ranking[0][2:5] == shares
    *_zones, every = rows(page, f"tab-growth-{indicator}")
    # 34 of 386; 10 of 110
    assert every[3:] == {"output": ["8.81%", "+8.81", "100%"], "investment": ["9.09%", "+9.09", "100%"]}[indicator]


def test_what_grew_is_said_in_the_finding(board):
    code, page = board
    caption = words(page.find(id="fig-growth-output").figcaption)
    wanted = {
        "en": ["all zones together grew by 8.81%", "Harbour contributed most, +4.66 percentage points", "West fell"],
        "zh": ["8.81%", "4.66", "港口", "城西"],
    }[code]
    assert all(part in caption for part in wanted), caption


def test_concentration_is_compared(board):
    _code, page = board
    chart = page.find(id="fig-concentration")
    caption, spoken = words(chart.figcaption), chart.svg["aria-label"]
    assert "0.216" in caption and "0.174" in caption and "35.7%" in caption
    # the three largest: 294 of 420 and 75 of 120
    assert "70%" in spoken and "62.5%" in spoken


def test_the_location_quotient_stands_where_one_universe_is_shared(board):
    code, page = board
    name = {"en": "Location quotient", "zh": "区位商"}[code]
    head, first, *_others = rows(page, "tab-ranking-output")
    # (150 / 560) / (3 / 14)
    assert head[-1] == name and first[-1] == "1.25"
    assert name not in " ".join(rows(page, "tab-ranking-investment")[0])
    # a table that says more than its chart is no fold below it: it would be lost on paper
    assert [page.find(id=f"tab-ranking-{each}").name for each in ("output", "investment")] == ["figure", "details"]
    # one year of employment: no growth, no series
    assert page.find(id="fig-ranking-employment")
    assert not page.find(id="fig-growth-employment") and not page.find(id="fig-zones-employment")


def test_what_is_left_to_the_rest_of_the_city_is_shown(board):
    code, page = board
    _head, output, investment, employment = rows(page, "tab-totals-one-board")
    rest = {"en": ["CNY 14 billion", "CNY 5 billion", "40,000 people"], "zh": ["140亿元", "50亿元", "4万人"]}[code]
    assert [row[-2] for row in (output, investment, employment)] == rest
    assert [row[-1] for row in (output, investment, employment)] == ["75%", "70.6%", "71.4%"]


def test_zones_stand_side_by_side_and_one_by_one(level):
    page = read(level, "en", "zone-profiles")
    assert [row[0] for row in rows(page, "tab-side-by-side")[1:]] == [
        *("Harbour", "East", "West", "North", "South", "Lakeside", "Airport"),
    ]
    text = words(page)
    # 18 hundred million, third of seven by investment
    assert "Fixed-asset investment CNY 1.8 billion 2024 3 of 7" in text


def test_the_first_page_says_what_the_zones_have(level):
    text = words(read(level, "en", "index"))
    assert "the seven zones of Model City (范例市) in Model Province had output of above-scale industry" in text
    assert "with 35.7% of the total of all" in text
    pdf = pypdf.PdfReader(level / "model-zones-en.pdf")
    assert "4.66" in "".join(page.extract_text() for page in pdf.pages)


def test_nothing_leaks_and_no_english_is_left_in_chinese(level):
    for code in ("en", "zh"):
        for path in (level / code / "book").glob("*.html"):
            if path.stem not in OF_CODE:  # what code says of itself
                assert not re.search(r"\b(nan|None|NaN)\b|\{eval\}", words(read(level, code, path.stem))), path
    assert not left_in_english(level)
