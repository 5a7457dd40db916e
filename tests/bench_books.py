"""Many books: how many an hour on one machine, and on two workers of a Dask cluster there.

By hand, with as many packages as there is time for: `.venv/bin/python tests/bench_books.py [packages] [options]`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.publish import editions

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tests" / "fixtures" / "example-city"
FIGURE = ",2024,53.7,53.7,"
PACKAGES, WORKERS = 20, 2


@dataclass(frozen=True)
class Rate:
    """Books an hour, of so many. again: those an hour when nothing has changed."""

    name: str
    books: int
    an_hour: float
    again: float


def books(place: Path, count: int = PACKAGES, more: Sequence[str] = ()) -> list[Rate]:
    """Build so many packages below ``place``, on one machine and on two workers; prints and returns both.

    more: options of the build. Needs what `.[scale]` brings.
    """
    from distributed import LocalCluster

    folder = packages(place / "packages", count)
    found = [_rate("one machine", folder, place / "here", more)]
    with LocalCluster(
        processes=True, n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        on_it = [*more, "--scheduler", cluster.scheduler_address]
        found.append(_rate(f"{WORKERS} workers", folder, place / "there", on_it))
    for line in found:
        told = f"{line.an_hour:.0f} books an hour, {line.again:.0f} unchanged"
        print(f"h  {line.books} packages, {line.name}: {told}", flush=True)
    return found


def packages(folder: Path, count: int) -> Path:
    """So many packages of one city, each with a name and a figure of its own; returns the folder that they lie in."""
    for number in range(count):
        made = folder / f"city-{number:02}"
        shutil.copytree(PACKAGE, made)
        table, descriptor = made / "observations.csv", made / "datapackage.json"
        share = f"{50 + number / 10:.1f}"
        table.write_text(table.read_text("utf-8").replace(FIGURE, f",2024,{share},{share},"), "utf-8")
        described = json.loads(descriptor.read_text("utf-8"))
        descriptor.write_text(json.dumps({**described, "name": made.name}, ensure_ascii=False), "utf-8")
    return folder


def _rate(name: str, folder: Path, site: Path, more: Sequence[str]) -> Rate:
    """A build of everything from nothing, then one of the same."""
    made = sorted(folder.iterdir())
    try:
        seconds = [_build(folder, site, more) for _ in range(2)]
    finally:
        for package in made:
            shutil.rmtree(editions.trees(package), ignore_errors=True)
    return Rate(name, len(made), *(len(made) * 3600 / each for each in seconds))


def _build(folder: Path, site: Path, more: Sequence[str]) -> float:
    command = [sys.executable, "-m", "analysis", "build", "--all", folder, "--site", site, *more]
    begun = time.perf_counter()
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.perf_counter() - begun


def main(count: str = str(PACKAGES), *more: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        books(Path(folder).resolve(), int(count), more)


if __name__ == "__main__":
    main(*sys.argv[1:])
