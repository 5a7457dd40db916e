"""A package for a city of which nothing is there yet: valid, small, and with an example row where one is needed.

Tables, columns and units are the contract's. The one figure is no invention: it counts the zones that were named.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.package import dataset
from analysis.package.dataset import Dataset
from analysis.package.descriptor import DESCRIPTOR, NEEDED, VERSION, Descriptor, contract, packaged, resource

# a row with a text that begins so is there to be replaced
EXAMPLE = "Example: "
Row = dict[str, str]


@dataclass(frozen=True)
class Name:
    """What a place is called in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: str) -> Name:
        """The name that is written ``Chinese=English``; one alone stands in both languages.

        >>> Name.of("阜新市=Fuxin")
        Name(zh='阜新市', en='Fuxin')
        >>> Name.of("Fuxin")
        Name(zh='Fuxin', en='Fuxin')
        """
        zh, _sign, en = (part.strip() for part in text.replace("＝", "=").partition("="))
        return cls(zh or en, en or zh)


def create(folder: Path, city: Name, zones: Sequence[Name], year: int) -> None:
    """Write the package of a city into ``folder``, which is made.

    year: of its example figure. Raises FileExistsError, DataFaults when a name cannot be used, OSError; then nothing
    is left behind.
    """
    if folder.exists():
        raise FileExistsError(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    place, *ids = _ids([city, *zones])
    tables = _tables(place, city, dict(zip(ids, zones, strict=True)), str(year))
    with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        made = Path(beside) / folder.name
        made.mkdir()
        described = _descriptor(place, city)
        (made / DESCRIPTOR).write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")
        for name, rows in tables.items():
            table = resource(described, name)
            columns = [column["name"] for column in table["schema"]["fields"]]
            # with the mark by which Excel knows the encoding
            with (made / table["path"]).open("w", encoding="utf-8-sig", newline="") as file:
                lines = csv.DictWriter(file, columns, restval="")
                lines.writeheader()
                lines.writerows(rows)
        dataset.load(made)
        made.rename(folder)


def _ids(names: Iterable[Name]) -> list[str]:
    """An id for each name, of its English letters where it has any, else of its place among the names."""
    found = [packaged("example.json")["observations"]["subject"]]
    for number, name in enumerate(names):
        own = re.sub(r"[^a-z0-9]+", "-", name.en.casefold()).strip("-")
        found.append(own if own and own not in found else f"zone-{number}" if number else "city")
    return found[1:]


def _both(field: str, name: Name) -> Row:
    return {f"{field}_en": name.en, f"{field}_zh": name.zh}


def _descriptor(place: str, city: Name) -> Descriptor:
    title = Name(f"{city.zh}开发区", f"The development zones of {city.en}")
    return {
        "name": f"{place}-zones",
        "title": title.en,
        "book": _both("title", title) | _both("subtitle", Name("已公布的数据", "What is published of them")),
        "version": "0.1.0",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "contract": VERSION,
        "units": contract()["units"],
        "resources": [table for table in contract()["resources"] if table["name"] in NEEDED],
    }


def _tables(place: str, city: Name, zones: dict[str, Name], year: str) -> dict[str, list[Row]]:
    """The rows of each table that a package needs."""
    example: dict[str, Row] = packaged("example.json")
    figure = example["observations"]
    located = {"city": place, "locator": figure["locator"]}
    total = Name(f"{city.zh}开发区合计", f"All zones of {city.en}")
    return {
        "sources": [{**example["sources"], "reporting_period": year}],
        "sections": [example["sections"]],
        "places": [
            {"id": place, "kind": "city", **_both("name", city)},
            {"id": figure["subject"], "kind": "group", "parent": place, **_both("name", total)},
        ],
        "zones": [
            {"id": key, **located, **_both("name", zone), **_both("full_name", zone)} for key, zone in zones.items()
        ],
        "indicators": [example["indicators"]],
        "observations": [{**figure, "period": year, "low": str(len(zones)), "high": str(len(zones))}],
    }


def examples(data: Dataset) -> dict[str, list[str]]:
    """Table -> the ids of its rows that are still examples, for the tables that have some."""
    found = {
        name: [
            str(key)
            for key, row in table.iterrows()
            if any(isinstance(cell, str) and cell.startswith(EXAMPLE) for cell in row)
        ]
        for name, table in data.tables.items()
    }
    return {name: keys for name, keys in found.items() if keys}
