"""Zip files of the same bytes each time, whatever the files, the folder and the clock were."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EARLIEST = 315_532_800  # a zip knows no time before 1980
FIRST = "mimetype"  # what says of a zip which kind of book it is: before all others, not compressed


def unpack(file: Path) -> dict[str, bytes]:
    """The files of a zip."""
    with ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}


def pack(target: Path, files: Mapping[str, bytes], epoch: int) -> None:
    """Write ``files``, name -> content, as a zip. epoch: the time of all of them."""
    moment = time.gmtime(max(epoch, EARLIEST))[:6]
    with ZipFile(target, "w") as packed:
        for name in sorted(files, key=lambda name: (name != FIRST, name)):
            entry = ZipInfo(name, moment)
            entry.create_system = 3  # Unix: what follows are its rights, and scripts can be run
            entry.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            packed.writestr(entry, files[name], ZIP_STORED if name == FIRST else ZIP_DEFLATED)
