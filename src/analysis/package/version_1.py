"""Packages of version 1 of the contract, read as they are; `migration` rewrites them.

Version 1 told the formulas' inputs apart by the ids of indicators; `version_1.json` says which role each had.
"""

from __future__ import annotations

from analysis.package import descriptor as descriptors

LACKS = (
    "follows version 1 of the data contract: it is read, but says of no share what it is a share of, of no flow "
    "whether it adds up over time and of no statement whether it is the source's own; "
    "`python -m analysis migrate DIR` rewrites it"
)


def row(table: str, cells: dict[str, str]) -> dict[str, str]:
    """The cells of a row of version 1 as version 2 has them."""
    known = descriptors.packaged("version_1.json")
    if table == "indicators":
        kind = known["kinds"].get(cells.get("kind", ""), cells.get("kind", ""))
        if kind == "stock" and cells.get("unit") in ("item", "person"):
            kind = "count"
        group = known["groups"].get(cells.get("group", ""), cells.get("group", ""))
        if group and group not in descriptors.groups(descriptors.contract()):
            group = "other"  # version 1 left the word to the package
        base = {"base": "city"} if kind == "share" else {}
        return {**cells, "group": group, "kind": kind, **base, **known["indicators"].get(cells.get("id"), {})}
    if table == "claims":
        allowed = descriptors.field(descriptors.contract(), "claims", "comparator")["constraints"]["enum"]
        rule, comparator = cells.get("rule", ""), cells.get("comparator", "")
        # version 1 knew `at_least` and took all else for nearly
        known_here = comparator if comparator in allowed else "nearly" if rule == "threshold" else ""
        return {**cells, "list": "statement", "rule": known["rules"].get(rule, rule), "comparator": known_here}
    return {known["columns"].get(table, {}).get(column, column): cell for column, cell in cells.items()}
