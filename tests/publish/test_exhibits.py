"""What a cell shows becomes part of the page: headings, sentences, lists, charts and tables as nodes of it."""

import json

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from publish.tiny_book import made

from analysis.exhibits.exhibit import Exhibit, Passage, Passages
from analysis.wording import Prose


def notebook(*cells: object) -> str:
    """A notebook as it is stored: texts are Markdown, all else is what a cell shows."""
    found = []
    for number, shown in enumerate(cells):
        common = {"id": f"cell-{number}", "metadata": {}}
        if isinstance(shown, str):
            found.append({**common, "cell_type": "markdown", "source": shown})
            continue
        data = {"text/html": shown._repr_html_(), "text/plain": repr(shown)}
        output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
        code = {"cell_type": "code", "execution_count": 1, "source": "shown", "outputs": [output]}
        found.append({**common, **code})
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": found, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def page(data, tmp_path) -> BeautifulSoup:
    say = Prose(data)
    table = Exhibit("table", "made", "A table", Markup("<table></table>"), ("Source: made up.",), "A table")
    passages = Passages(
        (
            Passage(("A sentence.",), (table,), heading="Output & more", anchor="by-zone-output"),
            Passage(heading="Investment", anchor="by-zone-investment"),
        )
    )
    listed = Passage((say.list(["One <b>", "two"]), say.list([say(data.value("beipiao", "firms"))])), listed=True)
    text = notebook(
        *("# Page", "## Zone by zone", passages, "## Told", listed),
        *("## Silent", Passage(), "## Silent too", Passages(), "See [output](#by-zone-output)."),
        *("## Nothing", Passages()),
    )
    site = made(tmp_path, {"page.ipynb": text, "data.md": "# Data\n"}, exclude_patterns=["book/data.md"])
    return BeautifulSoup((site / "book" / "page.html").read_text("utf-8"), "html.parser")


def test_passages_have_headings_that_links_lead_to(page):
    section = page.find(id="zone-by-zone")
    first, second = section.find_all("h3")
    assert (first["id"], first.find(string=True)) == ("by-zone-output", "Output & more")
    assert second["id"] == "by-zone-investment"
    assert section.find("p", string="A sentence.").find_previous("h3") == first
    assert section.find(id="tab-made").find_previous("h3") == first
    assert page.find("a", string="output")["href"].endswith("#by-zone-output")


def test_a_list_stays_a_list_with_its_figures(page):
    first, second = page.find(id="told").find_all("li")
    assert first.get_text(strip=True) == "One <b> and two" and not first.b
    assert second.a["href"].endswith("#row-beipiao.firms.2025-07")


def test_what_shows_nothing_leaves_no_heading(page):
    titles = [title.find(string=True) for title in page.find_all("h2")]
    assert titles == ["Zone by zone", "Told", "Silent too"]
