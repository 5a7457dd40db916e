"""What an edition is made of, as one number: a build of the very same gives the very same, and need not be done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

import analysis

# of the project, beside the package: the pages' text, templates and styles, and their configuration
PARTS = ("book", "_config.yml", "_toc.yml", "pyproject.toml")
PASSING = ("__pycache__", ".ipynb_checkpoints")  # folders of what programs put there
COMPILED = ".mo"  # made of the catalogues by a build


def of(root: Path, data: Path, told: Mapping[str, str]) -> str:
    """The number of an edition. root: the project. data: the folder of its data. told: whatever else it is told.

    It changes with any byte of the data, the text, the code, and with the release of Python or of any library.
    """
    found = sha256(repr([sys.version, sorted(told.items()), _libraries()]).encode())
    for place in (data, Path(analysis.__file__).parent, *(root / part for part in PARTS)):
        for path in _files(place):
            content = path.read_bytes()
            found.update(f"{path.relative_to(place)} {len(content)} ".encode() + content)
    return found.hexdigest()


def _libraries() -> list[str]:
    return sorted(f"{library.name} {library.version}" for library in distributions())


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    inner = (path for path in place.rglob("*") if path.is_file() and path.suffix != COMPILED)
    return sorted(path for path in inner if not set(PASSING) & set(path.relative_to(place).parts))
