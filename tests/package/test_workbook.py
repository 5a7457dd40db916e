"""A package goes into Excel and comes back as it was, and a workbook's faults are named by its cells."""

import datetime
import filecmp
import json
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from spoiled import spoil

from analysis.__main__ import main
from analysis.commands import opened
from analysis.package import descriptor, workbook
from analysis.package.dataset import DataFaults, load, project_folder
from analysis.package.workbook import layout

CITIES = ("example-city", "zone-level")


@pytest.fixture(autouse=True)
def without_translations(monkeypatch):
    """Reading every chapter takes seconds, and no workbook changes them."""
    monkeypatch.setattr("analysis.commands.checking._faults_of_translations", list)


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """The workbook of the package, written once."""
    path = tmp_path_factory.mktemp("written") / "book.xlsx"
    workbook.write(project_folder(), path)
    return path


@pytest.fixture
def file(written, tmp_path):
    """A workbook to spoil."""
    return Path(shutil.copyfile(written, tmp_path / "book.xlsx"))


def edited(file, *edits):
    """The workbook after edits: sheet, cell, value."""
    book = openpyxl.load_workbook(file)
    for sheet, place, value in edits:
        book[sheet][place] = value
    book.save(file)


def place_of(file, sheet, column, *texts):
    """The cell of a column in the row that holds all the texts."""
    table = openpyxl.load_workbook(file)[sheet]
    letter = next(cell.column_letter for cell in table[layout.NAMES] if cell.value == column)
    (row,) = (row[0].row for row in table.iter_rows(layout.FIRST) if {*texts} <= {cell.value for cell in row})
    return f"{letter}{row}"


def faults_of(file):
    with pytest.raises(DataFaults) as found, opened(file) as package:
        load(package.folder)
    return [str(fault) for fault in found.value.faults]


def same_files(one, other):
    names = [
        descriptor.DESCRIPTOR,
        *(r["path"] for r in descriptor.read(one)["resources"] if (one / r["path"]).exists()),
    ]
    return filecmp.cmpfiles(one, other, names, shallow=False)[1:] == ([], [])


def test_there_and_back_the_files_are_the_same_to_the_byte(copy, file, tmp_path, capsys):
    assert main(["package", str(file), str(tmp_path / "back")]) == 0
    assert same_files(copy, tmp_path / "back")
    assert "84 observations" in capsys.readouterr().out


@pytest.mark.parametrize("city", CITIES)
def test_no_figure_of_another_city_is_lost(city, fixtures, tmp_path):
    workbook.write(fixtures / city, tmp_path / "book.xlsx")
    workbook.unpack(tmp_path / "book.xlsx", tmp_path / city)
    before, after = load(fixtures / city), load(tmp_path / city)
    assert {name: table.to_dict() for name, table in before.tables.items()} == {
        name: table.to_dict() for name, table in after.tables.items()
    }


def test_an_independent_program_reads_it_without_loss(copy, file, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or "CI" in os.environ:
        pytest.skip("needs LibreOffice (Debian: libreoffice-calc-nogui), which CI does not install")
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path / "office", file], check=True, capture_output=True)
    assert main(["package", str(tmp_path / "office" / "book.xlsx"), str(tmp_path / "back")]) == 0
    assert same_files(copy, tmp_path / "back")


def test_excel_finds_nothing_to_rewrite(file):
    """Of 84 periods Excel makes dates, of 45.00 it makes 45: unless the cell is text."""
    for sheet in openpyxl.load_workbook(file).worksheets:
        if sheet.title not in layout.BESIDE:
            cells = [cell for row in sheet.iter_rows(layout.FIRST) for cell in row if cell.value is not None]
            assert {(cell.number_format, cell.data_type) for cell in cells} == {("@", "s")}
            # the rows that are still empty, too
            assert {d.number_format for d in sheet.column_dimensions.values()} == {"@"}


def test_each_column_says_what_it_is_and_offers_what_it_takes(file, copy):
    book = openpyxl.load_workbook(file)
    rules = {}
    for resource in descriptor.read(copy)["resources"]:
        sheet = book[resource["name"]]
        assert sheet.freeze_panes == "B3" and sheet.auto_filter.ref.startswith("A2:")
        for rule in sheet.data_validations.dataValidation:
            first, _row, _last, _end = range_boundaries(str(rule.sqref))
            rules[sheet.title, sheet.cell(layout.NAMES, first).value] = rule
        for field in resource["schema"]["fields"]:
            (head,) = (c for c in sheet[layout.TITLES] if sheet.cell(layout.NAMES, c.column).value == field["name"])
            assert field["title"] in head.value and field["title_zh"] in head.value and head.comment
            dark = head.fill.fgColor.rgb.endswith(layout.NEEDED_FILL.fgColor.rgb[-6:])
            assert dark == bool(
                field.get("constraints", {}).get("required") or field["name"] in resource["schema"]["primaryKey"]
            )
            if "enum" in field.get("constraints", {}):
                name = rules[resource["name"], field["name"]].formula1
                sheet_name, cells = book.defined_names[name].attr_text.split("!")
                offered = [row[0].value for row in book[sheet_name.strip("'")][cells.replace("$", "")]]
                assert offered == field["constraints"]["enum"]
            if field["type"] in ("number", "integer"):
                assert rules[resource["name"], field["name"]].type == "custom"
    assert rules["observations", "indicator"].formula1.startswith("'indicators'!$A$3:")
    assert rules["observations", "source"].formula1.startswith("'sources'!")
    assert rules["projects", "zone"].formula1.startswith("'zones'!")
    assert len(list(book[layout.GUIDE].iter_rows())) == 10


def test_a_fault_names_its_cell_and_can_be_read_on_it(file, tmp_path, capsys):
    share = place_of(file, "observations", "high", "all-zones", "share_above_scale_output")
    edited(file, ("observations", share, "890.7"), ("projects", "A3", "Bad Id"))
    assert main(["check", str(file), "--mark", str(tmp_path / "marked.xlsx")]) == 1
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert "write badid" in book["projects"]["A3"].comment.text
    listed = {place.value for (place,) in book[layout.FAULTS].iter_rows(2, max_col=1)}
    assert "projects!A3" in listed and any(place.startswith("observations!") for place in listed)
    assert book[layout.FAULTS]["A2"].hyperlink.location.startswith("'")
    assert main(["check", str(file)]) == 1
    assert "projects!A3: 'Bad Id':" in capsys.readouterr().err
    assert main(["check", str(file), "--json"]) == 1
    assert "projects!A3" in {fault["file"] for fault in json.loads(capsys.readouterr().out)["faults"]}


def test_a_marked_copy_that_was_mended_is_clean(file, tmp_path, copy):
    edited(file, ("projects", "A3", "Bad Id"))
    good = openpyxl.load_workbook(file)["projects"]["A4"].value
    main(["check", str(file), "--mark", str(tmp_path / "marked.xlsx")])
    edited(tmp_path / "marked.xlsx", ("projects", "A3", load(copy).projects.index[0]))
    assert main(["check", str(tmp_path / "marked.xlsx"), "--mark", str(tmp_path / "again.xlsx")]) == 0
    again = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert again["projects"]["A3"].comment is None and layout.FAULTS not in again.sheetnames
    assert again["projects"]["A4"].value == good
    assert main(["package", str(tmp_path / "again.xlsx"), str(tmp_path / "back")]) == 0
    assert same_files(copy, tmp_path / "back")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (datetime.datetime(2025, 7, 1), "2025-07"),
        (datetime.date(2025, 7, 1), "2025-07"),
        (2025, "2025"),
        (89.07, "89.07"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (18000000.0, "18000000"),
        (True, "true"),
    ],
)
def test_a_typed_cell_is_what_the_sheet_shows(typed, read, tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = typed
    book.save(tmp_path / "typed.xlsx")
    assert workbook.text_of(openpyxl.load_workbook(tmp_path / "typed.xlsx").active["A1"]) == read


def test_a_share_typed_with_its_sign_is_no_hundredth(file, tmp_path):
    """Excel keeps 0.8907 and shows 89.07%."""
    book = openpyxl.load_workbook(file)
    for column in ("low", "high"):
        cell = book["observations"][place_of(file, "observations", column, "all-zones", "share_above_scale_output")]
        cell.value, cell.number_format = 0.8907, "0.00%"
    book.save(file)
    workbook.unpack(file, tmp_path / "unpacked")
    (row,) = (
        load(tmp_path / "unpacked").observations.query("indicator == 'share_above_scale_output'").to_dict("records")
    )
    assert str(row["low"]) == str(row["high"]) == "89.07"


def test_rows_left_blank_keep_the_others_in_their_place(file, tmp_path, copy):
    book = openpyxl.load_workbook(file)
    book["zones"].insert_rows(5)
    book.save(file)
    workbook.unpack(file, tmp_path / "unpacked")
    assert [*load(tmp_path / "unpacked").zones.index] == [*load(copy).zones.index]
    edited(file, ("zones", "A8", "?"))
    assert any(fault.startswith("zones!A8") for fault in faults_of(file))


def test_a_row_above_the_names_moves_the_places_too(file, tmp_path):
    book = openpyxl.load_workbook(file)
    book["zones"].insert_rows(1)
    book["zones"]["A5"] = "?"
    book.save(file)
    assert any(fault.startswith("zones!A5") for fault in faults_of(file))


def _formula(book):
    book["observations"]["D3"] = "=1+1"


def _merged(book):
    book["zones"].merge_cells("C4:C5")


def _gone(book):
    del book["observations"]


def _unknown(book):
    book.create_sheet("observation")


def _nameless(book):
    book["zones"].delete_rows(1, 2)


def _undescribed(book):
    del book[layout.DESCRIPTION]


@pytest.mark.parametrize(
    ("spoil", "said", "slug"),
    [
        (_formula, "observations!D3: '=1+1': expected a number alone", "formula"),
        (_merged, "zones: 'C4:C5': merged cells", "cells-merged"),
        (_gone, "observations: the sheet is missing", "sheet-missing"),
        (_unknown, "did you mean observations?", "sheet-unknown"),
        (_nameless, "zones: no row has the names of the columns", "sheet-nameless"),
        (_undescribed, "datapackage.json: the hidden sheet is missing", "sheet-descriptor"),
    ],
)
def test_what_a_workbook_cannot_be_is_said_in_a_line(spoil, said, slug, file):
    book = openpyxl.load_workbook(file)
    spoil(book)
    book.save(file)
    assert any(said in fault and fault.endswith(f"{slug}]") for fault in faults_of(file))


@pytest.mark.parametrize(
    "content", [b"", b"no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"PK\x03\x04"]
)
def test_what_is_no_workbook_is_refused_without_a_traceback(content, tmp_path, capsys):
    (tmp_path / "book.xlsx").write_bytes(content)
    assert main(["check", str(tmp_path / "book.xlsx")]) == 1
    assert "save it in Excel as .xlsx, without a password [F079 no-workbook]" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.xlsx")]) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_text_that_looks_like_a_formula_is_text(copy, tmp_path):
    """Excel runs what begins with an equals sign, unless the cell says that it is text."""
    own = json.loads((copy / descriptor.DESCRIPTOR).read_text("utf-8"))
    own["book"]["title_en"] = '=HYPERLINK("a")'
    (copy / descriptor.DESCRIPTOR).write_text(json.dumps(own, ensure_ascii=False, indent=2) + "\n", "utf-8")
    workbook.write(copy, tmp_path / "book.xlsx")
    (cell,) = (
        row[1]
        for row in openpyxl.load_workbook(tmp_path / "book.xlsx")[layout.PACKAGE].iter_rows(2)
        if row[0].value == "book.title_en"
    )
    assert cell.data_type == "s" and cell.quotePrefix
    workbook.unpack(tmp_path / "book.xlsx", tmp_path / "back")
    assert (tmp_path / "back" / descriptor.DESCRIPTOR).read_bytes() == (copy / descriptor.DESCRIPTOR).read_bytes()


def test_the_titles_are_changed_in_the_workbook(file, tmp_path):
    book = openpyxl.load_workbook(file)
    for entry, text in book[layout.PACKAGE].iter_rows(2, max_col=2):
        if entry.value == "book.title_en":
            text.value = "Another title"
    book.save(file)
    workbook.unpack(file, tmp_path / "back")
    assert load(tmp_path / "back").descriptor["book"]["title_en"] == "Another title"


def test_nobodys_work_is_overwritten(copy, file, tmp_path, capsys):
    before = file.read_bytes()
    assert main(["workbook", str(copy), str(file)]) == 1
    assert "name another file" in capsys.readouterr().err and file.read_bytes() == before
    # what lies beside the tables stays, and faulty data change nothing
    back = tmp_path / "back"
    shutil.copytree(copy, back)
    (back / "notes.txt").write_text("mine", "utf-8")
    edited(file, ("zones", "A3", "?"))
    assert main(["package", str(file), str(back)]) == 1
    assert same_files(copy, back)
    edited(file, ("zones", "A3", load(copy).zones.index[0]))
    assert main(["package", str(file), str(back)]) == 0
    assert same_files(copy, back) and (back / "notes.txt").read_text("utf-8") == "mine"


def test_two_workbooks_are_compared(copy, file, tmp_path, capsys):
    place = place_of(file, "observations", "high", "beipiao", "firms")
    later = tmp_path / "later.xlsx"
    shutil.copy(file, later)
    edited(
        later,
        ("observations", place, "250"),
        ("observations", place_of(file, "observations", "low", "beipiao", "firms"), "250"),
    )
    assert main(["diff", str(file), str(later)]) == 0
    assert "250" in capsys.readouterr().out


def test_an_old_package_is_migrated_first(fixtures, tmp_path, capsys):
    assert main(["workbook", str(fixtures / "version-1"), str(tmp_path / "book.xlsx")]) == 1
    assert "[F077 old-package]" in capsys.readouterr().err and not (tmp_path / "book.xlsx").exists()


def test_a_character_that_no_workbook_can_hold_is_a_fault(copy, tmp_path, capsys):
    spoil(copy, "Beipiao", "Bei\x07piao", "zones.csv")
    assert main(["workbook", str(copy), str(tmp_path / "book.xlsx")]) == 1
    assert "[F078 character-unwritable]" in capsys.readouterr().err and not (tmp_path / "book.xlsx").exists()
