"""How much room words take in a chart, and their lines where there is too little."""

from __future__ import annotations

import re
from functools import cache

from matplotlib.axis import Tick
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

NAME, LABEL = 10.5, 9.5  # letters, in points
MARGIN = 0.03  # inches; the edge of a letter may stand over


@cache
def inches(words: str, size: float = LABEL) -> float:
    """How wide words are, in letters of so many points."""
    letters = FontProperties(size=size)
    lines = (text_to_path.get_text_width_height_descent(line, letters, ismath=False) for line in words.split("\n"))
    return max(width for width, _height, _descent in lines) / 72


def wrapped(words: str, room: float, size: float = NAME, most: int = 2) -> str:
    """Words in lines of at most ``room`` inches; what more than ``most`` lines would take is cut."""
    lines = [""]
    wide = max(1, int(room / inches("中", size)))  # so many letters fit, even Chinese ones
    for token in re.findall(rf"[⺀-\uffef]|[^\s⺀-\uffef]{{1,{wide}}}\s*", words):
        if lines[-1] and inches(lines[-1] + token.rstrip(), size) > room:
            lines.append("")
        lines[-1] += token
    if len(lines) > most:
        lines[most - 1] = lines[most - 1].rstrip()[:-1] + "…"
    return "\n".join(line.rstrip() for line in lines[:most])


def brought_inside(figure: Figure) -> bool:
    """Whether words left the drawing; they now stand in lines that fit. Labels of ticks are the axes' own."""
    ticks = {text for tick in figure.findobj(Tick) for text in tick.findobj(Text)}
    found = False
    for text in {*figure.findobj(Text)} - ticks:
        box, edges = text.get_window_extent(), figure.bbox
        middle = (box.x0 + box.x1) / 2
        room = {
            "left": edges.x1 - box.x0,
            "right": box.x1 - edges.x0,
            "center": 2 * min(middle - edges.x0, edges.x1 - middle),
        }[text.get_horizontalalignment()] / figure.dpi
        words, size = text.get_text(), float(text.get_fontsize())
        if words.strip() and inches(words, size) > room + MARGIN:
            text.set_text(wrapped(" ".join(words.split()), room, size, most=9))
            found = True
    return found
