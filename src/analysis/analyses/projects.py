"""One drive: the pipeline of projects, its counts, capacity and dates. Pure functions."""

from __future__ import annotations

import pandas as pd

from analysis.package.dataset import Dataset
from analysis.quantity import Quantity, total

STAGES = ("planned", "signed", "started", "continuing", "under_construction", "operating")
UNBUILT = ("planned", "signed")  # stages in which no money need have been spent
BUILDING = ("started", "continuing", "under_construction")
COUNTS = ("projects_signed", "projects_started", "projects_started_or_resumed", "projects_continued")
CAPACITIES = (
    "input_mass",
    "main_product_mass",
    "by_product_mass",
    "product_volume",
    "product_devices",
    "birds_per_year",
)
INNOVATION = ("open_bid_projects", "transplanted_projects", "research_alliances", "results_commercialised")


def pipeline(data: Dataset) -> pd.DataFrame:
    """The named projects, in the order of their stage, the largest investment first.

    Returns a row a project: ``zone``, ``stage``, and the Quantity (or None) ``investment``,
    ``output_value``, ``jobs``, ``site_area``.
    """
    rows = {
        project: (
            row.zone,
            row.stage,
            *(
                data.value(project, indicator)
                for indicator in ("total_investment", "output_value", "jobs", "site_area")
            ),
        )
        for project, row in data.projects.iterrows()
    }

    def order(project: str) -> tuple:
        investment = rows[project][2]
        size = 0 if investment is None else investment.to("CNY").low or 0
        return STAGES.index(rows[project][1]), -size

    columns = ["zone", "stage", "investment", "output_value", "jobs", "site_area"]
    index = sorted(rows, key=order)
    return pd.DataFrame([rows[p] for p in index], index=index, columns=columns, dtype=object)


def counts(data: Dataset) -> pd.DataFrame:
    """Published numbers of projects. Started stays apart from started or resumed.

    Returns a row a subject (the group first, then zones) and period with any count: ``subject``,
    ``period`` and the columns of COUNTS, Quantity or None.
    """
    rows = []
    for subject in [*data.places.index, *data.zones.index]:
        periods = {p for indicator in COUNTS for p in data.periods(subject, indicator)}
        for period in sorted(periods):
            rows.append((subject, period, *(data.value(subject, i, period) for i in COUNTS)))
    return pd.DataFrame(rows, columns=["subject", "period", *COUNTS], dtype=object)


def by_stage(data: Dataset) -> pd.DataFrame:
    """Named projects and their published investment by stage.

    Returns a row a stage that occurs: ``projects`` (number), ``with_investment`` (number) and
    ``investment`` (Quantity: the sum of the published ones, hence a lower bound of the stage's
    investment unless all are published; None when none is).
    """
    table = pipeline(data)
    rows = {}
    for stage in STAGES:
        own = table[table["stage"] == stage]
        known = [q.to("CNY") for q in own["investment"] if q is not None]
        if len(own) == 0:
            continue
        amount = None
        if known:
            amount = total(known).described("sum of the published investments")
            if len(known) < len(own):
                amount = Quantity(amount.low, None, "CNY", sources=amount.sources, formula=amount.formula)
        rows[stage] = (len(own), len(known), amount)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["projects", "with_investment", "investment"]).astype(
        object
    )


def capacities(data: Dataset) -> pd.DataFrame:
    """Capacity that named projects add: a row a figure; ``project``, ``indicator``, ``capacity``."""
    rows = [
        (project, indicator, value)
        for project in data.projects.index
        for indicator in CAPACITIES
        if (value := data.value(project, indicator)) is not None
    ]
    return pd.DataFrame(rows, columns=["project", "indicator", "capacity"], dtype=object)


def timeline(data: Dataset) -> pd.DataFrame:
    """Published dates of projects in order: ``project``, ``event``, ``date`` (ISO), ``status``."""
    columns = ["project", "event", "date", "status"]
    return data.milestones[columns].sort_values(["date", "project"], ignore_index=True)


def built(data: Dataset) -> list[str]:
    """Projects of which both the start and the completion of construction are published and past."""
    done = data.milestones[data.milestones["status"] == "realised"]
    events = done.groupby("project", sort=False)["event"].agg(set)
    return [project for project, own in events.items() if {"construction_start", "completion"} <= own]


def same_number(first: Quantity | None, second: Quantity | None) -> bool:
    """Whether two published numbers are exactly the same; False when one is missing."""
    return (
        first is not None
        and second is not None
        and first.is_point
        and (first.low, first.high) == (second.low, second.high)
    )


def innovation(data: Dataset) -> pd.DataFrame:
    """Published innovation figures: zones with any × INNOVATION, Quantity or None."""
    rows = {z: [data.value(z, i) for i in INNOVATION] for z in data.zones.index}
    rows = {zone: cells for zone, cells in rows.items() if any(q is not None for q in cells)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(INNOVATION)).astype(object)
