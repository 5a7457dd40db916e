"""The PDFs as a reader on paper or screen gets them."""

import re
from itertools import groupby

import pypdf
import pytest

from analysis import city, load, wording
from analysis.publish import pdf as setting
from analysis.publish.front_matter import Book


@pytest.fixture(scope="module")
def file(site, edition):
    return site / f"chaoyang-zones-{edition}.pdf"


@pytest.fixture(scope="module")
def reader(file):
    return pypdf.PdfReader(file)


@pytest.fixture(scope="module")
def text(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def runs(page):
    """The pieces of text of a page: height above its foot and distance from its left edge in points, text, font."""
    found = []

    def note(text, matrix, own, font, _size):
        if text.strip():
            x = matrix[0] * own[4] + matrix[2] * own[5] + matrix[4]
            y = matrix[1] * own[4] + matrix[3] * own[5] + matrix[5]
            found.append((round(y), round(x), text, font["/BaseFont"]))

    page.extract_text(visitor_text=note)
    return found


@pytest.fixture(scope="module")
def pages(reader):
    """The runs of each page."""
    return [runs(page) for page in reader.pages]


def squeezed(text):
    """Text without blanks: a line's end is none, and neither is the room between Chinese and Latin."""
    return "".join(text.split())


def test_it_is_a_tagged_a4_book_with_language_and_title(reader, edition):
    assert 25 <= len(reader.pages) <= 80
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert reader.root_object["/Lang"] == {"en": "en", "zh": "zh-CN"}[edition]
    assert reader.root_object["/MarkInfo"]["/Marked"].value and "/StructTreeRoot" in reader.root_object


TITLES = {"en": "One board, one chain, one drive", "zh": "一盘棋、一条链、一股劲"}


def test_libraries_find_title_author_subject_and_keywords(reader, edition):
    assert str(reader.metadata["/Title"]) == TITLES[edition]
    assert str(reader.metadata["/Author"]) == {"en": "The authors of the book", "zh": "本书作者"}[edition]
    subject = {"en": "What Chaoyang's provincial development zones contribute", "zh": "朝阳省级开发区"}[edition]
    assert str(reader.metadata["/Subject"]).startswith(subject)
    assert {"en": "development zones", "zh": "开发区"}[edition] in str(reader.metadata["/Keywords"])
    # readers show the title, not the file's name, and screen readers trust the tags
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert re.search(rb"pdfuaid:part\D+1\b", reader.root_object["/Metadata"].get_data())


def test_the_cover_says_what_it_is_and_shows_the_shares(reader, edition, monkeypatch):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", edition)
    cover = squeezed(reader.pages[0].extract_text())
    assert squeezed(TITLES[edition]) in cover
    for share in city.city_shares(load())["share"]:
        assert squeezed(wording.text(share)) in cover
    expected = {"en": ("Data as of: July 2025", "English edition"), "zh": ("数据截至：2025年7月", "中文版")}[edition]
    assert all(squeezed(words) in cover for words in expected)


def test_the_imprint_says_how_to_cite_and_where_the_figures_come_from(reader, edition):
    imprint = squeezed(reader.pages[1].extract_text())
    expected = {
        "en": ("Version 1.0.0, data as of July 2025, commit", "CC BY 4.0", "Newspaper page read by OCR"),
        "zh": ("1.0.0版，数据截至2025年7月，提交", "CC BY 4.0", "经文字识别（OCR）转录"),
    }[edition]
    assert all(squeezed(words) in imprint for words in expected)


CHAPTERS = {
    "en": ["Contents", "One board: what the zones contribute", "Statements tested", "Methods", "Data", "Glossary"],
    "zh": ["目录", "一盘棋：开发区的贡献", "论断检验", "方法", "数据", "术语表"],
}


def test_chapters_stand_in_the_outline_and_their_sections_below_them(reader, edition):
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    below = [item for item in reader.outline if isinstance(item, list)]
    sections = [item.title for items in below for item in items if not isinstance(item, list)]
    assert set(CHAPTERS[edition]) <= set(titles)
    assert {"en": "Shares of the city", "zh": "占全市比重"}[edition] in sections
    # the chapter on the methods has a section on how statements are tested
    assert set(CHAPTERS[edition]) & set(sections) <= {"论断检验"}
    if edition == "zh":
        assert not [title for title in titles if re.search("[A-Za-z]", title)]


@pytest.fixture(scope="module")
def chapters(reader):
    """(title, number of its first page, number of the page after its last) of each chapter, pages from 0."""
    tops = [item for item in reader.outline if not isinstance(item, list)]
    starts = [reader.get_destination_page_number(item) for item in tops]
    return list(zip([item.title for item in tops], starts, [*starts[1:], len(reader.pages)], strict=True))


def test_running_heads_name_the_chapter(pages, chapters):
    for title, start, end in chapters:
        for page in pages[start + 1 : end]:
            # what the running head has, and nothing else, stands above the text
            top = max(y for y, *_rest in page)
            assert squeezed(title) in squeezed("".join(text for y, _x, text, _font in page if y == top))


def test_every_page_of_the_text_has_its_number_at_the_outer_edge(pages, reader):
    for number, page in enumerate(pages[2:], start=3):
        _y, x, text, _font = min(page)
        assert text == str(number)
        assert (x > float(reader.pages[number - 1].mediabox.width) / 2) == bool(number % 2)


def test_no_page_is_nearly_empty(pages, reader, chapters):
    # cover and imprint are left airy on purpose; the reference, which paper leaves out, is a page with two sentences
    alone = {start for _title, start, end in chapters if end == start + 1}
    for number, page in enumerate(pages[2:], start=2):
        if number in alone:
            continue
        body = sorted({y for y, *_rest in page})[1:]
        height = float(reader.pages[number].mediabox.height)
        assert body[0] < 0.75 * height, f"page {number + 1} ends high up"


CLOSING = "，。、；：！？）》”’」』】～%"


def test_no_chinese_line_starts_with_a_closing_mark(pages, edition):
    if edition != "zh":
        pytest.skip("a rule of Chinese")
    begun = 0
    for page in pages:
        for _y, line in groupby(sorted(page, key=lambda run: (-run[0], run[1])), key=lambda run: run[0]):
            first = next(line)[2].strip()
            begun += 1
            assert first[0] not in CLOSING, first
    assert begun > 800


def fonts(reader):
    found = {}
    for page in reader.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            found[str(font.get_object()["/BaseFont"])] = font.get_object()
    return found


def test_fonts_are_embedded_and_none_is_type_3(reader):
    found = fonts(reader)
    # the names that the style sheet gives Noto Serif SC, Noto Sans SC and the bold; anything else is a font of
    # this machine, and another machine's PDF would look different
    assert {re.sub(r".*\+", "", name) for name in found} == {
        "Book-Serif",
        "Book-Sans",
        "Book-Heading-Semi-Bold",
    }
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in found), "a font of 30,000 characters is not a subset"
    for name, font in found.items():
        assert font["/Subtype"] == "/Type0", name
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3")), name


def test_chapters_open_in_bold(pages, chapters):
    for title, start, _end in chapters:
        opening = [run for run in pages[start] if len(run[2]) > 1 and squeezed(title).startswith(squeezed(run[2]))]
        assert any("Bold" in font for *_place, font in opening), title


def test_links_lead_to_pages_of_the_document(reader):
    inside = 0
    for page in reader.pages:
        for annotation in (each.get_object() for each in page.get("/Annots", [])):
            if annotation.get("/Subtype") != "/Link":
                continue
            inside += "/Dest" in annotation or annotation.get("/A", {}).get("/S") == "/GoTo"
            # a path of the machine that built the book leads nowhere else
            assert not str(annotation.get("/A", {}).get("/URI", "")).startswith("file")
    assert inside > 150  # the figures of every chapter, and the contents


def test_links_are_tagged_and_described(reader):
    """As PDF/UA-1 asks (ISO 14289-1, 7.18); for a whole validation no checker comes from a registry of packages."""
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        for annotation in (each.get_object() for each in page.get("/Annots", [])):
            assert "/StructParent" in annotation and str(annotation["/Contents"])


def test_rows_of_the_data_chapter_lead_back_to_the_chapters(file, edition):
    reader = pypdf.PdfReader(file)
    mark = {"en": "Used in", "zh": "处引用"}[edition]
    own = [n for n, page in enumerate(reader.pages) if mark in page.extract_text()]
    names = [
        str(annotation.get_object()["/Dest"])
        for n in own
        for annotation in reader.pages[n].get("/Annots", [])
        if "/Dest" in annotation.get_object()
    ]
    led = {reader.get_destination_page_number(reader.named_destinations[name]) for name in names}
    assert len(names) > 100 and len(led - set(own)) > 8
    # to an exhibit, to a section, to a card: one of each kind
    assert {"fig-ranking-share_foreign_capital", "findings", "zone-kazuo"} <= set(names)


def test_figures_carry_alternative_text(reader, edition):
    objects = (reader.get_object(number) for number in reader.xref_objStm)
    alts = [str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each]
    kind = {"en": "Bar chart", "zh": "条形图"}[edition]
    assert any(kind in alt and "89.07%" in alt for alt in alts)


def test_lists_of_figures_and_tables_name_the_findings(text, edition):
    heads = {"en": ("List of figures", "List of tables"), "zh": ("图目录", "表目录")}[edition]
    assert all(head in text for head in heads)
    number = {"en": "Figure10", "zh": "图10"}[edition]
    assert squeezed(text).count(number) >= 2  # in the list and above the figure


def test_text_can_be_searched(text, edition):
    assert "89.07%" in text and "239" in text
    assert "北票经济开发区" in text and "亿元" in text
    assert not re.search(r"\bnan\b|\{eval\}", text)
    if edition == "zh":
        assert "占全市规模以上工业产值的89.07%" in "".join(text.split())
        assert "CNY" not in text and "Source" not in text and "Page" not in text


def test_the_same_page_gives_the_same_bytes(tmp_path, monkeypatch, edition):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763856000")
    monkeypatch.setenv("ANALYSIS_LANGUAGE", edition)
    page = tmp_path / "page.html"
    page.write_text(
        '<article class="body"><section id="first"><h1>一盘棋 One board</h1><p><b>开发区</b> 2024年。</p>'
        '<div class="toctree-wrapper"><span id="document-book/data"></span><section id="second">'
        "<h2>Data</h2><table><thead><tr><th>No.</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
        "</section></div></section></article>",
        "utf-8",
    )
    style = tmp_path / "print.css"
    style.write_text('b, h1 { font-family: "Book Heading" }', "utf-8")
    book = Book("en", "Title", "Subtitle", "Author", "Edition", "2025-01-01", "July 2025", {"Version": "1"})
    made = []
    for name in ("one", "two"):
        # folders of their own: the bold face is cut twice
        setting.write(page, tmp_path / f"{name}.pdf", book, style=style, work=tmp_path / name, log=tmp_path / "log")
        made.append((tmp_path / f"{name}.pdf").read_bytes())
    assert made[0] == made[1]
