"""A city of which nothing is there yet: the package that `new` makes, its book, and the walk that README describes."""

import datetime
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import frictionless
import pypdf
import pytest
from book.conftest import ROOT, broken_links, build, empty_parts, read, words

from analysis.__main__ import main
from analysis.package import start
from analysis.package.dataset import load
from analysis.package.descriptor import NEEDED, contract

pytestmark = pytest.mark.thorough

README = (ROOT / "README.md").read_text("utf-8")
WALK = README.partition("## A city from nothing")[2].partition("\n### ")[0]
NAMES = ["--city", "阜新市=Fuxin", "--zones", "阜新高新区=Fuxin High-tech Zone", "清河门"]


@pytest.fixture
def made(tmp_path, capsys) -> Path:
    assert main(["new", str(tmp_path / "fuxin"), *NAMES]) == 0
    capsys.readouterr()
    return tmp_path / "fuxin"


# the package


def test_the_package_is_what_the_contract_says(made):
    """Else it would drift from the contract that the next check holds it against."""
    described = json.loads((made / "datapackage.json").read_text("utf-8"))
    assert described["units"] == contract()["units"]
    assert described["resources"] == [table for table in contract()["resources"] if table["name"] in NEEDED]
    assert {path.name for path in made.iterdir()} == {"datapackage.json", *(f"{name}.csv" for name in NEEDED)}
    assert frictionless.validate(str(made / "datapackage.json")).valid


def test_names_stand_in_both_languages_and_make_the_ids(made):
    zones = load(made).zones
    assert list(zones.index) == ["fuxin-high-tech-zone", "zone-2"]
    assert list(zones["name_zh"]) == ["阜新高新区", "清河门"] and list(zones["name_en"])[1] == "清河门"
    assert load(made).city == "fuxin" and load(made).group == "all-zones"


def test_its_one_figure_is_no_invention_and_every_example_says_so(made):
    data = load(made)
    (figure,) = data.quantities.values()
    assert figure.low == figure.high == len(data.zones)
    assert start.examples(data) == {
        "sources": ["bulletin"],
        "sections": ["main"],
        "indicators": ["zones"],
        "observations": [data.observations.index[0]],
    }


def test_check_says_what_to_do_next_until_no_example_is_left(made, capsys):
    assert main(["check", str(made)]) == 0
    printed = capsys.readouterr()
    assert "no faults" in printed.out and not printed.err
    steps = [line for line in printed.out.splitlines() if re.match(r"  \d\. ", line)]
    assert [step.split()[1] for step in steps] == ["sources.csv", "sections.csv", "indicators.csv", "observations.csv"]
    assert main(["check", str(ROOT / "data")]) == 0
    assert "example" not in capsys.readouterr().out


# what it refuses


def test_a_folder_that_is_there_is_never_written_into(made, capsys):
    before = {path: path.read_bytes() for path in made.iterdir()}
    assert main(["new", str(made), *NAMES]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "is there already" in line
    assert {path: path.read_bytes() for path in made.iterdir()} == before


@pytest.mark.parametrize(
    "given", [[], ["--city", "阜新市=Fuxin"], ["--zones", "港口"], ["--city", "=", "--zones", " "]]
)
def test_what_is_missing_is_said_in_one_line_where_nobody_can_be_asked(given, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert main(["new", str(tmp_path / "x"), *given]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "--city" in line and "--zones" in line
    assert not list(tmp_path.iterdir())


def test_what_is_missing_is_asked_for_at_a_terminal(tmp_path, monkeypatch):
    answers = iter(["阜新市=Fuxin", "港口=Harbour；城东=East"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    assert main(["new", str(tmp_path / "x")]) == 0
    assert list(load(tmp_path / "x").zones.index) == ["harbour", "east"]


def test_a_name_that_no_table_takes_leaves_nothing_behind(tmp_path, capsys):
    assert main(["new", str(tmp_path / "x"), "--city", "阜新", "--zones", "@SUM(A1)", "港口"]) == 1
    printed = capsys.readouterr().err
    assert "zones.csv, row 2, column name_en: '@SUM(A1)'" in printed and "nothing was written" in printed
    assert not list(tmp_path.iterdir())


# the book


@pytest.fixture(scope="module")
def first_book(tmp_path_factory) -> Path:
    """Of the package as `new` leaves it."""
    place = tmp_path_factory.mktemp("new")
    assert main(["new", str(place / "fuxin"), *NAMES]) == 0
    done = build(place / "site", "--data", str(place / "fuxin"))
    assert done.returncode == 0, done.stderr
    return place / "site"


@pytest.mark.parametrize(("code", "title", "example"), [("en", "Fuxin", "(example)"), ("zh", "阜新市", "（示例）")])
def test_the_first_book_is_small_honest_and_without_empty_headings(first_book, code, title, example):
    names = {path.stem for path in (first_book / code / "book").glob("*.html")}
    assert names == {"index", "one-board", "zone-profiles", "methods", "data", "faults", "reference", "glossary"}
    for name in names:
        assert not empty_parts(read(first_book, code, name)), name
    page = read(first_book, code, "index")
    assert title in page.h1.get_text()
    assert [example in label.get_text() for label in page.select(".key-figures .label")] == [True]
    assert example[1:-1].casefold() in words(page).casefold().replace(
        page.select_one(".cards").get_text().casefold(), ""
    )
    assert title in pypdf.PdfReader(first_book / f"fuxin-zones-{code}.pdf").metadata.title
    assert not broken_links(first_book)


# the walk


def _run(command: str, place: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "python"
    done = subprocess.run(
        [sys.executable, *arguments], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.replace(str(place.resolve()), "…")


def _steady(output: str) -> list[str]:
    """Without seconds and this year, and in an order: two editions are built side by side."""
    output = output.replace(str(datetime.date.today().year), "2026")
    return sorted(re.sub(r"^\[ *[\d.]+ s\]", "[… s]", line) for line in output.splitlines())


def test_the_walk_in_the_readme_prints_what_it_says(tmp_path):
    """A walk-through that has aged is worse than none."""
    steps = re.findall(r"(?:`([\w./-]+\.csv)`[^\n]*\n\n)?```(\w+)\n(.*?)```", WALK, re.DOTALL)
    assert [kind for _file, kind, _text in steps] == ["console", *["csv"] * 4, "console"]
    for file, kind, text in steps:
        if kind == "csv":
            assert (tmp_path / file).exists()
            (tmp_path / file).write_text(text, "utf-8")
            continue
        for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            assert _steady(_run(command, tmp_path)) == _steady(output), command
    caption = read(tmp_path / "model-book", "en", "one-board").select_one("#fig-ranking-output figcaption")
    # 93.5 − 56.1
    assert caption.select_one("a.implied").get_text() == "CNY 3.74 billion"
