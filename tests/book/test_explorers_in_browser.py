"""The explorers in the built book, opened from the disk in a real browser."""

import re

import pytest
from bs4 import BeautifulSoup

ZONES, PAYBACK = "explore-zones", "explore-payback"
PAGES = {ZONES: "zone-profiles", PAYBACK: "project-economics"}


@pytest.fixture
def open_page(browser, site):
    """Opens the page of an explorer; with ``script`` off nothing but HTML and CSS is at work."""
    contexts = []

    def opened(name, *, script=False, width=1366):
        context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto((site / "en" / "book" / f"{PAGES[name]}.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def shown(page, name):
    """The text of the panels that a reader sees."""
    panels = page.locator(f"#{name} .explorer-panel").all()
    return " ".join(panel.inner_text() for panel in panels if panel.is_visible())


def test_one_zone_is_shown_and_a_click_shows_another(open_page):
    page = open_page(ZONES)
    assert page.locator(".card.zone").count() == 7
    assert page.locator(".card.zone:visible").get_attribute("id") == "zone-beipiao"
    page.get_by_label("Kazuo", exact=True).check()
    assert page.locator(".card.zone:visible").get_attribute("id") == "zone-kazuo"


def test_arrow_keys_move_the_choice_and_hidden_panels_are_skipped(open_page):
    page = open_page(ZONES)
    page.locator("#explore-zones-zone-beipiao").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#explore-zones-zone-jianping").is_checked()
    assert page.locator(".card.zone:visible").get_attribute("id") == "zone-jianping"
    # the next stop is inside the profile that is shown, not in one that is not
    page.keyboard.press("Tab")
    assert page.locator("#zone-jianping :focus").count() == 1


def test_project_years_and_margin_are_chosen_by_keyboard(open_page):
    page = open_page(PAYBACK)
    assert "margin needed for a payback in 5 years" in shown(page, PAYBACK)
    page.locator("#explore-payback-project-hongfa-broilers").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    text = shown(page, PAYBACK)
    # depreciation over ten years: 9.479 % − 16.1 / (24 × 10) = 2.77 %; 18.2 / (24 × 0.1 + 1.61) = 4.54 years
    assert text.startswith("Tongxin") and "2.77%" in text and "4.54 years" in text and "is enough" in text
    assert "Hongfa" not in text


def test_every_combination_shows_one_form_of_each_part(open_page):
    page = open_page(PAYBACK, script=True)
    counts = page.evaluate(
        """name => {
            const sets = [...document.querySelectorAll(`#${name} fieldset`)].map(f => [...f.querySelectorAll('input')]);
            const visible = () => [...document.querySelectorAll(`#${name} .explorer-panel`)]
                .filter(p => !p.hidden && getComputedStyle(p).display !== 'none').length;
            const matching = (chosen) => [...document.querySelectorAll(`#${name} .explorer-panel`)]
                .filter(p => [...p.classList].slice(1).every(option => chosen.has(option))).length;
            const counts = [];
            for (const a of sets[0]) for (const b of sets[1]) for (const c of sets[2]) for (const d of sets[3]) {
                a.checked = b.checked = c.checked = d.checked = true;
                counts.push(matching(new Set([a.id, b.id, c.id, d.id])));
                // each option of each choice is looked at, with every seventh combination
                if (counts.length % 7) continue;
                d.dispatchEvent(new Event('change', {bubbles: true}));
                if (visible() !== 4) counts.push(0);
            }
            return counts;
        }""",
        PAYBACK,
    )
    assert len(counts) == 3 * 5 * 6 * 4 and set(counts) == {4}


@pytest.mark.parametrize("name", PAGES)
def test_paper_has_no_buttons_and_nothing_is_left_out(open_page, name):
    page = open_page(name)
    page.emulate_media(media="print")
    assert page.locator(f"#{name} input:visible").count() == 0
    if name == ZONES:
        assert page.locator(".card.zone:visible").count() == 7
    else:
        assert page.locator(f"#{name} .explorer-printed").is_visible()
        assert page.locator(f"#{name} .explorer-panel:visible").count() == 0


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1366])
def test_it_fits_and_the_focus_is_seen(open_page, name, width):
    page = open_page(name, script=True, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(f"#{name} input").first.focus()
    page.keyboard.press("ArrowRight")
    outline = "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
    assert page.evaluate(outline) == "solid"


@pytest.mark.parametrize("name", PAGES)
def test_no_script_and_no_state_of_widgets(site, name):
    html = (site / "en" / "book" / f"{PAGES[name]}.html").read_text("utf-8")
    assert "vnd.jupyter.widget" not in html and "html-manager" not in html
    explorer = BeautifulSoup(html, "html.parser").find(id=name)
    assert not explorer.find("script")
    assert not [key for tag in explorer.find_all(True) for key in tag.attrs if re.match(r"on\w+", key)]
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert not {key for key in ids if ids.count(key) > 1 and key.startswith(("explore", "zone-", "tab-"))}
