"""A package of another city makes that city's book, in both editions, without a word of this one.

The fixture is made up: none of its places, firms and figures exists.
"""

import json
import re
import shutil
from pathlib import Path

import pypdf
import pytest
from book.conftest import PAGES, ROOT, build
from book.test_site import left_in_english
from bs4 import BeautifulSoup

from analysis.package import dataset

EXAMPLE = ROOT / "tests" / "fixtures" / "example-city"


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """The book of the example, with an edition before it in which one share was another."""
    folder = tmp_path_factory.mktemp("example")
    data, site = folder / "data", folder / "site"
    shutil.copytree(EXAMPLE, data)
    shutil.copytree(EXAMPLE, data / "previous")
    before = data / "previous" / "observations.csv"
    before.write_text(before.read_text("utf-8").replace(",2024,53.7,53.7,", ",2024,49.7,49.7,"), "utf-8")
    done = build(site, "--data", str(data))
    assert done.returncode == 0, done.stderr
    return site


def read(site: Path, code: str, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / code / "book" / f"{name}.html").read_text("utf-8"), "html.parser")


def test_the_example_has_the_form_of_the_books_own_package():
    own, other = (json.loads((folder / "datapackage.json").read_text("utf-8")) for folder in (ROOT / "data", EXAMPLE))
    assert own["resources"] == other["resources"]
    assert "Made-up" in other["book"]["subtitle_en"]


def test_nothing_of_this_city_is_left(example, data):
    own = {
        name
        for table in ("places", "zones", "firms", "projects", "chains")
        for column in ("name_en", "name_zh", "full_name_zh")
        if column in data.tables[table]
        for name in data.tables[table][column].dropna()
    }
    theirs = dataset.load(EXAMPLE)
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
        ("en", "The zones of Example City", "the three zones of Example City (示例市) in Example Province made 53.7%"),
        ("zh", "示例市开发区", "示例省示例市的3家开发区占全市规模以上工业产值的53.7%"),
    ],
)
def test_title_and_first_sentence_are_that_citys(example, code, title, zones):
    page = read(example, code, "index")
    assert page.h1.get_text().startswith(title) and page.title.get_text() == title
    assert zones in " ".join(page.find("article").get_text().split())
    pdf = pypdf.PdfReader(example / f"example-zones-{code}.pdf")
    assert pdf.metadata.title == title
    assert "53.7%" in "".join(page.extract_text() for page in pdf.pages)


def test_what_is_not_published_is_left_out_or_said(example):
    board = read(example, "en", "one-board")
    assert "No rank in the provincial assessment is published." in board.get_text()
    assert "Nothing is published on this." in board.find(id="how-many-projects-did-the-city-sign").get_text()
    # South has no number of firms: the sentence of the story that names it is gone, its neighbour is not
    assert "North has 120 firms." in board.get_text() and "South has" not in board.get_text()
    for code in ("en", "zh"):
        for name in set(PAGES) - {"reference"}:  # what code says of itself
            article = read(example, code, name).find("article")
            for formula in article.select(".formula"):
                formula.replace_with("x")
            text = " ".join(article.get_text().split())
            assert not re.search(r"\b(nan|None|NaN)\b|not in this edition|本版不列| [,.;] ", text), (code, name)


def test_its_years_make_a_change_and_a_series(example):
    board = read(example, "en", "one-board")
    text = " ".join(board.get_text().split())
    # 53.7 − 50.4 and 69.5 − 71.0
    assert "moved by +3.3 percentage points" in text and "moved by −1.5 percentage points" in text
    assert board.find(id="fig-shares-series")
    # 41 % of the investment over 20.5 % of the output
    assert board.find(id="tab-quotients").find_all("td", class_="num")[0].get_text() == "2"


def test_what_changed_since_the_edition_before_is_a_chapter(example, site):
    for code, chapter, verdict in (("en", "What changed in this edition", "contradicted"), ("zh", "本版变动", "矛盾")):
        page = read(example, code, "changes")
        assert page.h1.get_text().startswith(chapter)
        text = page.find("article").get_text()
        assert "49.7%" in text and "53.7%" in text and verdict in text
        assert page.find("nav", id="chapters").find("a", string=chapter)
        # a first edition has no such chapter
        assert not (site / code / "book" / "changes.html").exists()


def test_its_own_files_are_offered(example):
    page = read(example, "en", "index")
    links = [link["href"] for link in page.select("a.download") if link["href"].endswith(".csv")]
    assert len(links) == 3
    for link in links:
        offered = (example / "en" / "book" / link).resolve()
        assert offered.read_bytes() == (EXAMPLE / offered.name).read_bytes()


def test_its_chinese_edition_has_no_english_left(example):
    assert not left_in_english(example)
