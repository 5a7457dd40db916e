"""The scripts that are run by hand still do what they promise."""

import ast

import bench_books
import mutation
import reproduce

from analysis import load


def test_every_figure_of_the_data_is_changed_once():
    changes = [mutant.change for mutant in mutation.of_data()]
    assert "all-zones.share_above_scale_output.2024: 89.07 → 89.08" in changes
    assert len(changes) == len(set(changes)) > 100


def test_a_mutant_changes_one_place_of_code():
    path, number, tests = next(place for place in mutation.places_of_code() if place[0].name == "bounds.py")
    mutant = mutation.of_code(path, number, tests)
    assert ast.parse(mutant.text) and " → " in mutant.change and mutant.tests[0] == mutant.path
    assert ast.unparse(ast.parse(path.read_text("utf-8"))) != mutant.text


def test_bytes_that_differ_are_named():
    assert reproduce.differences({"a": b"same"}, {"a": b"same"}) == []
    lines = reproduce.differences({"a": b"one", "b": b""}, {"a": b"ona"})
    assert lines == ["a: differs from byte 2: b'one' | b'ona'", "b: built in one place alone"]


def test_packages_to_measure_are_whole_and_differ(tmp_path):
    made = [load(folder) for folder in sorted(bench_books.packages(tmp_path / "packages", 3).iterdir())]
    assert [data.descriptor["name"] for data in made] == ["city-00", "city-01", "city-02"]
    assert len({data.value("example-zones", "share_above_scale_output").low for data in made}) == 3
