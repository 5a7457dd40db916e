"""The files as Excel leaves them: read alike whatever they were saved as, or refused in one line."""

import csv
import io
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoiled import add, faults, records, spoil

from analysis.package import cells, files
from analysis.package.dataset import DataFaults, load
from analysis.package.warnings import warnings

ROOT = Path(__file__).resolve().parents[2]
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def save(path: Path, rows: list[list[str]], encoding="utf-8", separator=",", newline="\n", quoting=csv.QUOTE_MINIMAL):
    """Write a table as a spreadsheet would."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=newline, quoting=quoting).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


@settings(max_examples=60)
@given(
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(files.SEPARATORS),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    blank_rows=st.integers(0, 3),
    blank_columns=st.integers(0, 3),
    shuffle=st.randoms(use_true_random=False),
)
def test_the_package_reads_the_same_whatever_excel_saves_it_as(
    data, encoding, separator, newline, quoting, blank_rows, blank_columns, shuffle
):
    """An analyst's Excel decides the form; a figure must not depend on it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT / "data", Path(folder) / "data"))
        for path in copy.glob("*.csv"):
            rows = records(path)
            order = list(range(len(rows[0])))
            shuffle.shuffle(order)
            rows = [[row[place] for place in order] + [""] * blank_columns for row in rows]
            rows += [[""] * len(rows[0])] * blank_rows
            save(path, rows, encoding, separator, newline, quoting)
        read = load(copy)
    assert all(table.equals(data.tables[name]) for name, table in read.tables.items())
    assert read.observation_rows == data.observation_rows


def test_rows_are_numbered_as_excel_shows_them(copy):
    """A line break inside a cell or a blank row must not send the analyst to another row."""
    path = copy / "observations.csv"
    rows = records(path)
    rows[1][-1] = "first line\nsecond line"
    rows.insert(2, [""] * len(rows[0]))
    rows[3][3] = "seven"
    save(path, rows)
    assert "observations.csv, row 4, column low: 'seven'" in faults(copy)


def test_a_byte_lost_from_a_utf8_file_does_not_turn_its_names_into_others(copy):
    """The rest of the file is valid GB18030 more often than not, and every Chinese name would change unnoticed."""
    path = copy / "zones.csv"
    content = path.read_bytes()
    place = content.index("喀左".encode())
    path.write_bytes(content[:place] + content[place + 1 :])
    assert "zones.csv: is UTF-8 with a damaged character in line 4" in faults(copy)


@pytest.mark.parametrize(
    "content", [b"\xff\xff\x00\x81", b"\xff\xfei\x00d", "id,kind".encode("utf-16-le"), bytes(range(256))]
)
def test_bytes_that_are_no_text_are_refused_in_one_line(copy, content):
    (copy / "places.csv").write_bytes(content)
    lines = [line for line in faults(copy).splitlines() if line.startswith("places.csv")]
    assert len(lines) == 1 and ("cannot be read as text" in lines[0] or "no known column" in lines[0])


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "a|b|c\n1|2|3\n", "liaoning,province\n"])
def test_the_heading_decides_or_the_file_is_refused(copy, text):
    """Without known names nothing tells separator from text."""
    (copy / "places.csv").write_text(text, "utf-8")
    message = faults(copy)
    assert "places.csv" in message and "id, kind, name_en, name_zh, parent" in message
    assert len(message.splitlines()) == 1


def test_a_wrong_heading_is_refused_with_the_nearest_name(copy):
    spoil(copy, "subject,indicator", "Subject,indicator")
    message = faults(copy)
    assert "observations.csv, row 1, column subject: the column is missing" in message
    assert "'Subject': unknown column" in message and "did you mean subject?" in message
    assert len(message.splitlines()) == 2


def test_a_column_given_twice_is_refused(copy):
    spoil(copy, "kind,name_en", "kind,kind", "places.csv")
    assert "row 1, column kind: the column stands twice" in faults(copy)


def test_a_quotation_mark_left_open_does_not_swallow_the_rows_after_it(copy):
    spoil(copy, "kazuo,hightech_firms", '"kazuo,hightech_firms')
    message = faults(copy)
    assert "observations.csv, row 44: a quotation mark is not closed" in message
    assert len(message.splitlines()) == 1


def test_an_unquoted_separator_is_refused_once(copy):
    """Its cells have moved to the next columns: a fault for each would hide the one that matters."""
    spoil(copy, "1500,,more_than", "1,500,,more_than")
    (line,) = faults(copy).splitlines()
    assert "the row has more cells than the heading's 13" in line and "quote" in line


def test_a_row_that_lost_its_trailing_separators_is_read(copy, data):
    """Excel leaves them out when the last columns are empty."""
    spoil(
        copy,
        "beipiao,sewage_plants,2025-07,5,5,exact,realised,个,article,beipiao/7,,,",
        "beipiao,sewage_plants,2025-07,5,5,exact,realised,个,article,beipiao/7",
    )
    assert load(copy).observations.equals(data.observations)


def test_a_file_too_large_is_refused_before_it_is_read(copy):
    with (copy / "firms.csv").open("wb") as file:
        file.truncate(50_000_000_000)  # takes no room on the disk
    start = time.monotonic()
    (line,) = faults(copy).splitlines()
    assert line == "firms.csv: is larger than 2,000 MB; expected a table of published figures [F063 file-too-large]"
    assert time.monotonic() - start < 5


def test_a_table_of_too_many_rows_is_refused_in_one_line(copy, monkeypatch):
    monkeypatch.setattr(files, "MAX_ROWS", 84)
    load(copy)
    add(copy, "kazuo,jobs,x,x,x,x,x,x,x,x,x", "kazuo,jobs,2024,1,1,exact,realised,人,article,kazuo/5,")
    (line,) = faults(copy).splitlines()
    assert line == "observations.csv: has more than 84 rows; expected fewer [F063 file-too-large]"


def test_endless_blank_rows_are_read(copy, data):
    """Deleting rows in Excel leaves them in the file as blank ones."""
    path = copy / "zones.csv"
    path.write_text(path.read_text("utf-8") + ",,,,,,,\n" * 150_000, "utf-8")
    assert load(copy).zones.equals(data.zones)


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("", "row 86, column note_en: 'xxx"),
        ('"', "row 86: a cell is longer than 2,000 characters"),  # it may be a mark that was not closed
    ],
)
def test_a_cell_beyond_pythons_own_limit_is_refused(copy, mark, told):
    add(copy, f"kazuo,jobs,2024,1,1,exact,realised,人,article,kazuo/5,{mark}{'x' * 140_000}{mark}")
    usual = csv.field_size_limit(131_072)  # other packages raise it for the whole process
    try:
        (line,) = faults(copy).splitlines()
    finally:
        csv.field_size_limit(usual)
    assert told in line


def test_what_is_no_file_is_refused(copy):
    (copy / "firms.csv").unlink()
    os.mkfifo(copy / "firms.csv")  # reading it would wait for ever
    (copy / "links.csv").unlink()
    (copy / "links.csv").mkdir()
    assert faults(copy).splitlines() == [
        "firms.csv: is not a file [F062 file-unreadable]",
        "links.csv: is not a file [F062 file-unreadable]",
    ]


def test_hidden_characters_in_a_cell_are_named_and_shown_escaped(copy):
    """Printed as they are they could rewrite the terminal's line."""
    spoil(copy, "Total of recent years", "Total \u202eof recent years")
    spoil(copy, "Semiconductor chain", "Semi\0conductor \x1b[2Jchain")
    message = faults(copy)
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in message and "U+0000 NULL" in message
    assert not {"\u202e", "\0", "\x1b"} & set(message)


def test_markup_in_names_and_notes_is_text(copy):
    """It is escaped where it is shown; refusing it would refuse honest names."""
    spoil(copy, "Total of recent years", r"<script>alert(1)</script> **bold** \input{x} $x$")
    assert load(copy).observations.loc["beipiao.roads.2025-07", "note_en"].startswith("<script>")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d.pop("resources"), "the entry 'resources' is missing"),
        (lambda d: d["resources"].pop(), "it does not name the tables observations"),
        (lambda d: d["resources"][0]["schema"].pop("fields"), "the entry 'fields' is missing"),
        (lambda d: d["resources"][0].update(path="../secret.csv"), "leads out of the folder"),
        (lambda d: d["resources"][0].update(path="/etc/passwd"), "leads out of the folder"),
        (lambda d: d.update(resources=5), "not a readable data package descriptor"),
    ],
)
def test_a_broken_descriptor_is_refused_without_a_traceback(copy, change, expected):
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), "utf-8")
    (line,) = faults(copy).splitlines()
    assert expected in line


def test_a_descriptor_nested_without_end_is_refused(copy):
    (copy / "datapackage.json").write_text("[" * 200_000)
    assert "not a readable data package descriptor" in faults(copy)


def test_the_longest_cell_of_the_package_is_far_below_the_limit(data):
    longest = max(len(str(cell)) for table in data.tables.values() for cell in table.to_numpy().ravel())
    assert longest * 4 < cells.MAX_CELL


@settings(max_examples=60)
@given(
    file=st.sampled_from(sorted(path.name for path in (ROOT / "data").glob("*.csv"))),
    place=st.floats(0, 1, exclude_max=True),
    removed=st.integers(0, 40),
    added=st.one_of(
        st.binary(max_size=8), st.sampled_from([b",", b'"', b"\n", "１".encode(), b"0", b"kazuo", b"2024"])
    ),
)
def test_whatever_happens_to_a_file_the_answer_is_a_dataset_or_its_faults(file, place, removed, added):
    """A traceback tells an analyst nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT / "data", Path(folder) / "data"))
        content = (copy / file).read_bytes()
        start = int(place * len(content))
        (copy / file).write_bytes(content[:start] + added + content[start + removed :])
        try:
            warnings(load(copy))
        except DataFaults as refused:
            said = list(map(str, refused.faults))
            assert said and "\n" not in "".join(said)
