"""Where the time goes: a clean, an incremental and an unchanged build, and the tests: `make profile`.

Prints a table of phases, in Markdown, and writes it to `_build/profile.md`. Phases of processes side by side add up to
more than the whole; `transforms` lie within reading and writing, and what belongs to no phase is start and copying.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from xml.etree import ElementTree

from bench import Took, python, timed

from analysis.publish import editions
from analysis.publish.phases import FILE

ROOT = Path(__file__).resolve().parents[1]
TESTS = ["-n", "2", "--dist", "loadfile", "-m", "not thorough", "--nbval", "book", "tests"]
UNKNOWN = float("nan")


def build(data: Path, site: Path) -> dict[str, Took]:
    """Seconds of a build of both editions, by phase and as a whole."""
    lines = site.with_name("phases.jsonl")
    lines.unlink(missing_ok=True)
    command = ("-m", "analysis", "build", "--data", data, "--site", site)
    phases = {"the whole": timed(lambda: python(*command, **{FILE: str(lines)}))}
    for line in map(json.loads, lines.read_text("utf-8").splitlines()):
        before = phases.get(line["phase"], Took(0, 0))
        phases[line["phase"]] = Took(before.wall + line["wall"], before.processor + line["processor"])
    return phases


def builds() -> dict[str, dict[str, Took]]:
    """A build of copied data without what an earlier one left, one after a figure changed, and one of the same."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        data = Path(shutil.copytree(ROOT / "data", place / "data"))
        figures, site = data / "observations.csv", place / "site"
        try:
            found = {"clean": build(data, site)}
            figures.write_bytes(figures.read_bytes().replace(b",89.07,89.07,", b",88.07,88.07,"))
            found["one figure changed"] = build(data, site)
            found["unchanged"] = build(data, site)
            return found
        finally:
            shutil.rmtree(editions.trees(data), ignore_errors=True)


def tests() -> dict[str, Took]:
    """Seconds of the steps of `make test`, and of its tests by folder: the sum over those that run side by side."""
    steps = {
        "style": ("ruff", "check", "."),
        "types": ("mypy",),
        "examples": ("pytest", "-q", "--doctest-modules", "src/analysis"),
    }
    found = {name: timed(lambda step=step: python("-m", *step)) for name, step in steps.items()}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "tests.xml")
        found["tests"] = timed(lambda: python("-m", "pytest", "-q", f"--junit-xml={report}", *TESTS))
        parts: dict[str, float] = defaultdict(float)
        for case in ElementTree.parse(report).iter("testcase"):
            names = case.get("classname", "").split(".")
            parts[f"{names[0]}/{names[1]}" if names[0] == "tests" else "nbval"] += float(case.get("time", 0))
    return found | {name: Took(wall, UNKNOWN) for name, wall in sorted(parts.items(), key=lambda part: -part[1])}


def table(found: Mapping[str, Mapping[str, Took]]) -> Iterator[str]:
    """Lines of Markdown: phases by what was run, each with its seconds of wall clock and of processor."""
    yield "".join(["|", *(f" | {name}: wall | processor" for name in found), " |"])
    yield "|".join(["", "---", *["--:"] * 2 * len(found), ""])
    for phase in dict.fromkeys(phase for phases in found.values() for phase in phases):
        numbers = (number for phases in found.values() for number in astuple(phases.get(phase, Took(UNKNOWN, UNKNOWN))))
        yield " | ".join([f"| {phase}", *("–" if number != number else f"{number:.1f}" for number in numbers), ""])


def main(*parts: str) -> None:
    """parts: "builds" and "tests", by default both."""
    done = {
        name: work()
        for name, work in {"builds": builds, "tests": lambda: {"make test": tests()}}.items()
        if name in (parts or ("builds", "tests"))
    }
    text = "\n\n".join("\n".join(table(found)) for found in done.values())
    (ROOT / "_build" / "profile.md").write_text(f"{text}\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
