"""A sentence whose figure is not published leaves the book, and nothing else does."""

from types import SimpleNamespace

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


def chapter(builder="html"):
    """An empty document, as a builder reads it."""
    document = new_document("chapter")
    document.settings.env = SimpleNamespace(app=SimpleNamespace(builder=SimpleNamespace(name=builder)))
    return document


def left(*children, listed=False, builder="html"):
    """What is left of a document with one paragraph, alone or in a list, as text."""
    document = chapter(builder)
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
    document = chapter()
    document += nodes.paragraph("", "", given(), nodes.Text("It is "), figure(), nodes.Text("."))
    sentences.SentencesWithoutGaps(document).apply()
    assert not list(document.findall(nodes.inline)) and document.astext() == "It is 5."


def test_translators_get_every_sentence():
    assert left("They made ", gap(), " of it.", builder="gettext") == "They made not published of it."


# --- what has nothing left


def cell(*shown, source="tables.show(data)"):
    """A cell of a notebook, its input and what it shows; without a second part one that shows nothing ever."""
    parts = [nodes.container("", nodes.literal_block(source, source), classes=["cell_input"])]
    if shown:
        parts.append(nodes.container("", *shown, classes=["cell_output"]))
    return nodes.container("", *parts, classes=["cell"])


def section(title, *parts):
    return nodes.section("", nodes.title(title, title), *parts, ids=[nodes.make_id(title)])


def paragraph(*children):
    return nodes.paragraph("", "", *(nodes.Text(c) if isinstance(c, str) else c for c in children))


def headings(*sections):
    """Titles that are left, and how many cells."""
    document = chapter()
    document += section("One board", paragraph("What is it?"), *sections)
    sentences.SentencesWithoutGaps(document).apply()
    cells = [node for node in document.findall(nodes.container) if "cell" in node["classes"]]
    return [title.astext() for title in document.findall(nodes.title)][1:], len(cells)


def test_a_section_whose_cells_show_nothing_leaves_with_its_caveat():
    caveat = paragraph(nodes.emphasis("", "Caveat."), " ", gap(), "A rank is no measure.")
    assert headings(section("Ranks", cell(paragraph()), caveat), section("Shares", cell(paragraph("5 %")))) == (
        ["Shares"],
        1,
    )


def test_an_emptied_cell_leaves_and_its_section_stays_for_what_else_it_has():
    shown = cell(nodes.raw("", "<svg></svg>", format="html"))
    assert headings(section("Shares", cell(paragraph()), shown)) == (["Shares"], 1)
    assert headings(section("Shares", cell(paragraph()), paragraph("They are ", figure(), "."))) == (["Shares"], 0)


def test_a_cell_that_never_shows_anything_stays():
    # it computes: a reader unfolds it
    assert headings(section("Shares", cell(source="data = load()"), paragraph("Prose."))) == (["Shares"], 1)


def test_a_section_of_prose_stays_and_one_without_a_word_goes():
    assert headings(section("Method", paragraph("Prose.")), section("Silence")) == (["Method"], 0)


def test_a_section_is_not_empty_while_one_inside_it_is_not():
    full, empty = (section(title, cell(paragraph(*words))) for title, words in (("Full", ["5"]), ("Empty", [])))
    assert headings(section("Outer", full, empty)) == (["Outer", "Full"], 1)


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
