"""The page over many books in a browser: at both widths, light and dark, without a script."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from book.conftest import FIXTURES

from analysis.publish import one_book, shelf
from analysis.publish.one_book import Outcome, Task

CODES = ("en", "zh")


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    """A page over one book that is built and one that is not."""
    site: Path = tmp_path_factory.mktemp("shelf")
    made = []
    for name, outcome in (("example-city", Outcome("built")), ("zone-level", Outcome("faulty", ["data " * 40] * 20))):
        task = Task(name, FIXTURES / name, site / name, CODES, {})
        for code in CODES:
            page = task.site / code / "book" / "index.html"
            page.parent.mkdir(parents=True)
            page.touch()
        made.append((task, one_book.described(outcome, task.data, CODES)))
    shelf.write(site, made, CODES)
    return (site / "index.html").as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_all_can_read_it_in_either_language_without_a_script(browser, address, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=False
    )
    view = context.new_page()
    asked = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(address)
    assert view.locator("section:visible").get_attribute("lang") == "en"
    view.click("text=简体中文")
    assert view.locator("section:visible").get_attribute("lang") == "zh-CN"
    assert view.locator("section:visible a:visible", has_text="示例市开发区").count() == 1
    assert all(url.startswith(("file:", "data:")) for url in asked)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_lies_off_the_screen(browser, address, width, scheme):
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-GB")
    view.goto(address)
    assert [found["id"] for found in Axe().run(view).response["violations"]] == []
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    view.close()


def test_a_browser_in_chinese_sees_chinese_and_a_link_to_a_book_is_followed(browser, address):
    view = browser.new_page(locale="zh-CN")
    view.goto(address)
    view.wait_for_url("**#zh")
    assert view.locator("section:visible").get_attribute("lang") == "zh-CN"
    view.goto(f"{address}#en-2")
    assert view.locator("section:visible").get_attribute("lang") == "en"
    view.close()
