"""Sphinx' search: Chinese as pairs of characters instead of words, and titles that are text.

Chinese writes no blanks between words. Sphinx cuts the text with a dictionary and the query not at all, so
that most words inside a sentence are never found. Pairs of neighbouring characters, on both sides, find every
word of two characters or more wherever it stands, with no dictionary.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.search import IndexBuilder
from sphinx.search.en import SearchEnglish

HAN = r"\u3400-\u9fff"


class SearchPairs(SearchEnglish):
    """English words and pairs of Chinese characters."""

    lang = "zh"
    language_name = "Chinese and English"
    js_splitter_code = r"""
function splitQuery(query) {
  const pairs = (run) => (run.length < 2 ? [run] : [...run.slice(1)].map((second, i) => run[i] + second));
  return query
    .split(/[^\p{Letter}\p{Number}_]+/u)
    .flatMap((part) => part.split(/([\u3400-\u9fff]+)/u))
    .filter(Boolean)
    .flatMap((part) => (/[\u3400-\u9fff]/u.test(part) ? pairs(part) : [part]));
}
"""

    def split(self, input: str) -> list[str]:
        """The words of a text: Latin ones as they stand, Chinese as single characters and as pairs."""
        words = re.findall(rf"[^\W{HAN}]+", input)
        for run in re.findall(rf"[{HAN}]+", input):
            words += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
        return words

    def word_filter(self, word: str) -> bool:
        """Whether a word goes into the index: every Chinese one, and what English keeps."""
        return bool(re.match(rf"[{HAN}]", word)) or super().word_filter(word)


class IndexOfText(IndexBuilder):
    """The index of a site. The script that shows what was found takes the titles of sections for HTML."""

    def feed(self, docname: str, filename: str, title: str, doctree: nodes.document) -> None:
        """Takes in a page: its words, and the titles of its sections as HTML."""
        super().feed(docname, filename, title, doctree)
        self._all_titles[docname] = [(escape(text), anchor) for text, anchor in self._all_titles[docname]]

    def freeze(self) -> dict[str, Any]:
        """The index, without the words that stood in an earlier build alone."""
        for words in (self._mapping, self._title_mapping):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]
        return super().freeze()
