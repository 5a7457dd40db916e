"""What the sources tell beside figures, with names and figures in place."""

from __future__ import annotations

import pandas as pd

from analysis import wording
from analysis.exhibits.exhibit import Passage
from analysis.package.dataset import Dataset
from analysis.wording import Inline, Prose, _


def story(data: Dataset, topic: str) -> Passage:
    """What the sources tell of a topic beside figures, a paragraph a passage; says so where they tell nothing."""
    rows = data.story[data.story["topic"] == topic]
    paragraphs = tuple(filter(None, (told(data, row) for _key, row in rows.iterrows())))
    if not paragraphs:
        return Passage((_("The sources tell nothing of it."),))
    return Passage(paragraphs, source=wording.sections_line(data, rows["locator"]))


def told(data: Dataset, passage: pd.Series) -> Inline | None:
    """A passage of the story with its figures and names in place, without sentences whose figure is missing; None
    when no sentence is left."""
    say = Prose(data)
    kept, known = [], {}
    for sentence in wording.sentences(wording.localised(passage, "text")):
        parts = {key: _told_part(say, key) for key in wording.placeholders(sentence)}
        if None not in parts.values():
            kept.append(sentence)
            known.update(parts)
    return wording.filled("".join(kept), known) if kept else None


def _told_part(say: Prose, key: str) -> Inline | None:
    """The figure ``subject.indicator`` or the name of an id; None when the figure is not published."""
    subject, _dot, indicator = key.partition(".")
    if not indicator:
        return say.name(key)
    figure = say.data.value(subject, indicator)
    return say(figure) if figure is not None else None
