"""The book's explorers: the zones' profiles, and the payback of projects under an assumed margin."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
from markupsafe import Markup

from analysis import values, wording
from analysis.analyses import economics
from analysis.exhibits import tables
from analysis.exhibits.explorer import Choice, Explorer, Part
from analysis.package.dataset import Dataset
from analysis.quantity import Answer, Quantity, at_most
from analysis.wording import Prose, _, piece

YEARS = (3, 5, 8, 10, 15)
MARGINS = (1, 2, 5, 10, 15, 20)  # per cent of the output value
FIRST_YEARS, FIRST_MARGIN = 5, 5


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
    years = pd.DataFrame({n: economics.payback_years(data, Fraction(n, 100)) for n in MARGINS}, dtype=object)
    printed = tables.whole(
        years.set_axis([_percent(n) for n in years.columns], axis="columns"),
        name="payback-years",
        caption="Years until the investment is paid back, by net margin on output value",
        data=data,
    )
    return Explorer(
        "explore-payback",
        _("Choose a project, a time and a margin"),
        _payback_choices(data),
        _payback_parts(data, economics.required_margin(data, YEARS), years),
        tables.part(printed),
        values.at("explore-payback", printed.values),
    )


def _payback_choices(data: Dataset) -> list[Choice]:
    projects = {key: wording.name(data, key) for key in economics.featured(data)}
    return [
        Choice("project", wording.term(data, "project"), projects),
        Choice("years", _("Years to payback"), {str(n): _years(n) for n in YEARS}, str(FIRST_YEARS)),
        Choice("margin", _("Net margin on output value"), {str(n): _percent(n) for n in MARGINS}, str(FIRST_MARGIN)),
    ]


def _payback_parts(data: Dataset, margins: pd.DataFrame, years: pd.DataFrame) -> list[Part]:
    """The panel. margins: projects × YEARS, as `economics.required_margin` has it; years: projects × MARGINS."""

    def known(table: pd.DataFrame, project: str, option: str) -> Quantity | None:
        return table.loc[project, int(option)] if project in table.index else None

    def margin_needed(project: str, limit: str) -> Markup:
        label = _("net margin needed for a payback in {years}").format(years=_years(int(limit)))
        return _result(data, known(margins, project, limit), label)

    def years_needed(project: str, margin: str) -> Markup:
        label = _("until payback at a net margin of {margin}").format(margin=_percent(int(margin)))
        return _result(data, known(years, project, margin), label)

    def verdict(project: str, limit: str, margin: str) -> Markup:
        return _verdict(data, project, known(years, project, margin), limit=int(limit), margin=int(margin))

    return [
        Part(("project",), lambda project: _inputs(data, project)),
        Part(("project", "years"), margin_needed),
        Part(("project", "margin"), years_needed),
        Part(("project", "years", "margin"), verdict),
    ]


def _years(n: int) -> str:
    return wording.text(Quantity.point(n, "year"))


def _percent(n: int) -> str:
    return wording.text(Quantity.point(n, "%"))


def _inputs(data: Dataset, project: str) -> Markup:
    """The published figures that the scenario rests on."""
    say = Prose(data)
    figures = [
        (wording.indicator(data, indicator), say(economics.in_role(data, project, role)))
        for role in ("investment", "output_value")
        for indicator in data.with_role(role)[:1]
    ]
    return piece("payback", "inputs", project=wording.name(data, project), figures=figures)


def _result(data: Dataset, value: Quantity | None, label: str) -> Markup:
    """A computed figure over what it is of; a gap when it cannot be computed."""
    return piece("payback", "result", figure=None if value is None else Prose(data)(value), label=label)


def _verdict(data: Dataset, project: str, needed: Quantity | None, *, limit: int, margin: int) -> Markup:
    """Whether the margin is enough: years needed against the limit."""
    if needed is None:
        message = _("{project}: an investment and an output value are not both published, so nothing can be computed.")
    else:
        message = {
            Answer.YES: _("{project}: a net margin of {margin} is enough for a payback within {years}."),
            Answer.NO: _("{project}: a net margin of {margin} is not enough for a payback within {years}."),
            Answer.OPEN: _(
                "{project}: whether a net margin of {margin} is enough for a payback within {years} cannot be told, "
                "as a published figure is only a bound."
            ),
        }[at_most(needed, Quantity.point(limit, "year"))]
    words = message.format(project=wording.name(data, project), margin=_percent(margin), years=_years(limit))
    return piece("payback", "verdict", words=words)
