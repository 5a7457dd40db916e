"""Names of what the data hold, and the words for columns, states, kinds and rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.package.dataset import Dataset
from analysis.wording.locales import N_, _, language


def book(data: Dataset, field: str, code: str | None = None) -> str:
    """``title`` or ``subtitle`` of the book that is made of a package, in an edition's language."""
    own = data.descriptor.get("book", {})
    return str(own.get(f"{field}_{code or language()}") or data.descriptor.get("title", data.descriptor["name"]))


def pdf_name(data: Dataset, code: str | None = None) -> str:
    """The file name of an edition's PDF, of this edition unless ``code`` names one."""
    return f"{data.descriptor['name']}-{code or language()}.pdf"


def field_title(described: Mapping[str, Any]) -> str:
    """The title of a table or field of the descriptor; the English one stands without a suffix, as in the standard."""
    return str(described["title"] if language() == "en" else described.get(f"title_{language()}", described["title"]))


def localised(row: pd.Series | Mapping[str, Any], field: str) -> Any:
    """The field of the edition's language: ``localised(row, "name")`` is name_en or name_zh; None where it is empty."""
    return row[f"{field}_{language()}"]


def name(data: Dataset, key: str, *, first: bool = False) -> str:
    """The name of a place, zone, firm, project, chain or indicator.

    first: at first mention English prose adds the Chinese name: "Beipiao (北票)". An id that the data
    do not know is returned as a term or as it stands.
    """
    for table in ("zones", "places", "projects", "firms", "chains", "indicators"):
        rows = data.tables[table]
        if key in rows.index:
            row = rows.loc[key]
            own = localised(row, "name")
            return f"{own} ({row.name_zh})" if first and language() == "en" else own
    return term(data, key)


def full_name(data: Dataset, zone: str) -> str:
    """The official name of a zone, in English followed by the Chinese one."""
    row = data.zones.loc[zone]
    own = localised(row, "full_name")
    return f"{own} ({row.full_name_zh})" if language() == "en" else own


TERMS = {
    # columns of tables
    "zone": N_("Zone"),
    "chain": N_("Chain"),
    "project": N_("Project"),
    "indicator": N_("Indicator"),
    "subject": N_("Subject"),
    "period": N_("Period"),
    "event": N_("Event"),
    "named_stages": N_("Stages"),
    "named_firms": N_("Firms named"),
    "share": N_("Share of the city"),
    "change": N_("Change"),
    "value": N_("Value"),
    "all_zones": N_("All zones"),
    "city": N_("City"),
    "share_of_group": N_("Share of all zones"),
    "share_of_city": N_("Share of the city"),
    "growth": N_("Growth"),
    "contribution_points": N_("Adds to the growth of all"),
    "contribution_share": N_("Part of the change of all"),
    "location_quotient": N_("Location quotient"),
    "hhi": N_("Concentration index"),
    "cr1": N_("Share of the largest zone"),
    "cr3": N_("Share of the three largest"),
    "against": N_("Against"),
    "target": N_("Target"),
    "realised_figure": N_("Reached"),
    "fulfilled": N_("Fulfilled"),
    "figures": N_("Published figures"),
    "chains": N_("Chains"),
    "named_projects": N_("Named projects"),
    "band": N_("Ranks"),
    "zones": N_("Zones without a published rank"),
    "remainder": N_("Rest of the city"),
    "rank": N_("Rank"),
    "of": N_("Zones assessed"),
    "percentile": N_("Ranked behind"),
    "state": N_("State"),
    "printed": N_("Word printed"),
    "leads": N_("Lead firms named"),
    "stages": N_("Stages named"),
    "stage": N_("Stage"),
    "projects": N_("Projects"),
    "with_investment": N_("With published investment"),
    "investment": N_("Investment"),
    "capacity": N_("Capacity"),
    "place": N_("Place among zones"),
    "single_lead": N_("Single lead firm"),
    "single_lead_chains": N_("Chains with a single lead firm"),
    "role": N_("Role"),
    "date": N_("Date"),
    "status": N_("Status"),
    "verdict": N_("Verdict"),
    "required_margin_5": N_("Margin before depreciation, payback in five years"),
    "required_net_margin_5": N_("Net margin after depreciation, payback in five years"),
    "required_margin_10": N_("Margin before depreciation, payback in ten years"),
    "required_net_margin_10": N_("Net margin after depreciation, payback in ten years"),
    # states
    "formed": N_("formed"),
    "forming": N_("forming"),
    "planned": N_("planned"),
    "disputed": N_("worded differently"),
    "signed": N_("signed"),
    "started": N_("started"),
    "continuing": N_("continued"),
    "under_construction": N_("under construction"),
    "operating": N_("in operation"),
    "realised": N_("realised"),
    "expected": N_("expected"),
    # roles of firms in a chain
    "lead": N_("lead firm"),
    "relied_on": N_("firm relied on"),
    "member": N_("member"),
    "partner": N_("partner"),
    # qualifiers, and codes that stand for a yes
    "exact": N_("exact"),
    "approximate": N_("approximate"),
    "range": N_("range"),
    "at_least": N_("at least"),
    "more_than": N_("more than"),
    "up_to": N_("up to"),
    "true": N_("yes"),
    "listed": N_("listed"),
    "major": N_("major projects"),
    # what became of a figure
    "added": N_("added"),
    "changed": N_("changed"),
    "withdrawn": N_("withdrawn"),
    "restated": N_("restated"),
    # verdicts
    "supported": N_("supported"),
    "consistent": N_("consistent"),
    "contradicted": N_("contradicted"),
    "not_checkable": N_("not checkable"),
    # events
    "construction_start": N_("construction began"),
    "completion": N_("completed"),
    "topping_out": N_("topping out"),
    "production_start": N_("production begins"),
    "approval": N_("Approved"),
    # chapters
    "one-board": N_("One board"),
    "one-chain": N_("One chain"),
    "one-drive": N_("One drive"),
    "project-economics": N_("What projects cost and yield"),
    "zone-profiles": N_("Zone profiles"),
    "claims": N_("Statements tested"),
    # what is known of projects
    "output_value": N_("Annual output value"),
    "jobs": N_("Jobs"),
    "site_area": N_("Site area"),
    # what zones were approved for
    "approved_area": N_("Approved area"),
    "as_of": N_("Area as of"),
    "per_area": N_("Firms on the approved area"),
    "of_approved": N_("Of the approved area"),
    "industries": N_("Lead industries listed"),
    "in_both": N_("In both"),
    "listed_name": N_("Name as listed"),
    # project measures
    "investment_per_mu": N_("Investment per mu"),
    "investment_per_hectare": N_("Investment per hectare"),
    "fixed_investment_per_mu": N_("Fixed-asset investment per mu"),
    "fixed_investment_per_hectare": N_("Fixed-asset investment per hectare"),
    "fixed_share": N_("Fixed-asset share"),
    "output_per_mu": N_("Output per mu"),
    "output_per_hectare": N_("Output per hectare"),
    "plot_ratio": N_("Plot ratio"),
    "output_per_yuan": N_("Output per yuan invested"),
    "jobs_per_100m": N_("Jobs per CNY 100 million"),
    "output_per_job": N_("Output per job"),
    "induced_jobs_ratio": N_("Induced jobs per job"),
    "mass_yield": N_("Mass yield"),
    "mass_not_in_products": N_("Mass not in products"),
    "operating_days": N_("Implied operating days"),
    "six_day_throughput": N_("A year's throughput on six-day weeks"),
    "implied_price": N_("Output value per unit processed"),
    "six_day_price": N_("The same at six days a week"),
    "output_per_tonne": N_("Output value per tonne taken in"),
    "construction_months": N_("Construction time"),
}

# of a figure; of a chain or a project the same words stand in TERMS
STATUSES = {"realised": N_("realised"), "expected": N_("expected"), "planned": N_("as planned")}
KINDS = {
    "amount": N_("amount"),
    "stock": N_("stock"),
    "count": N_("count"),
    "share": N_("share"),
    "rate": N_("rate"),
    "rank": N_("rank"),
    "ratio": N_("ratio"),
}

RULES = {
    "threshold": N_("the figure against the threshold in the statement; “nearly” means below it, within the margin"),
    "rank_count": N_("published ranks within the limit, and the zones without a published rank"),
    "earlier_periods": N_("the figure against those of earlier periods"),
    "part_of_whole": N_("a part does not exceed its whole"),
    "integer_total": N_("a whole number of projects for the city gives the printed share"),
    "distinct": N_("one number does not stand for two definitions"),
    "throughput": N_("the days of operation needed fit into a year"),
    "under_construction": N_("no realised completion before the report"),
    "mass_balance": N_("products weigh no more than the material taken in"),
    "maturity": N_("the state of the chain, as the source words it elsewhere"),
}


def term(data: Dataset, key: object) -> str:
    """The word for a column, state, verdict, event or measure, else the name of an indicator; years for a number."""
    if isinstance(key, int):
        return _("{n} years").format(n=key)
    return _(TERMS[str(key)]) if key in TERMS else indicator(data, str(key))


def indicator(data: Dataset, key: str) -> str:
    """The name of an indicator, whatever else its id may mean; an unknown id as it stands."""
    return localised(data.indicators.loc[key], "name") if key in data.indicators.index else key


def share_of(data: Dataset, key: str) -> str:
    """The name of what a share is a share of, or of the indicator itself where that is not said."""
    return indicator(data, str(data.indicators.at[key, "share_of"] or key))


def status(key: str) -> str:
    """The word for the status of a figure."""
    return _(STATUSES[key])


def kind(key: str) -> str:
    """The word for a kind of indicator."""
    return _(KINDS[key])


def rule(key: str) -> str:
    """What a rule of `claims` compares, in words."""
    return _(RULES[key])
