"""The search, from a folder as from a server: figures, firms, words in tables, and what Chinese calls for short."""

import json

import pytest
from book.test_browser import address

ROW = "data.html#row-all-zones.share_above_scale_output.2024"


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    assert not errors
    page.close()


def found(page, site, edition, query):
    """Addresses of all that is found, whether shown at first or not."""
    page.goto(address(site, edition, "../search") + f"?q={query}")
    while page.locator("#search-results button").count():
        page.locator("#search-results button").first.click()
    return page.locator("#search-results li > a").evaluate_all("all => all.map(a => a.getAttribute('href'))")


@pytest.mark.parametrize(
    ("edition", "query", "place"),
    [
        ("en", "89.07", ROW),
        ("en", "287", "data.html#row-all-zones.projects_started.2025-01--2025-05"),
        ("en", "CNY 1.82 billion", "data.html#row-tongxin-slag.total_investment"),
        ("en", "brewery", "one-drive.html"),
        ("en", "1,188.28", "zone-profiles.html#tab-side-by-side"),
        ("en", "1188.28", "zone-profiles.html#tab-side-by-side"),
        ("en", "bentonite", "one-chain.html"),
        ("zh", "18.2亿元", "data.html#row-tongxin-slag.total_investment"),
        ("zh", "１８.２ 亿元", "claims.html"),
        ("zh", "规上", ROW),
        ("zh", "固定资产投资", "one-board.html"),
        ("zh", "容积率", "methods.html"),
        ("zh", "膨润土", "one-chain.html"),
        ("zh", "宏发", "zone-profiles.html#zone-beipiao"),
    ],
)
def test_what_stands_in_the_book_is_found_in_its_place(page, site, edition, query, place):
    places = found(page, site, edition, query)
    assert any(place in href for href in places), places
    assert page.locator("#search-results mark").count()
    assert page.locator("#found").inner_text()


def test_a_number_is_found_whole(page, site):
    assert (
        found(page, site, "en", "89.07") and not found(page, site, "en", "9.07") and not found(page, site, "en", "89.0")
    )


@pytest.mark.parametrize(("edition", "query"), [("zh", "大熊猫"), ("en", "no-such-word")])
def test_what_is_nowhere_is_not_found_and_that_is_said(page, site, edition, query):
    assert not found(page, site, edition, query)
    assert page.locator("#found").inner_text() == {"en": "Nothing was found.", "zh": "没有找到。"}[edition]


@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_bar_to_a_figure_its_row_and_its_uses(page, site, edition, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address(site, edition, "one-board"))
    if width > 600:
        page.get_by_role("searchbox").fill("89.07")
        page.keyboard.press("Enter")
    else:
        page.locator(".bar .find").click()
        page.locator("#search input").fill("89.07")
    page.wait_for_selector("#search-results li")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "89.07"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    item = page.locator(f"#search-results li:has(> a[href$='{ROW}'])")
    item.locator("summary").click()
    assert item.locator("details a[href*='one-board.html#']").count()
    item.locator("a").first.click()
    page.wait_for_url(f"**/{ROW}")
    assert page.locator("tr:target").is_visible()


def test_each_hit_names_its_section_and_leads_to_it(page, site, edition):
    for href in found(page, site, edition, "2024")[:12]:
        file, _, anchor = href.partition("#")
        page.goto((site / edition / file).as_uri() + f"#{anchor}")
        assert page.locator(f"[id='{anchor}']").count() == 1, href


def test_the_index_is_of_modest_weight(site, edition):
    script = (site / edition / "search-index.js").read_text("utf-8")
    assert len(script.encode()) < 400_000
    pages = json.loads(script.partition("=")[2].rstrip(";\n"))["pages"]
    passages = [passage for _address, _title, sections in pages for *_names, own in sections for passage in own]
    assert len(passages) > 500
    assert not (site / edition / "searchindex.js").exists()
