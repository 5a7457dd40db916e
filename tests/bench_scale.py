"""A made-up national register of 10,000 to 10,000,000 figures: time, memory and slope of what is done to all of them.

By hand, with as many figures as there is time for: `.venv/bin/python tests/bench_scale.py [figures ...]`. Each line is
measured in a process of its own, so that its peak of memory is its own; ratios are to `pandas.read_csv` of the same
file. `check` is what `dataset.load` finds cell by cell and row by row; the model, which asks whether all figures can be
true together, reckons with exact fractions and is measured beside it.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import register

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MODELLED = 100_000  # figures that the model is measured with at most: a minute each 300,000
AIM, AT, MEMORY, LARGEST = 10.0, 1_000_000, 4096, 10_000_000  # times `read_csv`, at so many; MB, at so many
WORKER = "600MB"  # of a worker that is smaller than the register

# what is done, after the libraries are loaded
WORK = {
    "read_csv": "pandas.read_csv(folder / 'observations.csv')",
    "load and check": "dataset.load(folder)",
    "contribution tables": "cluster.tables(data.observations, Register.of(data))",
    "model": "contradictions(data); implied(data)",
}
PROCESS = """
import json, resource, sys, time
from pathlib import Path
import pandas
from analysis.publish import cluster
from analysis.model.contradictions import contradictions
from analysis.model.implied import implied
from analysis.model.register import Register
from analysis.package import dataset
folder = Path(sys.argv[1])
if {needs_data}:
    data = dataset.load(folder)
busy, wall = time.process_time(), time.perf_counter()
{work}
used = time.process_time() - busy
print(json.dumps([used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


@dataclass(frozen=True)
class Measured:
    """Seconds of processor and MB at the peak. times: as long as `read_csv` of the same file. slope: by which power of
    the figures the time has grown since the size before; None of the first."""

    name: str
    figures: int
    seconds: float
    memory: float
    times: float
    slope: float | None
    met: bool | None


def scale(place: Path, sizes: tuple[int, ...] = SIZES) -> list[Measured]:
    """Measure each size below ``place``, as CSV and as Parquet; prints and returns the lines."""
    found: list[Measured] = []
    for size in sizes:
        package = register.write(place / f"csv-{size}", size)
        in_parquet = register.in_parquet(package, place / f"parquet-{size}")
        plain, memory = _measured("read_csv", package)
        _add(found, "read_csv", size, plain, memory, plain)
        for name, folder in (("", package), (" (Parquet)", in_parquet)):
            for work in list(WORK)[1:]:
                if work != "model" or (size <= MODELLED and not name):
                    _add(found, work + name, size, *_measured(work, folder), plain)
    return found


def _add(found: list[Measured], name: str, size: int, seconds: float, memory: float, plain: float) -> None:
    before = next((line for line in reversed(found) if line.name == name), None)
    slope = math.log(seconds / before.seconds) / math.log(size / before.figures) if before else None
    aims = [seconds / plain <= AIM] if size == AT and name not in ("read_csv", "model") else []
    aims += [memory <= MEMORY] if size == LARGEST and name != "read_csv" else []
    found.append(Measured(name, size, seconds, memory, seconds / plain, slope, all(aims) if aims else None))
    told = "" if slope is None else f", slope {slope:.2f}"
    met = "" if not aims else f"  aim {'met' if all(aims) else 'missed'}"
    line = f"{size:>10,} {name:32}{seconds:8.2f} s {seconds / plain:7.1f} times {memory:7.0f} MB"
    print(f"s  {line}{told}{met}", flush=True)


def _measured(work: str, folder: Path) -> tuple[float, float]:
    code = PROCESS.format(work=WORK[work], needs_data=work in ("contribution tables", "model"))
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True)
    if done.returncode:
        return math.nan, math.nan  # more than this machine holds
    used, memory = json.loads(done.stdout.splitlines()[-1])
    return used, memory


def beyond_a_worker(place: Path, size: int = AT) -> bool:
    """The tables of a register on a cluster none of whose workers could hold it, equal to those of one machine; prints
    and returns whether they are."""
    import pandas as pd
    from distributed import LocalCluster

    from analysis.publish import cluster

    package = register.write(place / "csv", size)
    in_parquet = register.in_parquet(package, place / "parquet")
    alone = cluster.write(package, place / "alone")
    limits = {"memory_limit": WORKER, "n_workers": 2, "threads_per_worker": 1}
    with LocalCluster(processes=True, dashboard_address=None, host="127.0.0.1", **limits) as workers:
        together = cluster.write(in_parquet, place / "together", workers.scheduler_address)
    equal = alone == together
    for name in alone:
        one, other = (pd.read_parquet(place / folder / name) for folder in ("alone", "together"))
        equal &= register.in_order(one).equals(register.in_order(other))
    print(f"s  {size:,} figures on two workers of {WORKER} each: {'equal' if equal else 'different'}", flush=True)
    return equal


def main(*sizes: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        scale(place, tuple(map(int, sizes)) or SIZES)
        beyond_a_worker(place / "cluster")


if __name__ == "__main__":
    main(*sys.argv[1:])
