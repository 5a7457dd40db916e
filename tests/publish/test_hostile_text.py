"""Whatever the data call things, a page of the site and of the PDF shows it as text: none of it becomes an element."""

import json
import re
from html import escape
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from analysis import wording
from analysis.package.dataset import Dataset
from analysis.publish import book_data, editions, page, pdf, root_files
from analysis.publish.front_matter import contents, cover_and_imprint
from analysis.publish.tags import parsed
from analysis.publish.whole_pages import whole_page
from analysis.wording import piece

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(2)> '" onload="alert(3)" &amp; {{ 1 }}"""


@pytest.fixture(params=["en", "zh"])
def hostile(data, request, monkeypatch) -> Dataset:
    """The data, in each edition, with this text for every text of the descriptor and of the tables."""
    monkeypatch.setenv("ANALYSIS_LANGUAGE", request.param)
    frames = {}
    for name, frame in data.tables.items():
        texts = [c for c in frame.columns if c.endswith(("_en", "_zh")) or c in ("authors", "publisher")]
        frames[name] = frame.assign(**dict.fromkeys(texts, HOSTILE))
    texts = ("title", "subtitle", "description")
    descriptor = json.loads(
        json.dumps(data.descriptor),
        object_hook=lambda found: found | {key: HOSTILE for key in found if key.startswith(texts)},
    )
    changed = Dataset(data.folder, descriptor, frames)
    monkeypatch.setattr("analysis.package.dataset.load", lambda _folder=None: changed)
    for module, remembered in ((page, page._pdf_name), (page, page._imprint), (book_data, book_data._read)):
        monkeypatch.setattr(module, remembered.__name__, remembered.__wrapped__)
    return changed


def harmless(html: str, shown: int) -> BeautifulSoup:
    """The page, which shows the text at least so often and has none of its elements and attributes."""
    found = BeautifulSoup(html, "html.parser")
    assert not [script for script in found.find_all("script") if "alert" in script.get_text()]
    assert not found.select("img, [onerror], [onload]")
    assert sum(HOSTILE in text for text in found.find_all(string=True)) >= shown
    return found


def template(name: str, context: dict) -> str:
    """What a template of Sphinx' pages makes of a context, as it does in a build."""
    config = SimpleNamespace(templates_path=["book/_templates"])
    bridge = page.EscapingTemplates()
    bridge.init(SimpleNamespace(config=config, confdir=str(ROOT), app=SimpleNamespace(translator=None)))
    app = SimpleNamespace(
        builder=SimpleNamespace(name="html"),
        config=SimpleNamespace(analysis_editions=["en", "zh"]),
        outdir=ROOT / "_build" / "html",
    )
    page.describe(app, "book/one-board", name, context, None)
    return bridge.render(name, context)


def test_pages(hostile):
    title = f"<em>{escape(HOSTILE)}</em>"  # as Sphinx hands it over
    other = {"title": title, "link": "other.html?a&b"}
    html = template(
        "layout.html",
        {
            "title": title,
            "docstitle": wording.book(hostile, "title"),
            "body": f"<h1>{title}</h1>",
            "prev": other,
            "next": other,
            "toctree": lambda **_options: f'<ul><li role="heading">{title}</li></ul>',
            "pathto": lambda name, _resource=0: f"{name}?a&b",
        },
    )
    # brand, chapters, heading, the pages before and after; what surrounds it shares its string in the page's title
    found = harmless(html, shown=5)
    assert HOSTILE in found.title.get_text() and found.h1.em and not found.find(role="heading")
    assert found.find("a", rel="next")["href"] == "other.html?a&b"


def test_search_page(hostile):
    harmless(template("search.html", {"docstitle": HOSTILE, "pathto": lambda name, _resource=0: name}), shown=1)


def test_entrance(hostile):
    found = harmless(root_files.entrance(hostile, ["en", "zh"]), shown=0)
    assert found.h1.get_text() == found.title.get_text() == f"{HOSTILE} · {HOSTILE}"


def test_paper(hostile):
    book = editions._book(hostile)
    card = parsed('<div><p class="value"></p><p class="label"></p><p class="period"></p></div>')
    chapter = parsed('<section id="a"><h1></h1><section id="b"><h2></h2></section></section>')
    for tag in (*card.find_all("p"), *chapter.find_all(["h1", "h2"])):
        tag.string = HOSTILE
    front = cover_and_imprint(book, [card])
    harmless(str(front), shown=4)
    parts = [Markup(str(part)) for part in (front, contents([chapter.section]))]
    found = harmless(whole_page("paper", book=book, parts=parts), shown=8)
    assert found.find("meta", attrs={"name": "description"})["content"] == book.subtitle


def test_a_word_that_fits_no_column_may_break_in_a_cell():
    """Else its table runs off the paper; what is made of words keeps them whole."""
    body = parsed(
        f"<div><table><tr><td>{'W' * 100}</td><td>Share of foreign capital in actual use</td></tr></table></div>"
    )
    pdf._for_paper(body, body.div)
    assert ["unbroken" in cell.get("class", "") for cell in body.select("td")] == [True, False]


def test_places_that_use_a_row():
    link = piece("uses", "link", page="a.html", anchor='"><b', name=HOSTILE)
    found = harmless(piece("uses", "line", width=3, count="Used in 1 place", places=link), shown=1)
    assert found.a["href"] == 'a.html#"><b'


@pytest.mark.parametrize("folder", [ROOT / "book" / "_templates", ROOT / "src" / "analysis" / "templates"])
def test_no_template_marks_what_it_prints_as_html(folder):
    """One `safe` is enough for a script in a name."""
    templates = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    assert templates and not [name for name, text in templates.items() if re.search(r"\|\s*safe\b|autoescape", text)]
