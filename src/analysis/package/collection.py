"""Many data packages below one folder, each with a name of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.package.dataset import PREDECESSOR
from analysis.package.descriptor import DESCRIPTOR
from analysis.package.migration import KEPT

INDEX = "index.html"  # lies among the books
PARTS = (PREDECESSOR, KEPT)  # folders of a package that hold one too: the edition before, and what was migrated


@dataclass(frozen=True)
class Member:
    """A package of a collection. name: its path below the collection's folder, as the name of one folder."""

    name: str
    folder: Path


def members(folder: Path, without: Collection[Path], unread: Callable[[OSError], None]) -> list[Member]:
    """Every package below ``folder``, at any depth, in the order of their paths.

    without: folders that are not looked into, such as what a build writes; nor are hidden ones. unread: gets what
    kept a folder from being read.
    """
    taken = {INDEX}
    found = []
    for place in sorted(_folders(folder, without, unread)):
        name = whole = "-".join(place.relative_to(folder).parts)
        number = 1
        while name.casefold() in taken:  # a/b-c and a-b/c; on some systems A and a
            number += 1
            name = f"{whole}-{number}"
        taken.add(name.casefold())
        found.append(Member(name, place))
    return found


def _folders(folder: Path, without: Collection[Path], unread: Callable[[OSError], None]) -> Iterator[Path]:
    for place, inner, files in os.walk(folder, onerror=unread):
        here = Path(place)
        is_package = DESCRIPTOR in files
        inner[:] = [
            name
            for name in inner
            if not name.startswith(".") and here / name not in without and not (is_package and name in PARTS)
        ]
        if is_package and here != folder:
            yield here
