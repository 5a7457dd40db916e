"""Sentences: where one ends, and what stands in braces inside it."""

from __future__ import annotations

import re
from itertools import pairwise

# a sentence ends with its mark and what closes quotations; Latin script needs a blank after it, Chinese does not
SENTENCE_END = re.compile(r"[.!?][”’)\]]*(?=\s|$)\s*|[。！？][”’）]*\s*")
PLACEHOLDER = re.compile(r"\{([a-z0-9_.:-]*)\}")


def sentences(words: str) -> list[str]:
    """A text cut after the end of each sentence; put together, the pieces are the text."""
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(words)), len(words)]
    return [words[start:end] for start, end in pairwise(cuts) if end > start]


def ends_sentence(words: str) -> bool:
    """Whether the last of the words end a sentence."""
    return any(match.end() == len(words) for match in SENTENCE_END.finditer(words))


def placeholders(words: str) -> list[str]:
    """What stands in braces in a text, in order."""
    return PLACEHOLDER.findall(words)
