"""A sentence whose figure is not published leaves the book, and nothing else does."""

import pytest
from docutils import nodes
from docutils.utils import new_document

from analysis import wording
from analysis.publish import sentences


def figure(words="5"):
    return nodes.inline("", words, classes=["traced"])


def gap():
    return nodes.inline("", "not published", classes=["missing"])


def given():
    return nodes.inline("", "", classes=["given"])


def strong(*children):
    return nodes.strong("", "", *(nodes.Text(c) if isinstance(c, str) else c for c in children))


def left(*children, listed=False):
    """What is left of a document with one paragraph, alone or in a list, as text."""
    document = new_document("chapter")
    paragraph = nodes.paragraph("", "", *(nodes.Text(c) if isinstance(c, str) else c for c in children))
    document += nodes.bullet_list("", nodes.list_item("", paragraph)) if listed else paragraph
    sentences.SentencesWithoutGaps(document).apply()
    assert bool(document.children) == bool(document.astext().strip())
    return document.astext()


def test_a_sentence_with_a_gap_goes_and_its_neighbours_stay():
    assert left("They made ", figure(), " of it. They drew ", gap(), " of that. A third holds ", figure("7"), ".") == (
        "They made 5 of it. A third holds 7."
    )


def test_chinese_sentences_end_without_a_blank():
    assert (
        left("产值占", figure("5%"), "。外资占", gap(), "，不详。投资占", figure("7%"), "。") == "产值占5%。投资占7%。"
    )


def test_a_decimal_point_and_a_figures_own_point_end_no_sentence():
    assert left("From ", figure("c."), " 3.5 to ", gap(), " in all. Then ", figure(), ".") == "Then 5."


def test_a_paragraph_without_another_figure_goes_too():
    assert left("They made ", gap(), " of it. What it means is told elsewhere.") == ""


def test_a_list_item_goes_with_its_list():
    assert left("They made ", gap(), ".", listed=True) == ""


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (given(), gap(), "More. They are 5. One board"),
        (gap(), given(), "Less. They are 5. One board"),
        (gap(), gap(), "They are 5. One board"),
    ],
)
def test_of_two_bold_findings_the_one_whose_condition_holds_stays(first, second, expected):
    assert (
        left(first, strong("More."), " ", second, strong("Less."), " They are ", figure(), ". One board").strip()
        == expected
    )


def test_a_caveat_whose_condition_fails_leaves_no_heading_behind():
    assert left(nodes.emphasis("", "Caveat."), " ", gap(), "The other ranks are not published.") == ""


def test_marks_leave_no_trace_in_the_page():
    document = new_document("chapter")
    document += nodes.paragraph("", "", given(), nodes.Text("It is "), figure(), nodes.Text("."))
    sentences.SentencesWithoutGaps(document).apply()
    assert not list(document.findall(nodes.inline)) and document.astext() == "It is 5."


@pytest.mark.parametrize("text", ["One. Two? “Three.” Four", "一。二！“三。”四", "No end", ""])
def test_sentences_put_together_are_the_text(text):
    assert "".join(wording.sentences(text)) == text


def test_a_closing_quotation_mark_belongs_to_its_sentence():
    assert wording.sentences("He said “no.” Then he left. 3.5 is no end.") == [
        "He said “no.” ",
        "Then he left. ",
        "3.5 is no end.",
    ]
    assert wording.sentences("他说“不。”然后走了。") == ["他说“不。”", "然后走了。"]
