"""Chinese lines: room where scripts meet, none where marks meet, and the text as it was."""

import pytest
from bs4 import BeautifulSoup

from analysis.publish.chinese_setting import compose


def composed(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    compose(soup, soup)
    assert soup.get_text() == BeautifulSoup(html, "html.parser").get_text()
    return (
        str(soup).replace('<span class="gap"></span>', "|").replace('<span class="half">', "[").replace("</span>", "]")
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>占89.07%的产值</p>", "<p>占|89.07%|的产值</p>"),
        ("<p>占<a>89.07%</a>的产值</p>", "<p>占<a>|89.07%</a>|的产值</p>"),
        ("<p>占 89% 的</p>", "<p>占 89% 的</p>"),
        ("<p>（“超过”）。</p>", "<p>（[“]超过[”][）]。</p>"),
        ("<p>开工，续建。</p>", "<p>开工，续建。</p>"),
        ("<ul><li>一<p>2</p></li></ul>", "<ul><li>一<p>2</p></li></ul>"),
    ],
)
def test_room_between_scripts_and_none_between_marks(html, expected):
    assert composed(html) == expected
