"""Copyfitting, on pages that are only told how full they are."""

from types import SimpleNamespace

from bs4 import BeautifulSoup

from analysis.publish.copyfit import fit
from analysis.publish.tags import classes


def chapter():
    soup = BeautifulSoup('<section class="chapter" id="c"><h1>Heading</h1><p>Text</p></section>', "html.parser")
    return soup.section


def setter(full: dict[str, list[float]], laid: list[str]):
    """Lays out a chapter on pages as full as its degree says; notes what was laid out."""

    def lay_out(parts):
        degree = classes(parts[0])[-1]
        laid.append(degree)
        names = [tag["id"] for tag in parts[0].find_all(["h1", "p"])]
        pages = full.get(degree, full["chapter"])
        return SimpleNamespace(
            pages=[SimpleNamespace(height=100, anchors={names[-1]: (0, 0, 0, 100 * height)}) for height in pages]
        )

    return lay_out


def test_a_chapter_that_ends_well_stays_as_it_is(tmp_path):
    part, laid = chapter(), []
    fit([], [part], setter({"chapter": [0.9, 0.6]}, laid), "", tmp_path / "degrees")
    assert laid == ["as-it-is", "as-it-is"]  # tried, and set


def test_two_lines_on_a_last_page_are_brought_back(tmp_path):
    part, laid = chapter(), []
    document = fit([], [part], setter({"chapter": [0.9, 0.12], "tight-2": [0.92]}, laid), "", tmp_path / "degrees")
    assert classes(part) == ["chapter", "tight-2"] and len(document.pages) == 1


def test_a_page_left_empty_before_a_figure_counts_too(tmp_path):
    part = chapter()
    fit([], [part], setter({"chapter": [0.2, 0.9], "tight-1": [0.9, 0.5]}, []), "", tmp_path / "degrees")
    assert classes(part) == ["chapter", "tight-1"]


def test_where_no_degree_does_the_best_is_taken(tmp_path):
    part = chapter()
    fit([], [part], setter({"chapter": [0.9, 0.12], "wide-1": [0.9, 0.2]}, []), "", tmp_path / "degrees")
    assert classes(part) == ["chapter", "wide-1"]


def test_what_lacks_little_is_set_wide_first(tmp_path):
    part, laid = chapter(), []
    fit([], [part], setter({"chapter": [0.6, 0.9], "wide-2": [0.7, 0.9]}, laid), "", tmp_path / "degrees")
    assert laid == ["as-it-is", "wide-1", "wide-2", "wide-2"]


def test_less_than_a_line_lacks_nothing_and_a_single_page_asks_for_nothing(tmp_path):
    for name, pages in (("line", [0.63, 0.32]), ("single", [0.2])):
        part, laid = chapter(), []
        fit([], [part], setter({"chapter": pages}, laid), "", tmp_path / name)
        assert laid == ["as-it-is", "as-it-is"]


def test_what_stands_in_front_is_only_set(tmp_path):
    part, front, tried = chapter(), chapter(), []
    lay_out = setter({"chapter": [0.9, 0.12], "tight-1": [0.92]}, [])

    def noting(parts):
        tried.append(len(parts))
        return lay_out(parts[-1:])

    fit([front], [part], noting, "", tmp_path / "degrees")
    assert tried == [1, 1, 2] and classes(front) == ["chapter"]


def test_the_next_build_tries_only_what_changed(tmp_path):
    full = {"chapter": [0.9, 0.12], "tight-1": [0.92]}
    tried = ["as-it-is", "tight-1", "tight-1"]
    for style, expected in (("a", tried), ("a", ["tight-1"]), ("b", tried)):
        part, laid = chapter(), []
        fit([], [part], setter(full, laid), style, tmp_path / "degrees")
        assert laid == expected


def test_a_degree_that_other_rules_chose_is_not_remembered(tmp_path, monkeypatch):
    for rules in ("old", "new"):
        part, laid = chapter(), []
        monkeypatch.setattr("analysis.publish.copyfit.RULES", rules)
        fit([], [part], setter({"chapter": [0.9]}, laid), "", tmp_path / "degrees")
        assert laid == ["as-it-is", "as-it-is"]


def test_a_long_chapter_is_not_set_again_and_again(tmp_path):
    """Texts of 1,000 letters in every row took six minutes, one chapter of fifty pages most of them."""
    part, laid = chapter(), []
    fit([], [part], setter({"chapter": [0.9] * 60 + [0.12]}, laid), "", tmp_path / "degrees")
    assert laid == ["as-it-is", "tight-1", "as-it-is"]  # tried twice, and set
