"""Every figure has a place in the book, or `check` says that it has none."""

from analysis import load
from analysis.analyses import projects, walk


def add(folder, *lines):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def test_every_figure_of_the_book_stands_in_a_chapter(data, fixtures):
    assert walk.unshown(data) == []
    assert walk.unshown(load(fixtures / "zone-level")) == walk.unshown(load(fixtures / "example-city")) == []


def test_a_figure_that_no_chapter_shows_is_named(copy):
    add(
        copy,
        "chaoyang,roads,2025-07,900,900,exact,realised,公里,article,lead/1,,",  # of a city, in a chapter of zones
        "snow-beer,floor_area,2025-07,3,3,exact,planned,万平方米,article,drive/3,,",  # of a project without a site
    )
    data = load(copy)
    assert walk.unshown(data) == ["chaoyang.roads.2025-07"]
    # a floor area that no site stands beside enters no plot ratio, and is shown by itself
    assert "floor_area" in set(projects.others(data)["indicator"])


def test_chapters_without_anything_are_not_there(data, fixtures):
    level, example = load(fixtures / "zone-level"), load(fixtures / "example-city")
    chapters = ("one-board", "one-chain", "one-drive", "project-economics", "zone-profiles", "claims", "methods")
    assert [walk.has_chapter(data, chapter) for chapter in chapters] == [True] * 7
    assert [walk.has_chapter(level, chapter) for chapter in chapters] == [True, False, False, False, True, False, True]
    assert [walk.has_chapter(example, chapter) for chapter in chapters] == [True, True, False, False, True, True, True]
