"""The page of faults: whoever meets a code finds what it means and what to do, in the language of the edition."""

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from tiny_book import made

from analysis.package.faults import kinds

PAGES = {"faults.md": "# Faults\n\nOne sentence.\n\n```{faults}\n```\n"}


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_code_has_its_entry_with_example_and_remedy(tmp_path, monkeypatch, code):
    monkeypatch.setenv("ANALYSIS_LANGUAGE", code)
    page = BeautifulSoup((made(tmp_path, PAGES) / "book/faults.html").read_text("utf-8"), "html.parser")
    for kind in kinds().values():
        term = page.find("dt", id=kind.code)
        assert term.code.get_text() == f"{kind.code} {kind.slug}"
        described = term.find_next_sibling("dd").get_text()
        meaning, remedy = (kind.meaning_zh, kind.remedy_zh) if code == "zh" else (kind.meaning_en, kind.remedy_en)
        for text in (meaning, kind.example, remedy):
            assert text.replace("`", "") in described.replace("’", "'"), kind.code


def test_the_entries_are_no_messages_for_translators_and_not_on_paper(tmp_path):
    with (made(tmp_path, PAGES, builder="gettext") / "book.pot").open("rb") as lines:
        assert [message.id for message in read_po(lines) if message.id] == ["Faults", "One sentence."]
    (tmp_path / "trees").rename(tmp_path / "old-trees")
    page = (made(tmp_path, PAGES, builder="singlehtml") / "book/faults.html").read_text("utf-8")
    assert "One sentence." in page and "F012" not in page
