"""Reading a page, on a desk and on a phone: its contents, its code, its rows, what is taken away from it."""

import csv
import io
import re
import unicodedata
from itertools import pairwise

import pypdf
import pytest
from book.conftest import PAGES
from book.test_browser import address
from PIL import Image

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
ROW = "row-all-zones.share_above_scale_output.2024"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport=DESK, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    assert not page.errors
    context.close()


def test_the_contents_of_a_page_stand_beside_it_and_mark_what_is_read(page, site, edition):
    page.goto(address(site, edition, "one-board"))
    names = page.locator(".sections a").all_inner_texts()
    assert names == page.locator("article h2").evaluate_all("all => all.map(h => h.firstChild.textContent)")
    text, contents = page.locator("main").bounding_box(), page.locator(".sections").bounding_box()
    assert contents["x"] > text["x"] + text["width"] and contents["y"] < 300
    assert not page.locator(".up").is_visible()
    page.evaluate("document.getElementById('ranks').scrollIntoView()")
    page.wait_for_function("document.querySelector('.sections [aria-current]')?.hash === '#ranks'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator(".up").click()
    page.wait_for_function("scrollY < 200")


@pytest.mark.parametrize("width", [320, 360, 600, 768, 961, 1440])
def test_the_bar_and_each_of_its_parts_have_one_line(page, site, edition, width):
    page.set_viewport_size({**DESK, "width": width})
    page.goto(address(site, edition, "one-board"))
    assert page.locator(".bar").bounding_box()["height"] < 60
    parts = page.locator(".bar > :is(a, button):visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert parts.count() > 2 and all(part.bounding_box()["height"] < 40 for part in parts.all())


def test_on_a_phone_the_contents_are_in_the_sheet(page, site, edition):
    page.set_viewport_size(PHONE)
    page.goto(address(site, edition, "one-board"))
    page.locator(".menu").click()
    page.locator(".sections a[href='#ranks']").click()
    assert not page.locator(".sheet").is_visible()
    assert abs(page.locator("#ranks").bounding_box()["y"]) < 200


def test_a_line_has_no_more_characters_than_the_eye_follows(page, site):
    page.goto(address(site, "en", "one-board"))
    longest = page.evaluate("""() => Math.max(...[...document.querySelectorAll('article section > p')].map(p => {
        const range = document.createRange(), lines = {};
        const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) for (let i = 0; i < walk.currentNode.length; i++) {
            range.setStart(walk.currentNode, i); range.setEnd(walk.currentNode, i + 1);
            const top = Math.round(range.getBoundingClientRect().top / 12);
            lines[top] = (lines[top] || 0) + 1;
        }
        return Math.max(...Object.values(lines));
    }))""")
    assert 60 < longest <= 82
    assert page.locator("figure.exhibit").first.bounding_box()["width"] > 700


def test_one_switch_shows_the_code_of_every_page(page, site):
    page.goto(address(site, "en", "one-board"))
    code = page.locator("details.code pre").first
    assert not code.is_visible()
    page.locator("button.codes").click()
    assert code.is_visible()
    page.goto(address(site, "en", "one-chain"))
    assert page.locator("details.code pre").first.is_visible()
    page.goto(address(site, "en", "glossary"))
    assert not page.locator("button.codes").count()


def test_a_term_tells_what_it_means(page, site, edition):
    page.goto(address(site, edition, "one-drive"))
    term = page.locator("a.term[href='glossary.html#term-projects-signed']")
    assert term.count() == 1  # where the page first uses it
    told = term.get_attribute("title")
    term.hover()
    assert page.locator("#trace").inner_text() == told
    page.goto(address(site, edition, "methods"))
    page.locator("a.previewed[href='#work-hirschman1964']").focus()
    assert "1964" in page.locator("#trace").inner_text()


@pytest.mark.parametrize("width", [360, 645, 1000])
@pytest.mark.parametrize("name", PAGES)
def test_no_cell_of_a_table_lies_off_the_screen(page, site, edition, name, width):
    page.set_viewport_size({**DESK, "width": width})
    page.goto(address(site, edition, name))
    off = "all => all.map(c => c.getBoundingClientRect()).filter(b => b.width && (b.left < 0 || b.right > innerWidth))"
    assert not page.locator("article tbody :is(td, th)").evaluate_all(off)


@pytest.mark.parametrize("name", ["data", "claims", "zone-profiles"])
def test_on_a_phone_the_rows_of_wide_tables_are_cards(page, site, edition, name):
    page.set_viewport_size(PHONE)
    page.goto(address(site, edition, name))
    cells = page.locator("table.stacked :is(td, th[scope=row])")
    assert cells.count() > 40
    named = """all => all.filter(c => !c.closest(".uses")).map(c => [getComputedStyle(c, "::before").content,
        [...c.closest("table").querySelectorAll("thead th")][c.cellIndex].textContent])"""
    for label, head in cells.evaluate_all(named):
        assert "".join(label.strip('"').split()) == "".join(head.split())


def test_on_a_phone_a_figure_leads_to_its_whole_row(page, site, edition):
    page.set_viewport_size(PHONE)
    page.goto(address(site, edition, "data") + f"#{ROW}")
    row = page.locator("tr:target")
    box, bar = row.bounding_box(), page.locator(".bar").bounding_box()
    assert box["y"] >= bar["height"] and box["y"] + box["height"] <= PHONE["height"]
    assert "89.07%" in row.inner_text() and "2024" in row.inner_text()


def test_rows_are_picked_and_a_link_keeps_them(page, site, edition):
    page.goto(address(site, edition, "data"))
    rows = page.locator("#tab-observations tr[id]:visible")
    assert rows.count() == page.locator("#tab-observations tr[id]").count() > 80
    subject = page.locator(f"[id='{ROW}'] > *").nth(1).inner_text()
    page.locator(".filter select[name=subject]").select_option(subject)
    page.locator(".filter input").fill("89.07")
    assert rows.count() == 1 and rows.first.get_attribute("id") == ROW
    assert page.locator(".filter output").inner_text().count("1") >= 1
    page.goto(page.url)
    assert rows.count() == 1
    page.locator(".filter [type=reset]").click()
    page.wait_for_function("document.querySelectorAll('#tab-observations tr[id][hidden]').length === 0")
    head = page.locator("#tab-observations thead th").nth(5)
    head.locator("button").click()
    periods = page.locator("#tab-observations tr[id]").evaluate_all("all => all.map(r => r.id.split('.').at(-1))")
    assert periods == sorted(periods) and head.get_attribute("aria-sort") == "ascending"
    below = "r => r.nextElementSibling.className === 'uses'"
    assert all(page.locator("#tab-observations tr[id]").evaluate_all(f"all => all.map({below})"))


def test_without_a_script_the_data_are_the_whole_table(browser, site, edition):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(site, edition, "data"))
    assert page.locator("#tab-observations tr[id]:visible").count() > 80 and not page.locator(".filter").count()
    page.context.close()


def test_an_exhibit_is_taken_away(page, site, edition):
    page.goto(address(site, edition, "one-board"))
    figure = page.locator("#fig-city-shares")
    figure.locator(".take > summary").click()
    files = {}
    for kind in ("svg", "png"):
        with page.expect_download() as given:
            figure.locator(f"[data-take={kind}]").click()
        files[given.value.suggested_filename] = given.value.path().read_bytes()
    svg, png = files["one-board-city-shares.svg"].decode(), Image.open(io.BytesIO(files["one-board-city-shares.png"]))
    assert "var(" not in svg and svg.startswith("<svg")
    # the page holds its letters once, a picture of its own takes them along
    assert set(re.findall(r'href="#([^"]+)"', svg)) <= set(re.findall(r'id="([^"]+)"', svg))
    assert png.width >= 2000 and len(png.convert("L").getcolors(256)) > 10  # drawn, not blank
    link = figure.locator("[data-take=csv]").get_attribute("href")
    text = (site / edition / "book" / link).read_text("utf-8")
    assert text.startswith("\ufeff") and any("89.07" in row for row in csv.reader(io.StringIO(text)))
    figure.locator("[data-take=copy]").click()
    page.wait_for_function("document.querySelector('#fig-city-shares output').textContent")
    table = page.evaluate("navigator.clipboard.read().then(all => all[0].getType('text/html')).then(b => b.text())")
    assert "<table" in table and "89.07%" in table and "href" not in table
    figure.locator("[data-take=cite]").click()
    said, bibtex = (part.inner_text() for part in figure.locator(".citation > *").all())
    caption = figure.locator("figcaption").evaluate("c => c.textContent").removesuffix("#").strip()
    assert caption in said and said.endswith("one-board.html#fig-city-shares") and "{" not in said
    assert bibtex.startswith("@misc{one-board-city-shares,") and caption in bibtex


@pytest.mark.parametrize(("name", "explorer"), [("zone-profiles", "explore-zones"), ("project-economics", None)])
def test_a_choice_survives_a_reload_and_a_link(page, site, edition, name, explorer):
    page.goto(address(site, edition, name))
    option = page.locator(f"{'#' + explorer if explorer else '.explorer'} input").nth(2)
    mark = option.get_attribute("id")
    option.check()
    page.goto(page.url)
    assert page.locator(f"#{mark}").is_checked()
    assert page.locator(f".explorer-panel.{mark}").first.is_visible()


def test_what_is_chosen_is_marked_in_the_chart_above(page, site, edition):
    page.goto(address(site, edition, "project-economics"))
    chosen = page.locator("#fig-payback svg.wide .mark.chosen")
    assert chosen.count() == 1
    before = chosen.locator("title").text_content()
    page.locator("#explore-payback fieldset").nth(1).locator("input").nth(3).check()
    after = chosen.locator("title").text_content()
    assert chosen.count() == 1 and "10" in after and before.split(",")[0].split("，")[0] in after


def test_the_browsers_own_search_opens_what_was_not_chosen(page, site, edition):
    page.goto(address(site, edition, "zone-profiles"))
    hidden = page.locator(".explorer-panel[hidden=until-found]")
    assert hidden.count() > 3
    mark = hidden.last.evaluate("p => [...p.classList].find(name => document.getElementById(name))")
    hidden.last.evaluate("p => p.dispatchEvent(new Event('beforematch'))")
    assert page.locator(f"#{mark}").is_checked() and page.locator(f".explorer-panel.{mark}").is_visible()


def test_printed_from_a_dark_screen_all_colours_are_those_of_paper(page, site):
    page.emulate_media(color_scheme="dark", media="screen")
    page.goto(address(site, "en", "one-board"))
    names = ["ink", "surface", "raised", "pale", "grid", "muted", "accent", *(f"series-{i}" for i in range(1, 7))]
    roles = f"""() => Object.fromEntries({names}.map(role =>
        [role, getComputedStyle(document.documentElement).getPropertyValue('--' + role)]))"""
    dark = page.evaluate(roles)
    page.emulate_media(color_scheme="dark", media="print")
    printed = page.evaluate(roles)
    assert all(printed[role] != dark[role] for role in dark)
    shot = Image.open(io.BytesIO(page.locator("#fig-city-shares").screenshot())).convert("L")
    assert shot.getpixel((2, shot.height - 2)) > 245 and min(shot.getdata()) < 60  # dark letters on white


def lowest(page):
    """The last line of each sheet on which a browser prints a page."""
    for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages:
        lines = {}
        sheet.extract_text(
            visitor_text=lambda text, _cm, at, *_font, lines=lines: lines.setdefault(at[5], []).append(text)
        )
        downwards = (re.sub(r"\s", "", "".join(lines[height])) for height in sorted(lines, reverse=True))
        yield next(filter(None, downwards))


@pytest.mark.parametrize("name", ["one-board", "one-chain", "zone-profiles"])
def test_no_title_stands_alone_at_the_foot_of_a_printed_page(page, site, edition, name):
    page.goto(address(site, edition, name))
    titles = page.locator("main h2").evaluate_all("all => all.map(title => title.innerText)")
    bare = {re.sub(r"[\s#]", "", title) for title in titles}
    assert not bare & set(lowest(page))
    page.add_style_tag(content="main h2 { break-after: page !important }")
    assert bare & set(lowest(page)), "a title that stands alone is noticed"


def over_each_other(page):
    """Lines at the left margin of a printed sheet that lie closer than letters are high."""
    for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages:
        places = {}

        def note(text, at, within, *_font, places=places):
            if text.strip():
                left = within[4] * at[0] + at[4]
                places.setdefault(round(left), set()).add(round(within[5] * at[3] + at[5], 1))

        sheet.extract_text(visitor_text=note)
        heights = sorted(places[min(places)]) if places else []
        yield from ((low, high) for low, high in pairwise(heights) if high - low < 5)


def test_profiles_are_not_printed_over_each_other(page, site, edition):
    page.goto(address(site, edition, "zone-profiles"))
    assert not list(over_each_other(page))
    page.add_style_tag(
        content=".explorer .explorer-panels { display: grid !important } .card { height: 100% !important }"
    )
    assert edition == "en" or list(over_each_other(page)), "lines over each other are noticed"


def sheets(page):
    """The text of each sheet on which a browser prints a page."""
    return [solid(sheet.extract_text()) for sheet in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def solid(text):
    """Letters without spaces; of a Chinese face some are read as radicals."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_a_printed_table_has_its_head_on_each_sheet(page, site, edition):
    page.goto(address(site, edition, "data"))
    head, used = {"en": ("Indicator", "Usedin"), "zh": ("指标", "处引用")}[edition]

    def headless():
        return [text for text in sheets(page) if text.count(used) > 2 and head not in text]

    assert not headless()
    page.add_style_tag(content="thead button { display: inline-block !important }")
    assert headless(), "a head of buttons is noticed: it is printed once"


@pytest.mark.parametrize("name", PAGES)
def test_no_sheet_is_empty_or_holds_the_imprint_alone(page, site, edition, name):
    page.goto(address(site, edition, name))
    imprint = solid(page.locator(".imprint").inner_text())
    first, *others = sheets(page)
    assert imprint in first and not [text for text in others if imprint in text or not text]


def test_a_chart_can_be_enlarged_and_closed_by_key(page, site, edition):
    page.set_viewport_size(PHONE)
    page.goto(address(site, edition, "one-board"))
    figure = page.locator("figure.chart").first
    figure.locator(".take > summary").click()
    button = figure.locator("[data-take=zoom]")
    button.click()
    drawing = page.locator("#whole svg")
    assert drawing.bounding_box()["width"] > 900 and page.locator("#whole").get_attribute("aria-label")
    # names within the copy are its own, and what they lead to is there
    names = page.locator("[id]").evaluate_all("all => all.map(part => part.id)")
    own = page.locator("#whole [id]").evaluate_all("all => all.map(part => part.id)")
    led_to = page.locator("#whole use").evaluate_all("all => all.map(use => use.getAttribute('xlink:href').slice(1))")
    assert own and led_to and set(led_to) <= set(names) and all(names.count(name) == 1 for name in own)
    page.keyboard.press("Escape")
    assert not drawing.is_visible() and button.evaluate("button => button === document.activeElement")
