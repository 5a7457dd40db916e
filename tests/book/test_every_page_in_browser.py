"""Each page of the built book in a real browser: what it loads, how it fits a phone, what axe finds in both colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from book.conftest import PAGES

AXE = Axe()
# contrast takes nearly all of axe's time, and is what colours, size and what lies below make it: of the elements that
# share all of these, the first is measured
MEASURED = """() => {
    const known = new Map([[null, [[], ""]]]), first = new Map();
    const seen = element => {
        if (!known.has(element)) {
            const s = getComputedStyle(element);
            const [above] = seen(element.parentElement);
            const own = [s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.textDecorationLine, s.textShadow];
            const key = own.join();
            known.set(element, [above.at(-1) === key ? above : [...above, key], s.fontSize + s.fontWeight]);
        }
        return known.get(element);
    };
    for (const element of document.body.querySelectorAll("*")) {
        const told = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || element.matches("input");
        if (!told || !element.checkVisibility()) continue;
        const key = JSON.stringify(seen(element));
        if (!first.has(key)) first.set(key, element);
    }
    const how = {resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"]};
    return axe.run({include: [...first.values()]}, how)
        .then(r => r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)]));
}"""
# all else, on the whole page
OTHERS = """async () => {
    const rules = {"color-contrast": {enabled: false}, "link-in-text-block": {enabled: false}};
    const found = await axe.run({resultTypes: ["violations"], rules});
    return found.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)]);
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
    found = [("dark", *fault) for fault in page.evaluate(MEASURED) + page.evaluate(OTHERS)]
    page.locator("button.colours").click()
    themes.append(page.evaluate(THEME))
    page.evaluate("localStorage.clear()")  # the next page follows the system again
    found += [("light", *fault) for fault in page.evaluate(MEASURED)]
    assert themes == ["dark", "light"]
    assert not found


@pytest.mark.parametrize("style", ["opacity: 0.3", "color: #888"])
def test_a_faint_word_is_found_wherever_it_stands(page, site, style):
    """What is measured once for each pair of colours misses no other pair."""
    page.emulate_media(color_scheme="light")
    page.goto(address(site, "en", "methods"))
    page.evaluate(AXE.axe_script)
    page.evaluate("style => [...document.querySelectorAll('main p')].at(-1).style = style", style)
    assert [fault[0] for fault in page.evaluate(MEASURED)] == ["color-contrast"]
