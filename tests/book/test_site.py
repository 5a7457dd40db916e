"""The HTML book as a reader gets it, in both editions."""

import json
import re
from copy import copy
from pathlib import Path
from urllib.parse import urldefrag

import html5lib
import pypdf
from book.conftest import OF_CODE, PAGES, ROOT, broken_links, build, empty_parts
from bs4 import BeautifulSoup


def test_the_entrance_leads_to_both_editions(site):
    entrance = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    for link in entrance.find_all("a"):
        assert (site / link["href"]).exists()
    assert [link["lang"] for link in entrance.find_all("a")] == ["en", "zh-CN"]


def test_nothing_is_loaded_from_another_host(pages):
    """The book is read on intranets and from a disk."""
    for name, page in pages.items():
        loaded = [t.get("src") for t in page.find_all(["script", "img", "iframe"])]
        loaded += [t.get("href") for t in page.find_all("link")]
        assert not [url for url in loaded if url and re.match(r"(https?:)?//", url)], name


def test_pages_name_their_language_and_the_other_edition(site, pages, edition):
    for name, page in pages.items():
        assert page.html["lang"] == {"en": "en", "zh": "zh-CN"}[edition], name
        alternates = page.find_all("link", rel="alternate")
        assert [link["hreflang"] for link in alternates] == ["en", "zh-CN"]
        switch = page.find("nav", class_="editions").find_all("a")
        for link in [*alternates, *switch]:
            target = (site / edition / "book" / link["href"]).resolve()
            assert target.name == f"{name}.html" and target.exists()


def test_every_link_inside_the_site_leads_somewhere(site):
    assert not broken_links(site)


def test_no_heading_stands_above_nothing(pages):
    assert not {name: found for name, page in pages.items() if (found := empty_parts(page))}


def test_ids_are_unique_and_labels_exist(pages):
    for name, page in pages.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), name
        for tag in page.find_all(attrs={"aria-labelledby": True}):
            assert set(tag["aria-labelledby"].split()) <= set(ids), name


def test_sections_have_the_same_anchors_in_both_editions(site):
    """A reader who changes the language stays at the section."""
    for name in PAGES:
        anchors = []
        for code in ("en", "zh"):
            page = BeautifulSoup((site / code / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
            anchors.append([tag["id"] for tag in page.find_all(["section", "figure", "tr", "span"], id=True)])
        assert anchors[0] == anchors[1], name


def test_figures_in_sentences_lead_to_their_row(pages):
    rows = {row["id"] for row in pages["data"].find_all("tr", id=True)}
    for name in ("index", "one-board", "one-drive", "project-economics"):
        links = [a for p in pages[name].find_all(["p", "li", "figcaption"]) for a in p.find_all("a", class_="traced")]
        assert len(links) > 4, name
        for link in links:
            assert urldefrag(link["href"])[1] in rows
            assert link["title"]


def test_exhibits_are_numbered_titled_and_described(pages, edition):
    form = {"en": r"(Figure|Table) \d+ ", "zh": r"[图表]\d+ "}[edition]
    for name, page in pages.items():
        for figure in page.find_all("figure", class_="exhibit"):
            caption = figure.find("figcaption")
            assert re.fullmatch(form, caption.find("span", class_="caption-number").get_text()), name
            assert not caption.find(["table", "svg"])
            if "chart" in figure["class"]:
                assert len(figure.find("svg")["aria-label"]) > (40 if edition == "en" else 20)
            else:
                assert figure.find_all("th", scope="col") and figure.find_all("th", scope="row")


def test_words_of_a_missing_figure_never_leak(pages):
    for name, page in pages.items():
        article = copy(page.find("article"))
        for code in article.select(".cell_input"):
            code.decompose()
        text = "" if name in OF_CODE else article.get_text(" ")  # what code says of itself
        assert not re.search(r"\b(nan|None|NaN)\b", text), name
        assert "{eval}" not in text, name


# What stays in Latin letters in the Chinese edition: names of formats, licences and libraries, the names that
# the source itself prints so, and the files and fields of the data package that a sentence speaks of.
LATIN = {"PDF", "A", "CSV", "OCR", "MIT", "CC", "BY", "JavaScript", "ISO", "Python", "English", "G", "AZF", "GB", "T"}
LATIN |= {"Excel", "UTF-", "Big", "JupyterLab", "EPUB", "Word", "ZIP"}
LATIN |= {"xlsx", "title", "units", "descriptor", "csv", "formed", "forming", "profile", "true", "false"}
# where the transcription of the catalogue can be found, and the letter of its codes
LATIN |= {"kaiwulaw", "china-industrial-zones-atlas", "data", "enriched", "S"}
# a base that is no indicator, and a condition as an example
LATIN |= set("year_earlier_real period_before jianping share_foreign_capital".replace("_", " ").split())


def _words_of_the_descriptor() -> set[str]:
    """What the data package calls its tables, its fields and what may stand in them."""
    tables = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))["resources"]
    fields = [field for table in tables for field in table["schema"]["fields"]]
    allowed = [word for field in fields for word in field.get("constraints", {}).get("enum", ())]
    names = [thing["name"] for thing in (*tables, *fields)] + allowed
    return {word for name in names for word in str(name).split("_")} | {"groups"}


def _latin_words(page: BeautifulSoup) -> set[str]:
    """Words in Latin letters that a reader sees or hears: text, labels, titles, alternative texts.

    What a chapter marks as being in another language, a work in English, may be.
    """
    for tag in [*page.find_all(["script", "style", "code", "pre"]), *page.select("article [lang=en]")]:
        tag.decompose()
    texts = list(page.stripped_strings)
    for tag in page.find_all(True):
        # a formula is read out as it is written
        if not tag.find_parent(class_="formula"):
            texts += [tag[name] for name in ("title", "aria-label", "alt", "placeholder") if tag.has_attr(name)]
    texts += [page.body[name] for name in page.body.attrs if name.startswith("data-")]
    return {word for text in texts for word in re.findall(r"[A-Za-z][A-Za-z'’-]*", text)}


def left_in_english(site: Path) -> dict[str, list[str]]:
    """Page -> words in Latin letters that have no business in the Chinese edition."""
    pages = [*sorted((site / "zh" / "book").glob("*.html")), site / "zh" / "search.html"]
    known = LATIN | _words_of_the_descriptor()
    left = {path.name: _latin_words(BeautifulSoup(path.read_text("utf-8"), "html.parser")) - known for path in pages}
    return {name: sorted(words) for name, words in left.items() if words}


def test_no_english_is_left_in_the_chinese_edition(site):
    assert not left_in_english(site)


def test_works_are_cited_where_they_are_used_and_listed_in_the_customs_of_the_edition(pages, edition):
    article = pages["methods"].find("article")
    works = {work["id"]: work.p for work in article.select("ol.works > li")}
    cited = [link["href"].removeprefix("#") for link in article.select(".bibtex-citation a")]
    assert cited == list(works), "the numbers follow the text"
    assert {
        "en": "出版物上数字用法 (General Rules for Writing Numerals",
        "zh": "《出版物上数字用法》",
    }[edition] in works["work-numerals2011"].get_text()
    # a screen reader changes its voice for a title in the other language
    foreign = {"en": ("zh-CN", "work-numerals2011"), "zh": ("en", "work-hirschman1964")}[edition]
    assert works[foreign[1]].find(lang=foreign[0])
    sources = article.find("section", id="sources-and-literature").ul.get_text()
    assert "张辉、崔毅" in sources and {"en": "publisher not printed", "zh": "未印出版者"}[edition] in sources


def test_the_html_of_the_page_parses_strictly(site, edition):
    for name in PAGES:
        html = (site / edition / "book" / f"{name}.html").read_text("utf-8")
        html5lib.HTMLParser(strict=True).parse(html)


# bytes of a page with its style sheets and scripts, in English and Chinese, before it had search, forms for a phone
# and things to take away
ONCE = {
    "index": {"en": 83_233, "zh": 79_802},
    "one-board": {"en": 637_170, "zh": 724_170},
    "one-chain": {"en": 188_271, "zh": 238_497},
    "one-drive": {"en": 124_456, "zh": 149_009},
    "zone-profiles": {"en": 90_687, "zh": 90_264},
    "project-economics": {"en": 439_614, "zh": 460_081},
    "claims": {"en": 47_235, "zh": 46_959},
    "methods": {"en": 339_003, "zh": 337_583},
    "data": {"en": 142_474, "zh": 137_109},
    "glossary": {"en": 35_568, "zh": 34_866},
    "reference": {"en": 91_583, "zh": 91_483},
    "faults": {"en": 74_564, "zh": 72_432},
}


def test_a_chapter_is_light(site, edition):
    """Everything that a page loads before it is used, uncompressed: at most 1.3 times what it was; a plain
    build of a chapter loads 2.4 MB without its charts and before its formulas' script."""
    for name in PAGES:
        path = site / edition / "book" / f"{name}.html"
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        files = [tag["href"] for tag in page.find_all("link", rel="stylesheet")]
        files += [tag["src"] for tag in page.find_all("script", src=True)]
        loaded = path.stat().st_size + sum((path.parent / file.split("?")[0]).stat().st_size for file in files)
        assert loaded <= 1.3 * ONCE[name][edition], name
        # each letter and mark of its drawings once, and none that is asked for is missing
        letters = page.select(".letters path")
        assert len(
            {tuple(sorted((key, value) for key, value in path.attrs.items() if key != "id")) for path in letters}
        ) == len(letters)
        assert not {use["xlink:href"] for use in page.select("use[xlink\\:href]")} - {
            f"#{tag['id']}" for tag in page.select("svg [id]")
        }


def test_a_changed_figure_changes_the_sentence_the_table_the_chart_and_the_pdf(copy, tmp_path):
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",89.07,89.07,", ",88.17,88.17,"), "utf-8")
    done = build(tmp_path / "site", "--data", str(copy), "--edition", "zh")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "site" / "zh" / "book"
    page = BeautifulSoup((folder / "one-board.html").read_text("utf-8"), "html.parser")
    sentence = "全市规模以上工业产值的"
    (paragraph,) = [p for p in page.find_all("p") if sentence in p.get_text() and not p.find_parent("figure")][:1]
    assert "88.17%" in paragraph.get_text()
    assert "88.17%" in page.find(id="tab-city-shares").get_text()
    assert "88.17%" in page.find(id="fig-city-shares").svg["aria-label"]
    for chapter in PAGES:
        assert "89.07%" not in (folder / f"{chapter}.html").read_text("utf-8"), chapter
    pdf = pypdf.PdfReader(tmp_path / "site" / "chaoyang-zones-zh.pdf")
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "88.17%" in text and "89.07" not in text
