"""The descriptor of a data package: read, held against the contract, and brought to its present version.

`contract.json` is the contract: the tables that a package may hold, their fields, and units to begin with.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any

from analysis import quantity
from analysis.package.faults import DataFaults, Fault

DESCRIPTOR = "datapackage.json"
VERSION = 2  # of the contract
# the others may be missing
NEEDED = ("sources", "sections", "places", "zones", "indicators", "observations")
# names of packages and tables become names of files and addresses
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.csv)?")
# far above any year's figures, far below what makes a laptop swap
MAX_BYTES = 20_000_000

Descriptor = dict[str, Any]
Resource = dict[str, Any]
Field = dict[str, Any]


class Unreadable(Exception):
    """A file cannot be read at all; str() says why and what to do."""


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
        with path.open("rb") as file:
            found = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    if len(found) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 1_000_000} MB; expected a table of published figures")
    return found


def read(folder: Path) -> Descriptor:
    """The descriptor of the package in ``folder``, in the present version of the contract; its units become known.

    Raises DataFaults.
    """
    try:
        descriptor: Descriptor = json.loads(content(folder / DESCRIPTOR).decode("utf-8-sig"))
        version = descriptor.get("contract", 1)
        if version not in (1, VERSION):
            raise ValueError(f"it follows version {version} of the contract; this code knows 1 and {VERSION}")
        if version == 1:
            descriptor = _from_version_1(descriptor)
        _held_against_contract(descriptor)
        quantity.define(descriptor["units"])
        _units_known(descriptor)
    except FileNotFoundError:
        expected = f"there is no {DESCRIPTOR} in {folder}; name the folder of a data package"
    except Unreadable as error:
        expected = str(error)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        found = f"the entry {error} is missing" if isinstance(error, KeyError) else str(error)
        expected = f"not a readable data package descriptor ({found})"
    else:
        return descriptor
    raise DataFaults([Fault(DESCRIPTOR, None, None, None, expected)])


def version(descriptor: Descriptor) -> int:
    """The version of the contract that the package was written for."""
    return int(descriptor.get("written_for", VERSION))


def _from_version_1(old: Descriptor) -> Descriptor:
    """The same package as version 2 describes it; printed units that it alone has are kept."""
    new: Descriptor = json.loads(json.dumps(contract()))
    ours = field(new, "observations", "unit")
    ours["units"] |= field(old, "observations", "unit")["units"]
    ours["constraints"]["enum"] = list(ours["units"])
    paths = {resource["name"]: resource["path"] for resource in old["resources"]}
    for resource in new["resources"]:
        resource["path"] = paths.get(resource["name"], resource["path"])
    return {**old, **new, "written_for": 1}


def _held_against_contract(descriptor: Descriptor) -> None:
    """Raises ValueError, KeyError or TypeError where the rest of the code could not go on."""
    if not FILE_NAME.fullmatch(descriptor["name"]):
        raise ValueError(f"its name {descriptor['name']!r} becomes a file's: expected small letters, digits and -")
    for resource in descriptor["resources"]:
        resource["name"], resource["schema"]["primaryKey"]
        path = PurePosixPath(resource["path"])
        if path.is_absolute() or ".." in path.parts or "\\" in resource["path"]:
            raise ValueError(f"the path {resource['path']} leads out of the folder")
        for column in resource["schema"]["fields"]:
            column["name"], column["type"], column["title"]
    names = [resource["name"] for resource in descriptor["resources"]]
    if missing := [name for name in NEEDED if name not in names]:
        raise ValueError(f"it does not name the tables {', '.join(missing)}")
    # a table that is not named is empty
    descriptor["resources"] += [r for r in contract()["resources"] if r["name"] not in names]


def _units_known(descriptor: Descriptor) -> None:
    """Raises ValueError when a printed unit means nothing."""
    for printed, meaning in printed_units(descriptor).items():
        if not quantity.is_unit(meaning):
            raise ValueError(f"the printed unit {printed} is {meaning!r}, which `units` does not explain")


def resource(descriptor: Descriptor, name: str) -> Resource:
    """The entry of a table."""
    found: Resource = next(r for r in descriptor["resources"] if r["name"] == name)
    return found


def field(descriptor: Descriptor, table: str, name: str) -> Field:
    """The entry of a column."""
    found: Field = next(f for f in resource(descriptor, table)["schema"]["fields"] if f["name"] == name)
    return found


def printed_units(descriptor: Descriptor) -> dict[str, str]:
    """Printed unit -> expression of the descriptor's units."""
    return dict(field(descriptor, "observations", "unit")["units"])


def groups(descriptor: Descriptor) -> dict[str, dict[str, str]]:
    """Group of indicators -> its ``title``, ``title_zh`` and ``chapter``, in the order of the book."""
    return dict(field(descriptor, "indicators", "group")["groups"])
