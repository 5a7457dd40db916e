"""An explorer: the reader chooses, and the panel follows.

One definition has two forms. In a live notebook it is a widget whose panel the kernel writes; in the book
it is HTML with radio buttons, in which a style sheet alone shows what was chosen: no kernel, no script.
Both are made of the same parts, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import ipywidgets
from markupsafe import Markup

from analysis import values, wording
from analysis.values import Value
from analysis.wording import piece, rendered


@dataclass(frozen=True)
class Choice:
    """Something to choose.

    id: unique in its explorer. label: above the options. options: id -> label, in order; ids may stand in
    HTML ids. first: the option that is chosen before the reader chooses; the first one unless given.
    """

    id: str
    label: str
    options: dict[str, str]
    first: str | None = None

    @property
    def start(self) -> str | None:
        """The option that is chosen at first; None when there is nothing to choose."""
        return self.first or next(iter(self.options), None)


@dataclass(frozen=True)
class Part:
    """A part of the panel.

    of: ids of the choices that it depends on. show: from the chosen options' ids, in that order, to HTML; the
    same ids always give the same HTML.
    """

    of: tuple[str, ...]
    show: Callable[..., Markup]


@dataclass(frozen=True, repr=False)
class Explorer:
    """Choices and a panel that shows what was chosen.

    name: the anchor, unique in the page. caption: what can be explored. choices: in the order that they are
    shown in. parts: of the panel, one below or beside the other. printed: stands in for the panel where
    nothing can be chosen (on paper, in a browser without ``:has()``); without it all panels stand there.
    values: what is printed, each with the anchor of its place.
    """

    name: str
    caption: str
    choices: Sequence[Choice]
    parts: Sequence[Part]
    printed: Markup | None = None
    values: Sequence[Value] = ()

    def panel(self, *chosen: str) -> Markup:
        """What is shown for one option of each choice, given in the order of the choices."""
        options = dict(zip((choice.id for choice in self.choices), chosen, strict=True))
        return Markup("\n").join(part.show(*(options[key] for key in part.of)) for part in self.parts)

    def variants(self) -> Iterator[tuple[dict[str, str], Markup]]:
        """Every form of every part: the options that it belongs to (choice -> option) and its HTML."""
        options = {choice.id: choice.options for choice in self.choices}
        for part in self.parts:
            for chosen in product(*(options[key] for key in part.of)):
                yield dict(zip(part.of, chosen, strict=True)), part.show(*chosen)

    def mark(self, choice: str, option: str) -> str:
        """The id of an option's radio button; as a class, the mark of all panels that belong to it."""
        return f"{self.name}-{choice}-{option}"

    def twin(self) -> Markup:
        """The explorer as HTML and CSS: every form of every part, of which the chosen ones are shown."""
        return rendered("explorer", explorer=self)

    def widget(self) -> ipywidgets.VBox:
        """The explorer in a live notebook: the caption, buttons for each choice, and the panel that follows them."""
        selectors = [
            ipywidgets.ToggleButtons(
                description=choice.label,
                options=[(label, option) for option, label in choice.options.items()],
                value=choice.start,
                style={"button_width": "auto", "description_width": "initial"},
            )
            for choice in self.choices
        ]
        view = ipywidgets.HTML()

        def refresh(_change: object = None) -> None:
            chosen = [selector.value for selector in selectors]
            view.value = "" if None in chosen else str(self.panel(*chosen))

        for selector in selectors:
            selector.observe(refresh, names="value")
        refresh()
        title = ipywidgets.HTML(str(piece("inline", "strong", words=self.caption)))
        return ipywidgets.VBox([title, *selectors, view])

    def __repr__(self) -> str:
        lines = (wording.labelled(choice.label, wording.join(choice.options.values())) for choice in self.choices)
        return "\n".join([self.caption, *lines])

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, object]:
        """The widget for a live notebook; the twin and a text, both always the same, for all else."""
        live = self.widget()._repr_mimebundle_(**kwargs)
        return {**live, "text/html": str(self.twin()), "text/plain": repr(self), **values.bundle(self.values)}
