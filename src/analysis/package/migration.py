"""Rewriting a package of version 1 of the contract as version 2."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.package import cells, dataset, descriptor, files, version_1, written_periods
from analysis.package.descriptor import DESCRIPTOR, VERSION, Descriptor, Resource
from analysis.package.faults import DataFaults, Fault

KEPT = "version-1"  # folder for the files as they were
LEFT = (
    "indicators.csv: fill in share_of for each share, cumulative for each flow, universe where shares are compared",
    "claims.csv: set list to consistency where a statement is a check of ours and not the source's own",
)


def migrate(folder: Path) -> list[str]:
    """Rewrite a package of version 1 in place; returns what was done and what is left to do, a line each.

    Tables are named and columns are read as version 2 has them; no figure changes. The files as they were go to the
    folder ``version-1`` of the package. Raises DataFaults when the package has faults, before or after, and OSError:
    then nothing is written.
    """
    data = dataset.load(folder)
    if descriptor.version(data.descriptor) == VERSION:
        return [f"{folder}: follows version {VERSION} of the data contract already; nothing was rewritten"]
    kept = folder / KEPT
    if kept.exists():
        raise DataFaults([Fault(KEPT, None, None, None, "stands there already; move it away first", "kept-already")])
    written = _rewritten(folder, data.descriptor)
    _load_rewritten(folder, data.descriptor, written)
    new = {name: folder / f"{name}.new" for name in written}
    begun: list[Path] = []
    try:
        for name, path in new.items():
            path.write_text(written[name], _encoding(name), newline="")
            begun.append(path)
        kept.mkdir()
    except OSError:
        for path in begun:
            path.unlink()
        raise
    for name, path in new.items():
        shutil.copyfile(folder / name, kept / Path(name).name)
        path.replace(folder / name)
    return [f"{folder}: rewrote {', '.join(written)}; the files as they were are in {kept}", *LEFT]


def _rewritten(folder: Path, described: Descriptor) -> dict[str, str]:
    """The files that change, by name; the descriptor last, as it says how the others are read."""
    there = [resource for resource in described["resources"] if (folder / resource["path"]).exists()]
    changed = [resource for resource in there if resource["name"] in ("indicators", "claims", "milestones")]
    new = {**described, "contract": VERSION, "resources": there}
    return {
        **{resource["path"]: _table(folder / resource["path"], resource) for resource in changed},
        DESCRIPTOR: json.dumps(new, ensure_ascii=False, indent=2) + "\n",
    }


def _encoding(name: str) -> str:
    """Tables get the mark by which Excel knows UTF-8: without it, it reads them as GBK."""
    return "utf-8-sig" if name.endswith(".csv") else "utf-8"


def _table(path: Path, resource: Resource) -> str:
    """A table in the columns of version 2."""
    out = io.StringIO()
    columns = [field["name"] for field in resource["schema"]["fields"]]
    lines = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    lines.writeheader()
    dated = [field["name"] for field in resource["schema"]["fields"] if cells.is_period(field)]
    for record in files.records(path):
        row = version_1.row(resource["name"], record)
        lines.writerow({**row, **{column: written_periods.iso(row.get(column, "")) for column in dated}})
    return out.getvalue()


def _load_rewritten(folder: Path, described: Descriptor, written: dict[str, str]) -> None:
    """Read the package as it would be. Raises DataFaults."""
    with TemporaryDirectory(prefix="analysis-") as place:
        for resource in described["resources"]:
            if (folder / resource["path"]).exists():
                (Path(place) / resource["path"]).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / resource["path"], Path(place) / resource["path"])
        for name, text in written.items():
            (Path(place) / name).write_text(text, _encoding(name), newline="")
        dataset.load(place)
