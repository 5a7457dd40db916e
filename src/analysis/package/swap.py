"""A finished folder, such as a site, takes the place of the one before in a single step: readers find one, whole.

Linux and macOS let two folders change places. Where the system or its file system cannot (Windows, some network
drives), the old one is moved away and the new one put there: between the two steps, some millionths of a second,
there is none.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path
from typing import Any

HERE = -100  # AT_FDCWD: paths count from the working folder
EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
# seconds before the site that was replaced is cleared: who has just looked up its folder still finds the files
GRACE = 1


def beside(site: Path) -> Path:
    """The folder, on the same drive, in which the next site is made."""
    return site.with_name(f".{site.name}.next")


def swap(site: Path) -> None:
    """Put the finished folder beside ``site`` in its place; what stood there stands beside it then. Raises OSError."""
    if not site.exists():
        os.replace(beside(site), site)
    elif not exchange(beside(site), site):
        os.replace(site, _before(site))
        os.replace(beside(site), site)
        os.replace(_before(site), beside(site))


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where that cannot be done, and nothing was."""
    if os.name == "nt":
        return False
    system: Any = ctypes.CDLL(None)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(system, "renameat2"):
        return bool(system.renameat2(HERE, first, HERE, second, EXCHANGE) == 0)
    if hasattr(system, "renamex_np"):
        return bool(system.renamex_np(first, second, EXCHANGE) == 0)
    return False


def clear(site: Path) -> None:
    """Take away what is left beside a site; one that a build was killed in the middle of moving is put back."""
    if _before(site).exists() and not site.exists():
        os.replace(_before(site), site)
    for left in (beside(site), _before(site)):
        shutil.rmtree(left, ignore_errors=True)


def _before(site: Path) -> Path:
    return site.with_name(f".{site.name}.before")
