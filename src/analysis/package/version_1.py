"""Packages of version 1 of the contract: read as they are, and rewritten when asked.

Version 1 told the formulas' inputs apart by the ids of indicators; `version_1.json` says which role each had.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

from analysis.package import descriptor as descriptors
from analysis.package import files
from analysis.package.descriptor import DESCRIPTOR

LACKS = (
    "follows version 1 of the data contract: it is read, but says of no share what it is a share of, of no flow "
    "whether it adds up over time and of no statement whether it is the source's own; "
    "`python -m analysis migrate DIR` rewrites it"
)

LEFT = (
    "indicators.csv: fill in share_of for each share, cumulative for each flow, universe where shares are compared",
    "claims.csv: set list to consistency where a statement is a check of ours and not the source's own",
)


def row(table: str, cells: dict[str, str]) -> dict[str, str]:
    """The cells of a row of version 1 as version 2 has them."""
    known = descriptors.packaged("version_1.json")
    if table == "indicators":
        kind = known["kinds"].get(cells.get("kind", ""), cells.get("kind", ""))
        if kind == "stock" and cells.get("unit") in ("item", "person"):
            kind = "count"
        base = {"base": "city"} if kind == "share" else {}
        return {**cells, "kind": kind, **base, **known["indicators"].get(cells.get("id"), {})}
    if table == "claims":
        allowed = descriptors.field(descriptors.contract(), "claims", "comparator")["constraints"]["enum"]
        comparator = cells.get("comparator", "")
        return {
            **cells,
            "list": "statement",
            "rule": known["rules"].get(cells.get("rule"), cells.get("rule", "")),
            "comparator": comparator if comparator in allowed else "",
        }
    return cells


def migrate(folder: Path) -> list[str]:
    """Rewrite a package of version 1 in place; returns what was written and what is left to say, a line each.

    The files as they were go to ``version-1`` beside them. Nothing is written unless all of it can be.
    """
    old = json.loads((folder / DESCRIPTOR).read_text("utf-8-sig"))
    if old.get("contract", 1) != 1:
        return [f"{folder}: follows version {old['contract']} of the contract already"]
    new = descriptors.read(folder)
    del new["written_for"]
    written = {DESCRIPTOR: json.dumps(new, ensure_ascii=False, indent=2) + "\n"}
    for resource in new["resources"]:
        if resource["name"] in ("indicators", "claims") and (folder / resource["path"]).exists():
            written[resource["path"]] = _rewritten(folder / resource["path"], resource)
    kept = folder / "version-1"
    kept.mkdir(exist_ok=True)
    for name, text in written.items():
        shutil.copyfile(folder / name, kept / name)
        beside = (folder / name).with_suffix(".new")
        beside.write_text(text, "utf-8", newline="")
        beside.replace(folder / name)
    return [f"rewrote {', '.join(written)}; the files as they were are in {kept}", *LEFT]


def _rewritten(path: Path, resource: descriptors.Resource) -> str:
    """A table in the columns of version 2."""
    records = files.records(path)
    out = io.StringIO()
    columns = [field["name"] for field in resource["schema"]["fields"]]
    lines = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    lines.writeheader()
    lines.writerows(row(resource["name"], record) for record in records)
    return out.getvalue()
