"""The search, from a folder as from a server: figures, firms, words in tables, and what Chinese calls for short."""

import json

import pytest
from book.conftest import read
from book.test_browser import address
from book.test_every_page_in_browser import AXE, FOUND
from publish.tiny_book import made

from analysis.publish.search_index import CAPTION, CODE, HEADING, INDEX, Place, places

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
        ("en", "breweries", "one-drive.html"),
        ("en", "Hongfa jobs", "project-economics.html#tab-labour"),  # a row, and the title of its column
        ("en", "city_shares", "reference.html"),
        ("zh", "287", "one-drive.html#tab-counts"),
        ("zh", "18.2亿元", "data.html#row-tongxin-slag.total_investment"),
        ("zh", "１８.２ 亿元", "claims.html"),
        ("zh", "规上", ROW),
        ("zh", "固投", "one-board.html"),
        ("zh", "宏发 产能", "one-drive.html#tab-capacities"),
        ("zh", "固定资产投资", "one-board.html"),
        ("zh", "容积率", "methods.html"),
        ("zh", "膨润土", "one-chain.html"),
        ("zh", "宏发", "zone-profiles.html#tab-beipiao"),
    ],
)
def test_what_stands_in_the_book_is_found_in_its_place(page, site, edition, query, place):
    places = found(page, site, edition, query)
    assert any(place in href for href in places), places
    assert page.locator("#search-results mark").count()
    assert page.locator("#found").inner_text()


def test_a_number_is_found_whole(page, site):
    for other in ("9.07", "89.0", "89.070", "7.07"):
        assert not found(page, site, "en", other), other
    assert found(page, site, "en", "89.07") and found(page, site, "en", "89.07%")
    assert not found(page, site, "en", "188.28") and not found(page, site, "zh", "8.2亿元")


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
    assert page.get_by_role("searchbox").count() == 1
    first = page.locator("#search-results li").first
    assert first.locator("mark").first.inner_text() == "89.07"
    assert first.locator("details a[href*='one-board.html#']").first.is_visible()
    first.locator("a").first.click()
    page.wait_for_url(f"**/{ROW}")
    assert page.locator("tr:target").is_visible()


@pytest.mark.parametrize(
    ("query", "anchor", "name"),
    [
        ("89.07", "tab-city-shares", "Shares of the city and what is left to the rest of it"),
        (
            "Lingyuan steel",
            "tab-lingyuan-chains-caption",
            "Lingyuan Economic Development Zone (凌源经济开发区) › Industry chains",
        ),
    ],
)
def test_a_hit_names_its_place_and_what_was_folded_or_not_chosen_is_shown(page, site, query, anchor, name):
    page.goto(address(site, "en", "../search") + f"?q={query}")
    link = page.locator(f"#search-results a[href$='#{anchor}']").first
    assert link.inner_text().endswith(f" › {name}")
    link.click()
    page.wait_for_url(f"**#{anchor}")
    assert page.locator(f"[id='{anchor}']").is_visible()
    assert (
        page.locator(f"[id='{anchor}']").locator("xpath=ancestor-or-self::*[.//table][1]//tbody/tr").last.is_visible()
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_found(browser, site, edition, colours):
    page = browser.new_page(color_scheme=colours)
    page.goto(address(site, edition, "../search") + "?q=2024")
    assert page.locator("#search-results mark").count() and page.locator("#search-results details").count()
    page.evaluate(AXE.axe_script)
    assert not page.evaluate(FOUND)
    page.close()


def test_titles_come_before_text_and_text_before_code(page, site):
    places = found(page, site, "en", "concentration")
    assert places[0].endswith("#evenness-one-board")
    assert "methods.html#concentration" in places[2] and "reference.html" in places[-1]


def test_what_is_found_is_reached_by_keyboard(page, site, edition):
    page.goto(address(site, edition, "../search"))
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("2024")
    focused = "document.activeElement.getAttribute('href')"
    for _hit in range(2):
        page.keyboard.press("ArrowDown")
    links = page.locator("#search-results li > a")
    assert page.evaluate(focused) == links.nth(1).get_attribute("href")
    page.locator("#search-results button").first.focus()
    page.keyboard.press("Enter")  # the focus goes on to the first that was not shown
    assert page.evaluate(focused) == links.nth(4).get_attribute("href")
    page.reload()
    assert page.get_by_role("searchbox").input_value() == "2024"


def index(site, edition):
    script = (site / edition / INDEX).read_text("utf-8")
    return json.loads(script.partition("=")[2].rstrip(";\n"))


def test_each_place_is_on_its_page(site, edition):
    held = index(site, edition)
    for file, _title, own in held["pages"]:
        ids = {tag["id"] for tag in read(site, edition, file.split("/")[-1].removesuffix(".html")).select("[id]")}
        anchors = {anchor for _kind, anchor, *_others in own}
        anchors |= {passage[1] for *_title, passages in own for passage in passages if isinstance(passage, list)}
        assert anchors and anchors <= ids, file
    assert all(held["links"][number] for numbers in held["rows"].values() for number in numbers)


def test_no_source_of_a_formula_or_a_citation_is_shown(site, edition):
    script = (site / edition / INDEX).read_text("utf-8")
    assert "hirschman1964" not in script and "\\\\sum" not in script


def test_the_index_is_of_modest_weight_and_the_only_one(site, edition):
    assert (site / edition / INDEX).stat().st_size < 250_000
    assert sum(len(own) for *_names, own in index(site, edition)["pages"]) > 250
    assert not (site / edition / "searchindex.js").exists()
    page = (site / edition / "search.html").read_text("utf-8")
    assert not [name for name in ("searchtools", "doctools", "language_data", "sphinx_highlight") if name in page]


ROOT = "# Root\n\n```{toctree}\npage\n```\n"


def test_words_of_an_earlier_build_cannot_be_searched_for(tmp_path):
    """A figure that was withdrawn would stay in the index, and a site differ from one that is made anew."""
    made(tmp_path, {"index.md": ROOT, "page.md": "# A withdrawn title\n\nWithdrawn words.\n"})
    script = (made(tmp_path, {"index.md": ROOT, "page.md": "# A title\n\nWords.\n"}) / INDEX).read_text("utf-8")
    assert "ithdrawn" not in script and '"Words."' in script and '"Root"' in script


def test_titles_are_text(tmp_path):
    site = made(tmp_path, {"page.md": "# A page\n\n## A \\<script>alert(1)\\</script>\n\nA sentence.\n"})
    assert '"A <script>alert(1)</script>"' in (site / INDEX).read_text("utf-8")  # which the page never takes for HTML


PAGE = """<article><section id="one"><h2>One<a class="headerlink" href="#one">#</a></h2>
<figure class="exhibit chart" id="fig"><figcaption id="fig-caption"><span>Figure 1 </span>A finding</figcaption>
<div class="scroll"><svg class="wide" aria-label="Bars of a &lt; b"><path d=""/></svg>
<svg class="narrow" aria-label="Bars of a &lt; b"></svg></div></figure>
<p>After <span class="formula"><svg aria-label="x\\,y"></svg></span>.</p>
<figure class="exhibit table" id="tab"><figcaption id="tab-caption">A table</figcaption><div class="scroll"><table>
<thead><tr><th>Zone</th><th>Area<br><small>ha</small></th></tr></thead>
<tbody><tr id="row"><td>North</td><td>1,310</td></tr><tr class="uses"><td>Used</td></tr></tbody></table></div>
<p class="source">Source</p></figure>
<div class="key-figures"><section class="card"><p>7</p><p>Zones</p></section></div>
<dl class="glossary"><dt id="term">term</dt><dd><p>Its meaning.</p></dd></dl>
<div class="reference"><dl><dt><code>f(x)</code></dt><dd><p>What it does.</p></dd></dl></div>
<ul><li>A point</li><li><p>Another</p></li></ul></section></article>"""


def test_passages_stand_in_the_place_around_them():
    assert places(PAGE) == [
        Place(HEADING, "one", "One", -1, [], ["After xy.", "7 · Zones", "A point", "Another"]),
        Place(CAPTION, "fig", "Figure 1 A finding", 0, [], ["Bars of a < b"]),
        Place(CAPTION, "tab", "A table", 0, ["Zone · Area ha"], [("North · 1,310", "row")]),
        Place(CAPTION, "term", "term", 0, [], ["Its meaning."]),
        Place(CODE, "one", "f(x)", 0, [], ["What it does."]),
    ]
