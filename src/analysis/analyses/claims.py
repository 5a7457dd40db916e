"""The source's own statements, tested against the data; and whether its figures fit each other.

Each row of claims.csv names the rule that tests it; a rule is a function of the dataset and the row that returns a
`Verdict`. Every rule works for any indicator of its kind, takes figures of the row's own span, and tests what the
data can decide and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import SimpleNamespace

import pandas as pd

from analysis.analyses import chains, city, economics
from analysis.model.panel import level
from analysis.package.coding import listed
from analysis.package.dataset import Dataset
from analysis.package.periods import Span, span
from analysis.quantity import Answer, Quantity, at_most, below, same

SUPPORTED = "supported"  # the data imply it
CONSISTENT = "consistent"  # the data allow it but do not imply it
CONTRADICTED = "contradicted"  # the data exclude it
NOT_CHECKABLE = "not_checkable"  # a figure that the rule needs is not published
VERDICTS = (SUPPORTED, CONSISTENT, CONTRADICTED, NOT_CHECKABLE)
STATEMENT, CONSISTENCY = LISTS = ("statement", "consistency")
APPROXIMATE = ("nearly", "about")
MARGIN = Fraction(5)  # of these, in % of the threshold, unless the row has one of its own
OF_ANSWER = {Answer.YES: SUPPORTED, Answer.NO: CONTRADICTED, Answer.OPEN: CONSISTENT}


@dataclass(frozen=True)
class Verdict:
    """What the data say of a statement, and what that rests on.

    figures: compared by the rule. threshold: that the figure is held against. margin: of an approximate comparison, in
    % of the threshold. dates: event and date. words: as the source prints them.
    """

    verdict: str
    figures: tuple[Quantity, ...] = ()
    threshold: Quantity | None = None
    margin: Quantity | None = None
    dates: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A row of claims.csv with the figures that it speaks of, all of its own span."""

    data: Dataset
    row: SimpleNamespace

    @cached_property
    def span(self) -> Span:
        """When it speaks of."""
        return span(self.row.period)

    def figure(self, subject: str | None = None, indicator: str | None = None) -> Quantity | None:
        """A figure, of the row's subject and indicator unless others are named: that of the row's span, or of a
        project the latest one up to it."""
        subject, indicator = subject or self.row.subject, indicator or self.row.indicator
        if indicator not in self.data.indicators.index:
            return None
        if subject in self.data.projects.index:
            return level(self.data, subject, indicator, self.span)
        return self.data.value(subject, indicator, self.row.period)

    def threshold(self, unit: str) -> Quantity:
        """The threshold in its own unit, or else in ``unit``."""
        own = self.data.units[self.row.unit] if self.row.unit is not None else unit
        return Quantity.point(self.row.threshold, own)

    @property
    def margin(self) -> Fraction:
        """How far off nearly and about may be, as a part of the threshold."""
        return (MARGIN if self.row.margin is None else Fraction(self.row.margin)) / 100


def _all(*answers: Answer) -> Answer:
    """Whether all of several things hold."""
    return Answer.NO if Answer.NO in answers else Answer.OPEN if Answer.OPEN in answers else Answer.YES


COMPARATORS: dict[str, Callable[[Quantity, Quantity, Fraction], Answer]] = {
    "at_least": lambda value, limit, _margin: at_most(limit, value),
    "more_than": lambda value, limit, _margin: below(limit, value),
    "at_most": lambda value, limit, _margin: at_most(value, limit),
    "less_than": lambda value, limit, _margin: below(value, limit),
    "equals": lambda value, limit, _margin: same(value, limit.to(value.unit)),
    "nearly": lambda value, limit, margin: _all(below(value, limit), at_most(limit * (1 - margin), value)),
    "about": lambda value, limit, margin: _all(
        at_most(value, limit * (1 + margin)), at_most(limit * (1 - margin), value)
    ),
}


def _threshold(claim: Claim) -> Verdict:
    """The figure against the threshold, as the comparator has it."""
    value = claim.figure()
    if value is None:
        return Verdict(NOT_CHECKABLE)
    limit = claim.threshold(value.unit)
    answer = COMPARATORS[claim.row.comparator](value, limit, claim.margin)
    margin = Quantity.point(claim.margin * 100, "%") if claim.row.comparator in APPROXIMATE else None
    return Verdict(OF_ANSWER[answer], (value,), limit, margin)


def _rank_count(claim: Claim) -> Verdict:
    """Counts the zones whose published rank is within the threshold, against the published number.

    Ranks that are not published leave room: more zones may be within.
    """
    number, zones = claim.figure(), claim.data.zones.index
    if number is None:
        return Verdict(NOT_CHECKABLE)
    ranks = [rank for zone in zones if (rank := claim.figure(zone, claim.row.other)) is not None]
    judged = [at_most(rank, Fraction(claim.row.threshold)) for rank in ranks]
    within, outside = judged.count(Answer.YES), judged.count(Answer.NO)
    possible = Quantity(
        Fraction(within),
        Fraction(len(zones) - outside),
        number.unit,
        sources=tuple(source for rank in ranks for source in rank.sources),
        formula="published ranks within the limit … plus the zones without a published rank",
    )
    if not possible.overlaps(number):
        return Verdict(CONTRADICTED, (number, possible))
    # every place is accounted for by a published rank: no room is left for another zone
    full = number.is_point and within == number.value
    return Verdict(SUPPORTED if full else CONSISTENT, (number, possible))


def _earlier_periods(claim: Claim) -> Verdict:
    """A best result needs the earlier ones to compare with: those of spans of the same length."""
    own = claim.figure()
    key = (claim.row.subject, claim.row.indicator)
    now = claim.data.footing(claim.row.indicator, claim.row.period)
    spans = claim.data.spans.get(key, {})
    values = [claim.data.quantities[k] for at, k in spans.items() if at.months == now.months and at.last < now.last]
    if own is None or not values:
        return Verdict(NOT_CHECKABLE, () if own is None else (own,))
    less = claim.data.indicators.at[claim.row.indicator, "better"] == "less"
    answer = _all(*(at_most(own, value) if less else at_most(value, own) for value in values))
    # that it is the best of the published ones does not show that it is the best ever
    return Verdict(CONTRADICTED if answer is Answer.NO else CONSISTENT, (own, *values))


def _part_of_whole(claim: Claim) -> Verdict:
    """A part does not exceed its whole: another indicator of the subject, or the same of another."""
    part, other = claim.figure(), claim.row.other
    whole = claim.figure(indicator=other) if other in claim.data.indicators.index else claim.figure(other)
    if part is None or whole is None:
        return Verdict(NOT_CHECKABLE)
    return Verdict(OF_ANSWER[at_most(part, whole)], (part, whole))


def _integer_total(claim: Claim) -> Verdict:
    """A whole total exists of which the figure is the printed share, both of the row's span."""
    count, share = claim.figure(), claim.figure(indicator=claim.row.other)
    if count is None or share is None or not (count.is_point and share.is_point):
        return Verdict(NOT_CHECKABLE)
    decimals = claim.data.printed_decimals(share.sources[0])
    totals = city.consistent_totals(int(count.value), share.value, decimals)
    if not totals:
        return Verdict(CONTRADICTED, (count, share))
    fitting = Quantity(
        Fraction(totals[0]),
        Fraction(totals[-1]),
        count.unit,
        implied=True,
        sources=(*count.sources, *share.sources),
        formula="whole totals whose share rounds to the printed one",
    )
    return Verdict(CONSISTENT, (count, share, fitting))


def _distinct(claim: Claim) -> Verdict:
    """Two numbers under two names: the narrower must not exceed the wider; the same number twice means
    that they are not told apart."""
    narrow, wide = claim.figure(), claim.figure(indicator=claim.row.other)
    if narrow is None or wide is None:
        return Verdict(NOT_CHECKABLE)
    return Verdict(OF_ANSWER[below(narrow, wide)], (narrow, wide))


def _throughput(claim: Claim) -> Verdict:
    """The days of operation that the yearly throughput needs, as known then, against the threshold."""
    days = economics.measure(claim.data, claim.row.subject, "operating_days", claim.span)
    if days is None:
        return Verdict(NOT_CHECKABLE)
    verdict = OF_ANSWER[at_most(days, Quantity.point(claim.row.threshold, "day"))]
    # that the days exist does not show that the plant runs on them
    return Verdict(CONSISTENT if verdict == SUPPORTED else verdict, (days,))


def _under_construction(claim: Claim) -> Verdict:
    """A project with a realised completion is no longer under construction."""
    own = claim.data.milestones[claim.data.milestones["subject"] == claim.row.subject]
    completed = own[(own["event"] == "completion") & (own["status"] == "realised")]
    past = [date for date in completed["date"] if span(date).last <= claim.span.last]
    if len(own) == 0:
        return Verdict(NOT_CHECKABLE)
    return Verdict(CONTRADICTED if past else CONSISTENT, dates=tuple(zip(own["event"], own["date"], strict=True)))


def _mass_balance(claim: Claim) -> Verdict:
    """Products weigh no more than the material processed (inputs of other materials are not known)."""
    products, taken = (
        economics.in_role(claim.data, claim.row.subject, role, claim.span) for role in ("product", "intake")
    )
    if products is None or taken is None:
        return Verdict(NOT_CHECKABLE)
    return Verdict(OF_ANSWER[at_most(products, taken)], (products, taken))


def _maturity(claim: Claim) -> Verdict:
    """The state of the chain is the one stated wherever the source words it."""
    if claim.row.subject not in claim.data.chains.index:
        return Verdict(NOT_CHECKABLE)
    chain = claim.data.chains.loc[claim.row.subject]
    agrees = chains.state(chain["maturity"]) == claim.row.threshold
    return Verdict(SUPPORTED if agrees else CONTRADICTED, words=tuple(listed(chain["printed"])))


RULES: dict[str, Callable[[Claim], Verdict]] = {
    "threshold": _threshold,
    "rank_count": _rank_count,
    "earlier_periods": _earlier_periods,
    "part_of_whole": _part_of_whole,
    "integer_total": _integer_total,
    "distinct": _distinct,
    "throughput": _throughput,
    "under_construction": _under_construction,
    "mass_balance": _mass_balance,
    "maturity": _maturity,
}


def verdicts(data: Dataset, which: str | None = None) -> pd.DataFrame:
    """Every statement with its verdict; of one of LISTS where ``which`` names it.

    Returns a row a statement of claims.csv: ``statement_en``, ``statement_zh``, ``list``, ``subject``, ``rule``,
    ``verdict`` (one of VERDICTS), ``grounds`` (the Verdict: what it rests on), ``figures`` (tuple of Quantity),
    ``locator``.

    >>> claims.verdicts(data).at["kazuo-chain-complete", "verdict"]
    'contradicted'
    """
    rows = {}
    for key, row in zip(data.claims.index, data.claims.to_dict("records"), strict=True):
        if which in (None, row["list"]):
            found = RULES[row["rule"]](Claim(data, SimpleNamespace(**row)))
            kept = (row[column] for column in ("statement_en", "statement_zh", "list", "subject", "rule"))
            rows[key] = (*kept, found.verdict, found, found.figures, row["locator"])
    columns = ["statement_en", "statement_zh", "list", "subject", "rule", "verdict", "grounds", "figures", "locator"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def tally(data: Dataset, which: str | None = None) -> pd.Series:
    """How many statements get each verdict, in the order of VERDICTS.

    >>> claims.tally(data, claims.STATEMENT).to_dict()
    {'supported': 2, 'consistent': 1, 'contradicted': 2, 'not_checkable': 2}
    """
    return verdicts(data, which)["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
