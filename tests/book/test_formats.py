"""The whole book to take away: archive, EPUB and Word file, as who opens them gets them."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest
import yaml

from analysis import load
from analysis.publish import archive, crate, packing

ROOT = Path(__file__).resolve().parents[2]
NAME = "chaoyang-zones"


@pytest.fixture(scope="module")
def archived(site):
    return packing.unpack(site / f"{NAME}.zip")


def test_a_zip_has_the_same_bytes_whatever_the_order_and_the_clock(tmp_path):
    files = {"b.sh": b"#!/bin/sh", "a": b"A" * 1000, "mimetype": b"application/epub+zip"}
    packing.pack(tmp_path / "one.zip", files, 1_763_856_000)
    packing.pack(tmp_path / "two.zip", dict(reversed(files.items())), 1_763_856_000)
    packing.pack(tmp_path / "undated.zip", files, 0)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert packing.unpack(tmp_path / "undated.zip") == files
    with ZipFile(tmp_path / "one.zip") as packed:
        first, second, script = packed.infolist()
    # what an EPUB is told by stands first, as it is
    assert (first.filename, first.compress_type) == ("mimetype", 0) and second.date_time == (2025, 11, 23, 0, 0, 0)
    assert script.external_attr >> 16 == 0o100755, "the scripts that make calls can be run"


def test_the_archive_holds_data_chapters_and_code(archived):
    for name in ("README.md", "LICENSE", "CITATION.cff", "requirements.txt", "Makefile", "_toc.yml", "data/README.md"):
        assert archived[name]
    for path in (ROOT / "data").glob("*.*"):
        assert archived[f"data/{path.name}"] == path.read_bytes()
    ran = nbformat.reads(archived["book/one-board.ipynb"].decode(), as_version=4)
    assert any(cell.get("outputs") for cell in ran.cells)
    assert not [name for name in archived if "__pycache__" in name or name.startswith((".", "/")) or ".." in name]


def test_unpacked_it_is_a_project_that_reads_its_own_data(archived, tmp_path):
    for name, content in archived.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    environment = {key: value for key, value in os.environ.items() if key != "ANALYSIS_DATA"}
    command = [sys.executable, "-m", "analysis", "check"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**environment, "PYTHONPATH": str(tmp_path / "src")}, capture_output=True, text=True
    )
    assert not done.returncode and f"{tmp_path / 'data'}: no faults" in done.stdout, done.stdout + done.stderr


def test_machines_read_what_the_archive_holds(archived):
    found = json.loads(archived["ro-crate-metadata.json"])
    assert found["@context"] == "https://w3id.org/ro/crate/1.1/context"
    things = {thing["@id"]: thing for thing in found["@graph"]}
    assert len(things) == len(found["@graph"])
    assert things["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert things["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = things["./"]
    assert root["@type"] == "Dataset" and root["license"] and root["author"] and root["datePublished"]
    assert all(root[key] for key in ("name", "description")) and root["alternateName"].startswith("一盘棋")
    # a flat list: whatever a thing names stands in it, and each file is there
    named = [of["@id"] for thing in things.values() for of in _references(thing)]
    assert [name for name in named if name not in things and not name.startswith("https://w3id.org")] == []
    for part in root["hasPart"]:
        assert part["@id"] in archived or any(name.startswith(part["@id"]) for name in archived)
    for name in filter(lambda name: name.startswith("data/") and name.endswith(".csv"), archived):
        head = next(csv.reader(archived[name].decode("utf-8-sig").splitlines()))
        columns = [things[column["@id"]]["name"] for column in things[name]["variableMeasured"]]
        assert set(head) <= set(columns) and things[name]["contentSize"] == str(len(archived[name]))


def _references(thing):
    for value in thing.values():
        yield from (of for of in (value if isinstance(value, list) else [value]) if isinstance(of, dict))


def test_the_archive_of_another_city_names_that_city_alone(fixtures, tmp_path):
    data = load(fixtures / "example-city")
    archive.write(tmp_path / "one.zip", data, root=ROOT, pages=tmp_path, epoch=0)
    files = packing.unpack(tmp_path / "one.zip")
    assert "Chaoyang" not in str(yaml.safe_load(files["CITATION.cff"]))
    root = json.loads(files[crate.NAME])["@graph"][1]
    assert root["identifier"] == "example-city" and "datePublished" not in root and "Chaoyang" not in str(root)
    for name in filter(lambda name: name.endswith(".ipynb"), files):
        cells = nbformat.reads(files[name].decode(), as_version=4).cells
        assert not any(cell.get("outputs") for cell in cells), "what other data gave"
    archive.write(tmp_path / "two.zip", data, root=ROOT, pages=tmp_path, epoch=0)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
