"""What machines read in the head of a page, with an address of the site and without; whatever the data call things."""

import json

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from publish.test_exhibits import notebook
from publish.test_hostile_text import HOSTILE, ROOT, hostile  # noqa: F401 (a fixture)
from publish.tiny_book import made

from analysis.exhibits.charts.style import canvas, chart
from analysis.publish.metadata import _told

BASE = "https://example.org/book/"
SITE = {"templates_path": [str(ROOT / "book" / "_templates")], "html_theme": "basic", "analysis_editions": ["en", "zh"]}
SITE |= {"template_bridge": "analysis.publish.page.EscapingTemplates", "html_permalinks": False}


def head(folder, **settings):
    """The head of a chapter, and the objects of schema.org in it."""
    pages = {"index.md": "# First\n\n```{toctree}\nchapter\ndata\n```\n"}
    pages |= {"chapter.md": "# A chapter\n\n**What is it?**\n\nIt is.\n", "data.md": "# Data\n\nWhere from?\n"}
    site = made(folder, pages, **SITE, **settings)
    found = {}
    for name in ("index", "chapter", "data"):
        page = BeautifulSoup((site / "book" / f"{name}.html").read_text("utf-8"), "html.parser").head
        found[name] = page, json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    return found


def content(page, **named):
    tag = page.find("meta", attrs=named)
    return tag and tag["content"]


def test_with_an_address_all_addresses_are_whole(tmp_path, data):
    found = head(tmp_path, html_baseurl=BASE, analysis_published="2025-11-23")
    page, (chapter,) = found["chapter"]
    here = f"{BASE}en/book/chapter.html"
    assert page.find("link", rel="canonical")["href"] == content(page, property="og:url") == chapter["url"] == here
    assert content(page, name="citation_pdf_url") == f"{BASE}chaoyang-zones-en.pdf"
    assert content(page, name="citation_publication_date") == "2025/11/23"
    assert content(page, name="description") == content(page, property="og:description") == "What is it?"
    assert (content(page, property="og:locale"), content(page, property="og:locale:alternate")) == ("en_GB", "zh_CN")
    assert chapter["@type"] == "Chapter" and chapter["isPartOf"]["url"] == f"{BASE}en/book/index.html"
    _page, (report,) = found["index"]
    assert report["@type"] == "Report" and report["workTranslation"][0]["url"] == f"{BASE}zh/book/index.html"
    _page, (_chapter, dataset) = found["data"]
    assert dataset["@type"] == "Dataset" and dataset["license"] == data.descriptor["licenses"][0]["path"]
    tables = {table["distribution"]["contentUrl"] for table in dataset["hasPart"]}
    assert f"{BASE}en/data/observations.csv" in tables and len(tables) == len(data.descriptor["resources"])


def test_without_one_they_are_relative_or_absent(tmp_path):
    page, (chapter,) = head(tmp_path)["chapter"]
    assert not page.find("link", rel="canonical") and not content(page, property="og:url") and "url" not in chapter
    assert not content(page, name="citation_publication_date") and "datePublished" not in chapter
    assert content(page, name="citation_pdf_url") == "../../chaoyang-zones-en.pdf"
    assert "://" not in page.decode().replace("https://schema.org", "").replace(chapter["license"], "")


def test_a_table_tells_its_fields(tmp_path, data, monkeypatch):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", "zh")
    _page, (_chapter, dataset) = head(tmp_path)["data"]
    described = {table["name"]: table for table in data.descriptor["resources"]}
    by_file = {table["distribution"]["contentUrl"]: table for table in dataset["hasPart"]}
    zones = by_file["../data/zones.csv"]
    fields = described["zones"]["schema"]["fields"]
    assert zones["name"] == described["zones"]["title_zh"]
    measured = [(found["propertyID"], found["name"]) for found in zones["variableMeasured"]]
    assert measured == [(field["name"], field["title_zh"]) for field in fields]


def test_the_picture_is_the_first_chart(tmp_path, data):
    figure, axes = canvas(2)
    axes.barh([0], [1], color="#ff0000")
    drawn = pd.DataFrame({"firms": {"beipiao": data.value("beipiao", "firms")}})
    first = chart(figure, "made", "A finding", "A bar.", data, drawn)
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        pages = {"page.ipynb": notebook("# Page", first), "data.md": "# Data\n"}
        site = made(tmp_path / run, pages, exclude_patterns=["book/data.md"], **SITE)
    page = BeautifulSoup((site / "book" / "page.html").read_text("utf-8"), "html.parser")
    assert content(page, property="og:image") == "page.png"
    assert content(page, property="og:image:alt") == "A bar. A finding"
    picture = (site / "book" / "page.png").read_bytes()
    assert picture == (tmp_path / "one" / "html" / "book" / "page.png").read_bytes(), "the same bytes each time"
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and [int.from_bytes(picture[at : at + 4]) for at in (16, 20)] == [
        1200,
        630,
    ]


@pytest.mark.usefixtures("hostile")
def test_no_word_of_the_data_breaks_out(tmp_path):
    """Of a script, JSON-LD too, the first `</script>` is the end."""
    for page, graph in head(tmp_path, html_baseurl=BASE).values():
        assert not page.find_all("img") and [script.get("type") for script in page.find_all("script")].count(None) == 2
        assert HOSTILE in json.dumps(graph, ensure_ascii=False).replace('\\"', '"')


def test_what_is_not_known_is_left_out():
    assert _told({"a": "", "b": [{"c": None, "d": 0}], "e": {}}) == {"b": [{"d": 0}]}
