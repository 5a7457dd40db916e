"""What the zones of many cities contribute, as tables: for registers that no book could show."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.commands import FAULTY, FINE, Command, add_data

MISSING = "Parquet and clusters need one thing more: pip install '.[scale]'"


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder for the tables (Parquet)")
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="of a Dask cluster that shares the file system, such as tcp://10.0.0.1:8786: for observations in Parquet "
        "that are more than this machine can hold",
    )


def _contributions(options: argparse.Namespace) -> int:
    out = options.out.expanduser().resolve()
    try:
        from analysis.publish import cluster, many_books
    except ModuleNotFoundError:
        print(MISSING, file=sys.stderr)
        return FAULTY
    try:
        counts = cluster.write(options.data, out, options.scheduler)
    except (OSError, many_books.NoCluster) as error:
        print(f"{options.scheduler or out}: {getattr(error, 'strerror', None) or error}", file=sys.stderr)
        return FAULTY
    print(*(f"{out / name}: {count:,} rows" for name, count in counts.items()), sep="\n")
    return FINE


CONTRIBUTIONS = Command(
    "contributions",
    "write each zone's shares and place, of all cities of a package, as tables",
    _contributions,
    _arguments,
    "written",
)
