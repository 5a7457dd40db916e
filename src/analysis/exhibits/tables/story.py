"""What the sources tell beside figures, with names and figures in place."""

from __future__ import annotations

from analysis import wording
from analysis.analyses.statistics import holds, statistic
from analysis.exhibits.exhibit import Passage
from analysis.package.dataset import Dataset
from analysis.wording import Inline, Prose


def story(data: Dataset, topic: str, *, listed: bool = False) -> Passage:
    """What the sources tell of a topic beside figures, a paragraph a passage whose condition holds; nothing
    where they tell nothing. listed: as items of a list, the first sentence of each in bold type."""
    rows = [row for row in data.story.to_dict("records") if row["topic"] == topic and holds(data, row["condition"])]
    paragraphs = tuple(filter(None, (told(data, row, strong=listed) for row in rows)))
    if not paragraphs:
        return Passage()
    source = "" if listed else wording.sections_line(data, [row["locator"] for row in rows])
    return Passage(paragraphs, source=source, listed=listed)


def told(data: Dataset, passage: dict[str, str], *, strong: bool = False) -> Inline | None:
    """A passage of the story with its figures and names in place, without sentences whose figure is missing; None
    when no sentence is left."""
    say = Prose(data)
    kept, known = [], {}
    for sentence in wording.sentences(wording.localised(passage, "text")):
        parts = {key: _told_part(say, key) for key in wording.placeholders(sentence)}
        if None not in parts.values():
            kept.append(sentence)
            known.update(parts)
    if not kept:
        return None
    first = wording.filled(kept[0].rstrip(), known)
    rest = wording.filled(("" if kept[0] == kept[0].rstrip() else " ") + "".join(kept[1:]), known)
    return wording.together("".join, [wording.strong(first) if strong else first, rest])


def _told_part(say: Prose, key: str) -> Inline | None:
    """The figure or statistic that a reference names, or the name of an id; None when it is not known."""
    if "." not in key:
        return say.name(key)
    reference, _colon, asked = key.partition(":")
    figure = statistic(say.data, reference if asked == "period" else key)
    if figure is None:
        return None
    return say.period(say.data.period_of(figure)) if asked == "period" else say(figure, spelled=True)
