"""What machines find on the built site: every chapter described, pictured, cited; and what shows for a lost address."""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from book.conftest import PAGES

LOST = ("en/book/nothing.html", "zh/a/b/c/nothing.html")


def content(page, **named):
    tag = page.find("meta", attrs=named)
    return tag and tag["content"]


def objects(page):
    return json.loads(page.find("script", type="application/ld+json").string)["@graph"]


def test_every_chapter_says_what_it_is_about(pages, edition):
    told = {name: content(page, name="description") for name, page in pages.items()}
    assert len(set(told.values())) == len(PAGES)
    for name, text in told.items():
        assert text == content(pages[name], property="og:description") == objects(pages[name])[0]["description"]
        assert any("一" <= letter <= "鿿" for letter in text) == (edition == "zh"), name
    assert told["one-board"] == pages["one-board"].article.find("p").get_text()


def test_a_page_with_charts_has_a_picture_of_the_first(site, pages, edition):
    for name, page in pages.items():
        drawing, picture = page.select_one("figure.chart svg"), content(page, property="og:image")
        assert picture == (f"{name}.png" if drawing else None)
        assert content(page, property="og:image:alt") == (drawing and drawing["aria-label"])
        assert not drawing or (site / edition / "book" / picture).stat().st_size > 5_000
    assert content(pages["one-board"], property="og:image")


def test_the_data_are_described_where_they_lie(site, pages, edition):
    _chapter, dataset = objects(pages["data"])
    files = [table["distribution"]["contentUrl"] for table in dataset["hasPart"]]
    assert len(files) > 10 and all((site / edition / "book" / file).resolve().exists() for file in files)
    assert all(table["license"] and table["variableMeasured"] for table in dataset["hasPart"])
    report = objects(pages["index"])[0]
    for address in (report["isBasedOn"]["url"], report["encoding"]["contentUrl"], report["workTranslation"][0]["url"]):
        assert (site / edition / "book" / address).resolve().exists()


def test_no_page_names_an_address_that_nobody_set(site, pages):
    for page in pages.values():
        assert not page.find("link", rel="canonical") and not content(page, property="og:url")
        assert not page.select("aside a[href^=http]")
    assert not (site / "sitemap.xml").exists()


def test_what_is_no_chapter_is_not_offered(site, edition):
    assert 'content="noindex"' in (site / edition / "search.html").read_text("utf-8")


class Lost(SimpleHTTPRequestHandler):
    """The site below a folder of a host, with its page for what is not found, as GitHub Pages serves it."""

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/some/book"))

    def send_error(self, code, *_rest):
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_message):
        """Says nothing."""


@pytest.fixture
def host(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Lost, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/book"
    server.shutdown()


@pytest.mark.parametrize("address", LOST)
def test_a_lost_reader_finds_back_from_any_depth(browser, host, address):
    page = browser.new_page()
    page.goto(f"{host}/{address}")
    assert page.locator("h2").all_inner_texts() == ["There is no such page", "没有这个页面"]
    page.locator("section[lang=zh-CN] a").first.click()
    assert page.url == f"{host}/zh/book/index.html"
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.close()
