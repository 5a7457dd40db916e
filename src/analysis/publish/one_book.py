"""One of many books: made by a process of its own, which says what became of it.

`make` is the same on this machine and on a worker of a cluster. Called again after it was killed in the middle, it
takes up what is whole and gives the same site: the process ends with whoever called it, and the next build of these
data clears away what it left.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis import wording
from analysis.analyses.headlines import headlines
from analysis.exhibits.tables.cards import cards
from analysis.model.loading import load
from analysis.package import descriptor
from analysis.package.dataset import Dataset
from analysis.package.faults import DataFaults
from analysis.publish import lifeline, sphinx_run
from analysis.wording import _

BUILT, INCOMPLETE, FAULTY, FAILED = "built", "incomplete", "faulty", "failed"
TOLD = 8  # lines of an error that nobody foresaw
About = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """A book to make. name: of its folder below the site of all. site: that folder. told: variables for its process,
    the same wherever that runs, so that the bytes are."""

    name: str
    data: Path
    site: Path
    editions: tuple[str, ...]
    told: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What became of a book. lines: the faults of its data, why it failed, or what could not be made. log: a file
    with more. about: language -> title, city, as_of, pdf, and figures, each a value with its label and period; what
    faulty data do not say is empty."""

    state: str
    lines: list[str] = field(default_factory=list)
    log: str = ""
    about: dict[str, About] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether there is a book of these data."""
        return self.state in (BUILT, INCOMPLETE)


def make(task: Task) -> Outcome:
    """Build a book in a process of its own; whatever becomes of that is an outcome."""
    command = [sys.executable, "-m", __name__, str(task.data), str(task.site), *task.editions]
    surroundings = {**os.environ, **task.told, "PYTHONIOENCODING": "utf-8"}
    with lifeline.held() as line:
        done = subprocess.run(command, cwd=sphinx_run.ROOT, stdin=line, capture_output=True, env=surroundings)
    if done.returncode == 0:
        return Outcome(**json.loads(done.stdout.splitlines()[-1]))
    if done.returncode < 0:
        reason = [f"its process was ended from outside (signal {-done.returncode}); {sphinx_run.MEMORY}"]
    else:
        reason = sphinx_run.plain(done.stderr.decode("utf-8", "replace")).splitlines()[-TOLD:]
    return Outcome(FAILED, reason)


def main(data: str, site: str, *editions: str) -> int:
    """Build a book and print its outcome, as JSON, in the last line; returns the exit code."""
    print(json.dumps(asdict(described(_built(Path(data), Path(site), editions), Path(data), editions))), flush=True)
    return 0


def described(outcome: Outcome, folder: Path, codes: Sequence[str]) -> Outcome:
    """The outcome with what the package says of itself, which that of a process that was ended does not know."""
    if outcome.about:
        return outcome
    try:
        return replace(outcome, about=_about(folder, codes))
    except Exception:  # what the book failed of may stand in the way here too
        return outcome


def _built(data: Path, site: Path, codes: Sequence[str]) -> Outcome:
    from analysis.publish import editions  # Sphinx and WeasyPrint take a second to load

    try:
        missing = editions.build(data, site, lambda _line: None, codes)
    except DataFaults as found:
        return Outcome(FAULTY, [*map(str, found.faults)])
    except editions.BuildFailed as failure:
        return Outcome(FAILED, failure.reason.splitlines(), str(failure.log or ""))
    return Outcome(INCOMPLETE if missing else BUILT, missing)


def _about(folder: Path, codes: Sequence[str]) -> dict[str, About]:
    """What can be said of a package in each language, however faulty it is."""
    try:
        data = load(folder)
    except DataFaults:
        try:
            data = Dataset(folder, descriptor.read(folder), {})
        except DataFaults:
            return {}
    found, before = {}, wording.language()
    for code in (*codes, before):  # whatever follows is in the language of this process again
        os.environ["ANALYSIS_LANGUAGE"] = code
        found[code] = _said(data) if data.tables else _named(data)
    return {code: found[code] for code in codes}


def _named(data: Dataset) -> About:
    return {"title": wording.book(data, "title"), "city": "", "as_of": "", "pdf": wording.pdf_name(data), "figures": []}


def _said(data: Dataset) -> About:
    shown = cards(data, headlines(data)).figures
    return _named(data) | {
        "city": wording.name(data, data.city) if data.city else "",
        "as_of": wording.labelled(_("Data as of"), wording.as_of(data)) if len(data.sources) else "",
        "figures": [{"value": value.plain, "label": label, "period": period.plain} for value, label, period in shown],
    }


if __name__ == "__main__":
    lifeline.end_with_starter()
    sys.exit(main(*sys.argv[1:]))
