"""What lies at the root of a site: for search engines, and for those who come to an address that does not exist."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from analysis.publish import addresses, root_files

BASE = "https://example.org/book/"
SITEMAP = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def site(tmp_path):
    for page in ("en/book/index.html", "zh/book/index.html", "en/book/reference.html"):
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / page).touch()
    return tmp_path


def test_the_sitemap_names_each_page_with_its_other_editions(site, data):
    root_files.write(site, data, ["en", "zh"], BASE)
    pages = ElementTree.parse(site / "sitemap.xml").getroot().findall("url", SITEMAP)
    named = {
        page.findtext("loc", "", SITEMAP): {link.get("hreflang") for link in page.findall("xhtml:link", SITEMAP)}
        for page in pages
    }
    both = {"en", "zh-CN"}
    assert named == {
        f"{BASE}en/book/index.html": both,
        f"{BASE}zh/book/index.html": both,
        f"{BASE}en/book/reference.html": {"en"},
    }


def test_without_an_address_there_is_none(site, data):
    root_files.write(site, data, ["en", "zh"], "")
    assert not (site / "sitemap.xml").exists()
    assert "://" not in (site / "404.html").read_text("utf-8")


def test_what_is_not_found_is_told_in_all_languages(data):
    page = BeautifulSoup(root_files.missing(data, ["en", "zh"], BASE), "html.parser")
    english, chinese = page.find_all("section")
    assert (english["lang"], english.h2.get_text()) == ("en", "There is no such page")
    assert (chinese["lang"], chinese.h2.get_text()) == ("zh-CN", "没有这个页面")
    assert [link["href"] for link in chinese.find_all("a")] == [f"{BASE}zh/book/index.html", f"{BASE}zh/search.html"]
    assert not page.find_all("script"), "whole addresses need none"


@pytest.mark.parametrize("named", ["https://example.org/book", "https://example.org/book/"])
def test_an_address_ends_with_a_slash(named):
    assert addresses.site({"html": {"baseurl": named}}) == BASE
    assert addresses.site({"html": {"baseurl": None}}) == addresses.site({"html": {}}) == ""
