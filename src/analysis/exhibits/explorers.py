"""Explorers: the reader chooses, and the panel follows.

One definition has two forms. In a live notebook it is a widget whose panel the kernel writes; in the book
it is HTML with radio buttons, in which a style sheet alone shows what was chosen: no kernel, no script.
Both are made of the same parts, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import ipywidgets
import pandas as pd
from markupsafe import Markup

from analysis import values, wording
from analysis.analyses import economics
from analysis.exhibits import tables
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity
from analysis.values import Value
from analysis.wording import Prose, _

YEARS = (3, 5, 8, 10, 15)
MARGINS = (1, 2, 5, 10, 15, 20)  # per cent of the output value
FIRST_YEARS, FIRST_MARGIN = 5, 5


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


class Explorer(ipywidgets.VBox):
    """Choices and a panel that shows what was chosen.

    name: the anchor, unique in the page. caption: what can be explored. choices: in the order that they are
    shown in. parts: of the panel, one below or beside the other. printed: stands in for the panel where
    nothing can be chosen (on paper, in a browser without ``:has()``); without it all panels stand there.
    values: what is printed, each with the anchor of its place.
    """

    def __init__(
        self,
        name: str,
        caption: str,
        choices: Sequence[Choice],
        parts: Sequence[Part],
        printed: Markup | None = None,
        values: Sequence[Value] = (),
    ):
        self.name = name
        self.caption = caption
        self.choices = tuple(choices)
        self.parts = tuple(parts)
        self.printed = printed
        self.values = tuple(values)
        self.selectors = [
            ipywidgets.ToggleButtons(
                description=choice.label,
                options=[(label, option) for option, label in choice.options.items()],
                value=choice.start,
                style={"button_width": "auto", "description_width": "initial"},
            )
            for choice in self.choices
        ]
        self.view = ipywidgets.HTML()
        for selector in self.selectors:
            selector.observe(self._refresh, names="value")
        self._refresh()
        title = ipywidgets.HTML(str(Markup("<strong>{}</strong>").format(caption)))
        super().__init__([title, *self.selectors, self.view])

    def _refresh(self, _change: object = None) -> None:
        chosen = [selector.value for selector in self.selectors]
        self.view.value = "" if None in chosen else str(self.panel(*chosen))

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

    def twin(self) -> Markup:
        """The explorer as HTML and CSS: every form of every part, of which the chosen ones are shown."""
        panels = Markup("\n").join(
            Markup('<div class="explorer-panel {}">{}</div>').format(
                " ".join(self._id(key, option) for key, option in chosen.items()), html
            )
            for chosen, html in self.variants()
        )
        printed = Markup('\n<div class="explorer-printed">{}</div>').format(self.printed) if self.printed else ""
        return Markup(
            '<div class="explorer" id="{name}" role="group" aria-labelledby="{name}-caption">\n'
            '<style>\n{rules}\n</style>\n<p class="explorer-caption" id="{name}-caption">{caption}</p>\n'
            '<div class="explorer-controls">\n{controls}\n</div>\n'
            '<div class="explorer-panels" aria-live="polite">\n{panels}\n</div>{printed}\n</div>'
        ).format(
            name=self.name,
            rules=Markup(self._rules()),
            caption=self.caption,
            controls=Markup("\n").join(self._fieldset(choice) for choice in self.choices),
            panels=panels,
            printed=printed,
        )

    def _id(self, choice: str, option: str) -> str:
        """The id of an option's radio button; as a class, the mark of all panels that belong to it."""
        return f"{self.name}-{choice}-{option}"

    def _fieldset(self, choice: Choice) -> Markup:
        buttons = Markup("\n").join(
            Markup('<label><input type="radio" name="{}" id="{}"{}> {}</label>').format(
                f"{self.name}-{choice.id}",
                self._id(choice.id, option),
                Markup(" checked") if option == choice.start else "",
                label,
            )
            for option, label in choice.options.items()
        )
        return Markup('<fieldset><legend>{}</legend><div class="explorer-options">\n{}\n</div></fieldset>').format(
            choice.label, buttons
        )

    def _rules(self) -> str:
        """What the choice shows and hides. It travels with the explorer, whatever page that stands in.

        One rule an option, not a combination: a panel is hidden when any of its options is not chosen.
        """
        root = f"#{self.name}"
        unused = f"{root} .explorer-panels" if self.printed else f"{root} .explorer-printed"
        chosen = "\n".join(
            f"{root}:not(:has(#{key}:checked)) .{key} {{ display: none; }}"
            for key in (self._id(choice.id, option) for choice in self.choices for option in choice.options)
        )
        return (
            f"{root} .explorer-controls, {unused} {{ display: none; }}\n"
            "@media screen { @supports selector(:has(*)) {\n"
            f"{root} .explorer-controls {{ display: block; }}\n"
            f"{root} .explorer-panels {{ display: grid; }}\n"
            f"{root} .explorer-printed {{ display: none; }}\n"
            f"{chosen}\n}} }}"
        )

    def __repr__(self) -> str:
        lines = (wording.labelled(choice.label, wording.join(choice.options.values())) for choice in self.choices)
        return "\n".join([self.caption, *lines])

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        """The widget for a live notebook; the twin and a text, both always the same, for all else."""
        live = super()._repr_mimebundle_(**kwargs)
        return {**live, "text/html": str(self.twin()), "text/plain": repr(self), **values.bundle(self.values)}


def zone_explorer(data: Dataset) -> Explorer:
    """Pick a zone: its published figures, chains and projects. In print all zones follow one another."""
    zone = Choice("zone", wording.term(data, "zone"), {key: wording.name(data, key) for key in data.zones.index})
    card = Part(("zone",), lambda key: tables.zone_card(data, key))
    shown = [
        value
        for key in data.zones.index
        for table in tables.zone_tables(data, key)
        for value in values.at(tables.zone_anchor(key), table.values)
    ]
    return Explorer("explore-zones", _("Choose a zone to see its profile"), [zone], [card], values=shown)


def payback_explorer(data: Dataset) -> Explorer:
    """Pick a featured project, years and a net margin: the margin that the years need, the years that the
    margin needs, and whether the margin is enough. In print a table of the years at every margin."""
    margins = economics.required_margin(data, YEARS)
    years = pd.DataFrame({n: economics.payback_years(data, Fraction(n, 100)) for n in MARGINS}, dtype=object)
    choices = [
        Choice(
            "project",
            wording.term(data, "project"),
            {key: wording.name(data, key) for key in economics.featured(data)},
        ),
        Choice("years", _("Years to payback"), {str(n): _years(n) for n in YEARS}, str(FIRST_YEARS)),
        Choice("margin", _("Net margin on output value"), {str(n): _percent(n) for n in MARGINS}, str(FIRST_MARGIN)),
    ]

    def known(table: pd.DataFrame, project: str, option: str) -> Quantity | None:
        return table.loc[project, int(option)] if project in table.index else None

    parts = [
        Part(("project",), lambda project: _inputs(data, project)),
        Part(
            ("project", "years"),
            lambda project, n: _result(
                data, known(margins, project, n), _("net margin needed for a payback in {years}"), years=_years(int(n))
            ),
        ),
        Part(
            ("project", "margin"),
            lambda project, n: _result(
                data, known(years, project, n), _("until payback at a net margin of {margin}"), margin=_percent(int(n))
            ),
        ),
        Part(
            ("project", "years", "margin"),
            lambda project, limit, margin: _verdict(
                data, project, known(years, project, margin), limit=int(limit), margin=int(margin)
            ),
        ),
    ]
    printed = tables.whole(
        years.set_axis([_percent(n) for n in years.columns], axis="columns"),
        name="payback-years",
        caption="Years until the investment is paid back, by net margin on output value",
        data=data,
    )
    caption, name = _("Choose a project, a time and a margin"), "explore-payback"
    return Explorer(name, caption, choices, parts, tables.part(printed), values.at(name, printed.values))


def _years(n: int) -> str:
    return wording.text(Quantity.point(n, "year"))


def _percent(n: int) -> str:
    return wording.text(Quantity.point(n, "%"))


def _inputs(data: Dataset, project: str) -> Markup:
    """The published figures that the scenario rests on."""
    say = Prose(data)
    lines = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            wording.term(data, indicator), wording.html(say(data.value(project, indicator)))
        )
        for indicator in ("total_investment", "output_value")
    )
    return Markup('<p class="explorer-subject">{}</p><dl class="explorer-facts">{}</dl>').format(
        wording.name(data, project), lines
    )


def _result(data: Dataset, value: Quantity | None, label: str, **parts: str) -> Markup:
    """A computed figure over what it is of; a gap when it cannot be computed."""
    return Markup('<div class="card result"><p class="value{}">{}</p><p class="label">{}</p></div>').format(
        "" if value is not None else " missing",
        wording.html(Prose(data)(value)) if value is not None else _("cannot be computed"),
        label.format(**parts),
    )


def _verdict(data: Dataset, project: str, needed: Quantity | None, *, limit: int, margin: int) -> Markup:
    """Whether the margin is enough: years needed against the limit."""
    if needed is None:
        message = _("{project}: an investment and an output value are not both published, so nothing can be computed.")
    else:
        message = {
            True: _("{project}: a net margin of {margin} is enough for a payback within {years}."),
            False: _("{project}: a net margin of {margin} is not enough for a payback within {years}."),
            None: _(
                "{project}: whether a net margin of {margin} is enough for a payback within {years} cannot be told, "
                "as a published figure is only a bound."
            ),
        }[economics.within(needed, limit)]
    return Markup('<p class="explorer-verdict">{}</p>').format(
        message.format(project=wording.name(data, project), margin=_percent(margin), years=_years(limit))
    )
