"""The chapters with other data than today's: they stay right without a change to a notebook."""

import csv
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from chapters import BOOK, CHAPTERS, Chapter, in_the_book

from analysis import claims, load, wording
from analysis.analyses import statistics
from analysis.analyses.statistics import holds
from analysis.analyses.walk import has_chapter
from analysis.package.dataset import DataFaults, Dataset
from analysis.quantity import Quantity, unscaled
from analysis.wording import _, names

INDEX, BOARD, CHAIN, DRIVE, ECONOMICS, PROFILES, CLAIMS, DATA = (
    BOOK / f"{name}.ipynb"
    for name in (
        *("index", "one-board", "one-chain", "one-drive", "project-economics", "zone-profiles", "claims", "data"),
    )
)
LEAKS = re.compile(r"\b(nan|NaN|None|inf)\b")


@pytest.fixture
def package(copy, monkeypatch):
    """The data package that the chapters read."""
    monkeypatch.setenv("ANALYSIS_DATA", str(copy))
    return copy


@pytest.fixture
def level(fixtures, tmp_path, monkeypatch):
    """The made-up statistics by zone, which the chapters read."""
    folder = Path(shutil.copytree(fixtures / "zone-level", tmp_path / "level"))
    monkeypatch.setenv("ANALYSIS_DATA", str(folder))
    return folder


def rows(package: Path, name: str) -> list[dict]:
    with (package / f"{name}.csv").open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def write(package: Path, name: str, table: list[dict]) -> None:
    heading = list(rows(package, name)[0])
    with (package / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, heading)
        out.writeheader()
        out.writerows(table)


def only(package: Path, name: str, keep) -> None:
    write(package, name, [row for row in rows(package, name) if keep(row)])


def add(package: Path, name: str, **cells: str) -> None:
    write(package, name, [*rows(package, name), cells])


def change(package: Path, name: str, old: str, new: str) -> None:
    path = package / f"{name}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def publish(package: Path, subject: str, indicator: str, period: str, value: str, unit: str, **cells: str) -> None:
    row = {"subject": subject, "indicator": indicator, "period": period, "low": value, "high": value, "unit": unit}
    place = {"qualifier": "exact", "status": "realised", "source": "article", "locator": "lead/1"}
    add(package, "observations", **{**row, **place, **cells})


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
        # the number of projects signed stays as it is, and its share with it
        if row["unit"] == "%" and Fraction(row["low"]) < 90 and row["indicator"] != "share_projects_signed":
            row["low"] = row["high"] = str(round(float(Fraction(row["low"]) * factor), 4))
        again.append(row)
    write(package, "observations", [*found, *again])


def next_year(period: str) -> str:
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), period)


# --- what no chapter may show, whatever the data

NOTHING = {
    # of the package or of an analysis; no word of either language has an underscore
    "an id": re.compile(r"\b[a-z0-9]+(_[a-z0-9]+)+\b"),
    "a range that is none": re.compile(r"between (\S+(?: \S+)?) and \1(?!\S)|from (\S+(?: \S+)?) to \2(?!\S)"),
    "the same in Chinese": re.compile(r"(?<![\d.])(\d[\d.]*%?)(?:至|到|～|—|–)\1(?![\d.])"),
    "a count of nothing": re.compile(r"\b[Zz]ero (\w+s|of|rose|fell)\b|\b[Oo]f (none|no)\b|共有?[零0][项家个条]"),
    "an empty list": re.compile(r"(?<![.\d]) [.,;](?!\d)|[:,] ?[.;]|\b(for|and)[.,;:](\s|$)|[：、，][。；]|：$"),
    "a part without its words": re.compile(r"\{\w*\}"),
    "a gap in prose": LEAKS,
}


def faults_of(chapter: Chapter, data: Dataset) -> list[tuple[str, str]]:
    """What stands in a chapter that no reader should meet, with the words around it."""
    # the columns of the files have the names that they have
    chapter.sections = [section for section in chapter.sections if section.heading != "## Fields of the data package"]
    words = chapter.words
    matches = ((what, match) for what, form in NOTHING.items() for match in form.finditer(words))
    found = [(what, words[max(0, match.start() - 60) : match.end() + 30]) for what, match in matches]
    tables = data.tables.values()
    ids = {str(key) for table in tables if table.index.name == "id" for key in table.index}
    named = {str(name) for table in tables for column in table for name in table[column] if column.startswith("name_")}
    of_language = named | {_(word) for word in names.TERMS.values()}
    found += [("a raw id", label) for label in chapter.labels if label in ids - of_language]
    return found + [("a remark on nothing", remark) for section in chapter.sections for remark in section.left_standing]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["zone-level", "example-city"])
def test_the_book_of_another_package_says_nothing_that_is_none(fixtures, monkeypatch, name, language):
    monkeypatch.setenv("ANALYSIS_DATA", str(fixtures / name))
    monkeypatch.setenv("ANALYSIS_LANGUAGE", language)
    data = load()
    for path in in_the_book():
        assert not faults_of(Chapter(path), data), path.stem


@pytest.mark.parametrize("language", ["en", "zh"])
def test_neither_does_this_book(package, monkeypatch, language):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", language)
    data = load()
    for path in in_the_book():
        assert not faults_of(Chapter(path), data), path.stem


# --- what nobody reported

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
    "group:assessment",
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
        row.update(qualifier=qualifier, low=value, high=value, printed="")
        if qualifier == "range" and value == "1":
            row.update(qualifier="exact")  # there is no whole number below it to begin at
        elif qualifier == "range":
            less = Fraction(value) * Fraction(9, 10)
            row["low"] = str(float(less) if row["unit"] == "%" or "." in value else int(less))
        elif qualifier != "approximate":
            row["high" if qualifier == "at_least" else "low"] = ""
    write(package, "observations", found)
    load()
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
def test_with_hardly_a_figure_every_chapter_still_stands(package, monkeypatch, language):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", language)
    for name in ("claims", "milestones", "links", "industries", "chains", "story"):
        only(package, name, lambda row: False)
    only(package, "observations", lambda row: row["indicator"] == "reform_areas")
    for path in CHAPTERS:
        chapter = Chapter(path)
        assert not LEAKS.search(chapter.html), path.stem


def test_a_withdrawn_figure_takes_its_sentence_along(package):
    found = "One zone took nearly all the foreign capital."
    said = "Jianping (建平) alone holds 98.23% of all zones' foreign capital in actual use."
    assert found in Chapter(INDEX).html and said in Chapter(BOARD).prose
    only(
        package, "observations", lambda row: (row["subject"], row["indicator"]) != ("jianping", "share_foreign_capital")
    )
    only(package, "claims", lambda row: row["indicator"] != "share_foreign_capital")
    index, board = Chapter(INDEX), Chapter(BOARD)
    assert found not in index.html and "alone holds" not in board.prose
    assert not any("foreign" in tag.get_text() for tag in board.page.select("#fig-concentration"))
    assert "by-zone-share_foreign_capital" not in board.html


# --- other zones, projects and years


def test_seven_zones_become_eight(package):
    assert "the seven zones of Chaoyang (朝阳) in Liaoning" in Chapter(INDEX).prose
    full = {"full_name_en": "Shuangta Economic Development Zone", "full_name_zh": "双塔经济开发区"}
    add(package, "zones", id="shuangta", city="chaoyang", name_en="Shuangta", name_zh="双塔", locator="lead/1", **full)
    assert "the eight zones of Chaoyang (朝阳) in Liaoning" in Chapter(INDEX).prose
    assert "Shuangta (双塔)" in Chapter(PROFILES).prose and "zone-shuangta" in Chapter(PROFILES).html


def a_project(package: Path, key: str, name: str, stage: str = "signed") -> None:
    add(
        package,
        "projects",
        id=key,
        zone="kazuo",
        name_en=name,
        name_zh=name,
        stage=stage,
        featured="true",
        locator="kazuo/6",
    )


def test_a_project_with_nothing_but_an_investment(package):
    a_project(package, "dome", "Dome")
    publish(package, "dome", "total_investment", "2025-07", "99", "亿元", status="planned")
    assert "The project with the largest sum, Dome, is reported as signed" in Chapter(DRIVE).prose
    assert "Dome" not in Chapter(INDEX).words  # the first page tells what is news, not what is large
    chapter = Chapter(ECONOMICS)
    assert "The site of Kazuo precision equipment and parts and Dome is known, but no output value." in chapter.prose
    assert "Dome" in chapter.html


def test_findings_turn_with_the_figures(package):
    """A finding is a claim: it must not stand when the figures say the opposite."""
    outside = "On the likelier reading, more than half of the projects that the city signed lie outside its zones."
    assert outside in Chapter(INDEX).words
    # 104 are 65 % of 160: 56 lie outside
    change(
        package,
        "observations",
        "all-zones,share_projects_signed,2025-01/2025-05,43.5,43.5,",
        "all-zones,share_projects_signed,2025-01/2025-05,65,65,",
    )
    chapter = Chapter(INDEX)
    assert outside not in chapter.words and "lie outside" not in chapter.words
    # a zone that no longer holds more than half is not said to
    change(package, "observations", ",98.23,98.23,", ",48.23,48.23,")
    assert "nearly all the foreign capital" not in Chapter(INDEX).html
    assert "alone holds" not in Chapter(BOARD).prose


CONDITIONS = [
    match
    for row in rows(BOOK.parent / "data", "story")
    for part in row["condition"].split(";")
    if (match := statistics.CONDITION.fullmatch(part))
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition[0].strip())
def test_a_condition_holds_on_one_side_of_its_threshold_only(data, monkeypatch, condition):
    """A share of 71 % and one of 20 % do not carry the same claim."""
    limit, known = Fraction(condition["right"]), statistics.statistic(data, condition["left"])
    step = 29 if 20 < limit < 71 else 1
    sides = []
    for way in (-1, 1):
        other = Quantity.point(limit + way * step, unscaled(known.unit))
        monkeypatch.setattr(statistics, "statistic", lambda _data, _reference, other=other: other)
        sides.append(holds(data, condition[0]))
    assert sides == [condition["sign"].startswith("<"), condition["sign"].startswith(">")]


def test_a_finding_in_words_alone_has_a_condition(package):
    """In bold type stands a claim; one that prints its figure goes with it, any other needs its threshold."""
    for row in rows(package, "story"):
        bold = [wording.sentences(row[f"text_{code}"])[0] for code in ("en", "zh")]
        figures = [key for words in bold for key in wording.placeholders(words) if "." in key]
        assert row["topic"] != "findings" or row["condition"] or figures, row["id"]


@pytest.mark.parametrize(("part", "stands"), [(Fraction(71, 100), True), (Fraction(20, 100), False)])
def test_the_books_own_findings_hold_their_threshold(package, part, stands):
    """Changed figures: the share of one zone, statements that the figures contradict."""
    statement = {**rows(package, "claims")[0], "rule": "threshold", "subject": "all-zones", "unit": "%"}
    of = {"list": "statement", "indicator": "share_above_scale_output", "period": "2024", "comparator": "at_least"}
    limits = ["0" if number < 10 * part else "100" for number in range(10)]  # the share is 89.07 %
    write(package, "claims", [{**statement, **of, "id": f"so-{i}", "threshold": t} for i, t in enumerate(limits)])
    only(package, "story", lambda row: row["topic"] != "findings")  # its own stand where no author writes any
    change(package, "observations", ",98.23,98.23,", f",{100 * part},{100 * part},")
    prose = Chapter(INDEX).prose
    for finding in (f"alone holds {100 * part}%", "Most statements stand the test."):
        assert (finding in prose) is stands, finding


def test_a_second_year_shows_the_latest_and_the_change(package):
    assert "Against" not in Chapter(BOARD).labels
    a_year_later(package, Fraction(101, 100))
    board = Chapter(BOARD)
    # 89.07 · 1.01 = 89.9607; 89.9607 − 89.07 = 0.8907
    assert "In 2025 the seven zones of Chaoyang (朝阳) in Liaoning accounted for 89.9607% of" in board.prose
    (row,) = [line for line in cells(board, "tab-city-shares") if line[0] == "Share of above-scale industrial output"]
    assert row[1:] == ["2025", "89.9607%", "10%", "+0.891", "2024"]
    assert "fig-shares-series" not in board.html  # two points are no series
    assert "January–May 2026" in Chapter(DRIVE).prose


def cells(chapter: Chapter, anchor: str) -> list[list[str]]:
    """The rows of a table, without its head."""
    (table,) = chapter.page.select(f"#{anchor}")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]


def test_a_third_year_makes_a_series(package):
    a_year_later(package, Fraction(101, 100))
    a_year_later(package, Fraction(99, 100))
    html = Chapter(BOARD).html
    assert "fig-shares-series" in html and "2024 89.07%" in html
    assert "fig-ladder-series" in Chapter(CHAIN).html and "fig-counts-series" in Chapter(DRIVE).html


def test_shares_of_different_years_are_not_set_side_by_side(package):
    """The latest investment share belongs to another year than the latest output share."""
    only(package, "observations", lambda row: row["indicator"] != "share_fixed_asset_investment")
    publish(package, "all-zones", "share_fixed_asset_investment", "2023", "60", "%")
    prose = Chapter(BOARD).prose
    assert "accounted for 89.07% of the city's above-scale industrial output" in prose and "60%" not in prose


# --- what the analyses used to leave out


def test_a_share_that_no_code_names_stands_beside_the_others(package):
    """A city that publishes its exports."""
    named = {"name_en": "Exports", "name_zh": "出口额", "definition_en": "Goods exported", "definition_zh": "货物出口"}
    amount = {"group": "trade", "kind": "amount", "unit": "USD", "cumulative": "true"}
    add(package, "indicators", id="exports", **amount, **named)
    named = {**named, "name_en": "Share of exports", "name_zh": "出口额占全市比重"}
    share = {"group": "shares", "kind": "share", "unit": "%", "share_of": "exports", "base": "city"}
    add(package, "indicators", id="share_exports", **share, **named)
    publish(package, "all-zones", "share_exports", "2024", "58.2", "%")
    board = Chapter(BOARD)
    (chart,) = board.page.select("#fig-city-shares svg.wide, #fig-city-shares svg:first-of-type")
    assert "Share of exports 58.2%" in chart["aria-label"]
    (row,) = [line for line in cells(board, "tab-city-shares") if line[0] == "Share of exports"]
    assert row[1:] == ["2024", "58.2%", "41.8%"]


@pytest.mark.parametrize("indicator", ["output", "investment"])
def test_statistics_by_zone_are_ranked_shared_out_grown_and_followed(level, indicator):
    """The values are those of tests/analyses/test_zones.py."""
    board = Chapter(BOARD)
    for exhibit in (f"fig-ranking-{indicator}", f"fig-growth-{indicator}", f"fig-zones-{indicator}"):
        assert board.page.select_one(f"#{exhibit} svg"), exhibit
    ranking, grown = (cells(board, f"tab-{name}-{indicator}") for name in ("ranking", "growth"))
    # place; share of all zones and of the city; growth, points, part of the change of all
    first, last = {
        "output": (["Harbour", "15", "35.7%", "26.8%", "1", "1.25"], ["42", "38.6", "8.81%", "+8.81", "100%"]),
        "investment": (
            ["Harbour", "3,300", "27.5%", "19.4%", "1"],
            ["CNY 12 billion", "CNY 11 billion", "9.09%", "+9.09", "100%"],
        ),
    }[indicator]
    assert ranking[0] == first and len(ranking) == 7
    assert grown[-1] == ["All zones of Model City", *last] and len(grown) == 8
    (harbour,) = [row[-3:] for row in grown if row[0] == "Harbour"]
    # 18 / 132, 18 / 386, 18 / 34; −3 / 36, −3 / 110, −3 / 10
    assert harbour == {"output": ["13.6%", "+4.66", "52.9%"], "investment": ["−8.33%", "−2.73", "−30%"]}[indicator]


def test_statistics_by_zone_are_compared_in_how_evenly_they_are_spread(level):
    (chart,) = Chapter(BOARD).page.select("#fig-concentration")
    # 38,042 / 176,400; 150 / 420; 294 / 420
    assert "Output of above-scale industry (2024): 0.216, largest zone 35.7%, three largest 70%" in str(chart)
    # 33² + 24² + 18² + 14² + 12² + 10² + 9² = 2,510 of 120² = 14,400; 33 / 120; 75 / 120
    assert "Fixed-asset investment (2024): 0.174, largest zone 27.5%, three largest 62.5%" in str(chart)


def test_ranks_counts_and_zones_figures_show_how_they_changed(package):
    publish(package, "beipiao", "assessment_rank", "2023", "9", "位")
    publish(package, "all-zones", "zones_in_top_30", "2023", "5", "家")
    publish(package, "beipiao", "firms", "2024-07", "240", "家")
    changed = {tuple(row[:2]): row[-1] for row in cells(Chapter(DATA), "tab-series")}
    assert changed == {
        ("Beipiao", "Rank in the provincial assessment"): "−3",
        ("All zones of the city", "Zones in the top thirty"): "1",
        ("Beipiao", "Resident firms"): "8",
    }


# --- statements


def a_statement(package: Path, **cells: str) -> None:
    statement = {"list": "statement", "statement_en": "It is so", "statement_zh": "如此", "period": "2024"}
    of = {"subject": "all-zones", "indicator": "share_above_scale_output", "source": "article", "locator": "lead/2"}
    write(package, "claims", [{**statement, **of, "id": "so", "rule": "threshold", **cells}])


@pytest.mark.parametrize(
    ("column", "word"), [("rule", "banana"), ("comparator", "roughly"), ("list", "rumour"), ("threshold", "much")]
)
def test_a_word_that_no_statement_has_is_refused(package, column, word):
    a_statement(package, **{"comparator": "at_least", "threshold": "50", "unit": "%", column: word})
    with pytest.raises(DataFaults, match=rf"claims\.csv, row 2, column {column}: '{word}'"):
        load()


def verdict(package: Path, **cells: str) -> str:
    a_statement(package, **cells)
    (found,) = claims.verdicts(load())["verdict"]
    return found


@pytest.mark.parametrize(
    ("comparator", "threshold", "expected"),
    [
        # the share is 89.07 %
        ("at_least", "89.07", "supported"),
        ("more_than", "89.07", "contradicted"),
        ("at_most", "89.07", "supported"),
        ("less_than", "89.07", "contradicted"),
        ("equals", "89.07", "supported"),
        ("equals", "89", "contradicted"),
        # below it, and by no more than 5 % of it: from 85.5 to 90
        ("nearly", "90", "supported"),
        ("nearly", "89", "contradicted"),
        ("nearly", "94", "contradicted"),
        # on either side
        ("about", "89", "supported"),
        ("about", "84", "contradicted"),
    ],
)
def test_each_comparator_means_what_it_says(package, comparator, threshold, expected):
    assert verdict(package, comparator=comparator, threshold=threshold, unit="%") == expected


def test_a_margin_of_its_own_is_of_the_threshold_whatever_the_unit(package):
    # Zhongke costs 70 hundred million: 7 billion is nearly 73 within 5 %, not within 1 %
    of = {"subject": "zhongke-cluster", "indicator": "total_investment", "period": "2025-07", "comparator": "nearly"}
    assert verdict(package, **of, threshold="73", unit="亿元") == "supported"
    assert verdict(package, **of, threshold="73", unit="亿元", margin="1") == "contradicted"
    assert verdict(package, **of, threshold="730000", unit="万元") == "supported"


@pytest.mark.parametrize(("unit", "expected"), [("亿元", "contradicted"), ("元", "supported")])
def test_a_threshold_is_in_the_unit_that_it_is_printed_in(package, unit, expected):
    """200 meant as 亿元 is not 200 yuan: Zhongke's 70 hundred million are fewer."""
    of = {"subject": "zhongke-cluster", "indicator": "total_investment", "period": "2025-07", "comparator": "at_least"}
    assert verdict(package, **of, threshold="200", unit=unit) == expected


def test_a_strict_bound_counts(package):
    # "over 1,500" people: more than 1,500 is implied, at most 1,500 is excluded, 1,501 is left open
    of = {"subject": "hongfa-broilers", "indicator": "jobs", "period": "2025-07", "unit": "人"}
    assert verdict(package, **of, comparator="more_than", threshold="1500") == "supported"
    assert verdict(package, **of, comparator="at_most", threshold="1500") == "contradicted"
    assert verdict(package, **of, comparator="at_least", threshold="1600") == "consistent"


def test_without_statements_there_is_no_chapter_of_them(package):
    only(package, "claims", lambda row: False)
    assert not has_chapter(load(), "claims") and CLAIMS not in in_the_book()
    index = Chapter(INDEX).prose
    assert "Most statements" not in index and "Statements tested" not in index
    (package / "claims.csv").unlink()
    assert not has_chapter(load(), "claims")


# --- sentences that came out wrong with other data


def test_one_share_is_no_range_of_shares(package):
    only(package, "observations", lambda row: not row["indicator"].startswith("share_"))
    only(package, "claims", lambda row: not (row["indicator"] + row["other"]).startswith("share_"))
    publish(package, "all-zones", "share_above_scale_output", "2024", "82.34", "%")
    board = Chapter(BOARD)
    assert "The zones’ share of the city’s above-scale industrial output is 82.34%" in board.words
    assert "between" not in board.page.select_one("#fig-city-shares").get_text()
    assert "The pale part of each bar" not in board.prose


def test_of_one_series_none_is_counted(package):
    for year, value in (("2022", "90.2"), ("2023", "89.7")):
        publish(package, "all-zones", "share_above_scale_output", year, value, "%")
    caption = Chapter(BOARD).page.select_one("#fig-shares-series figcaption").get_text()
    assert "fell" in caption and not re.search(r"one|zero|none|rose", caption)


def test_no_zone_is_the_best_documented_where_all_have_one_figure(package):
    zones = [row["id"] for row in rows(package, "zones")]
    only(package, "observations", lambda row: row["subject"] not in zones)
    for zone in zones:
        publish(package, zone, "firms", "2024", "50", "家")
    assert "give most figures" not in Chapter(BOARD).words
    assert "Each zone has one published figure" in Chapter(BOARD).words
    assert "give most figures" not in Chapter(PROFILES).prose and "No figure at all" not in Chapter(PROFILES).prose


def test_every_zone_with_numbers_of_projects_is_named(package):
    for zone in ("jianping", "kazuo", "lingyuan"):
        publish(package, zone, "projects_signed", "2025-01/2025-06", "3", "个")
    named = "published by zone only for Beipiao (北票), Jianping (建平), Kazuo (喀左) and Lingyuan (凌源)."
    assert named in Chapter(DRIVE).prose


def test_an_output_that_is_published_is_not_said_to_be_missing(package):
    a_project(package, "dome", "Dome")
    publish(package, "dome", "output_value", "2025-07", "11", "亿元/年", status="expected")
    prose = Chapter(ECONOMICS).prose
    assert "The site of Kazuo precision equipment and parts and Dome is known, but no output value." in prose
    assert "No output at all" not in prose and "No output is published" not in prose


def test_a_share_of_nothing_is_a_share(package):
    only(package, "claims", lambda row: row["indicator"] != "share_foreign_capital")
    change(package, "observations", ",98.23,98.23,", ",0,0,")
    board = Chapter(BOARD)
    assert "No zone" not in board.words and "alone holds" not in board.words
    assert "0%" in Chapter(PROFILES).labels


def test_an_indicator_that_the_package_does_not_know_has_no_label(package):
    gone = {"jobs", "induced_jobs", "site_area", "floor_area"}
    for table, column in (("observations", "indicator"), ("claims", "indicator"), ("indicators", "id")):
        only(package, table, lambda row, column=column: row[column] not in gone)
    data = load()
    for path in in_the_book():
        chapter = Chapter(path)
        assert not faults_of(chapter, data) and "jobs" not in chapter.labels, path.stem


def test_an_area_in_hectares_stays_in_hectares(fixtures, monkeypatch):
    monkeypatch.setenv("ANALYSIS_DATA", str(fixtures / "example-city"))
    words = Chapter(BOARD).words
    assert "596.44 ha" in words and "5.9644" not in words and "5,964,400" not in words


def test_one_project_alone_is_not_compared_with_itself(package):
    """Two projects that need the same margin, or invest the same on their land, make no range."""
    for key in ("dome", "hall"):
        a_project(package, key, key.capitalize())
        for indicator, value, unit in (
            *(("total_investment", "5", "亿元"), ("output_value", "10", "亿元/年"), ("site_area", "100", "亩")),
        ):
            publish(package, key, indicator, "2025-07", value, unit, status="planned")
    only(package, "projects", lambda row: row["id"] in ("dome", "hall"))
    for table in ("milestones", "story"):
        only(package, table, lambda row: False)
    projects = {"dome", "hall", *(row["id"] for table in ("zones", "places") for row in rows(package, table))}
    for table in ("observations", "claims"):
        only(package, table, lambda row: row["subject"] in projects)
    chapter = Chapter(ECONOMICS)
    assert "is known for" not in chapter.prose and "is highest at" not in chapter.prose
    assert not any(word in chapter.words for word in ("runs from", "run from"))
    assert "takes a margin" not in Chapter(INDEX).prose + chapter.prose
