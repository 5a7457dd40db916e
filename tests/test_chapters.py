"""The chapters with other data than today's: they stay right without a change to a notebook."""

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest
from chapters import BOOK, CHAPTERS, Chapter

from analysis.package import dataset

INDEX, BOARD, CHAIN, DRIVE, ECONOMICS, PROFILES = (
    BOOK / f"{name}.ipynb"
    for name in ("index", "one-board", "one-chain", "one-drive", "project-economics", "zone-profiles")
)
LEAKS = re.compile(r"\b(nan|NaN|None|inf)\b")


@pytest.fixture
def package(copy, monkeypatch):
    """The data package that the chapters read."""
    monkeypatch.setenv("ANALYSIS_DATA", str(copy))
    return copy


def rows(package: Path, name: str) -> list[dict]:
    with (package / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def write(package: Path, name: str, table: list[dict]) -> None:
    heading = list(rows(package, name)[0])
    with (package / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, heading)
        out.writeheader()
        out.writerows(table)


def only(package: Path, name: str, keep) -> None:
    write(package, name, [row for row in rows(package, name) if keep(row)])


def add(package: Path, name: str, *lines: str) -> None:
    with (package / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def a_year_later(package: Path, factor: Fraction) -> None:
    """The latest of what is realised is published again for the next year, shares larger by a factor."""
    reported = rows(package, "sources")
    for source in reported:
        source["reporting_period"] = next_year(source["reporting_period"])
    write(package, "sources", reported)
    found = rows(package, "observations")
    latest = {(row["subject"], row["indicator"]): row for row in found if row["status"] == "realised"}
    again = []
    for row in latest.values():
        row = {**row, "period": next_year(row["period"])}
        if row["unit"] == "%" and Fraction(row["low"]) < 90:
            row["low"] = row["high"] = str(round(float(Fraction(row["low"]) * factor), 4))
        again.append(row)
    write(package, "observations", [*found, *again])


def next_year(period: str) -> str:
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), period)


# each on which a sentence or a chart rests, and whole groups of indicators.csv
UNREPORTED = [
    "provincial_zones",
    "assessment_rank",
    "share_above_scale_output",
    "share_fixed_asset_investment",
    "share_foreign_capital",
    "projects_started",
    "projects_signed",
    "total_investment",
    "site_area",
    "output_value",
    "jobs",
    "birds_per_day",
    "group:shares",
    "group:zones",
    "group:pipeline",
    "group:chains",
    "group:firms",
    "group:innovation",
    "group:project",
]


@pytest.mark.parametrize("unreported", UNREPORTED)
def test_what_nobody_reported_leaves_no_gap_in_words(package, unreported):
    group = unreported.removeprefix("group:")
    gone = {row["id"] for row in rows(package, "indicators") if group in (row["id"], row["group"])}
    assert gone
    only(package, "observations", lambda row: row["indicator"] not in gone)
    for path in CHAPTERS:
        chapter = Chapter(path)
        assert not LEAKS.search(chapter.html), path.stem
        assert "not published" not in re.sub(r"(is|are|was|were) not (itself )?published", "", chapter.prose), path.stem


@pytest.mark.parametrize("qualifier", ["at_least", "up_to", "range", "approximate"])
def test_figures_that_are_only_bounds_are_shown_as_bounds(package, qualifier):
    found = rows(package, "observations")
    for row in found:
        value = row["low"] or row["high"]
        row.update(qualifier=qualifier, low=value, high=value)
        if qualifier == "range":
            row["low"] = str(float(Fraction(value) * Fraction(9, 10)) if row["unit"] != "位" else int(value) - 1)
        elif qualifier != "approximate":
            row["high" if qualifier == "at_least" else "low"] = ""
    write(package, "observations", found)
    dataset.load()
    for path in CHAPTERS:
        chapter = Chapter(path)
        assert not LEAKS.search(chapter.html + chapter.prose), path.stem
    sentence = {
        "at_least": "at least 89.07%",
        "up_to": "up to 89.07%",
        "range": "80.163–89.07%",
        "approximate": "about 89.07%",
    }
    assert sentence[qualifier] in Chapter(BOARD).prose


@pytest.mark.parametrize("language", ["en", "zh"])
def test_with_no_figure_at_all_every_chapter_still_stands(package, monkeypatch, language):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", language)
    for name in ("observations", "claims", "milestones", "links", "chains", "story"):
        only(package, name, lambda row: False)
    for path in CHAPTERS:
        chapter = Chapter(path)
        assert not LEAKS.search(chapter.html), path.stem


def test_a_withdrawn_figure_takes_its_sentence_along(package):
    assert "Foreign capital sits in a single zone" in Chapter(INDEX).prose
    only(
        package, "observations", lambda row: (row["subject"], row["indicator"]) != ("jianping", "share_foreign_capital")
    )
    only(package, "claims", lambda row: row["indicator"] != "share_foreign_capital")
    prose = Chapter(INDEX).prose
    assert "Foreign capital" not in prose and "concentration" not in prose
    assert "Herfindahl" not in Chapter(BOARD).prose


def test_seven_zones_become_eight(package):
    assert "the seven zones of Chaoyang (朝阳) in Liaoning" in Chapter(INDEX).prose
    add(package, "zones", "shuangta,chaoyang,Shuangta,双塔,Shuangta Economic Development Zone,双塔经济开发区,lead/1,,")
    assert "the eight zones of Chaoyang (朝阳) in Liaoning" in Chapter(INDEX).prose
    assert "Shuangta (双塔)" in Chapter(PROFILES).prose and "zone-shuangta" in Chapter(PROFILES).html


def test_a_project_with_nothing_but_an_investment(package):
    add(package, "projects", "dome,kazuo,,Dome,穹顶,signed,true,kazuo/6,,")
    add(package, "observations", "dome,total_investment,2025-07,99,99,exact,planned,亿元,article,kazuo/6,,")
    assert "CNY 9.9 billion for Dome, is reported as signed" in Chapter(DRIVE).prose
    assert "CNY 9.9 billion for Dome" in Chapter(INDEX).prose
    chapter = Chapter(ECONOMICS)
    assert "No output at all is published for" in chapter.prose and "Dome" in chapter.html


def test_findings_turn_with_the_figures(package):
    """A bold finding is a claim: it must not stand when the figures say the opposite."""
    assert "The zones weigh more in the city's industry" in Chapter(INDEX).prose
    path = package / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",63.65,63.65,", ",93.65,93.65,"), "utf-8")
    prose = Chapter(INDEX).prose
    assert "The zones weigh more in the city's investment than in its industry" in prose
    assert "more in the city's industry than" not in prose
    assert "is larger, at 93.65%" in Chapter(BOARD).prose


def test_a_second_year_shows_the_latest_and_the_change(package):
    assert "Against the period before" not in Chapter(BOARD).prose
    a_year_later(package, Fraction(101, 100))
    board = Chapter(BOARD)
    # 89.07 · 1.01 = 89.9607; 89.9607 − 89.07 = 0.8907
    assert "In 2025 the seven zones made 89.9607% of" in board.prose
    assert "above-scale industrial output moved by +0.8907 percentage points" in board.prose
    assert "fig-shares-series" not in board.html  # two points are no series
    assert "January–May 2026" in Chapter(DRIVE).prose


def test_a_third_year_makes_a_series(package):
    a_year_later(package, Fraction(101, 100))
    a_year_later(package, Fraction(99, 100))
    html = Chapter(BOARD).html
    assert "fig-shares-series" in html and "rose of late" in html and "2024 89.07%" in html
    assert "fig-ladder-series" in Chapter(CHAIN).html and "fig-counts-series" in Chapter(DRIVE).html


def test_shares_of_different_years_are_not_divided_by_each_other(package):
    """The latest investment share belongs to another year than the latest output share."""
    add(package, "observations", "all-zones,share_fixed_asset_investment,2023,60,60,exact,realised,%,article,lead/2,,")
    only(
        package,
        "observations",
        lambda row: row["period"] != "2024" or row["indicator"] != "share_fixed_asset_investment",
    )
    assert "times as much of the fixed-asset investment" not in Chapter(BOARD).prose
