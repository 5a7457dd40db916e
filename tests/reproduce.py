"""Two clean builds in two places give the same bytes, in every format: `make reproduce`.

The project as it is committed is laid out in two folders of different names and depths, and built there with another
time zone, language, hash seed and clock. Whatever differs is named, with the first byte that does; then the exit code
is 1.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# of a build: its place, and what of the surroundings must not show
PLACES = {
    "one": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "another/place": {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
}


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, capture_output=True).stdout


def built(project: Path, surroundings: dict[str, str]) -> Path:
    """The site of the committed project, built in ``project``. Raises SystemExit."""
    project.mkdir(parents=True)
    subprocess.run(["tar", "x", "-C", str(project)], input=git("archive", "HEAD"), check=True)
    epoch = git("log", "-1", "--format=%ct").decode().strip()
    own = {"PYTHONPATH": str(project / "src"), "SOURCE_DATE_EPOCH": epoch}
    command = [sys.executable, "-m", "analysis", "build"]
    done = subprocess.run(
        command, cwd=project, env={**os.environ, **surroundings, **own}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return project / "_build" / "site"


def files(site: Path) -> dict[str, bytes]:
    """What a reader gets, by its path."""
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """A line for each file that is in one alone, or whose bytes differ."""
    lines = []
    for name in sorted(one.keys() | other.keys()):
        if name not in one or name not in other:
            lines.append(f"{name}: built in one place alone")
        elif one[name] != other[name]:
            pairs = enumerate(zip_longest(one[name], other[name]))
            at = next(place for place, (a, b) in pairs if a != b)
            parts = " | ".join(repr(text[max(0, at - 30) : at + 30]) for text in (one[name], other[name]))
            lines.append(f"{name}: differs from byte {at:,}: {parts}")
    return lines


def main() -> int:
    """Build twice and compare; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="reproduce-") as place:
        one, other = (files(built(Path(place) / name, around)) for name, around in PLACES.items())
    found = differences(one, other)
    kinds = sorted({Path(name).suffix or name for name in one})
    total = hashlib.sha256(b"".join(name.encode() + text for name, text in one.items())).hexdigest()
    print("\n".join(found) or f"{len(one)} files, the same to the byte ({', '.join(kinds)}): sha256 {total}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
