"""One drive: the pipeline of projects, its counts, capacity and dates. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from analysis.analyses.economics import in_role, roles_in_ratios
from analysis.model.panel import level, panel
from analysis.package.dataset import Dataset
from analysis.package.periods import Span
from analysis.package.periods import order as order_of_spans
from analysis.quantity import Quantity, currency, total, unscaled

STAGES = ("planned", "signed", "started", "continuing", "under_construction", "operating")
UNBUILT = ("planned", "signed")  # stages in which no money need have been spent
CAPACITY_ROLES = ("intake", "product", "annual_throughput", "capacity")
# shown of every project, with a card or without
OF_EVERY_PROJECT = {"investment", "output_value", "jobs", "site_area", *CAPACITY_ROLES}
# what leads comes first
PIPELINE_ROLES = ("projects_started", "projects_signed", "projects_started_or_resumed", "projects_continued")
PIPELINE, INNOVATION = "pipeline", "innovation"  # groups of indicators that this chapter counts


def pipeline(data: Dataset) -> pd.DataFrame:
    """The named projects, in the order of their stage, the largest investment first.

    Returns a row a project: ``zone``, ``stage``, and the Quantity (or None) ``investment``,
    ``output_value``, ``jobs``, ``site_area``.

    >>> list(projects.pipeline(data).index)[:2]
    ['electronics-park', 'zhongke-cluster']
    """
    rows = {
        project: (
            row.zone,
            row.stage,
            *(in_role(data, project, role) for role in ("investment", "output_value", "jobs", "site_area")),
        )
        for project, row in data.projects.iterrows()
    }

    def order(project: str) -> tuple[int, Fraction]:
        investment = rows[project][2]
        # of sums in several currencies each is ordered among its own
        size = Fraction(0) if investment is None else investment.to(unscaled(investment.unit)).low or Fraction(0)
        return STAGES.index(rows[project][1]), -size

    columns = ["zone", "stage", "investment", "output_value", "jobs", "site_area"]
    index = sorted(rows, key=order)
    return pd.DataFrame([rows[p] for p in index], index=index, columns=columns, dtype=object)


def indicators_of(data: Dataset, group: str) -> list[str]:
    """The indicators of a group that any place or zone reports, in the order of the data.

    >>> projects.indicators_of(level, "investment")
    ['investment']
    """
    own = data.indicators.index[data.indicators["group"] == group]
    places = {*data.places.index, *data.zones.index}
    reported = {indicator for subject, indicator in data.spans if subject in places}
    return [str(indicator) for indicator in own if indicator in reported]


def counts(data: Dataset) -> pd.DataFrame:
    """Published numbers of projects. Started stays apart from started or resumed.

    Returns a row a subject (places first, then zones) and span with any count: ``subject``, ``period`` and a column
    for each indicator of the group PIPELINE, Quantity or None.

    >>> projects.counts(data).loc[0, ["subject", "period"]].tolist()
    ['all-zones', '2025-01/2025-05']
    """
    columns, rows = indicators_of(data, PIPELINE), []
    for subject in [*data.places.index, *data.zones.index]:
        spans: dict[Span, dict[str, Quantity]] = {}
        for indicator in columns:
            for at, key in data.spans.get((subject, indicator), {}).items():
                spans.setdefault(at, {})[indicator] = data.quantities[key]
        for at in sorted(spans, key=order_of_spans):
            rows.append((subject, at.iso, *(spans[at].get(indicator) for indicator in columns)))
    table = pd.DataFrame(rows, columns=["subject", "period", *columns], dtype=object)
    return table.where(table.notna(), None)


def of_group(data: Dataset) -> dict[str, Quantity | str]:
    """The pipeline of all zones together at the latest span for which the started projects, or else any count, are
    published: role -> Quantity, and ``period``; empty without any.

    >>> float(projects.of_group(data)["projects_signed"].value)
    104.0
    """
    roles = {role: indicator for role in PIPELINE_ROLES for indicator in data.with_role(role)[:1]}
    now = next((p for i in roles.values() if (p := panel(data, i, [data.group]))), None)
    if now is None:
        return {}
    figures = {role: data.value(data.group, indicator, now.span) for role, indicator in roles.items()}
    return {"period": now.span.iso, **{role: q for role, q in figures.items() if q is not None}}


def others(data: Dataset) -> pd.DataFrame:
    """Figures of projects that enter no ratio of theirs and stand in no table of all projects.

    Returns a row a figure: ``project``, ``indicator``, ``period`` and ``value`` (Quantity).

    >>> projects.others(data)["indicator"].tolist()
    ['projects_introduced', 'production_lines', 'induced_jobs']
    """
    shown = {project: OF_EVERY_PROJECT | roles_in_ratios(data, project) for project in data.projects.index}
    rows = [
        (subject, indicator, data.observations.at[key, "period"], data.quantities[key])
        for (subject, indicator), spans in data.spans.items()
        if subject in shown and data.indicators.at[indicator, "role"] not in shown[subject]
        for key in spans.values()
    ]
    return pd.DataFrame(rows, columns=["project", "indicator", "period", "value"], dtype=object)


def by_stage(data: Dataset) -> pd.DataFrame:
    """Named projects and their published investment by stage.

    Returns a row a stage that occurs: ``projects`` (number), ``with_investment`` (number) and
    ``investment`` (Quantity: the sum of the published ones, hence a lower bound of the stage's
    investment unless all are published; None when none is).

    >>> projects.by_stage(data).at["continuing", "investment"].high is None
    True
    """
    table = pipeline(data)
    rows = {}
    for stage in STAGES:
        own = table[table["stage"] == stage]
        known = [q for q in own["investment"] if q is not None]
        if len(own) == 0:
            continue
        amount = None
        if known and len({currency(q.unit) for q in known}) == 1:  # two currencies have no sum
            amount = total([q.to(unscaled(q.unit)) for q in known]).described("sum of the published investments")
            if len(known) < len(own):
                amount = replace(amount, high=None)
        rows[stage] = (len(own), len(known), amount)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["projects", "with_investment", "investment"]).astype(
        object
    )


def capacities(data: Dataset) -> pd.DataFrame:
    """Capacity that named projects add: a row a figure; ``project``, ``indicator``, ``capacity``.

    >>> projects.capacities(data).loc[0, ["project", "indicator"]].tolist()
    ['hongfa-broilers', 'birds_per_year']
    """
    rows = [
        (project, indicator, value)
        for project in data.projects.index
        for role in CAPACITY_ROLES
        for indicator in data.with_role(role)
        if (value := level(data, project, indicator)) is not None
    ]
    return pd.DataFrame(rows, columns=["project", "indicator", "capacity"], dtype=object)


def timeline(data: Dataset) -> pd.DataFrame:
    """Published dates of projects in order: ``project``, ``event``, ``date`` (ISO), ``qualifier`` (up_to: by then at
    the latest), ``status``, ``printed`` (the words it is read from) and ``locator``.

    >>> projects.timeline(data).loc[0, ["project", "event", "date", "status"]].tolist()
    ['hongfa-broilers', 'construction_start', '2019-05', 'realised']
    """
    return dates(data, "project")


def dates(data: Dataset, of: str) -> pd.DataFrame:
    """Published dates of projects or of zones, in order: the subject as ``project`` or ``zone``, and the columns of
    `timeline`.

    >>> projects.dates(data, "zone").loc[0, ["zone", "event", "date", "status"]].tolist()
    ['chaoyang-edz', 'approval', '1994-08', 'realised']
    """
    own = data.milestones[data.milestones["subject"].isin(data.tables[f"{of}s"].index)]
    columns = [of, "event", "date", "qualifier", "status", "printed", "locator"]
    return own.rename(columns={"subject": of})[columns].sort_values(["date", of], ignore_index=True)


def innovation(data: Dataset) -> pd.DataFrame:
    """Published figures of innovation: zones with any × the indicators of that group, Quantity or None.

    >>> list(projects.innovation(data).index)
    ['kazuo', 'chaoyang-hightech']
    """
    return by_zone(data, indicators_of(data, INNOVATION))


def by_zone(data: Dataset, indicators: Iterable[str]) -> pd.DataFrame:
    """Zones with any of these figures × the indicators, each on one footing: Quantity or None.

    >>> float(projects.by_zone(level, ["output"]).at["harbour", "output"].to("1e8 CNY").value)
    150.0
    """
    found = {i: now.values for i in indicators if (now := panel(data, i, data.zones.index)) is not None}
    table = pd.DataFrame(found, index=data.zones.index, columns=list(found), dtype=object)
    table = table.where(table.notna(), None)
    return table[table.notna().any(axis="columns")] if len(found) else table.head(0)
