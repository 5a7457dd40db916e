"""The templates: text is escaped, markup of ours is kept, and a part that is missing is an error."""

import pytest
from jinja2 import UndefinedError

from analysis.wording import Inline, filled, gap, piece, rendered
from analysis.wording.templates import FOLDER, environment


def test_text_is_escaped_and_markup_of_ours_is_kept():
    assert piece("inline", "strong", words="<b>") == "<strong>&lt;b&gt;</strong>"
    assert piece("inline", "strong", words=gap("<b>")) == '<strong><span class="missing">&lt;b&gt;</span></strong>'


def test_a_missing_part_is_an_error():
    with pytest.raises(UndefinedError):
        piece("inline", "strong")
    with pytest.raises(UndefinedError):
        rendered("exhibit")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_every_template_can_be_read(path):
    environment().get_template(path.name)


def test_a_filled_text_keeps_markup_and_figures_of_its_parts_and_reads_none_of_them_again(data):
    inner = filled("{x}", {"x": "{y} & {}"})
    outer = filled("<{a}> {b.c}", {"a": inner, "b.c": gap("none")})
    assert (outer.plain, outer.html) == ("<{y} & {}> none", '&lt;{y} &amp; {}&gt; <span class="missing">none</span>')
    assert isinstance(outer, Inline)
    with pytest.raises(KeyError):
        filled("{x}", {})
