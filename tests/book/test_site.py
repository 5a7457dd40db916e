"""The HTML book as a reader gets it."""

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import html5lib
import pytest
from bs4 import BeautifulSoup

PAGES = "index one-board one-chain one-drive project-economics zone-profiles claims methods data glossary".split()


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    folder = site / "en" / "book"
    return {name: BeautifulSoup((folder / f"{name}.html").read_text("utf-8"), "html.parser") for name in PAGES}


def test_the_entrance_leads_to_the_book(site):
    entrance = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    for link in entrance.find_all("a"):
        assert (site / link["href"]).exists()
    assert [link["lang"] for link in entrance.find_all("a")] == ["en", "zh-CN"]


def test_nothing_is_loaded_from_another_host(pages):
    """The book is read on intranets and from a disk."""
    for name, page in pages.items():
        loaded = [t.get("src") for t in page.find_all(["script", "img", "iframe"])]
        loaded += [t.get("href") for t in page.find_all("link") if "canonical" not in (t.get("rel") or ())]
        assert not [url for url in loaded if url and re.match(r"(https?:)?//", url)], name


def test_every_link_inside_the_site_leads_somewhere(site, pages):
    ids: dict[Path, set[str]] = {}
    for name, page in pages.items():
        here = site / "en" / "book" / f"{name}.html"
        for link in page.find_all("a", href=True):
            url, fragment = urldefrag(link["href"])
            if re.match(r"\w+:", url):
                continue
            target = (here.parent / unquote(url)).resolve() if url else here
            assert target.exists(), (name, link["href"])
            if fragment and target.suffix == ".html":
                if target not in ids:
                    found = BeautifulSoup(target.read_text("utf-8"), "html.parser")
                    ids[target] = {t["id"] for t in found.find_all(id=True)}
                assert unquote(fragment) in ids[target], (name, link["href"])


def test_figures_in_sentences_lead_to_their_row(pages):
    rows = {row["id"] for row in pages["data"].find_all("tr", id=True)}
    for name in ("index", "one-board", "one-drive", "project-economics"):
        links = [a for p in pages[name].find_all(["p", "li", "figcaption"]) for a in p.find_all("a", class_="traced")]
        assert len(links) > 4, name
        for link in links:
            assert urldefrag(link["href"])[1] in rows
            assert link["title"]


def test_exhibits_are_numbered_titled_and_described(pages):
    for name, page in pages.items():
        for figure in page.find_all("figure", class_="exhibit"):
            number = figure.find("span", class_="caption-number").get_text()
            assert re.match(r"(Figure|Table) \d+", number), (name, number)
            if "chart" in figure["class"]:
                assert len(figure.find("svg")["aria-label"]) > 40
            else:
                assert figure.find_all("th", scope="col") and figure.find_all("th", scope="row")


def test_words_of_a_missing_figure_never_leak(pages):
    for name, page in pages.items():
        text = page.find("article").get_text(" ")
        assert not re.search(r"\b(nan|None|NaN)\b", text), name
        assert "{eval}" not in text, name


def test_the_html_of_the_article_parses_strictly(site):
    """No unclosed or misnested element of ours (the theme's own head is not judged)."""
    for name in PAGES:
        page = BeautifulSoup((site / "en" / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
        for figure in page.find_all(["figure", "section", "div"], class_=["exhibit", "card", "explorer"]):
            html5lib.HTMLParser(strict=True).parseFragment(str(figure))


def test_a_changed_figure_changes_the_sentence_the_table_and_the_chart(site, pages):
    text = pages["one-board"].find("article").get_text(" ")
    assert text.count("89.07%") >= 2
    assert "89.07%" in pages["one-board"].find("svg")["aria-label"]
