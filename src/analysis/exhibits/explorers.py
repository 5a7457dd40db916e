"""The book's explorers: the zones' profiles, and the payback of projects under an assumed margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
from markupsafe import Markup

from analysis import values, wording
from analysis.analyses import economics, payback
from analysis.exhibits import tables
from analysis.exhibits.explorer import Choice, Explorer, Part
from analysis.package.dataset import Dataset
from analysis.quantity import Answer, Quantity, at_most
from analysis.wording import N_, Prose, _, piece

YEARS = (3, 5, 8, 10, 15)
MARGINS = (1, 2, 5, 10, 15, 20)  # per cent of the output value
LIVES = (0, 5, payback.LIFE, 20)  # years of depreciation; 0: margins before it
FIRST_YEARS, FIRST_MARGIN = 5, 5


def zone_explorer(data: Dataset) -> Explorer:
    """Pick a zone: its published figures, chains and projects. In print all zones follow one another."""
    zone = Choice("zone", wording.term(data, "zone"), {key: wording.name(data, key) for key in data.zones.index})
    card = Part(("zone",), lambda key: tables.zone_card(data, key))
    shown = [value for key in data.zones.index for value in tables.zone_values(data, key)]
    return Explorer("explore-zones", _("Choose a zone to see its profile"), [zone], [card], values=shown)


def payback_explorer(data: Dataset) -> Explorer:
    """Pick a project of which enough is published, years, a margin and how it treats depreciation: the margin that the
    years need, the years that the margin needs, and whether it is enough. In print the years at every margin."""
    margins = {
        n: payback.required_net_margin(data, YEARS, n) if n else payback.required_margin(data, YEARS) for n in LIVES
    }
    years = {n: _years_at_margins(data, n) for n in LIVES}
    printed = [
        tables.whole(
            years[n].set_axis([_percent(m) for m in MARGINS], axis="columns"), name=name, caption=caption, data=data
        )
        for n, name, caption in (
            (0, "payback-years", N_("Years until the investment is paid back, by margin before depreciation")),
            (
                payback.LIFE,
                "payback-years-net",
                N_("Years until the investment is paid back, by net margin after depreciation over ten years"),
            ),
        )
    ]
    return Explorer(
        "explore-payback",
        _("Choose a project, a time and a margin"),
        _payback_choices(data, list(margins[0].index)),
        _payback_parts(data, margins, years),
        Markup("\n").join(map(tables.part, printed)),
        [value for exhibit in printed for value in values.at("explore-payback", exhibit.values)],
    )


def _years_at_margins(data: Dataset, life: int) -> pd.DataFrame:
    """Projects × MARGINS; life: years of depreciation, 0 for margins before it."""
    parts = {n: Fraction(n, 100) for n in MARGINS}
    found = {
        n: payback.net_payback_years(data, m, life) if life else payback.payback_years(data, m)
        for n, m in parts.items()
    }
    return pd.DataFrame(found, dtype=object)


def _payback_choices(data: Dataset, projects: Sequence[str]) -> list[Choice]:
    return [
        Choice("project", wording.term(data, "project"), {key: wording.name(data, key) for key in projects}),
        Choice("years", _("Years to payback"), {str(n): _years(n) for n in YEARS}, str(FIRST_YEARS)),
        Choice("margin", _("Margin on output value"), {str(n): _percent(n) for n in MARGINS}, str(FIRST_MARGIN)),
        Choice("depreciation", _("The margin is taken"), {str(n): _taken(n) for n in LIVES}, str(payback.LIFE)),
    ]


def _taken(life: int) -> str:
    """How a margin treats depreciation over so many years."""
    return _("after depreciation over {years}").format(years=_years(life)) if life else _("before depreciation")


def _payback_parts(data: Dataset, margins: Mapping[int, pd.DataFrame], years: Mapping[int, pd.DataFrame]) -> list[Part]:
    """The panel. margins: of each of LIVES, projects × YEARS; years: of each, projects × MARGINS."""

    def margin_needed(project: str, limit: str, life: str) -> Markup:
        needed = margins[int(life)].loc[project, int(limit)]
        if needed.high == 0:
            label = _("depreciation alone pays back in {years}: no net margin is needed")
        else:
            label = _("margin needed for a payback in {years}")
        return _result(data, needed, label.format(years=_years(int(limit))))

    def years_needed(project: str, margin: str, life: str) -> Markup:
        label = _("until payback at a margin of {margin}").format(margin=_percent(int(margin)))
        return _result(data, years[int(life)].loc[project, int(margin)], label)

    def verdict(project: str, limit: str, margin: str, life: str) -> Markup:
        needed = years[int(life)].loc[project, int(margin)]
        return _verdict(data, project, needed, limit=int(limit), margin=int(margin), life=int(life))

    return [
        Part(("project",), lambda project: _inputs(data, project)),
        Part(("project", "years", "depreciation"), margin_needed),
        Part(("project", "margin", "depreciation"), years_needed),
        Part(("project", "years", "margin", "depreciation"), verdict),
    ]


def _years(n: int) -> str:
    return wording.text(Quantity.point(n, "year"))


def _percent(n: int) -> str:
    return wording.text(Quantity.point(n, "%"))


def _inputs(data: Dataset, project: str) -> Markup:
    """The published figures that the scenario rests on."""
    say = Prose(data)
    figures = [
        (wording.indicator(data, indicator), say(amount))
        for role in ("investment", "fixed_asset_investment", "output_value")
        for indicator in data.with_role(role)[:1]
        if (amount := economics.in_role(data, project, role)) is not None
    ]
    return piece("payback", "inputs", project=wording.name(data, project), figures=figures)


def _result(data: Dataset, value: Quantity, label: str) -> Markup:
    """A computed figure over what it is of."""
    return piece("payback", "result", figure=Prose(data)(value), label=label)


def _verdict(data: Dataset, project: str, needed: Quantity, *, limit: int, margin: int, life: int) -> Markup:
    """Whether the margin is enough: years needed against the limit."""
    message = {
        Answer.YES: _("{project}: a margin of {margin} {taken} is enough for a payback within {years}."),
        Answer.NO: _("{project}: a margin of {margin} {taken} is not enough for a payback within {years}."),
        Answer.OPEN: _(
            "{project}: whether a margin of {margin} {taken} is enough for a payback within {years} cannot be told, "
            "as a published figure is only a bound."
        ),
    }[at_most(needed, Quantity.point(limit, "year"))]
    of = {"project": wording.name(data, project), "margin": _percent(margin), "years": _years(limit)}
    return piece("payback", "verdict", words=message.format(**of, taken=_taken(life)))
