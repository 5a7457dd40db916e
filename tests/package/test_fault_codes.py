"""Fault codes: what a code means is said in one table, never changes, and can happen."""

import ast
import os
import re
import shutil
from pathlib import Path

import pytest
from spoiled import add, indicate, spoil

from analysis.model.loading import load
from analysis.package import migration
from analysis.package.dataset import DataFaults
from analysis.package.faults import Fault, kinds
from analysis.package.warnings import warnings

ROOT = Path(__file__).resolve().parents[2]
# every code that was ever given out: a line here is never taken away, and never says something else
GIVEN_OUT = Path(__file__).with_name("fault_codes.txt")


def figure(text):
    """Add a figure; ``text`` replaces the first columns of a sound row."""
    sound = ["kazuo", "jobs", "2024", "5", "5", "exact", "realised", "人", "article", "kazuo/5"]
    given = text.split(",")
    return lambda folder: add(folder, ",".join([*given, *sound[len(given) :], ""]))


def cell(old, new, file="observations.csv"):
    """Replace a part of a row."""
    return lambda folder: spoil(folder, old, new, file)


def row(text, file):
    return lambda folder: add(folder, text, file=file)


def indicator(kind, unit, **cells):
    return lambda folder: indicate(folder, "x", kind, unit, **cells)


def saved(change, file="places.csv"):
    """Save a file as other bytes."""
    return lambda folder: (folder / file).write_bytes(change((folder / file).read_text("utf-8-sig")))


def semicolons(folder):
    saved(lambda text: re.sub("^([^,]*),([^,]*),", r"\1;\2;", text, flags=re.M).encode())(folder)
    heading = "subject;indicator;period;low;high;qualifier;status;unit;source;locator\n"
    (folder / "observations.csv").write_text(
        heading + "kazuo;jobs;2024;1.500;1.500;exact;realised;人;article;kazuo/5\n"
    )


def instead_of_a_file(folder):
    (folder / "firms.csv").unlink()
    (folder / "firms.csv").mkdir()


def edition_before(folder):
    shutil.copytree(folder, folder / "previous")


def both(*changes):
    return lambda folder: [change(folder) for change in changes]


def version_1(folder):
    shutil.rmtree(folder)
    shutil.copytree(ROOT / "tests" / "fixtures" / "version-1", folder)


FAULTS = {
    "bounds-against-qualifier": figure("kazuo,jobs,2024,5,5,more_than"),
    "bounds-crossed": figure("kazuo,jobs,2024,33,30,range"),
    "unit-unknown": figure("kazuo,jobs,2024,5,5,exact,realised,千人"),
    "unit-against-indicator": figure("kazuo,jobs,2024,5,5,exact,realised,亿元"),
    "period-unclear": figure("kazuo,jobs,上半年"),
    "month-impossible": figure("kazuo,jobs,2025-13"),
    "period-backwards": figure("kazuo,jobs,2025-05/2025-01"),
    "realised-too-late": figure("kazuo,jobs,2026"),
    "figure-twice": both(figure("kazuo,jobs,2024"), figure("kazuo,jobs,2024-12")),
    "below-zero": figure("kazuo,jobs,2024,-5,-5"),
    "parts-of-things": figure("kazuo,jobs,2024,5.5,5.5"),
    "share-above-100": figure("kazuo,share_outside_capital,2023,112.5,112.5,exact,realised,%"),
    "rank-impossible": figure("lingyuan,assessment_rank,2024,0,0,exact,realised,位"),
    "contradiction": cell("share_foreign_capital,2024,100,100", "share_foreign_capital,2024,98,98"),
    "no-figures": lambda folder: [
        (folder / "observations.csv").write_text("subject,indicator,period,qualifier,status,unit,source,locator\n"),
        [(folder / f"{name}.csv").unlink() for name in ("claims", "story")],
    ],
    "not-a-number": figure("kazuo,jobs,2024,(5),5"),
    "figure-with-words": figure("kazuo,jobs,2024,5余人,5"),
    "percent-sign": figure("kazuo,jobs,2024,5%,5"),
    "decimal-comma": figure('kazuo,jobs,2024,"5,2",5'),
    "separator-unclear": semicolons,
    "powers-of-ten": figure("kazuo,jobs,2024,1.2E+05,5"),
    "too-many-digits": figure("kazuo,jobs,2024,1234567890123456,5"),
    "nothing-mark": figure("kazuo,jobs,2024,—,5"),
    "not-whole": cell("chaoyang-edz,1,", "chaoyang-edz,1.5,", "industries.csv"),
    "below-minimum": cell("chaoyang-edz,1,", "chaoyang-edz,0,", "industries.csv"),
    "not-true-or-false": cell(",true,card-hongfa", ",maybe,card-hongfa", "projects.csv"),
    "cell-empty": figure("kazuo,jobs,2024,5,5,,realised"),
    "cell-too-long": cell("Total of recent years", "x" * 2001),
    "excel-error": figure("kazuo,jobs,2024,#REF!,5"),
    "formula": cell("Total of recent years", "=1+1"),
    "hidden-character": cell("Total of recent years", "Total\u202eof recent years"),
    "wrong-form": figure("kazuo,jobs,soon"),
    "word-unknown": figure("kazuo,jobs,2024,5,5,exakt"),
    "key-twice": both(figure("kazuo,jobs,2024"), figure("kazuo,jobs,2024")),
    "id-unknown": figure("kazou,jobs"),
    "id-shared": cell("zhongke,beipiao", "kazuo,beipiao", "firms.csv"),
    "circle": cell("liaoning,province,Liaoning,辽宁,", "liaoning,province,Liaoning,辽宁,liaoning", "places.csv"),
    "group-misplaced": cell("beipiao,chaoyang", "beipiao,all-zones", "zones.csv"),
    "section-unknown": figure("kazuo,jobs,2024,5,5,exact,realised,人,article,leed/1"),
    "section-of-another-source": figure("kazuo,jobs,2024,5,5,exact,realised,人,catalogue-2018,lead/1"),
    "chain-of-another-zone": cell("s217011,edz-metal", "s217011,beipiao-food", "industries.csv"),
    "rule-incomplete": cell("at_least,60,%", "at_least,,%", "claims.csv"),
    "threshold-no-number": cell("at_least,60,%", "at_least,many,%", "claims.csv"),
    "story-reference": cell("{chaoyang} is a city in {liaoning}", "{chaoyang} is a city in {liaonin}", "story.csv"),
    "story-figure": cell("{chaoyang} is a city", "{chaoyang} is 1 city", "story.csv"),
    "story-languages": cell("{chaoyang} is a city in {liaoning}", "{chaoyang} is a city", "story.csv"),
    "coding-of-nothing": cell("observations.qualifier,exact", "observations.qualifyer,exact", "coding.csv"),
    "word-of-two-codes": cell("左右; 约; 近", "左右; 约; 近; 达", "coding.csv"),
    "states-misaligned": cell(",formed,建成,", ",formed; forming,建成,", "chains.csv"),
    "code-against-word": cell("11,,more_than,expected", "11,,at_least,expected"),
    "group-unknown": indicator("stock", "CNY", group="misc"),
    "unit-undefined": indicator("stock", "furlong"),
    "unit-against-role": indicator("amount", "CNY", role="output_value"),
    "unit-against-kind": indicator("amount", "CNY/mu"),
    "related-kind": indicator("share", "%", base="city", share_of="assessment_rank"),
    "related-unit": indicator("stock", "mu", part_of="green_area"),
    "universe-differs": indicator("amount", "CNY", reference="firms"),
    "column-of-kind": indicator("count", "item", share_of="firms"),
    "counts-and-within": indicator("count", "item", counts="assessment_rank"),
    "base-unknown": indicator("share", "%"),
    "file-missing": lambda folder: (folder / "zones.csv").unlink(),
    "file-unreadable": instead_of_a_file,
    "file-too-large": lambda folder: os.truncate(folder / "places.csv", 2_000_000_001),  # takes no room on the disk
    "encoding-unknown": saved(lambda text: text.encode("utf-16-le")),
    "utf8-damaged": saved(lambda text: text.encode().replace("阳".encode(), b"\xe9\x98", 1)),
    "text-garbled": saved(lambda text: text.encode().decode("gbk", "ignore").encode()),
    "big5": saved(
        lambda _: "id,kind,name_en,name_zh,parent\nliaoning,province,Liaoning,遼寧省級開發區,\n".encode("big5")
    ),
    "heading-missing": saved(lambda _: b"liaoning,province\n"),
    "column-missing": cell("id,kind", "kind", "places.csv"),
    "column-twice": cell("kind,name_en", "kind,kind", "places.csv"),
    "column-unknown": cell("kind,name_en", "kind,Name,name_en", "places.csv"),
    "quotation-mark": cell("kazuo,hightech_firms", '"kazuo,hightech_firms'),
    "row-too-wide": cell("1500,,more_than", "1,500,,more_than"),
    "descriptor-missing": lambda folder: (folder / "datapackage.json").unlink(),
    "descriptor-faulty": lambda folder: (folder / "datapackage.json").write_text("{}"),
    "table-empty": saved(lambda text: (text.split("\n")[0] + "\n").encode(), "zones.csv"),
    "kept-already": both(version_1, lambda folder: (folder / "version-1").mkdir()),
}
WARNINGS = {
    "moved-far": figure("beipiao,firms,2024,2480,2480,exact,realised,家"),
    "decimals-lost": both(edition_before, cell("89.07,89.07", "89.070,89.070", "previous/observations.csv")),
    "edition-left-out": both(edition_before, lambda folder: (folder / "previous" / "zones.csv").unlink()),
    "old-contract": version_1,
}


# what a workbook alone can have: `test_workbook` raises each
OF_WORKBOOKS = {
    "old-package",
    "character-unwritable",
    "no-workbook",
    "sheet-missing",
    "sheet-unknown",
    "sheet-nameless",
    "sheet-descriptor",
    "cells-merged",
}


def met(folder):
    """The faults and warnings of a package, that of rewriting it included."""
    try:
        found = warnings(load(folder))
        migration.migrate(folder)
    except DataFaults as refused:
        return refused.faults
    return found


@pytest.mark.parametrize("slug", [*FAULTS, *WARNINGS])
def test_every_kind_of_fault_can_happen(copy, slug):
    """A code that nothing raises is a page that explains nothing."""
    {**FAULTS, **WARNINGS}[slug](copy)
    found = met(copy)
    assert slug in {fault.slug for fault in found}, [*map(str, found)]
    assert all(str(fault).endswith(f"[{kinds()[fault.slug].code} {fault.slug}]") for fault in found)


def test_a_figure_that_no_chapter_shows_is_a_kind_too(monkeypatch, data):
    from analysis.commands import checking

    monkeypatch.setattr(checking, "unshown", lambda data: [data.observations.index[0]])
    assert [warning.code for warning in checking._warnings(data)][-1:] == ["W005"]


def test_every_kind_of_the_table_is_tried_here():
    assert {*FAULTS, *WARNINGS, "shown-nowhere"} | OF_WORKBOOKS == {*kinds()}
    assert {slug for slug, kind in kinds().items() if kind.code.startswith("W")} == {*WARNINGS, "shown-nowhere"}


def test_whatever_code_names_a_kind_of_fault_the_table_has_it():
    """A slug that is misspelt would be a traceback in the place of a fault."""
    named = set()
    for path in (ROOT / "src" / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    assert {*kinds()} <= named
    with pytest.raises(KeyError):
        Fault("zones.csv", 2, "id", "x", "expected y", "no-such-kind")


def test_a_code_means_one_thing_for_ever():
    """Scripts and notes of analysts name it; a fault that is no more keeps its line."""
    given_out = dict(line.split() for line in GIVEN_OUT.read_text("utf-8").splitlines())
    assert {kind.code: kind.slug for kind in kinds().values()} == given_out
    for letter in "FW":
        codes = [code for code in given_out if code.startswith(letter)]
        assert codes == [f"{letter}{number:03d}" for number in range(1, len(codes) + 1)]


def test_every_kind_says_in_both_languages_what_it_is_and_what_to_do():
    for kind in kinds().values():
        assert all(kind), kind
        for text in (kind.meaning_zh, kind.remedy_zh):
            assert re.search("[\u4e00-\u9fff]", text) and not re.search("[\u4e00-\u9fff] +[\u4e00-\u9fff]", text)
            assert not re.search("[\u4e00-\u9fff][,;:]", text) and not text.count("`") % 2
        assert not re.search("[\u4e00-\u9fff]", kind.meaning_en) and not kind.meaning_en.endswith(".")
