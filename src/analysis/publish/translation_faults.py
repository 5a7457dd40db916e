"""What is wrong with the translation of a message: a message and its translation in, reasons out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

# What a translation must keep, in any order: inline figures and other roles, links, formulas, code.
ROLE = re.compile(r"\{([\w:.+-]+)\}`([^`]*)`")
TITLED = re.compile(r"^[^<]*<([^<>]*)>$")
LINK = re.compile(r"\]\(([^)]*)\)|<(https?:[^>]*)>")
FORMULA = re.compile(r"\$[^$]+\$")
CODE = re.compile(r"`([^`]+)`")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
# stands where a figure, a formula or a link's target was taken out, so that its neighbours do not meet
GAP = "\ufffc"

HAN = r"\u3400-\u9fff"
# between Chinese characters every mark is full-width and there is no blank
HALF_WIDTH = re.compile(
    rf"[{HAN}][,;:!?]|[{HAN}]\.(?:\s|$)|[{HAN}]\s*[()\"']|[,;:()\"']\s*[{HAN}]|[{HAN}] +[{HAN}]|\.\.\."
)

DIGITS = re.compile(r"[0-9０-９]+")
# A Chinese numeral counts as a figure from three on: 一 and 两 are articles and pronouns as often as numbers.
NUMERAL = re.compile(r"[一二两三四五六七八九十百千]*[三四五六七八九十百千][一二三四五六七八九十百千]*|[一二两]成")
# words that hold a numeral and are no number
NO_NUMBER = re.compile("百分位|百分点|千克|千米|千升|十分")
NUMBER_WORDS = [
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
CHINESE_WORDS = ["三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"]
ORDINALS = {"third": "three", "fifth": "five", "eighth": "eight", "ninth": "nine", "twelfth": "twelve"}


def wrong(source: str, target: str) -> Iterator[str]:
    """A reason for each thing that ``target`` loses, adds or writes wrongly as a translation of ``source``."""
    for kind, kept in (("role", _roles), ("link", _links), ("formula", _formulas), ("code", _code)):
        lost, new = kept(source) - kept(target), kept(target) - kept(source)
        yield from (f"loses the {kind} {thing}" for thing in sorted(lost))
        yield from (f"has a {kind} that the text does not have: {thing}" for thing in sorted(new))
    if _placeholders(source) != _placeholders(target):
        yield "does not have the same {placeholders}"
    yield from (f"holds a typed figure, {figure}" for figure in _typed(source, target))
    if half := HALF_WIDTH.search(_bare(target)):
        yield f"has a half-width mark or a blank beside Chinese: “{half.group()}”"


def _roles(text: str) -> Counter[str]:
    """Roles; of one with a title only the target counts, as the title is translated."""
    found = Counter[str]()
    for name, inside in ROLE.findall(text):
        target = inside if name == "eval" else TITLED.sub(r"\1", inside)
        found[f"{{{name}}}`{target}`"] += 1
    return found


def _links(text: str) -> Counter[str]:
    return Counter(target or address for target, address in LINK.findall(ROLE.sub("", text)))


def _formulas(text: str) -> Counter[str]:
    return Counter(FORMULA.findall(ROLE.sub("", text)))


def _code(text: str) -> Counter[str]:
    return Counter(CODE.findall(ROLE.sub("", text)))


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(FORMULA.sub("", ROLE.sub("", text))))


def _typed(source: str, target: str) -> list[str]:
    """Figures of a translation, in digits or in Chinese numerals, that its text neither prints nor spells out."""
    said, told = _bare(source), _bare(target)
    spelled = set(map(_stem, re.findall(r"[a-z]+", said.lower())))
    allowed = [
        {chinese, str(number)}
        for number, (english, chinese) in enumerate(zip(NUMBER_WORDS, CHINESE_WORDS, strict=True), 3)
        if english in spelled
    ]
    allowed += [{str(100 * int(millions))} for millions in re.findall(r"([0-9]+) million", said)]  # in 万
    figures = Counter(DIGITS.findall(told)) - Counter(DIGITS.findall(said))
    figures += Counter(NUMERAL.findall(NO_NUMBER.sub(GAP, told)))
    return sorted(figure for figure in figures if not any(figure in forms for forms in allowed))


def _stem(word: str) -> str:
    """The number behind an ordinal or a fraction: "fifteenth" and "fifteenths" are fifteen."""
    word = word.removesuffix("s")
    return ORDINALS.get(word, word.removesuffix("th"))


def _bare(text: str) -> str:
    """The words alone, without roles, targets of links, formulas, code and placeholders."""
    for pattern in (ROLE, LINK, FORMULA, CODE, PLACEHOLDER):
        text = pattern.sub(GAP, text)
    return text
