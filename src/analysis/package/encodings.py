"""The text of a file, whatever encoding a spreadsheet gave it; what was read in a wrong one and saved is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from analysis.package.descriptor import Unreadable

SAVE = "save it as 'CSV UTF-8' in Excel"
# what a program took a file for, what it was, and how many bytes a Chinese character has there
GARBLED = (("gb18030", "utf-8", 3), ("cp1252", "utf-8", 3), ("latin-1", "utf-8", 3), ("latin-1", "gb18030", 2))
PIECE = 200_000  # characters
# of a text in UTF-8 it leaves the words in letters beyond ASCII
ASCII_AS_BLANKS = bytes(code if code > 0x7F else 0x20 for code in range(0x100))
HANZI = re.compile("[\u4e00-\u9fff]")
# two bytes of a frequent character, or of a sign
FREQUENT_GB = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]")
FREQUENT_BIG5 = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")
PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


def text(content: bytes) -> str:
    """The text of a file as Excel writes it: UTF-8 with or without mark, UTF-16 with mark, GB18030.

    >>> text("朝阳".encode("gb18030")), text("朝阳".encode("utf-8-sig"))
    ('朝阳', '朝阳')

    Raises Unreadable, also for Big5 and for Chinese that is garbled.
    """
    found = _decoded(content)
    if found is None:
        raise Unreadable(f"cannot be read as text: {SAVE}", "encoding-unknown")
    runs = (piece.encode().translate(ASCII_AS_BLANKS).split() for piece in pieces(found))
    beyond_ascii = dict.fromkeys(chain.from_iterable(runs))
    words = [word for run in beyond_ascii for word in run.decode().replace("\ufffd", " ").split(" ") if word]
    for taken_for, was, size in GARBLED:
        if garbled := _garbled(words, taken_for, was, size):
            raise Unreadable(
                f"is garbled ({garbled}): a program took {was.upper()} for {taken_for.upper()} and saved what it saw; "
                "take the file as it was before, open it with Data > From Text/CSV in that encoding, and " + SAVE,
                "text-garbled",
            )
    return found.lstrip("\ufeff")  # the mark of a file that was marked twice, or in GB18030


def pieces(text: str, size: int = PIECE, start: int = 0) -> Iterator[str]:
    """A text from a place on in pieces of whole lines, each of so many characters or a line more: what is made of a
    long one would else lie in memory beside it."""
    while start < len(text):
        end = text.find("\n", start + size) + 1 or len(text)
        yield text[start:end]
        start = end


def _decoded(content: bytes) -> str | None:
    """The text in the encoding that can be told; None where none can. Raises Unreadable where it is a wrong one."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    # a text without its mark in two bytes a letter: every other one is empty
    if not marked and b"\0" in re.split(rb"[\r\n]", content, maxsplit=1)[0]:
        return None
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        if marked:
            return None
        if _mostly_utf8(content):
            row = content.count(b"\n", 0, error.start) + 1
            raise Unreadable(f"is UTF-8 with a damaged character in line {row}; {SAVE} anew", "utf8-damaged") from None
    if _is_big5(content):
        raise Unreadable(f"is in Big5, whose characters would be read as others; open it as Big5 and {SAVE}", "big5")
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _mostly_utf8(content: bytes) -> bool:
    """Whether most of the Chinese in bytes that are not valid UTF-8 is UTF-8 all the same: read as GB18030,
    one damaged letter would turn every name of the file into other characters."""
    runs: list[bytes] = re.findall(rb"[\x80-\xff]+", content)
    return 2 * sum(run.decode("utf-8", "ignore").encode() == run for run in runs) > len(runs)


def _is_big5(content: bytes) -> bool:
    """Whether more of the pairs of bytes are frequent characters of Big5 than of GB18030."""
    pairs = PAIR.findall(content)
    return len([*filter(FREQUENT_BIG5.fullmatch, pairs)]) > len([*filter(FREQUENT_GB.fullmatch, pairs)])


def _garbled(letters: list[str], taken_for: str, was: str, size: int) -> str | None:
    """The first garbled word of a text, where most letters of its words become Chinese once they are read as what they
    were; None where they do not."""
    as_bytes = [run.encode(taken_for, "ignore") for run in letters]
    mended = [run.decode(was, "ignore") for run in as_bytes]
    kept = sum(len(run) - len(code.decode(taken_for)) for run, code in zip(letters, as_bytes, strict=True))
    if 2 * sum(len(HANZI.findall(run)) for run in mended) <= sum(map(len, as_bytes)) / size + kept:
        return None
    # of the words of a garbled file some are whole; 虚构 alone only holds the bytes of a character
    if not any(_whole(code, was) for code in as_bytes):
        return None
    return next(
        f"{run[:6]}… for {right[:3]}…" for run, right in zip(letters, mended, strict=True) if HANZI.search(right)
    )


def _whole(code: bytes, encoding: str) -> bool:
    """Whether bytes are Chinese in an encoding, from the first to the last."""
    text = code.decode(encoding, "replace")
    return HANZI.search(text) is not None and "\ufffd" not in text
