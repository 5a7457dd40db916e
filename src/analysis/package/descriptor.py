"""The descriptor of a data package: read, held against the contract, and brought to its present version.

`contract.json` is the contract: the tables that a package may hold, their fields, and units to begin with.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis import quantity
from analysis.package.cells import nearest
from analysis.package.faults import DataFaults, Fault
from analysis.package.texts import refuse_hidden
from analysis.package.widths import BLANKS

DESCRIPTOR = "datapackage.json"
VERSION = 2  # of the contract
# the others may be missing
NEEDED = ("sources", "sections", "places", "zones", "indicators", "observations")
# both become names of files and addresses
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
PATH = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*")
# what a package says of a table or a field in words of its own
WORDS = ("title", "title_zh", "description", "description_zh", "example")
MAX_TEXT, MAX_TITLE = 2_000, 200  # characters
# far above any register's figures
MAX_BYTES = 2_000_000_000

Descriptor = dict[str, Any]
Resource = dict[str, Any]
Field = dict[str, Any]


class Unreadable(Exception):
    """A file cannot be read at all; str() says why and what to do. slug: of the fault."""

    def __init__(self, expected: str, slug: str = "file-unreadable"):
        super().__init__(expected)
        self.slug = slug


@cache
def packaged(name: str) -> dict[str, Any]:
    """A JSON file that comes with this code."""
    return dict(json.loads(files("analysis.package").joinpath(name).read_text("utf-8")))


def contract() -> Descriptor:
    """The contract: ``resources`` and ``units``."""
    return packaged("contract.json")


def content(path: Path) -> bytes:
    """What a file holds. Raises Unreadable (too large, not a file, no permission), FileNotFoundError."""
    try:
        if path.exists() and not path.is_file():
            raise Unreadable("is not a file")
        if path.stat().st_size > MAX_BYTES:
            most = f"{MAX_BYTES // 1_000_000:,} MB"
            raise Unreadable(f"is larger than {most}; expected a table of published figures", "file-too-large")
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None


def read(folder: Path) -> Descriptor:
    """The descriptor of the package in ``folder``, in the present version of the contract; its units become known.

    What the tables hold is the contract's to say: of the package's own are its name and titles, the words and paths
    of tables and fields, units and groups. What it leaves out is as the contract has it. Raises DataFaults.
    """
    try:
        descriptor: Descriptor = json.loads(content(folder / DESCRIPTOR).decode("utf-8-sig"))
        version = descriptor.get("contract", 1)
        if version not in (1, VERSION):
            raise ValueError(f"it follows version {version} of the contract; this code knows 1 and {VERSION}")
        if version == 1:
            descriptor = _from_version_1(descriptor)
        _readable("it", descriptor)
        descriptor = _completed(descriptor)
        quantity.define(descriptor["units"])
        _printed_units_known(descriptor)
    except FileNotFoundError:
        expected, slug = (
            f"there is no {DESCRIPTOR} in {folder}; name the folder of a data package",
            "descriptor-missing",
        )
    except Unreadable as error:
        expected, slug = str(error), error.slug
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        found = f"the entry {error} is missing" if isinstance(error, KeyError) else str(error)
        expected, slug = f"not a readable data package descriptor ({found})", "descriptor-faulty"
    else:
        return descriptor
    raise DataFaults([Fault(DESCRIPTOR, None, None, None, expected, slug)])


def version(descriptor: Descriptor) -> int:
    """The version of the contract that the package was written for."""
    return int(descriptor["contract"])


def _from_version_1(old: Descriptor) -> Descriptor:
    """The same package as version 2 describes it; printed units that it alone has are kept."""
    printed = {**printed_units(contract()), **printed_units(old)}
    resources = [{"name": table["name"], "path": table["path"], "schema": {"fields": []}} for table in old["resources"]]
    _named(resources, "observations")["schema"]["fields"] = [{"name": "unit", "units": printed}]
    return {**old, "contract": 1, "resources": resources}


def _readable(name: str, entry: Any) -> None:
    """Raises ValueError when a text in an entry, or its name, holds what cannot be read, or is too long to print."""
    if isinstance(entry, dict | list):
        for key, value in entry.items() if isinstance(entry, dict) else ((name, value) for value in entry):
            _readable(key, value)
            _readable("the name of an entry", key)
    elif isinstance(entry, str):
        refuse_hidden(entry)
        most = MAX_TITLE if name.startswith(("title", "subtitle")) else MAX_TEXT
        if len(entry) > most:
            raise ValueError(f"{name} has {len(entry):,} characters; expected {most:,} or fewer")
        if name.startswith("title") and not entry.strip(BLANKS):
            raise ValueError(f"{name} is empty")


def _completed(own: Descriptor) -> Descriptor:
    """The contract with what is the package's own. Raises ValueError, KeyError or TypeError where the rest of the
    code could not go on."""
    described: Descriptor = deepcopy(contract())
    if not NAME.fullmatch(own["name"]):
        raise ValueError(
            f"its name {own['name']!r} becomes a file's: expected small letters, digits and hyphens, 100 at most"
        )
    tables = _by_name(own["resources"], described["resources"], "table")
    if missing := [name for name in NEEDED if name not in tables]:
        raise ValueError(f"it does not name the tables {', '.join(missing)}")
    for ours in described["resources"]:
        if ours["name"] in tables:
            _take(ours, tables[ours["name"]], ("path", *WORDS))
            fields = _by_name(tables[ours["name"]]["schema"]["fields"], ours["schema"]["fields"], "field")
            for column in ours["schema"]["fields"]:
                _take(column, fields.get(column["name"], {}), (*WORDS, "units", "groups"))
        if not PATH.fullmatch(ours["path"]):
            raise ValueError(f"the path {ours['path']} leads out of the folder, or is no name of a file")
    _groups_known(groups(described))
    printed = [*printed_units(described)]
    for table in ("observations", "claims"):
        field(described, table, "unit")["constraints"]["enum"] = printed
    if not all(isinstance(word, str) for word in own.get("book", {}).values()):
        raise TypeError("the titles in `book` are words")
    units = {**described["units"], **own.get("units", {})}
    return {**own, "units": units, "resources": described["resources"]}


def _by_name(entries: list[dict[str, Any]], known: list[dict[str, Any]], what: str) -> dict[str, dict[str, Any]]:
    """The entries by their names, all of which the contract knows. Raises ValueError, KeyError, TypeError."""
    found = {entry["name"]: entry for entry in entries}
    names = [entry["name"] for entry in known]
    for name in found:
        if name not in names:
            raise ValueError(f"the contract knows no {what} {name!r}{nearest(str(name), names)}")
    return found


def _take(ours: dict[str, Any], own: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Put what an entry of the package says in place of what the contract says, where it is of the same type."""
    for key in keys:
        if key in own:
            if not isinstance(own[key], dict if key in ("units", "groups") else str):
                raise TypeError(f"the entry {key!r} of {ours['name']} is {own[key]!r}")
            ours[key] = own[key]


def _groups_known(found: dict[str, dict[str, str]]) -> None:
    """Raises ValueError, KeyError or TypeError when a group of indicators has no title, or no chapter."""
    chapters = {group["chapter"] for group in groups(contract()).values()}
    for name, group in found.items():
        if not (group["title"].strip() and group["title_zh"].strip()):
            raise ValueError(f"the group {name} has no title")
        if group["chapter"] not in chapters:
            raise ValueError(f"the group {name} stands in {group['chapter']!r}; expected {', '.join(sorted(chapters))}")


def _printed_units_known(descriptor: Descriptor) -> None:
    """Raises ValueError when a printed unit means nothing."""
    for printed, meaning in printed_units(descriptor).items():
        if not quantity.is_unit(meaning):
            raise ValueError(f"the printed unit {printed} is {meaning!r}, which `units` does not explain")


def _named(entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for entry in entries:
        if entry["name"] == name:
            return entry
    raise KeyError(name)


def resource(descriptor: Descriptor, name: str) -> Resource:
    """The entry of a table."""
    return _named(descriptor["resources"], name)


def field(descriptor: Descriptor, table: str, name: str) -> Field:
    """The entry of a column."""
    return _named(resource(descriptor, table)["schema"]["fields"], name)


def printed_units(descriptor: Descriptor) -> dict[str, str]:
    """Printed unit -> expression of the descriptor's units."""
    return dict(field(descriptor, "observations", "unit")["units"])


def groups(descriptor: Descriptor) -> dict[str, dict[str, str]]:
    """Group of indicators -> its ``title``, ``title_zh`` and ``chapter``, in the order of the book."""
    return dict(field(descriptor, "indicators", "group")["groups"])
