"""The PDFs as a reader on paper or screen gets them."""

import re

import pikepdf
import pypdf
import pytest


@pytest.fixture(scope="module")
def file(site, edition):
    return site / f"chaoyang-zones-{edition}.pdf"


@pytest.fixture(scope="module")
def pdf(file):
    with pikepdf.open(file) as document:
        yield document


@pytest.fixture(scope="module")
def text(file):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def test_it_is_a_tagged_a4_book_with_language_and_title(pdf, edition):
    assert 25 <= len(pdf.pages) <= 80
    box = [float(x) for x in pdf.pages[0].MediaBox]
    assert (round(box[2]), round(box[3])) == (595, 842)
    assert str(pdf.Root.Lang) == {"en": "en", "zh": "zh-CN"}[edition]
    assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root
    title = {"en": "One board, one chain, one drive", "zh": "一盘棋、一条链、一股劲"}[edition]
    assert str(pdf.docinfo["/Title"]) == title


CHAPTERS = {
    "en": ["Contents", "One board: what the zones contribute", "Statements tested", "Methods", "Data", "Glossary"],
    "zh": ["目录", "一盘棋：开发区的贡献", "论断检验", "方法", "数据", "术语表"],
}


def test_chapters_stand_in_the_outline(pdf, edition):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert set(CHAPTERS[edition]) <= set(titles)
    if edition == "zh":
        assert not [title for title in titles if re.search("[A-Za-z]", title)]


def fonts(pdf):
    found = {}
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            found[str(font.BaseFont)] = font
    return found


def test_fonts_are_embedded_and_none_is_type_3(pdf):
    found = fonts(pdf)
    # the names that the style sheet gives Noto Serif SC and Noto Sans SC; anything else is a font of this
    # machine, and another machine's PDF would look different
    assert {re.sub(r".*\+", "", name) for name in found} == {"Book-Serif", "Book-Sans"}
    for name, font in found.items():
        assert font.Subtype == "/Type0", name
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3")), name


def test_links_lead_to_pages_of_the_document(pdf):
    inside = 0
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") != "/Link":
                continue
            inside += "/Dest" in annotation or annotation.get("/A", {}).get("/S") == "/GoTo"
            # a path of the machine that built the book leads nowhere else
            assert not str(annotation.get("/A", {}).get("/URI", "")).startswith("file")
    assert inside > 150  # the figures of every chapter, and the contents


def test_rows_of_the_data_chapter_lead_back_to_the_chapters(file, edition):
    reader = pypdf.PdfReader(file)
    mark = {"en": "Used in", "zh": "引用处"}[edition]
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
    assert {"fig-foreign-capital", "findings", "zone-kazuo"} <= set(names)


def test_figures_carry_alternative_text(pdf, edition):
    alts = [str(obj.Alt) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj]
    kind = {"en": "Bar chart", "zh": "条形图"}[edition]
    assert any(kind in alt and "89.07%" in alt for alt in alts)


def test_lists_of_figures_and_tables_name_the_findings(text, edition):
    heads = {"en": ("List of figures", "List of tables"), "zh": ("图目录", "表目录")}[edition]
    assert all(head in text for head in heads)
    number = {"en": "Figure 10 ", "zh": "图10 "}[edition]
    assert text.count(number) >= 2  # in the list and above the figure


def test_text_can_be_searched(text, edition):
    assert "89.07%" in text and "239" in text
    assert "北票经济开发区" in text and "亿元" in text
    assert not re.search(r"\bnan\b|\{eval\}", text)
    if edition == "zh":
        assert "规模以上工业产值的89.07%" in "".join(text.split())
        assert "CNY" not in text and "Source" not in text and "Page" not in text
