"""How the book reads: what no line of it may say, in either language, whatever the package.

The lines are those of the built pages, with what is read out or shows on hovering. Each rule comes with a line that it
must catch.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from book.conftest import OF_CODE, read
from bs4 import BeautifulSoup

from analysis import load
from analysis.publish.translation_faults import HALF_WIDTH

BLOCKS = (
    "p",
    "li",
    "th",
    "td",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "figcaption",
    "label",
    "legend",
    "summary",
    "details",
    "div",
    "section",
)
ATTRIBUTES = ("title", "aria-label")
# code, the columns of the files, formulas; what is in the other language is told apart by its own rules
NO_PROSE = "script, style, svg > *, .cell_input, details.code, a.headerlink, code, pre, .caption-number, #tab-fields"
COUNTED = "zone|chain|project|firm|figure|statement|check|share|rank|day|month|year|tonne|device|bird|area|park|count"
BREAK = "\0"
GAPS = 10  # so often a page may say that something is not published


@dataclass(frozen=True)
class Rule:
    """languages: of the editions that it holds for. caught: a line that breaks it. of: what it reads: every line, the
    figures that the book computes, or the page in one. NAMES and NAME stand for the names of a package and one."""

    name: str
    languages: str
    pattern: str
    caught: str
    of: str = "lines"

    def breaks(self, line: str, names: str) -> re.Match | None:
        return re.search(self.pattern.replace("NAMES", names), line)


RULES = [
    Rule("a range that is none", "en", r"\bbetween (\S+(?: \S+)?) and \1(?!\S)", "between 82.34% and 82.34%"),
    Rule("a way that is none", "en", r"\bfrom (\S*\d\S*(?: \S+)?) to \1(?!\S)", "it runs from 3% to 3% of"),
    Rule("equal ends", "en zh", r"(?<![\d.,])(\d[\d.,]*[%万亿]?)(?:至|到|～|—|–)\1(?![\d.,])", "指数为0.965～0.965"),
    Rule("nothing between", "zh", r"介于(\S+?)[和与至到]\1之间", "占比介于82.34%和82.34%之间"),
    Rule("of one", "en", r"\bOf (one|zero|no|none)\b", "Of one figure, none rose"),
    Rule("none of one", "en", r"\bof one [^.;]*\b(zero|none)\b", "of one zone and zero of the others"),
    Rule("a count of nothing", "en", r"\b[Zz]ero (\w+s|of|rose|fell)\b", "zero rose and one fell"),
    Rule("none counted", "zh", r"(?<![\d.])[0零][项家条](?![\d.])|(?<![\d.])[0零]个(?!百分点)", "其中0家上升"),
    Rule("a colon, a single name", "en", r"^(?!Source).*: (NAMES)( \([一-鿿]+\))?\.$", "These have their own: NAME."),
    Rule("a colon, a single name", "zh", r"^(?!资料来源).*：(NAMES)。$", "图中一并绘出：NAME。"),
    Rule("a list by the form", "zh", r"的(开发区|产业链|项目)?有(NAMES)。", "单独公布项目数的开发区有NAME。"),
    Rule("the same word twice", "en", r"(?i)\b([a-z]{2,}) \1\b", "all of the the zones"),
    Rule("the same word twice", "zh", r"([的了和在是与为])\1|([一-鿿]{2,})\2", "全市的的开发区"),
    Rule("four digits", "en zh", r"(?<![\d.,])(?=[\d,]*\.\d)0?[.,0]*[1-9](?:[.,]?\d){3}", "1.875%", "computed"),
    Rule("half-width marks", "zh", HALF_WIDTH.pattern, "北票(园区)有企业248家"),
    Rule("a blank beside Chinese", "zh", r"[一-鿿] +[\w(]|[\w%)] +[一-鿿]", "北票有 248 家企业"),
    Rule("full-width marks", "en", r"[，。；：！？、（）《》「」～]", "the zones（seven）"),
    Rule("straight quotation marks", "en zh", r"\"|\w'|'\w", "the city's share"),
    Rule("a raw id", "en zh", r"\b[a-z0-9]+(_[a-z0-9]+)+\b", "share_of_group"),
    Rule("one of many", "en", rf"(?<![\d.,–−-])\b(1|[Oo]ne) ((?!of\b)\w+ )?({COUNTED})s\b|\b1 people\b", "1 zones"),
    Rule("many of one", "en", rf"\b(two|three|four|five|six|seven|\d*[02-9]) ({COUNTED})(?=[.,;)]|$)", "six zone."),
    Rule("empty brackets", "en zh", r"\( *\)|（ *）|\[ *\]|“”|《》", "the zones ()"),
    Rule("two blanks", "en zh", r"\S  +\S", "the  zones"),
    Rule(
        "two stops",
        "en zh",
        r"(?<!\.)\.\.(?!\.)|[。，；：、][。，；：、]|(?<=\w) [.,;:](?= |$)|[,:] ?[.;]",
        "It is so..",
    ),
    Rule("no blank after a stop", "en", r"[a-z]{2}[.;:,][A-Z][a-z]", "It ends.It begins"),
    Rule("gaps in words", "en zh", rf"((not published|未公布|没有公布).*?){{{GAPS}}}", "未公布，" * GAPS, "page"),
]


@cache
def pages(site: Path, code: str) -> dict[str, BeautifulSoup]:
    """What a reader reads of each page, without what code says of itself."""
    found = {}
    for path in sorted((site / code / "book").glob("*.html")):
        if path.stem not in OF_CODE:
            page = read(site, code, path.stem).find("article")
            for part in page.select(NO_PROSE):
                part.decompose()
            for part in page.find_all("br"):
                part.replace_with(BREAK)
            for number, part in enumerate(page.select(f".formula, [lang={'zh-CN' if code == 'en' else 'en'}]")):
                part.replace_with(f"x{number}")
            found[path.stem] = page
    return found


@cache
def lines(site: Path, code: str, of: str) -> list[tuple[str, str]]:
    """Page and line of all that a kind of rule reads."""
    found = []
    for name, page in pages(site, code).items():
        if of == "computed":
            found += [(name, tag.get_text()) for tag in page.select("a.computed")]
            continue
        strings = {}
        for string in page.find_all(string=True):
            strings.setdefault(id(string.find_parent(BLOCKS)), []).append(string)
        told = [
            part.strip() for parts in strings.values() for part in re.sub(r"\s*\n\s*", " ", "".join(parts)).split(BREAK)
        ]
        if of == "page":
            found.append((name, " ".join(told)))
            continue
        marked = [tag[key] for key in ATTRIBUTES for tag in page.find_all(attrs={key: True})]
        told += [line for text in marked for line in text.split("\n")]
        found += [(name, line) for line in told if line]
    return found


def names_in(folder: Path) -> str:
    """A pattern of the names that a package gives."""
    tables = load(folder).tables.values()
    named = {str(n) for table in tables for column in table if column.startswith("name_") for n in table[column]}
    return "|".join(map(re.escape, sorted(named, key=len, reverse=True)))


@pytest.fixture(scope="session", params=["data", "example", "level"])
def book(request) -> tuple[Path, str]:
    """A built book, and the names in its package."""
    folders = {"data": "data", "example": "tests/fixtures/example-city", "level": "tests/fixtures/zone-level"}
    site = request.getfixturevalue("site" if request.param == "data" else request.param)
    return site, names_in(Path(__file__).resolve().parents[2] / folders[request.param])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name} {rule.languages}")
def test_no_line_breaks_a_rule(book, rule):
    site, names = book
    for code in rule.languages.split():
        told = lines(site, code, rule.of)
        assert not [(name, line) for name, line in told if rule.breaks(line, names)], code


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name} {rule.languages}")
def test_each_rule_catches_what_it_is_for(rule):
    assert rule.breaks(rule.caught.replace("NAME", "Beipiao"), "Beipiao")
