"""Each page of the built book in a real browser: what it loads, how it fits a phone, what axe finds in both colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from book.conftest import PAGES

AXE = Axe()
FOUND = """async () => {
    const found = await axe.run({resultTypes: ["violations"]});
    return found.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)]);
}"""
STAYS = """[...document.querySelectorAll(".bar, .up")].map(e => [e.offsetHeight, getComputedStyle(e).position])
    .reduce((sum, [height, position]) => sum + (/sticky|fixed/.test(position) ? height : 0), 0)"""
INKS = """() => {
    const system = document.body.appendChild(document.createElement("i"));
    system.style = "color: CanvasText; background: Canvas";
    const { color, backgroundColor } = getComputedStyle(system);
    const letters = [...document.querySelectorAll("figure.chart svg g[style*='--ink']")];
    return [color, backgroundColor, ...new Set(letters.map(letter => getComputedStyle(letter).fill))];
}"""
THEME = "document.documentElement.dataset.theme"


@pytest.fixture(scope="module")
def page(browser):
    """One page for all: what a test asks for it sets itself."""
    page = browser.new_page()
    yield page
    page.close()


def address(site, edition, name):
    return (site / edition / "book" / f"{name}.html").as_uri()


@pytest.mark.parametrize("name", [*PAGES, "../search"])
def test_a_page_asks_no_other_host_and_fits_a_small_phone(page, site, edition, name):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="light")
    asked, errors = [], []
    listeners = {
        "request": lambda request: asked.append(request.url),
        "pageerror": lambda error: errors.append(str(error)),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    page.goto(address(site, edition, name))
    width = page.evaluate("document.documentElement.scrollWidth")
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    assert asked and not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not errors
    assert width <= 320, f"{name} scrolls sideways on a phone: {width} px"
    assert page.evaluate(THEME) == "light"


@pytest.mark.parametrize("name", [*PAGES, "../search"])
def test_axe_finds_nothing(page, site, edition, name):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.goto(address(site, edition, name))
    themes = [page.evaluate(THEME)]
    page.evaluate(AXE.axe_script)
    found = [("dark", *fault) for fault in page.evaluate(FOUND)]
    page.locator("button.colours").click()
    themes.append(page.evaluate(THEME))
    page.evaluate("localStorage.clear()")  # the next page follows the system again
    found += [("light", *fault) for fault in page.evaluate(FOUND)]
    assert themes == ["dark", "light"]
    assert not found


@pytest.mark.parametrize(("width", "height", "covered"), [(640, 512, 100), (320, 256, 0)], ids=["200 %", "400 %"])
def test_enlarged_the_text_keeps_the_screen(page, site, edition, width, height, covered):
    """A screen of 1280 by 1024 pixels, enlarged. covered: how much of its height may lie under what stays in place."""
    page.set_viewport_size({"width": width, "height": height})
    for name in PAGES:
        page.goto(address(site, edition, name))
        assert page.evaluate(STAYS) <= covered, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_colours_that_a_system_forces_are_those_of_drawings_too(page, site, edition, scheme):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    page.goto(address(site, edition, "one-board"))
    text, ground, *letters = page.evaluate(INKS)
    page.emulate_media(forced_colors="none")
    assert letters == [text] and text != ground


@pytest.mark.parametrize("style", ["opacity: 0.3", "color: #888"])
def test_a_faint_word_is_found(page, site, style):
    """What finds nothing on the pages finds a fault where there is one."""
    page.emulate_media(color_scheme="light")
    page.goto(address(site, "en", "methods"))
    page.evaluate(AXE.axe_script)
    page.evaluate("style => [...document.querySelectorAll('main p')].at(-1).style = style", style)
    assert [fault[0] for fault in page.evaluate(FOUND)] == ["color-contrast"]
