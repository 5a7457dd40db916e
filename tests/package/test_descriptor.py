"""The descriptor: what is a package's own in it, and that nothing hostile in it reaches the rest of the code."""

import copy as copying
import json
import shutil
import tempfile
from pathlib import Path

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoiled import describe, faults, only, spoil, without

from analysis import quantity, wording
from analysis.package import descriptor as descriptors
from analysis.package.dataset import DataFaults, load
from analysis.package.descriptor import NEEDED, contract, field, resource

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [ROOT / "data", *sorted((ROOT / "tests" / "fixtures").iterdir())]
OPTIONAL = [table["name"] for table in contract()["resources"] if table["name"] not in NEEDED]


@pytest.fixture(params=PACKAGES, ids=lambda path: path.name)
def package(request):
    return request.param


def test_an_independent_validator_accepts_every_package(package):
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_the_validator_finds_what_we_find(copy):
    """It is no validator that passes everything."""
    spoil(copy, "kazuo,assessment_rank,2024,9,9,exact", "kazuo,assessment_rank,2024,9,9,exakt")
    spoil(copy, "zhongke,beipiao", "zhongke,nowhere", "firms.csv")
    report = frictionless.validate(str(copy / "datapackage.json"))
    assert len(report.flatten(["rowNumber", "fieldName", "message"])) == 2
    assert len(faults(copy).splitlines()) == 2


def test_descriptors_in_the_repository_say_what_the_contract_says(package):
    """Else a validator and this code would hold the tables against two rules."""
    described = json.loads((package / "datapackage.json").read_text("utf-8"))
    if described.get("contract") == 2:
        assert described["resources"] == [r for r in contract()["resources"] if (package / r["path"]).exists()]
        assert described["units"] == contract()["units"]


# what may be left out


@pytest.mark.parametrize("table", OPTIONAL)
def test_a_table_that_does_not_exist_is_empty(tmp_path, table):
    """Thirteen files, most of them empty, would be a chore."""
    folder = Path(shutil.copytree(ROOT / "tests" / "fixtures" / "zone-level", tmp_path / "data"))
    assert not (folder / f"{table}.csv").exists()
    data = load(folder)
    frame = data.tables[table]
    assert frame.empty
    named = [column["name"] for column in resource(contract(), table)["schema"]["fields"]]
    assert [name for name in named if name != "id"] == list(frame.columns)


@pytest.mark.parametrize("table", NEEDED)
def test_a_table_that_is_needed_is_missed(copy, table):
    (copy / f"{table}.csv").unlink()
    only(copy, f"{table}.csv: the file is missing")


def test_a_table_left_out_whose_rows_are_named_is_one_fault(copy):
    """Fault by fault for each row that names one, the cause would be hard to see."""
    (copy / "projects.csv").unlink()
    only(copy, "projects.csv: the file is missing, and row 2 of milestones.csv names hongfa-broilers")


def test_a_table_that_the_descriptor_does_not_name_is_read_where_it_lies(copy, data):
    """An analyst adds a file and expects it to count."""
    describe(copy, lambda d: d.update(resources=[r for r in d["resources"] if r["name"] not in ("story", "links")]))
    read = load(copy)
    assert read.story.equals(data.story) and read.links.equals(data.links)


@pytest.mark.parametrize("column", ["role", "share_of", "signed", "headline", "within"])
def test_a_column_that_is_not_needed_may_be_left_out(copy, column):
    without(copy, column, "indicators.csv")
    if column == "within":
        without(copy, "counts", "indicators.csv")
    assert load(copy).indicators[column].isna().all()


def test_a_column_of_the_key_is_needed(copy):
    without(copy, "stage", "links.csv")
    only(copy, "links.csv, row 1, column stage: the column is missing")


def test_what_a_descriptor_leaves_out_is_as_the_contract_has_it(copy, data):
    """A field added to the contract later does not break the packages of before."""

    def bare(d):
        d["resources"] = [{"name": r["name"], "path": r["path"], "schema": {"fields": []}} for r in d["resources"]]
        del d["units"]

    describe(copy, bare)
    assert load(copy).descriptor["resources"] == data.descriptor["resources"]
    assert load(copy).quantities == data.quantities


def test_its_own_words_units_and_groups_are_kept(copy):
    def own(d):
        resource(d, "zones")["title"] = "Parks"
        field(d, "zones", "city")["description_zh"] = "所在市"
        groups = field(d, "indicators", "group")["groups"]
        groups["parks"] = {"title": "Parks", "title_zh": "园区", "chapter": "zone-profiles"}

    describe(copy, own)
    spoil(copy, "layout_parks,layout,", "layout_parks,parks,", "indicators.csv")
    data = load(copy)
    assert wording.field_title(resource(data.descriptor, "zones")) == "Parks"
    assert field(data.descriptor, "zones", "city")["description_zh"] == "所在市"
    assert descriptors.groups(data.descriptor)["parks"]["chapter"] == "zone-profiles"
    assert load(ROOT / "data").descriptor != data.descriptor, "the contract itself stays as it is"


def test_a_descriptor_cannot_allow_what_the_code_does_not_know(copy):
    """A rule, a qualifier or a type of its own would end in a traceback far from here."""

    def allow(d):
        field(d, "claims", "rule")["constraints"]["enum"].append("banana")
        field(d, "observations", "low")["type"] = "string"
        field(d, "zones", "id")["constraints"]["pattern"] = "("

    describe(copy, allow)
    spoil(copy, ",threshold,all-zones", ",banana,all-zones", "claims.csv")
    only(copy, "claims.csv", "'banana': expected one of")


# attacks


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d.update(name="../../evil<b>"), "its name '../../evil<b>' becomes a file's"),
        (lambda d: d.update(name="Evil Name"), "becomes a file's"),
        (lambda d: d.pop("name"), "the entry 'name' is missing"),
        (lambda d: d["resources"][0].update(path="sub/../../x.csv"), "leads out of the folder"),
        (lambda d: d["resources"][0].update(path="..\\x.csv"), "leads out of the folder"),
        (lambda d: d["resources"][0].update(path="C:\\x.csv"), "leads out of the folder"),
        (lambda d: d["resources"][0].update(path="x\n.csv"), "leads out of the folder"),
        (lambda d: d["resources"].append({"name": "../evil", "path": "x", "schema": {"fields": []}}), "knows no table"),
        (lambda d: d["resources"].append({"name": "storys", "path": "x"}), "did you mean story?"),
        (lambda d: field(d, "zones", "city").update(name="town"), "knows no field 'town'"),
        (lambda d: field(d, "zones", "city").update(title=["x"]), "the entry 'title' of city is ['x']"),
        (lambda d: d.update(contract=3), "version 3 of the contract; this code knows 1 and 2"),
        (lambda d: d.update(name="a" * 101), "becomes a file's"),
        (lambda d: d.update(book={"title_en": 5}), "the titles in `book` are words"),
        (lambda d: field(d, "indicators", "group")["groups"].update(x={"title": "X"}), "'title_zh' is missing"),
        (
            lambda d: field(d, "indicators", "group")["groups"]["land"].update(chapter="../x"),
            "the group land stands in '../x'; expected one-board",
        ),
    ],
)
def test_names_that_become_files_follow_a_pattern(copy, change, expected):
    """With `../../evil` for a name the PDF landed two folders above the site."""
    describe(copy, change)
    only(copy, "datapackage.json: not a readable data package descriptor", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zones \u202eof", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("Zones\0", "U+0000 NULL"),
        ("Zones \ud800", "U+D800 no character"),
        ("\u3000 ", "is empty"),
        ("a" * 201, "has 201 characters; expected 200 or fewer"),
    ],
)
@pytest.mark.parametrize(
    "change",
    [
        lambda d, text: d["book"].update(title_en=text),
        lambda d, text: resource(d, "zones").update(title=text),
        lambda d, text: field(d, "zones", "city").update(title_zh=text),
        lambda d, text: field(d, "indicators", "group")["groups"]["land"].update(title=text),
    ],
    ids=["book", "table", "field", "group"],
)
def test_a_text_of_the_descriptor_is_held_to_the_rules_of_cells(copy, change, text, expected):
    """A title is printed on every page; one that turns its words around, or shows nothing, passed."""
    describe(copy, lambda d: change(d, text))
    only(copy, "datapackage.json: not a readable data package descriptor", expected)


WORDS = {"en": "{n} x", "zh": "{n}某"}


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ({"gaga": {"is": "meters of joy", **WORDS}}, "gaga is 'meters of joy'; expected a kind"),
        ({"gaga": {"is": "9^9^9", **WORDS}}, "expected a kind such as [length]"),
        ({"gaga": {"is": "5 gugu", **WORDS}}, "gaga is '5 gugu', which is not known"),
        ({"gaga": {"is": "0 m", **WORDS}}, "expected a kind"),
        ({"gaga": {"is": "1 / 0 m", **WORDS}}, "expected a kind"),
        ({"gaga": WORDS}, "gaga is ''; expected a kind"),
        ({"gaga": {"is": 5, **WORDS}}, "gaga is 5; expected a kind"),
        ({"gaga": "[gaga]"}, "expected an entry with `is`, `en` and `zh`"),
        ({"gaga": {"is": "[gaga]"}}, "gaga lacks its words"),
        ({"gaga": {"is": "[gaga]", "en": "{n.__class__} x", "zh": "{n}某"}}, "gaga lacks its words"),
        ({"gaga": {"is": "[gaga]", **WORDS, "per_en": " per {x}"}}, "braces in `per_en`"),
        ({"ga-ga": {"is": "[gaga]", **WORDS}}, "'ga-ga' is no name for a unit"),
        ({"__import__('os')": {"is": "[gaga]", **WORDS}}, "is no name for a unit"),
        ({"year": {"is": "[gaga]", **WORDS}}, "'year' is no name for a unit"),
        ({"squared": {"is": "[gaga]", **WORDS}}, "'squared' is no name for a unit"),
        ({"gaga": {"is": "2 gigi", **WORDS}, "gigi": {"is": "2 gaga", **WORDS}}, "leads back to itself"),
        ({"gaga^2": WORDS}, "gaga is 'gaga', which is not known"),
        ({"mu": {"is": "600 m^2", **WORDS}}, "mu is '600 m^2' here and '10000 / 15 m^2' elsewhere"),
        ({"CNY": {"is": "[gold]", **WORDS}}, "CNY is '[gold]' here and '[yuan]' elsewhere"),
        ({"gaga": {"is": "[length]", **WORDS}}, "are both [length]; one is a multiple of the other"),
        ({"gaga": {"is": "[time]", **WORDS}}, "are both [time]"),
        ({"KRW": {"is": "[yuan]", **WORDS, "currency": True}}, "are both [yuan]"),
        ({"KRW": {"is": "0.005 CNY", **WORDS, "currency": True}}, "each currency is a kind of its own"),
        ({"gaga": {"is": "0.14 USD", **WORDS}}, "each currency is a kind of its own"),
    ],
)
def test_a_unit_is_one_and_means_one_thing(copy, units, expected):
    """A nonsense unit passed while no figure used it; one redefined would change figures in silence; two currencies
    of one kind would add up."""
    before = load(ROOT / "data").quantities["tongxin-slag.site_area.2025-07"].to("m^2")
    describe(copy, lambda d: d["units"].update(units))
    only(copy, "datapackage.json: not a readable data package descriptor", expected)
    assert not quantity.is_unit("gaga") and quantity.described("gaga") is None
    assert load(ROOT / "data").quantities["tongxin-slag.site_area.2025-07"].to("m^2") == before
    assert quantity.described("CNY") == {"en": "CNY {n}", "zh": "{n}元", "currency": True}


@pytest.mark.parametrize("meaning", ["birds", "meters of joy", "9^9^9", "item(", "1e999 item", "gaga", ""])
def test_a_printed_unit_is_explained(copy, meaning):
    """`birds` is what the library itself makes of bird."""
    describe(copy, lambda d: field(d, "observations", "unit")["units"].update(x=meaning))
    only(copy, f"the printed unit x is {meaning!r}, which `units` does not explain")


def _places(node, path=()):
    """Every place in a JSON document."""
    yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _places(value, (*path, key))


DESCRIPTOR = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))


@settings(max_examples=150)
@given(
    place=st.sampled_from(list(_places(DESCRIPTOR))),
    value=st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-1, 2),
        st.sampled_from(["", "x", "../x", "{n}", "[x]", "1000 m", "<b>", "(", "observations", "[[", "$x$", "\0"]),
        st.sampled_from([[], {}, [[]], {"name": "x"}, [None]]),
    ),
)
def test_whatever_stands_in_the_descriptor_the_answer_is_a_dataset_or_its_faults(place, value):
    """A traceback tells an analyst nothing."""
    changed = node = copying.deepcopy(DESCRIPTOR)
    for key in place[:-1]:
        node = node[key]
    if place:
        node[place[-1]] = value
    with tempfile.TemporaryDirectory() as folder:
        package = Path(shutil.copytree(ROOT / "data", Path(folder) / "data"))
        (package / "datapackage.json").write_text(json.dumps(changed if place else value), "utf-8")
        try:
            data = load(package)
        except DataFaults as refused:
            lines = [str(fault) for fault in refused.faults]
            assert all("\n" not in line for line in lines)
        else:
            assert data.quantities and all(wording.text(q) for q in data.quantities.values())
            assert wording.book(data, "title") and wording.pdf_name(data)
