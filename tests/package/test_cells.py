"""One cell: what can mean one thing is read, everything else is refused with a hint an analyst can follow."""

from decimal import Decimal

import pytest

from analysis.package.cells import MAX_CELL, Refused, nearest, typed
from analysis.package.descriptor import contract, printed_units

NUMBER = {"name": "low", "type": "number", "title": "Lower bound", "constraints": {"minimum": 0}}
COUNT = {"name": "stage", "type": "integer", "title": "Number of the stage", "constraints": {"minimum": 1}}
TEXT = {"name": "note", "type": "string", "title": "Note"}
PERIOD = {
    "name": "period",
    "type": "string",
    "title": "Period",
    "example": "2025-01/2025-05",
    "constraints": {"pattern": r"\d{4}(-(0[1-9]|1[0-2]))?(/\d{4}(-(0[1-9]|1[0-2]))?)?"},
}
IDENTIFIER = {
    "name": "id",
    "type": "string",
    "title": "Identifier",
    "example": "chaoyang-hightech",
    "constraints": {"required": True, "pattern": "[a-z0-9][a-z0-9_-]*"},
}
CHOICE = {"name": "qualifier", "type": "string", "title": "Qualifier", "constraints": {"enum": ["exact", "range"]}}


def refusal(cell, field, unit="人", **options):
    with pytest.raises(Refused) as caught:
        typed(cell, field, unit, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("18.2", "18.2"),
        (" 18.2\u3000", "18.2"),
        ("\t18.2", "18.2"),
        ("１８．２", "18.2"),
        ("1,500", "1500"),
        ("1，500", "1500"),
        ("１，５００，０００．５", "1500000.5"),
        ("1\u00a0500", "1500"),
        ("+5", "5"),
    ],
)
def test_a_number_is_read_however_excel_writes_it(cell, value):
    assert typed(cell, NUMBER, "人") == Decimal(value)


def test_plain_negative_numbers_are_numbers_where_a_column_allows_them():
    anything = {**NUMBER, "constraints": {}}
    assert typed("-5.5", anything, "") == typed("−５．５", anything, "") == Decimal("-5.5")


def test_a_percent_sign_is_read_in_a_row_of_percentages_alone():
    """Read elsewhere, 50 % of something would become 50 people."""
    assert typed("89.07%", NUMBER, "%") == typed("８９．０７％", NUMBER, "%") == Decimal("89.07")
    assert "this row's unit is 人" in refusal("89.07%", NUMBER)
    assert "percent sign" in refusal("50%", COUNT, None)


@pytest.mark.parametrize(
    ("cell", "hints"),
    [
        ("18.2亿", ["write 18.2 alone here", "亿 belongs in the column unit"]),
        ("18.2亿元", ["亿元 belongs in the column unit"]),
        ("1500人", ["write 1500 alone here", "人 belongs in the column unit"]),
        ("over 1500", ["write 1500 in the column low and leave high empty", "more_than in the column qualifier"]),
        ("1500余", ["leave high empty", "write more_than in the column qualifier"]),
        ("1，500余人", ["write 1,500 in the column low", "more_than", "人 belongs in the column unit"]),
        ("18亿元以上", ["write at_least in the column qualifier", "亿元 belongs"]),
        ("约18.2", ["write 18.2 in the columns low and high", "approximate"]),
        ("至多6.7", ["write 6.7 in the column high and leave low empty", "up_to"]),
        ("30～33万", ["write 30 in the column low, 33 in high, range in qualifier", "万 belongs"]),
    ],
)
def test_a_figure_copied_from_a_sentence_is_refused_with_where_its_parts_go(cell, hints):
    """Read as a number, the unit or the 'over' would be lost, and with it the truth of the figure."""
    message = refusal(cell, NUMBER)
    assert "expected a number alone" in message
    for hint in hints:
        assert hint in message


@pytest.mark.parametrize("cell", ["1.2E+05", "1e5", "１．２Ｅ＋０５"])
def test_a_number_that_excel_shortened_is_refused(cell):
    """Its last digits are gone from the file."""
    assert "lost digits" in refusal(cell, NUMBER)


@pytest.mark.parametrize("cell", ["10²", "½", "①", "18 2", "1,50,000", "1_000", "NaN", "Infinity", "(1500)", "٣", "5."])
def test_what_may_be_another_number_is_refused(cell):
    """Unicode's own normal form would make 102 of 10², Python 1000 of 1_000."""
    assert "expected a number alone" in refusal(cell, NUMBER)


def test_a_decimal_comma_is_refused_and_a_doubtful_separator_too():
    """Excel set to a language with decimal commas saves semicolons; there 1,500 may be one and a half."""
    assert "decimal point (18.2)" in refusal("18,2", NUMBER)
    for cell in ("1,500", "1.500"):
        assert "can mean 1500 or 1.500" in refusal(cell, NUMBER, comma_decimals=True)
    assert typed("0.125", NUMBER, "", comma_decimals=True) == Decimal("0.125")
    assert typed("1,500,000", NUMBER, "", comma_decimals=True) == 1500000


def test_more_digits_than_excel_keeps_are_refused():
    assert "15 digits or fewer" in refusal("1234567890123456", NUMBER)
    assert typed("123456789012345000", NUMBER, "") == 123456789012345000


@pytest.mark.parametrize("cell", ["-", "—", "n/a", "无"])
def test_a_mark_for_nothing_is_to_be_an_empty_cell(cell):
    assert "leave the cell empty" in refusal(cell, NUMBER)


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#SPILL!", "####"])
@pytest.mark.parametrize("field", [NUMBER, TEXT, PERIOD, CHOICE], ids=lambda f: f["name"])
def test_excels_errors_are_refused_by_name(cell, field):
    """A name that reads #N/A would be printed in the book."""
    assert f"{cell} is an error of Excel" in refusal(cell, field)


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("2025年7月", "2025-07"),
        ("2025/7", "2025-07"),
        ("2025年1-5月", "2025-01/2025-05"),
        ("2025年1月至5月", "2025-01/2025-05"),
        ("2025年1月—2025年5月", "2025-01/2025-05"),
        ("2025年上半年", "2025-01/2025-06"),
        ("二〇二五年七月", "2025-07"),
        ("二○二四年至二零二五年", "2024/2025"),
        ("2025年下半年", "2025-07/2025-12"),
        ("2025年一季度", "2025-01/2025-03"),
        ("2025年第三季度", "2025-07/2025-09"),
        ("2025年前三季度", "2025-01/2025-09"),
        ("2025年一至三季度", "2025-01/2025-09"),
        ("2025年前5个月", "2025-01/2025-05"),
        ("2025年前十一个月", "2025-01/2025-11"),
        ("2025Q1", "2025-01/2025-03"),
        ("Q4 2025", "2025-10/2025-12"),
        ("2025H2", "2025-07/2025-12"),
        ("2025年", "2025"),
        ("2025年度", "2025"),
        ("２０２５", "2025"),
        ("２０２５－０７", "2025-07"),
        ("２０２５／７", "2025-07"),
        ("2025 年 7 月", "2025-07"),
        ("2025-1", "2025-01"),
        ("202507", "2025-07"),
        ("January 2025", "2025-01"),
        ("7/2025", "2025-07"),
        ("2025/1/1", "2025-01"),
        ("2025-01-01 00:00:00", "2025-01"),
        ("2025年7月1日", "2025-07"),
        ("1/1/2025", "2025-01"),
        ("2025-01~2025-05", "2025-01/2025-05"),
        ("2024-2025", "2024/2025"),
        ("2025-07/2025-07", "2025-07"),
        ("2024-07/2025", "2024-07/2025"),
    ],
)
def test_a_period_is_read_however_it_is_written(cell, form):
    """Excel makes dates of 51 of 77 rows whenever the file is opened; sources print 前5个月."""
    assert typed(cell, PERIOD) == form


@pytest.mark.parametrize(
    ("cell", "forms"),
    [
        ("Jul-25", ["for July 2025 write 2025-07"]),
        ("25-Jul", ["for July 2025 write 2025-07"]),
        ("7/25", ["for July 2025 write 2025-07"]),
        ("25/7", ["for July 2025 write 2025-07"]),
        ("25年7月", ["for July 2025 write 2025-07"]),
        ("5/1/2025", ["for May 2025 write 2025-05", "for January 2025 write 2025-01"]),
        ("01/02", ["for January 2002 write 2002-01", "for February 2001 write 2001-02"]),
        ("2025.1", ["for January 2025 write 2025-01", "for October 2025 write 2025-10"]),
        ("前5个月", ["the year is missing", "2025-01/2025-05"]),
        ("上半年", ["the year is missing", "2025-01/2025-06"]),
        ("一季度", ["the year is missing", "2025-01/2025-03"]),
        ("今年1-5月", ["the year is missing", "2025-01/2025-05"]),
        ("7月", ["the year is missing", "2025-07"]),
        ("2025-01/02", ["write 2025-01/2025-02"]),
        ("2025-07-15", ["names a day; write 2025-07"]),
        ("2025/1/1/2025/5/31", ["names a day; write 2025-01/2025-05"]),
        ("45658", ["count of days; write 2025-01"]),
        ("2025年末", ["write 2025-12"]),
    ],
)
def test_a_period_that_can_mean_two_is_refused_with_the_form_to_write(cell, forms):
    """5/1/2025 is the first of May in New York and the fifth of January in London; 2025.1 may have been 2025.10."""
    message = refusal(cell, PERIOD)
    assert "format the column as text first" in message
    for form in forms:
        assert form in message


@pytest.mark.parametrize("cell", ["soon", "99999", "2025-01/2025-05/2025-06", "2025-07-07-07", "1999年夏"])
def test_what_is_no_period_is_refused_with_an_example(cell):
    assert "2025-01/2025-05" in refusal(cell, PERIOD) and "write" not in refusal(cell, PERIOD)


def test_a_stretch_is_no_date():
    """A milestone is of a month or a year."""
    date = {**PERIOD, "example": "2025-07", "constraints": {"pattern": r"\d{4}(-(0[1-9]|1[0-2]))?"}}
    assert typed("2025年7月", date) == "2025-07"
    assert "expected the form 2025-07" in refusal("2025年1-5月", date)


@pytest.mark.parametrize("unit", ["元", "万人", "千公顷", "亿美元", "万元/年", "万吨/日", "公顷/年", "亿"])
def test_a_hint_for_a_unit_changes_neither_magnitude_nor_currency(unit):
    """元 → 亿元 is a factor of a hundred million, 亿美元 → 亿元 one of seven; an analyst takes what is offered."""
    known = [*printed_units(contract())]
    field = {
        "name": "unit",
        "type": "string",
        "title": "Unit",
        "constraints": {"enum": [u for u in known if u != unit]},
    }
    message = refusal(unit, field)
    assert "did you mean" not in message and "add a unit of your own to `units`" in message


def test_a_unit_typed_in_other_letters_is_recognised():
    field = {"name": "unit", "type": "string", "title": "Unit", "constraints": {"enum": ["%", "亿元/年"]}}
    assert "did you mean %?" in refusal("％", field) and "did you mean 亿元/年?" in refusal("亿 元／年", field)


@pytest.mark.parametrize("cell", ["2025-13", "2025-00", "2024/2025-13", "2025年13月"])
def test_a_month_that_does_not_exist_is_refused(cell):
    assert "no such month" in refusal(cell, PERIOD)


@pytest.mark.parametrize("cell", ["Kazuo", "ka zuo", "ＫＡＺＵＯ", "KAZUO"])
def test_a_rewritten_id_is_refused_with_the_id(cell):
    assert "write kazuo" in refusal(cell, IDENTIFIER)
    assert nearest(cell, ["beipiao", "kazuo"]) == "; did you mean kazuo?"


def test_a_misspelt_choice_is_refused_with_the_nearest_one():
    assert "exact, range; did you mean exact?" in refusal("exakt", CHOICE)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000 NULL"),
        ("\x1b", "U+001B ESCAPE"),
        ("\t", "U+0009 TAB"),
        ("\x9f", "U+009F a control character"),
        *((chr(code), f"U+{code:04X}") for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\ufffd", "REPLACEMENT CHARACTER"),
    ],
)
@pytest.mark.parametrize("field", [NUMBER, TEXT, IDENTIFIER, CHOICE], ids=lambda f: f["name"])
def test_characters_that_cannot_be_seen_are_refused_by_name(character, name, field):
    """With them two ids that look alike differ, and a name can turn the words around it."""
    assert name in refusal(f"1{character}5", field)


def test_control_characters_at_the_ends_are_no_blanks():
    """Python strips some of them as if they were."""
    assert "U+001C" in refusal("kazuo\x1c", TEXT) and "NEXT LINE" in refusal("\x85kazuo", TEXT)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((alone, f"U+{ord(alone):04X}") for alone in "\u3164\u2800\u115f\u1160\uffa0\ufe0f\u200c\u200d\u0301"),
        ("a\u3164b", "HANGUL FILLER"),
        ("a\u2028=1", "LINE SEPARATOR"),
        ("\u200c=1+1", "ZERO WIDTH NON-JOINER"),
        ("a\uffff", "U+FFFF no character"),
        ("a\ufdd0", "U+FDD0"),
        ("a" + 400 * "\u0301", "COMBINING ACUTE ACCENT"),
    ],
)
def test_what_looks_empty_or_covers_its_neighbours_is_refused(text, name):
    assert name in refusal(text, TEXT)


@pytest.mark.parametrize("cell", ["می\u200cخواهم", "ธี่", "e\u0301tat", "葛\U000e0100城", "अ\u200dक्ष"])
def test_letters_of_other_scripts_keep_their_marks_and_joiners(cell):
    assert typed(cell, TEXT) == cell


def test_a_name_has_the_length_that_a_chart_has_room_for():
    """Of 2,000 letters a chart showed those that fit on it, and a table was as wide as three screens."""
    name = {**TEXT, "constraints": {"maxLength": 100}}
    assert typed("a" * 100, name) == "a" * 100
    assert "expected 100 characters or fewer, found 101" in refusal("a" * 101, name)


FORMULAS = ['=HYPERLINK("http://x")', "+A1", "-A1", "@SUM(1)", "\tname", " =1+1", "＝1+1", "-5%"]
FORMULAS += [
    *("﹦1+1", "﹢A1", "﹣A1", "﹫A1", "＋A1", "＠A1", "⁼1", "⁺A"),
    *(f"{blank}=1" for blank in "\u1680\u2004\u205f\u3000"),
]


@pytest.mark.parametrize("cell", FORMULAS)
@pytest.mark.parametrize("field", [TEXT, IDENTIFIER], ids=lambda f: f["name"])
def test_a_cell_that_excel_would_run_is_refused(cell, field):
    """The data are downloaded and opened in Excel by people who trust the book."""
    assert "starts like a formula" in refusal(cell, field)


def test_a_formula_in_a_number_column_is_refused():
    assert "starts like a formula" in refusal("=1+2", NUMBER)


@pytest.mark.parametrize(
    "cell", ["-5", "+86", "a=b", "<b>bold</b>", "**bold** $x^2$ \\alpha", "5 - 7", "# note", "l’État"]
)
def test_markup_and_signs_inside_a_text_are_text(cell):
    assert typed(cell, TEXT) == cell


def test_a_cell_beyond_the_limit_is_refused():
    assert typed("x" * MAX_CELL, TEXT) == "x" * MAX_CELL
    assert "expected 2,000 characters or fewer, found 2,001" in refusal("x" * (MAX_CELL + 1), TEXT)


def test_empty_cells_and_line_breaks():
    assert typed(" \u3000", TEXT) is None
    assert "a value is needed" in refusal(" ", IDENTIFIER)
    assert typed("a\r\nb\rc", TEXT) == "a\nb\nc"


@pytest.mark.parametrize("cell", ["1.5", "0", "-1"])
def test_a_whole_number_is_one(cell):
    assert "expected" in refusal(cell, COUNT, None)
