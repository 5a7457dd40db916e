"""The source's own statements, tested against the data.

Each statement in claims.csv names the rule that tests it; a rule is a function of the dataset and the
statement that returns a `Verdict`. The rules test what the data can decide and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis.analyses import contributions, economics
from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, total

SUPPORTED = "supported"  # the data imply it
CONSISTENT = "consistent"  # the data allow it but do not imply it
CONTRADICTED = "contradicted"  # the data exclude it
NOT_CHECKABLE = "not_checkable"  # a figure that the rule needs is not published
VERDICTS = (SUPPORTED, CONSISTENT, CONTRADICTED, NOT_CHECKABLE)


@dataclass(frozen=True)
class Verdict:
    """What the data say of a statement, and the quantities that it rests on."""

    verdict: str
    figures: tuple[Quantity, ...] = ()


def _within(value: Quantity, limit: Quantity) -> str:
    """Whether value ≤ limit holds for all, some or none of the possible values."""
    limit = limit.to(value.unit)
    if value.high is not None and limit.low is not None and value.high <= limit.low:
        return SUPPORTED
    if value.low is not None and limit.high is not None and value.low > limit.high:
        return CONTRADICTED
    return CONSISTENT


def _threshold(data: Dataset, claim: pd.Series) -> Verdict:
    """at_least: the figure reaches the threshold. nearly: it lies below by half a tenth at most."""
    value = data.value(claim.subject, claim.indicator, claim.period)
    if value is None:
        return Verdict(NOT_CHECKABLE)
    threshold = Quantity.point(claim.threshold, data.indicators.loc[claim.indicator, "unit"])
    value = value.to(threshold.unit)
    if claim.comparator == "at_least":
        return Verdict(_within(threshold, value), (value,))
    span = Quantity(threshold.value - 5, threshold.value, threshold.unit, high_strict=True)
    inside = all(bound is not None and span.contains(bound) for bound in (value.low, value.high))
    verdict = SUPPORTED if inside else CONSISTENT if span.overlaps(value) else CONTRADICTED
    return Verdict(verdict, (value,))


def _rank_count(data: Dataset, claim: pd.Series) -> Verdict:
    """Counts the zones whose published rank is within the threshold, against the published number.

    Ranks that are not published leave room: more zones may be within.
    """
    number = data.value(claim.subject, claim.indicator, claim.period)
    if number is None:
        return Verdict(NOT_CHECKABLE)
    known = [data.value(zone, claim.other, claim.period) for zone in data.zones.index]
    ranks = [rank for rank in known if rank is not None]
    limit = Quantity.point(claim.threshold, "1")
    judged = [_within(rank, limit) for rank in ranks]
    within, outside = judged.count(SUPPORTED), judged.count(CONTRADICTED)
    possible = Quantity(
        Fraction(within),
        Fraction(len(known) - outside),
        "item",
        sources=tuple(source for rank in ranks for source in rank.sources),
        formula="published ranks within the limit … plus the zones without a published rank",
    )
    if not possible.overlaps(number):
        return Verdict(CONTRADICTED, (number, possible))
    # every place is accounted for by a published rank: no room is left for another zone
    if number.is_point and within == number.value:
        return Verdict(SUPPORTED, (number, possible))
    return Verdict(CONSISTENT, (number, possible))


def _earlier_periods(data: Dataset, claim: pd.Series) -> Verdict:
    """A best result needs the earlier ones to compare with."""
    own = data.value(claim.subject, claim.indicator, claim.period)
    earlier = [p for p in data.periods(claim.subject, claim.indicator) if p < claim.period]
    if own is None or not earlier:
        return Verdict(NOT_CHECKABLE, () if own is None else (own,))
    values = [data.value(claim.subject, claim.indicator, period) for period in earlier]
    beaten = [_within(value, own) for value in values]
    if CONTRADICTED in beaten:
        return Verdict(CONTRADICTED, (own, *values))
    return Verdict(CONSISTENT, (own, *values))


def _part_of_whole(data: Dataset, claim: pd.Series) -> Verdict:
    """A part does not exceed its whole: another indicator of the subject, or the same of another."""
    part = data.value(claim.subject, claim.indicator, claim.period)
    if claim.other in data.indicators.index:
        whole = data.value(claim.subject, claim.other, claim.period)
    else:
        whole = data.value(claim.other, claim.indicator, claim.period)
    if part is None or whole is None:
        return Verdict(NOT_CHECKABLE)
    return Verdict(_within(part, whole), (part, whole))


def _integer_total(data: Dataset, claim: pd.Series) -> Verdict:
    """A whole city total exists whose share, rounded as printed, is the printed one."""
    signed, share = (data.value(claim.subject, i, claim.period) for i in (claim.indicator, claim.other))
    if signed is None or share is None:
        return Verdict(NOT_CHECKABLE)
    totals = contributions.signed_totals(data)
    return Verdict(CONTRADICTED, (signed, share)) if totals is None else Verdict(CONSISTENT, (signed, share, totals))


def _distinct(data: Dataset, claim: pd.Series) -> Verdict:
    """Two numbers under two names: the narrower must not exceed the wider; the same number twice means
    that they are not told apart."""
    narrow, wide = (data.value(claim.subject, i, claim.period) for i in (claim.indicator, claim.other))
    if narrow is None or wide is None:
        return Verdict(NOT_CHECKABLE)
    if narrow.is_point and wide.is_point:
        return Verdict(SUPPORTED if narrow.value < wide.value else CONTRADICTED, (narrow, wide))
    return Verdict(CONSISTENT, (narrow, wide))


def _operating_days(data: Dataset, claim: pd.Series) -> Verdict:
    """The days of operation that the yearly number needs fit into a year."""
    days = economics.measure(data, claim.subject, "operating_days")
    if days is None:
        return Verdict(NOT_CHECKABLE)
    verdict = _within(days, Quantity.point(claim.threshold, "day"))
    # that the days exist does not show that the plant runs on them
    return Verdict(CONSISTENT if verdict == SUPPORTED else verdict, (days,))


def _under_construction(data: Dataset, claim: pd.Series) -> Verdict:
    """A project with a realised completion is no longer under construction."""
    own = data.milestones[data.milestones["project"] == claim.subject]
    completed = own[(own["event"] == "completion") & (own["status"] == "realised")]
    if len(own) == 0:
        return Verdict(NOT_CHECKABLE)
    return Verdict(CONTRADICTED if len(completed) else CONSISTENT)


def _mass_balance(data: Dataset, claim: pd.Series) -> Verdict:
    """Products weigh no more than the material processed (inputs of other materials are not known)."""
    masses = [data.value(claim.subject, i, claim.period) for i in ("main_product_mass", "by_product_mass")]
    taken = data.value(claim.subject, claim.indicator, claim.period)
    if taken is None or None in masses:
        return Verdict(NOT_CHECKABLE)
    products = total(masses).described("main product + second product")
    return Verdict(_within(products, taken), (products, taken))


def _maturity(data: Dataset, claim: pd.Series) -> Verdict:
    """The maturity that the data record for the chain is the one stated."""
    chain = data.chains.loc[claim.subject]
    return Verdict(SUPPORTED if chain.maturity == claim.threshold else CONTRADICTED)


RULES: dict[str, Callable[[Dataset, pd.Series], Verdict]] = {
    "threshold": _threshold,
    "rank_count": _rank_count,
    "earlier_periods": _earlier_periods,
    "part_of_whole": _part_of_whole,
    "integer_total": _integer_total,
    "distinct": _distinct,
    "operating_days": _operating_days,
    "under_construction": _under_construction,
    "mass_balance": _mass_balance,
    "maturity": _maturity,
}


def verdicts(data: Dataset) -> pd.DataFrame:
    """Every statement with its verdict.

    Returns a row a statement of claims.csv: ``statement_en``, ``statement_zh``, ``subject``, ``rule``,
    ``verdict`` (one of VERDICTS), ``figures`` (tuple of Quantity), ``locator``.
    """
    rows = []
    for _, claim in data.claims.iterrows():
        found = RULES[claim.rule](data, claim)
        rows.append(
            (
                claim.statement_en,
                claim.statement_zh,
                claim.subject,
                claim.rule,
                found.verdict,
                found.figures,
                claim.locator,
            )
        )
    columns = ["statement_en", "statement_zh", "subject", "rule", "verdict", "figures", "locator"]
    return pd.DataFrame(rows, index=data.claims.index, columns=columns)


def tally(data: Dataset) -> pd.Series:
    """How many statements get each verdict, in the order of VERDICTS."""
    return verdicts(data)["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
