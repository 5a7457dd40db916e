"""The built book in a real browser."""

import re

import pytest


def address(site, edition, name):
    return (site / edition / "book" / f"{name}.html").as_uri()


def test_following_a_figure_shows_its_row(browser, site, edition):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(address(site, edition, "index"))
    link = page.locator("main li a.traced").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data.html#row-*")
    row = page.locator("tr:target")
    assert row.count() == 1 and row.is_visible()
    page.close()


def test_from_a_sentence_to_the_row_and_back_again_by_keyboard(browser, site, edition):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(address(site, edition, "one-board"))
    link = page.locator("#shares-of-the-city > p a.traced").first
    row = link.get_attribute("data-rows").split()[0]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/data.html#{row}")
    title = page.locator(".uses a[href='one-board.html#shares-of-the-city']").first.text_content()
    for _step in range(12):  # the focus goes on from the row
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.used > summary')"):
            page.keyboard.press("Enter")
        if page.evaluate("document.activeElement.textContent") == title:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/one-board.html#shares-of-the-city")
    assert page.locator("#shares-of-the-city > h2").is_visible()
    page.close()


def test_a_way_back_to_a_zone_shows_its_card(browser, site, edition):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(address(site, edition, "data"))
    used = page.locator(".used:has(a[href='zone-profiles.html#zone-kazuo'])").first
    used.locator("summary").click()
    used.locator("a[href='zone-profiles.html#zone-kazuo']").click()
    page.wait_for_url(re.compile(r"zone-profiles\.html(\?.*)?#zone-kazuo$"))  # the choice joins the address
    assert page.locator("#zone-kazuo").is_visible() and not page.locator("#zone-beipiao").is_visible()
    assert page.locator("#explore-zones-zone-kazuo").is_checked()
    page.close()


def test_the_ways_back_stay_in_view_on_a_phone(browser, site, edition):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address(site, edition, "data"))
    page.evaluate("document.querySelectorAll('.used').forEach(fold => (fold.open = true))")
    right = "[...document.querySelectorAll('.uses a')].map(a => a.getBoundingClientRect().right)"
    assert max(page.evaluate(right)) <= 390
    page.close()


def test_the_origin_of_a_figure_is_shown_on_hover_and_focus(browser, site):
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(address(site, "en", "index"))
    link, note = page.locator("main p a.traced[href*='chaoyang.provincial_zones']").first, page.locator("#trace")
    assert not note.is_visible()
    link.hover()
    lines = note.inner_text().splitlines()
    assert note.is_visible() and lines[0].startswith("7 家, 2024, newspaper page, Headline; Lead ¶ 1;"), lines
    assert lines[1:] == ["Follow the link to its row in the data"]
    page.mouse.move(5, 5)
    assert not note.is_visible()
    link.focus()
    assert note.is_visible() and link.get_attribute("aria-describedby") == "trace"
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.close()


def test_on_a_touch_screen_the_first_tap_shows_and_the_second_follows(browser, site):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address(site, "zh", "one-board"))
    link = page.locator("main p a.traced").first
    link.tap()
    assert page.locator("#trace").is_visible() and page.url.endswith("one-board.html")
    link.tap()
    page.wait_for_url("**/data.html#row-*")
    context.close()


def test_the_language_switch_keeps_page_and_section(browser, site):
    page = browser.new_page(viewport={"width": 1366, "height": 700})
    page.goto(address(site, "en", "one-board") + "#ranks")
    page.get_by_role("link", name="简体中文").click()
    page.wait_for_url("**/zh/book/one-board.html#ranks")
    # without a section in the address: the one being read
    page.goto(address(site, "zh", "one-board"))
    page.evaluate("document.querySelector('#shares-of-the-city').scrollIntoView()")
    # the mouse itself: Playwright's click would scroll first
    box = page.get_by_role("link", name="English").bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.wait_for_url("**/en/book/one-board.html#shares-of-the-city")
    page.close()


def test_the_value_of_a_mark_is_told_on_a_tap_and_by_the_keyboard(browser, site):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address(site, "en", "one-board"))
    note, chart = page.locator("#trace"), page.locator("#fig-city-shares .scroll").first
    marks = chart.locator("svg.narrow .mark")
    titles = [" ".join(title.split()) for title in marks.locator("title").all_text_contents()]
    marks.nth(1).tap()
    assert note.inner_text() == titles[1]
    page.locator("h1").tap()
    assert note.is_hidden()
    chart.focus()
    for key, title in (("ArrowRight", titles[0]), ("ArrowRight", titles[1]), ("ArrowLeft", titles[0])):
        page.keyboard.press(key)
        assert note.inner_text() == title and note.get_attribute("aria-live") == "polite"
    page.keyboard.press("Escape")
    assert note.is_hidden()
    context.close()


@pytest.mark.parametrize(("locale", "code"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-US", "en"), ("fr-FR", "en")])
def test_the_entrance_follows_the_language_of_the_browser(browser, site, locale, code):
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.wait_for_url(f"**/{code}/book/index.html")
    context.close()


def test_the_entrance_offers_both_editions(browser, site):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri() + "#choose")
    assert page.get_by_role("link").all_inner_texts() == ["English", "简体中文"]
    page.close()


def test_chapters_open_on_a_phone_by_keyboard(browser, site, edition):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address(site, edition, "index"))
    chapters = page.locator("#chapters")
    assert not chapters.is_visible()
    page.locator("button.menu").focus()
    page.keyboard.press("Enter")
    assert chapters.is_visible()
    page.keyboard.press("Escape")
    assert not chapters.is_visible()
    page.close()


@pytest.mark.parametrize(("width", "form"), [(360, "narrow"), (1366, "wide")])
def test_charts_fit_their_screen_without_scrolling(browser, site, edition, width, form):
    """A chart's finding must not be off the screen of a phone: of six it was."""
    page = browser.new_page(viewport={"width": width, "height": 844})
    seen = 0
    for name in ("index", "one-board", "one-chain", "one-drive", "project-economics"):
        page.goto(address(site, edition, name))
        for chart in page.locator("figure.chart .scroll:visible").all():
            assert chart.locator("svg:visible").get_attribute("class") == form
            assert chart.evaluate("box => box.scrollWidth <= box.clientWidth")
            seen += 1
    assert seen > 9
    page.close()


@pytest.mark.parametrize("name", ["index", "project-economics", "data"])
def test_at_twice_the_size_the_page_does_not_scroll_sideways(browser, site, edition, name):
    page = browser.new_page(viewport={"width": 683, "height": 384}, device_scale_factor=2)
    page.goto(address(site, edition, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    page.close()


def test_charts_follow_the_dark_mode_and_the_choice_is_kept(browser, site):
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address(site, "en", "one-board"))
    page.locator("button.colours").click()
    fills = (
        "[...document.querySelectorAll('figure.chart svg [style*=\"--series-1\"]')].map(e => getComputedStyle(e).fill)"
    )
    assert "rgb(124, 192, 238)" in page.evaluate(fills)  # the dark edition of the first series, #7cc0ee
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()


def test_without_scripts_the_page_is_whole(browser, site, edition):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, edition, "one-board"))
    assert page.locator("figure.chart svg").first.is_visible()
    assert page.locator("main p a.traced").first.get_attribute("title")
    assert page.locator("#chapters").is_visible()
    context.close()


def test_printing_a_page_leaves_the_text(browser, site, edition):
    page = browser.new_page()
    page.goto(address(site, edition, "one-board"))
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible() and not page.locator("#chapters").is_visible()
    assert page.locator("figure.chart svg").first.is_visible()
    page.close()
