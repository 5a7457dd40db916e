"""A data package written as a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analysis.package import descriptor, files
from analysis.package.descriptor import DESCRIPTOR, VERSION, Field, Resource
from analysis.package.faults import DataFaults, Fault
from analysis.package.workbook import layout
from analysis.package.workbook.guide import LINES

# tables whose rows figures may be of
SUBJECTS = ("places", "zones", "firms", "projects")
WIDEST, WIDE = 48, 62  # characters of a column of a table, and of the first sheet


def write(folder: Path, file: Path) -> None:
    """Write the package in ``folder`` as a workbook, a sheet a table, every cell as text.

    Raises DataFaults where the descriptor or a file cannot be read, or the package follows an older contract;
    FileExistsError where the workbook is there already, as it may hold somebody's work; OSError.
    """
    described = descriptor.read(folder)
    if descriptor.version(described) != VERSION:
        expected = "follows version 1 of the data contract; run `python -m analysis migrate` on the folder first"
        raise DataFaults([Fault(DESCRIPTOR, None, None, None, expected, "old-package")])
    book = Workbook()
    _guide(book, folder)
    lists = _Lists(book)
    for resource in described["resources"]:
        _table(book.create_sheet(resource["name"]), folder, resource)
    for resource in described["resources"]:
        _choices(book[resource["name"]], resource, lists)
    lists.last()
    layout.save(book, file)


def _guide(book: Workbook, folder: Path) -> None:
    """The sheets that explain the workbook and hold what is no table."""
    sheet = book.active
    sheet.title = layout.GUIDE
    for number, (english, chinese) in enumerate(LINES, start=1):
        for column, text in enumerate((english, chinese), start=1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1, size=14 if number == 1 else 11)
        # no program works out the height of wrapped text by itself; a Chinese letter is as wide as two
        sheet.row_dimensions[number].height = 20 * (1 + max(len(english), 2 * len(chinese)) // WIDE)
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = WIDE
    sheet.sheet_view.showGridLines = False
    text = (folder / DESCRIPTOR).read_text("utf-8-sig")
    titles = book.create_sheet(layout.PACKAGE)
    _put(titles, 1, ("entry", "text"))
    for number, entry in enumerate(words(json.loads(text)).items(), start=2):
        _put(titles, number, entry)
    titles.column_dimensions["A"].width, titles.column_dimensions["B"].width = 24, 100
    titles.freeze_panes = "A2"
    hidden = book.create_sheet(layout.DESCRIPTION)
    for number, line in enumerate(text.splitlines(), start=1):
        _put(hidden, number, (line,))
    hidden.sheet_state = "hidden"


def words(own: descriptor.Descriptor) -> dict[str, str]:
    """The texts of a descriptor that whoever keeps the package may want to change: its own titles and the book's."""
    texts = {key: value for key, value in own.items() if isinstance(value, str)}
    return texts | {f"book.{key}": value for key, value in own.get("book", {}).items()}


def _put(sheet: Worksheet, number: int, texts: tuple[str, ...]) -> None:
    """A row of cells of text: nothing in them is a formula, a date or a number to a spreadsheet."""
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(number, column)
        cell.number_format = "@"
        if text:
            cell.value = text
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(("=", "'"))


def _table(sheet: Worksheet, folder: Path, resource: Resource) -> None:
    """The heads and the rows of a table, as its file has them."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    try:
        rows = list(files.records(folder / resource["path"]))
    except FileNotFoundError:
        rows = []
    except descriptor.Unreadable as error:
        raise DataFaults([Fault(resource["path"], None, None, None, str(error), error.slug)]) from None
    names = [*dict.fromkeys([*(rows[0] if rows else ()), *fields])]
    for column, name in enumerate(names, start=1):
        _head(sheet, column, fields.get(name, {"name": name}), resource)
    try:
        for number, row in enumerate(rows, start=layout.FIRST):
            _put(sheet, number, tuple(row.get(name, "") for name in names))
    except IllegalCharacterError:
        expected = "holds a character that no workbook can; run `check` on the folder first"
        raise DataFaults([Fault(resource["path"], None, None, None, expected, "character-unwritable")]) from None
    for column, name in enumerate(names, start=1):
        longest = max((len(row.get(name, "")) for row in rows), default=0)
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = min(WIDEST, max(12, len(name) + 4, longest + 2))
        dimension.number_format = "@"
    sheet.freeze_panes = sheet.cell(layout.FIRST, 2)
    sheet.print_title_rows = f"{layout.TITLES}:{layout.NAMES}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    last = get_column_letter(len(names))
    sheet.auto_filter.ref = f"A{layout.NAMES}:{last}{layout.FIRST + len(rows)}"


def _head(sheet: Worksheet, column: int, field: Field, resource: Resource) -> None:
    """The two heads of a column: its titles, with what it means as a comment, and its name."""
    needed = field.get("constraints", {}).get("required") or field["name"] in resource["schema"]["primaryKey"]
    title = sheet.cell(layout.TITLES, column, "\n".join(field[key] for key in ("title_zh", "title") if field.get(key)))
    title.fill = layout.NEEDED_FILL if needed else layout.FREE_FILL
    title.font = Font(bold=True, color="FFFFFF")
    title.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[layout.TITLES].height = 46
    told = [field.get(key) for key in ("description_zh", "description")]
    told += [f"例 e.g. {field['example']}"] if field.get("example") else []
    told += ["必填 required" if needed else "可空 may be empty"]
    title.comment = Comment("\n".join(filter(None, told)), "data contract", width=320, height=140)
    name = sheet.cell(layout.NAMES, column, field["name"])
    name.fill = layout.NAME_FILL
    name.font = Font(size=9, color="555555")


def _choices(sheet: Worksheet, resource: Resource, lists: _Lists) -> None:
    """Drop-downs and checks of numbers for the columns of a table."""
    keys = {key["fields"][0]: key["reference"]["resource"] for key in resource["schema"].get("foreignKeys", [])}
    for cell in sheet[layout.NAMES]:
        field = next((each for each in resource["schema"]["fields"] if each["name"] == cell.value), None)
        if field is None:
            continue
        letter = cell.column_letter
        if field["type"] in ("number", "integer"):
            rule = DataValidation("custom", formula1=f"ISNUMBER(VALUE({letter}{layout.FIRST}))", allow_blank=True)
            rule.error = "一个数字，如 18.2。单位写在“unit”列。\nA number alone, such as 18.2; units have their column."
        elif source := lists.of(field, resource["name"], keys.get(field["name"])):
            rule = DataValidation("list", formula1=source, allow_blank=True)
            rule.error = "不在列表中，请核对。\nNot in the list; please look again."
            # a key may be of a row that is still to come
            rule.errorStyle = "warning" if field["name"] in keys or field["name"] == "subject" else "stop"
        else:
            continue
        rule.showErrorMessage = True
        rule.add(f"{letter}{layout.FIRST}:{letter}{sheet.max_row + layout.SPARE}")
        sheet.add_data_validation(rule)


class _Lists:
    """The sheet of what drop-downs offer, a column a list: a list inside a cell ends at 255 characters."""

    def __init__(self, book: Workbook):
        self.book, self.sheet = book, book.create_sheet(layout.LISTS)
        self.sheet.sheet_state = "hidden"
        self.known: dict[tuple[str, ...], str] = {}

    def of(self, field: Field, table: str, referred: str | None) -> str | None:
        """The range that a column's drop-down shows; None for a column of free text."""
        if field["type"] == "boolean":
            return self._range((field["trueValues"][0], field["falseValues"][0]))
        if "enum" in field.get("constraints", {}):
            return self._range(tuple(field["constraints"]["enum"]))
        if referred is not None:
            return self._ids(referred or table)
        return self._range(tuple(self._subjects())) if field["name"] == "subject" else None

    def _ids(self, table: str) -> str:
        """The ids of a table, with room for rows to come."""
        last = self.book[table].max_row + layout.SPARE
        return f"'{table}'!$A${layout.FIRST}:$A${last}"

    def _subjects(self) -> Iterator[str]:
        for table in SUBJECTS:
            for (cell,) in self.book[table].iter_rows(layout.FIRST, max_col=1):
                if cell.value:
                    yield cell.value

    def _range(self, offered: tuple[str, ...]) -> str:
        if offered not in self.known:
            column = len(self.known) + 1
            for number, word in enumerate(offered, start=1):
                self.sheet.cell(number, column, word).number_format = "@"
            letter, name = get_column_letter(column), f"list_{column}"
            place = f"'{layout.LISTS}'!${letter}$1:${letter}${max(1, len(offered))}"
            self.book.defined_names[name] = DefinedName(name, attr_text=place)
            self.known[offered] = name
        return self.known[offered]

    def last(self) -> None:
        """Put the sheet behind those of the tables."""
        self.book.move_sheet(self.sheet, len(self.book.sheetnames))
