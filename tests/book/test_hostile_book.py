"""A package full of markup makes a book that shows it as text: pages in a browser, PDF, files to take away.

Every free text of the descriptor and of all fifteen tables holds HTML, roles, formulas, links, signs of Markdown and
LaTeX, letters written from right to left, and a name as long as a name may be, without a blank.
"""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from book.conftest import FIXTURES, build
from playwright.sync_api import Page

from analysis.package.dataset import load
from analysis.package.descriptor import contract, resource

pytestmark = pytest.mark.thorough

SHORT = "<img src=x onerror=bad()><script>bad()</script> $x$ {eval}`a` [b](javascript:bad())"  # no longer than a name
LONG = rf"{SHORT} {{ref}}`x` :ref:`x` \input{{x}} \(y\) **c** _d_ ![e](x.png) {{{{ 'f' }}}} %s{{n}} &lt;b&gt; שלום"
STORY = SHORT.replace("{eval}`a`", "`a`")  # there braces name figures
UNIT = "<img src=x onerror=bad()> $x$"  # in the words of a unit, where braces stand for its number
UNBROKEN = "W" * 100
TEXTS = ("authors", "publisher", "published", "printed")
# a row of each table that the example does not have
MORE = {
    "projects": {"id": "mill", "zone": "north", "stage": "started", "featured": "true"},
    "milestones": {"subject": "mill", "event": "completion", "date": "2024", "status": "realised"},
    "coding": {"field": "projects.stage", "code": "started"},
    "industries": {"zone": "north", "order": "1", "chain": "north-steel"},
}
PLACED = {"source": "bulletin", "locator": "main/1"}


def _hostile(column: str, number: int) -> str | None:
    """The text for a column that holds free text; for any other None."""
    if re.fullmatch("text_(en|zh)", column):
        return STORY
    if re.fullmatch("((full_|listed_)?name|stage)_(en|zh)", column):
        return UNBROKEN if number == 1 else SHORT
    return LONG if column.endswith(("_en", "_zh")) and column != "printed" else SHORT if column in TEXTS else None


def _spoil(folder: Path, table: dict) -> None:
    """Every free text of a table hostile, its optional columns too."""
    path, name = folder / table["path"], table["name"]
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))) if path.exists() else [MORE[name] | PLACED]
    columns = [column["name"] for column in table["schema"]["fields"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        lines.writeheader()
        for number, row in enumerate(rows):
            texts = {column: text for column in columns if (text := _hostile(column, number))}
            places = {"locator": f"{row['locator']}<img src=x onerror=bad()>"} if "locator" in row else {}
            lines.writerow({**row, **places, **texts})


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    folder = Path(shutil.copytree(FIXTURES / "example-city", tmp_path_factory.mktemp("hostile") / "data"))
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described["resources"] = contract()["resources"]
    for table in described["resources"]:
        _spoil(folder, table)
    described["book"] = dict.fromkeys(described["book"], SHORT)
    for entry in [described, *_entries(described["resources"])]:
        for key in ("title", "title_zh", "description", "description_zh"):
            if key in entry:
                # a spreadsheet would run it, in the files that a page offers
                entry[key] = f"={SHORT}"
    for group in resource(described, "indicators")["schema"]["fields"][1]["groups"].values():
        group |= {"title": SHORT, "title_zh": SHORT}
    for unit in described["units"].values():
        for key in ("en", "zh", "per_en", "per_zh"):
            if key in unit:
                unit[key] += UNIT
    (folder / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    return folder


def _entries(resources: list[dict]) -> Iterator[dict]:
    """The tables, and a field of four: what is in print takes time."""
    for table in resources:
        yield table
        yield from table["schema"]["fields"][::4]


@pytest.fixture(scope="module")
def hostile(package) -> Path:
    """Its book."""
    assert all(len(table) for table in load(package).tables.values())
    site = package.with_name("site")
    done = build(site, "--data", str(package))
    assert done.returncode == 0, done.stdout + done.stderr
    return site


MADE = """() => [...document.querySelectorAll(
    'img[src*="x"]:not([src^="data:"]), [onerror], [href*="javascript:"], input[value]')].map(e => e.outerHTML)
    .concat([...document.querySelectorAll('script:not([type="application/ld+json"])')]
        .filter(s => s.text.includes('bad()')).map(s => s.outerHTML))"""


@pytest.fixture
def page(browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script("window.ran = 0; window.bad = () => { window.ran += 1; }")
    yield page
    page.close()


def test_no_page_runs_or_builds_anything_of_it(page, hostile):
    errors, shown = [], 0
    page.on("pageerror", lambda error: errors.append(str(error)))
    pages = ["index.html#choose", *(f"{code}/{name}.html" for code in ("en", "zh") for name in ("search", "genindex"))]
    pages += [path.relative_to(hostile).as_posix() for path in sorted(hostile.glob("*/book/*.html"))]
    assert len(pages) > 20
    for path in pages:
        page.goto(f"{hostile.as_uri()}/{path}")
        assert page.evaluate(MADE) == [], path
        assert page.evaluate("window.ran") == 0, path
        shown += page.evaluate("document.body.textContent.split('<script>bad()</script>').length - 1")
    assert not errors
    assert shown > 500


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_name_widens_no_page(page, hostile, width):
    """Unbroken names made five pages as wide as three to five screens."""
    page.set_viewport_size({"width": width, "height": 900})
    wide = {}
    for path in sorted(hostile.glob("*/book/*.html")):
        page.goto(path.as_uri())
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[f"{path.parent.parent.name}/{path.name}"] = found
    assert not wide


def test_no_words_leave_a_chart(page, hostile):
    """They were cut at its edge."""
    outside = """() => [...document.querySelectorAll('figure.chart svg')].flatMap(svg => {
        const sheet = svg.viewBox.baseVal;
        return [...svg.querySelectorAll('g[id*="text"]')].map(g => g.getBBox())
            .filter(words => words.x < sheet.x - 3 || words.x + words.width > sheet.x + sheet.width + 3)
            .map(() => svg.closest('figure').id);
    })"""
    found = {}
    for path in sorted(hostile.glob("*/book/*.html")):
        page.goto(path.as_uri())
        if cut := page.evaluate(outside):
            found[f"{path.parent.parent.name}/{path.name}"] = cut
    assert not found


def test_the_search_shows_it_as_text(page, hostile):
    page.goto((hostile / "en" / "search.html").as_uri() + "?q=onerror")
    page.wait_for_selector("#search-results li")
    assert page.evaluate(MADE) == [] and page.evaluate("window.ran") == 0


def test_the_pdf_prints_it_as_text(hostile):
    for code in ("en", "zh"):
        paper = pypdf.PdfReader(hostile / f"example-zones-{code}.pdf")
        assert paper.metadata.title == SHORT
        some = paper.pages[::3]  # reading a page takes as long as setting it
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in some))
        assert text.count("<script>bad()</script>") > 30
        addresses = [
            annotation.get_object().get("/A", {}).get("/URI", "")
            for page in paper.pages
            for annotation in page.get("/Annots", ())
        ]
        assert not [address for address in addresses if "javascript" in address]


def test_a_file_to_take_away_holds_no_formula(hostile):
    """Nothing keeps a formula out of the descriptor but what is written."""
    files = sorted(hostile.glob("*/book/*.csv"))
    assert len(files) > 8
    cells = [cell for path in files for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
    assert sum(cell.startswith(f"'={SHORT}") for cell in cells) > 10
    assert not [cell for cell in cells if re.match(r"[=@\t\r]|[+-](?!\d+(\.\d+)?$)", cell)]


def test_no_file_lies_outside_the_site(hostile, package):
    assert {path.name for path in package.parent.iterdir()} == {"data", "site"}
