"""The data package of another city, to begin with."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from analysis.commands import FAULTY, FINE, WRONG, Command
from analysis.package import start, workbook

NAMED = "its name as 中文=English; one alone stands in both languages"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder to make; it must not be there yet")
    parser.add_argument("--city", metavar="NAME", help=NAMED)
    parser.add_argument("--zones", metavar="NAME", nargs="+", help="its development zones, each named in the same way")


def _new(options: argparse.Namespace) -> int:
    folder = options.folder.expanduser().resolve()
    city, zones = options.city, options.zones
    book = folder.with_name(f"{folder.name}.xlsx")
    for path in (folder, book):
        if path.exists():
            print(f"{path}: is there already and stays as it is; name a folder that is not", file=sys.stderr)
            return WRONG
    if sys.stdin.isatty():
        city = city or _asked(f"City, {NAMED}: ")
        zones = zones or _asked("Its zones in the same way, with semicolons between: ").replace("；", ";").split(";")
    names = [start.Name.of(name) for name in zones or () if name.strip(" =＝")]
    if not (city or "").strip(" =＝") or not names:
        print('name the city and its zones: --city "中文=English" --zones "中文=English" …', file=sys.stderr)
        return WRONG
    try:
        start.create(folder, start.Name.of(city), names, datetime.date.today().year)
        workbook.write(folder, book)
    except OSError as error:
        print(f"{error.filename or folder}: cannot be written: {error.strerror}", file=sys.stderr)
        return FAULTY
    print(f"{folder}: a data package with an example row in each table that needs one")
    print(f"{book}: the same as a workbook, for Excel; fill in one of the two")
    print(f"what to do next: python -m analysis check {options.folder}")
    return FINE


def _asked(question: str) -> str:
    """The answer typed at the terminal; empty when its input ends."""
    try:
        return input(question)
    except EOFError:
        return ""


NEW = Command("new", "start the data package of a city, with example rows to replace", _new, _arguments, "written")
