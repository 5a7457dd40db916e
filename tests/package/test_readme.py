"""What the package's README says is what the contract says."""

import json
import re
from pathlib import Path

import pytest
from spoiled import add, add_unit, indicate

from analysis.analyses.claims import COMPARATORS, RULES
from analysis.analyses.statistics import STATISTICS
from analysis.package.dataset import load
from analysis.package.descriptor import NEEDED, contract, field, groups
from analysis.wording import text

README = (Path(__file__).resolve().parents[2] / "data" / "README.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (yes|) \| (.+) \| `(.*)` \|$", re.MULTILINE)


def section(title):
    """The text below a heading, up to the next one of its level."""
    level = title.partition(" ")[0]
    found = re.search(rf"^{re.escape(title)}.*?\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


SHARED = {name: rest for name, *rest in ROW.findall(section("## Fields").partition("###")[0])}
FIELDS = [(table, column) for table in contract()["resources"] for column in table["schema"]["fields"]]


@pytest.mark.parametrize(
    ("table", "column"), FIELDS, ids=[f"{table['name']}-{column['name']}" for table, column in FIELDS]
)
def test_every_field_stands_with_its_meaning_and_example(table, column):
    """An analyst reads the README and no JSON."""
    told = section(f"### `{table['path']}`")
    own = {name: rest for name, *rest in ROW.findall(told)}
    shared = re.findall(r"`(\w+)`", told.partition("as above")[0]) if "as above" in told else []
    assert set(own) | set(shared) == {each["name"] for each in table["schema"]["fields"]}
    needed, meaning, example = own.get(column["name"]) or SHARED[column["name"]]
    constraints = column.get("constraints", {})
    assert example == column["example"]
    assert bool(needed) == bool(constraints.get("required"))
    assert (column.get("description") or column["title"]).rstrip(".").casefold() in meaning.casefold()
    if column["name"] != "unit":
        assert all(word in meaning for word in constraints.get("enum", ()))


@pytest.mark.parametrize("table", contract()["resources"], ids=lambda table: table["name"])
def test_every_table_stands_with_whether_it_is_needed(table):
    lines = section("# The data package").partition("## ")[0].splitlines()
    (line,) = [line for line in lines if f"`{table['path']}`" in line.partition("| ")[2].partition(" |")[0]]
    assert line.endswith("| yes |") == (table["name"] in NEEDED)


def test_every_kind_group_rule_topic_and_statistic_is_told():
    told = {
        "## Kinds of indicators": field(contract(), "indicators", "kind")["constraints"]["enum"],
        "## Where the book shows it": groups(contract()),
        "## Statements": [*RULES, *COMPARATORS],
        "## The story": [*field(contract(), "story", "topic")["constraints"]["enum"], *STATISTICS],
    }
    for title, words in told.items():
        missing = [word for word in words if f"`{word}`" not in section(title)]
        assert not missing, (title, missing)


def test_a_group_stands_beside_its_chapter():
    chapters = {}
    for name, chapters_of in re.findall(
        r"^\| ([A-Z][^|]*) \| ((?:`\w+`(?:, )?)+) \|$", section("## Where the book"), re.MULTILINE
    ):
        chapters |= dict.fromkeys(re.findall(r"`(\w+)`", chapters_of), name)
    by_chapter = {group: of["chapter"] for group, of in groups(contract()).items()}
    assert set(chapters) == set(by_chapter)
    assert len(set(zip(chapters.values(), (by_chapter[group] for group in chapters), strict=True))) == len(
        set(by_chapter.values())
    )


def test_the_unit_that_it_adds_can_be_added_so(copy):
    units = section("## Units")
    container = json.loads("{" + re.search(r'^ +("container": .*)$', units, re.MULTILINE)[1] + "}")
    ((printed, meaning),) = json.loads("{" + re.search(r'`("万标准箱": "[^"]*")`', units)[1] + "}").items()
    add_unit(copy, printed, meaning, **container)
    indicate(copy, "boxes", "amount", "container", cumulative="true")
    add(copy, f"kazuo,boxes,2024,12.5,12.5,exact,realised,{printed},article,lead/1,")
    assert text(load(copy).value("kazuo", "boxes")) == "125,000 TEU"
