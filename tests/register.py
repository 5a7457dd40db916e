"""A made-up national register of zones, of as many published figures as is wished: for `make bench` and its tests."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.package.descriptor import contract

YEARS = (2022, 2023, 2024)
ZONES = 18  # of a city
# indicator -> kind, unit, printed unit, largest figure of a zone
INDICATORS = {
    "output": ("amount", "CNY", "亿元", 900),
    "investment": ("amount", "CNY", "亿元", 200),
    "foreign_capital": ("amount", "USD", "万美元", 9000),
    "jobs": ("count", "person", "人", 60000),
    "firms": ("count", "item", "家", 400),
    "projects": ("count", "item", "个", 80),
    "area": ("stock", "mu", "亩", 30000),
    "tax": ("amount", "CNY", "亿元", 40),
    "exports": ("amount", "CNY", "亿元", 120),
    "patents": ("count", "item", "项", 500),
}
WHOLE = ("count",)


def write(folder: Path, figures: int, seed: int = 1) -> Path:
    """A data package of about so many figures in ``folder``: cities of `ZONES` zones, each with its group; what the
    zones report, and what they have together. Returns the folder."""
    folder.mkdir(parents=True)
    cities = max(1, round(figures / (len(INDICATORS) * len(YEARS) * (ZONES + 1))))
    own = {
        "name": "register",
        "contract": 2,
        "book": {"title": "A made-up register", "title_zh": "虚构名录"},
        "resources": [
            {"name": each["name"], "path": each["path"], "schema": {"fields": []}} for each in contract()["resources"]
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    tables = {
        "sources": (
            "id,name_en,name_zh,title_en,title_zh,reporting_period",
            ["register,register,名录,A made-up register,虚构名录,2025-06"],
        ),
        "sections": ("id,source,name_en,name_zh", ["all,register,All,全部"]),
        "places": ("id,kind,name_en,name_zh,parent", _places(cities)),
        "zones": ("id,city,name_en,name_zh,full_name_en,full_name_zh,locator", _zones(cities)),
        "indicators": ("id,group,kind,unit,name_en,name_zh,definition_en,definition_zh", _indicators()),
        "observations": (
            "subject,indicator,period,low,high,qualifier,status,unit,source,locator",
            _figures(cities, random.Random(seed)),
        ),
    }
    for name, (heading, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            file.write(heading + "\n")
            file.writelines(f"{row}\n" for row in rows)
    return folder


def in_parquet(package: Path, folder: Path, rows: int = 50_000) -> Path:
    """The same package in another folder with its observations as Parquet, in groups of so many rows; returns it."""
    shutil.copytree(package, folder)
    texts = pd.read_csv(folder / "observations.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    texts.to_parquet(folder / "observations.parquet", index=False, row_group_size=rows)
    (folder / "observations.csv").unlink()
    own = json.loads((folder / "datapackage.json").read_text("utf-8"))
    next(each for each in own["resources"] if each["name"] == "observations")["path"] = "observations.parquet"
    (folder / "datapackage.json").write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    return folder


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """A table of contributions in an order of its own: a cluster writes it as its parts are done."""
    keys = [name for name in ("city", "indicator", "subject") if name in table]
    return table.sort_values(keys, ignore_index=True)


def _places(cities: int) -> Iterator[str]:
    yield "land,country,Land,国,"
    for city in range(cities):
        yield f"city-{city},city,City {city},第{city}市,land"
        yield f"all-{city},group,Zones of city {city},第{city}市合计,city-{city}"


def _zones(cities: int) -> Iterator[str]:
    for city in range(cities):
        for zone in range(ZONES):
            name = f"zone-{city}-{zone}"
            yield f"{name},city-{city},Zone {city} {zone},区{city}之{zone},Zone {city} {zone},区{city}之{zone},all/1"


def _indicators() -> Iterator[str]:
    for name, (kind, unit, _, _) in INDICATORS.items():
        yield f"{name},other,{kind},{unit},{name},{name},Made up,虚构"


def _figures(cities: int, random: random.Random) -> Iterator[str]:
    for city in range(cities):
        for name, (kind, _, printed, most) in INDICATORS.items():
            for year in YEARS:
                found = [
                    random.randint(1, most) if kind in WHOLE else round(random.uniform(1, most), 2)
                    for _ in range(ZONES)
                ]
                end = f",exact,realised,{printed},register,all/1"
                for zone, value in enumerate(found):
                    yield f"zone-{city}-{zone},{name},{year},{value},{value}{end}"
                whole = sum(found) if kind in WHOLE else f"{sum(found):.2f}"
                yield f"all-{city},{name},{year},{whole},{whole}{end}"
