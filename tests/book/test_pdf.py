"""The PDF as a reader on paper or screen gets it."""

import re

import pikepdf
import pypdf
import pytest


@pytest.fixture(scope="module")
def pdf(site):
    with pikepdf.open(site / "chaoyang-zones-en.pdf") as document:
        yield document


def test_it_is_a_tagged_a4_book_with_language_and_title(pdf):
    assert 25 <= len(pdf.pages) <= 80
    box = [float(x) for x in pdf.pages[0].MediaBox]
    assert (round(box[2]), round(box[3])) == (595, 842)
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root
    assert str(pdf.docinfo["/Title"]) == "One board, one chain, one drive"


def test_chapters_stand_in_the_outline(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    for title in ("One board: what the zones contribute", "Statements tested", "Methods", "Data", "Glossary"):
        assert title in titles


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


def test_links_inside_the_document_lead_to_pages(pdf):
    names = 0
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") == "/Link" and ("/Dest" in annotation or annotation.get("/A", {}).get("/S") == "/GoTo"):
                names += 1
    assert names > 150  # the figures of every chapter, and the contents


def test_figures_carry_alternative_text(pdf):
    alts = [str(obj.Alt) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj]
    assert any("Bar chart" in alt and "89.07%" in alt for alt in alts)


def test_text_can_be_searched_in_both_scripts(site):
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(site / "chaoyang-zones-en.pdf").pages)
    assert "89.07%" in text and "239" in text
    assert "北票经济开发区" in text and "亿元" in text
    assert not re.search(r"\bnan\b|\{eval\}", text)
