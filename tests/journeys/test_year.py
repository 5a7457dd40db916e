"""A year of an analyst in a bureau, played through: the walk in the README under "An analyst's year".

A package of the first version becomes a workbook; twenty-five edits are made as people make them, faults included; the
marked copy is mended, compared, written back, and a book is made of it in both languages.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from analysis.package.workbook.layout import FIRST, NAMES
from analysis.publish import notebooks

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
WALK = README.partition("### An analyst's year\n")[2].partition("\n## ")[0]
OBSERVED = ("subject", "indicator", "period", "low", "high", "qualifier", "status", "unit", "source", "locator")
SOUND = {"qualifier": "exact", "status": "realised", "unit": "%", "source": "review", "locator": "review-main/1"}
# new rows as they are typed; what a row does not say is as in SOUND, and one number is both bounds
TYPED = (
    {"subject": "example-zones", "indicator": "share_above_scale_output", "period": 2025, "low": 55.2},
    {"subject": "example-zones", "indicator": "share_fixed_asset_investment", "period": "2025年", "low": "68.0"},
    {"subject": "example-zones", "indicator": "share_foreign_capital", "period": "２０２５", "low": "82"},
    {"subject": "north", "indicator": "share_above_scale_output", "period": "2025", "low": "21.4%"},
    {"subject": "north", "indicator": "share_foreign_capital", "period": "2025", "low": "31"},
    {"subject": "example-zones", "indicator": "projects_started", "period": "2025", "low": "44", "unit": "个"},
    {"subject": "example-zones", "indicator": "projects_signed", "period": "2025年1-12月", "low": "15", "unit": "个"},
    {"subject": "north", "indicator": "firms", "period": date(2026, 3, 1), "low": 131, "unit": "家"},
    {"subject": "harbour", "indicator": "firms", "period": "2026/3", "low": "70", "high": "",
     "qualifier": "more_than", "unit": "家"},
    {"subject": "north", "indicator": "hightech_firms", "period": "2026年3月", "low": "11", "unit": "家"},
    {"subject": "rolling-mill", "indicator": "jobs", "period": "2026-03", "low": "1,310", "unit": "人"},
    # and with what goes wrong
    {"subject": "nroth", "indicator": "share_fixed_asset_investment", "period": "2025", "low": "42"},
    {"subject": "south", "indicator": "share_foreign_capital", "period": "Jul-25", "low": "26"},
    {"subject": "south", "indicator": "firms", "period": "上半年", "low": "48", "unit": "家"},
    {"subject": "glass-line", "indicator": "jobs", "period": "2026-03", "low": "over 150", "unit": "人"},
    {"subject": "glass-line", "indicator": "site_area", "period": "2026-03", "low": "90", "unit": "千公顷"},
    {"subject": "terminal", "indicator": "output_value", "period": "2026-03", "low": "5", "unit": "亿美元"},
    {"subject": "south", "indicator": "share_above_scale_output", "period": "2025", "low": "160"},
    {"subject": "terminal", "indicator": "jobs", "period": "2026-03", "low": "=120+30", "unit": "人"},
    {"subject": "south", "indicator": "hightech_firms", "period": "2026-03", "low": "—", "unit": "家"},
    {"subject": "harbour", "indicator": "hightech_firms", "period": "2026-03", "low": "9", "high": "4",
     "qualifier": "range", "unit": "家"},
)  # fmt: skip
# other cells: sheet, id of the row, column, what is written there
CHANGED = (
    ("zones", "north", "name_en", "Northern"),
    ("projects", "terminal", "stage", "started"),
    ("projects", "glass-line", "stage", "building"),
    ("sources", "review", "reporting_period", "2026-03"),
)
# what the marked copy asks for, by the row of TYPED or CHANGED; None: the row is taken out
MENDED = {
    11: {"subject": "north"},
    12: {"period": "2025"},
    13: None,
    14: {"low": "150", "high": "", "qualifier": "more_than"},
    15: {"unit": "亩"},
    16: {"unit": "亿元/年"},
    17: {"low": "16.0", "high": "16.0"},
    18: {"low": "150", "high": "150"},
    19: None,
    20: {"low": "4", "high": "9"},
}


def edit(file: Path) -> None:
    """The twenty-five edits."""
    assert len(TYPED) + len(CHANGED) == 25
    book = openpyxl.load_workbook(file)
    sheet = book["observations"]
    columns = {cell.value: cell.column for cell in sheet[NAMES]}
    for number, typed in enumerate(TYPED, start=sheet.max_row + 1):
        row = {**SOUND, **typed}
        row.setdefault("high", row["low"])
        for name in OBSERVED:
            sheet.cell(number, columns[name], row[name])
    for name, key, column, value in CHANGED:
        _cell(book[name], key, column).value = value
    book.save(file)


def _cell(sheet, key, column):
    letter = next(cell.column for cell in sheet[NAMES] if cell.value == column)
    return next(sheet.cell(row[0].row, letter) for row in sheet.iter_rows(FIRST, max_col=1) if row[0].value == key)


def mend(marked: Path, mended: Path) -> None:
    """What the comments on the cells ask for, in the marked copy."""
    book = openpyxl.load_workbook(marked)
    sheet = book["observations"]
    columns = {cell.value: cell.column for cell in sheet[NAMES]}
    first = sheet.max_row + 1 - len(TYPED)
    for place, right in MENDED.items():
        for name in OBSERVED if right is None else right:
            sheet.cell(first + place, columns[name]).value = None if right is None else right[name]
    _cell(book["projects"], "glass-line", "stage").value = "under_construction"
    book.save(mended)


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the walk with the lines that it prints; a line of dots stands for any number of lines."""
    blocks = re.findall(r"```console\n(.*?)```", WALK, re.DOTALL)
    found = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.MULTILINE)
    return [(command, output.splitlines()) for command, output in found]


def told(printed: str, place: Path) -> list[str]:
    lines = printed.replace(f"{place.resolve()}{os.sep}", "…/").splitlines()
    return [re.sub(r"^\[ *[\d.]+ s\]", "[… s]", line) for line in lines]


def assert_told(lines: list[str], expected: list[str], command: str) -> None:
    pattern = "\n".join(
        ".*" if line == "…" else re.escape(re.sub(r"^\[ *[\d.]+ s\]", "[… s]", line)) for line in expected
    )
    assert re.fullmatch(pattern, "\n".join(lines), re.DOTALL), f"{command}\n" + "\n".join(lines)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    shutil.copytree(ROOT / "tests" / "fixtures" / "version-1", folder / "data")
    return folder


def test_a_year_from_an_old_package_to_a_new_book(place):
    for command, expected in steps():
        if "--mark" in command:
            edit(place / "year.xlsx")
        if "mended.xlsx" in command and not (place / "mended.xlsx").exists():
            mend(place / "marked.xlsx", place / "mended.xlsx")
        program, *arguments = shlex.split(command)
        assert program == "python"
        done = subprocess.run(
            [sys.executable, *arguments], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert_told(told(done.stdout, place), expected, command)
    for code, said in (("en", "Northern"), ("zh", "北部")):
        (paper,) = (place / "site").glob(f"*-{code}.pdf")
        assert said in "".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)
        page = (place / "site" / code / "book" / "one-board.html").read_text("utf-8")
        assert "55.2" in page and "53.7" not in page.partition("</h1>")[0]


def test_the_stored_outputs_are_renewed_for_the_new_year(place, monkeypatch):
    monkeypatch.setenv("ANALYSIS_DATA", str(place / "data"))
    shutil.copytree(ROOT / "book", place / "book", dirs_exist_ok=True)
    assert "one-board.ipynb" in notebooks.rerun(place / "book")
    assert "55.2%" in (place / "book" / "one-board.ipynb").read_text("utf-8")
