"""The built book in a real browser."""

import pytest

PAGES = "index one-board one-chain one-drive project-economics zone-profiles claims methods data glossary".split()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_other_host_and_fits_a_phone(browser, site, name):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "en" / "book" / f"{name}.html").as_uri())
    page.wait_for_load_state("load")
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not errors
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, f"{name} scrolls sideways on a phone: {width} px"
    page.close()


def test_following_a_figure_shows_its_row(browser, site):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto((site / "en" / "book" / "index.html").as_uri())
    link = page.locator("main li a.traced").first
    assert link.get_attribute("title")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data.html#row-*")
    row = page.locator("tr:target")
    assert row.count() == 1 and row.is_visible()
    page.close()


def test_charts_follow_the_dark_mode(browser, site):
    page = browser.new_page(color_scheme="dark")
    page.goto((site / "en" / "book" / "one-board.html").as_uri())
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()"
    assert page.evaluate(ink) == "#e6e9ec"
    fills = page.evaluate(
        "[...document.querySelectorAll('figure.chart svg [style*=\"--series-1\"]')].map(e => getComputedStyle(e).fill)"
    )
    assert "rgb(124, 192, 238)" in fills  # the dark edition of the first series, #7cc0ee
    page.close()
