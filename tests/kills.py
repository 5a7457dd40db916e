"""Builds that are killed at random moments, by hand: `.venv/bin/python tests/kills.py [times] [seed]`.

Thirty take half an hour.
After each kill the site has to be the old or the new one, byte for byte, and no process of the build may live on. Every
third is followed by a build that is left alone, the others by one that is killed as well: it has to end with the bytes
of a clean one and to leave nothing beside it. A small version is `tests/book/test_killed.py`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psutil

from analysis.publish import editions

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tests" / "fixtures" / "example-city"
FIGURES = (",2024,53.7,53.7,", ",2024,49.7,49.7,")  # by which the two states of the data differ
ROUND = 3  # builds are killed, one after the other, before one is left alone
PATIENCE = 5  # seconds for the last process to notice that its parent is gone
MARK = "ANALYSIS_KILLS"  # by this variable the processes of a build are known, wherever they hang
Digests = dict[str, str]


class Bench:
    """A site, the data that it is made of, and what a clean build of either state of them gives."""

    def __init__(self, place: Path):
        self.data, self.site, self.temporary = place / "data", place / "out" / "site", place / "temporary"
        self.environment = {**os.environ, MARK: uuid4().hex, "TMPDIR": str(self.temporary)}
        self.temporary.mkdir()
        shutil.copytree(PACKAGE, self.data)

    def write(self, state: int) -> None:
        """Bring the data into a state, 0 or 1."""
        table = self.data / "observations.csv"
        text = table.read_text("utf-8").replace(FIGURES[1 - state], FIGURES[state])
        assert FIGURES[state] in text
        table.write_text(text, "utf-8")

    def start(self) -> subprocess.Popen[str]:
        """A build in a process group of its own."""
        command = [sys.executable, "-m", "analysis", "build", "--edition", "en", "--data", self.data]
        return subprocess.Popen(
            [*map(str, command), "--site", str(self.site)],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stderr=subprocess.PIPE,
            text=True,
        )

    def build(self) -> Digests:
        """A build that is left alone: what it made."""
        started = self.start()
        _out, told = started.communicate()
        assert started.returncode == 0, told
        return self.digests()

    def clean(self) -> Digests:
        """A build without anything of an earlier one."""
        shutil.rmtree(editions.trees(self.data), ignore_errors=True)
        return self.build()

    def kill(self, how: signal.Signals, group: bool, *, wait: float, after: str = "") -> bool:
        """A build killed, alone or with its group, so many seconds after it has printed a line that holds ``after``,
        or after its start; False when it had ended before."""
        started = self.start()
        if after:
            next(line for line in started.stderr if after in line)
        try:
            started.wait(wait)
        except subprocess.TimeoutExpired:
            (os.killpg if group else os.kill)(started.pid, how)
            started.wait()
            return True
        finally:
            started.stderr.close()
        return False

    def digests(self) -> Digests:
        """The files of the site: path -> digest."""
        files = (path for path in self.site.rglob("*") if path.is_file())
        return {str(path.relative_to(self.site)): sha256(path.read_bytes()).hexdigest() for path in files}

    def living(self) -> list[str]:
        """The processes of a build that are there when those that notice have had time to."""
        end = time.monotonic() + PATIENCE
        while (found := [*self._processes()]) and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def _processes(self) -> list[str]:
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK) == self.environment[MARK]:
                    found.append(" ".join(process.cmdline()))
            except psutil.Error:
                continue
        return found

    def left(self) -> list[str]:
        """What lies about beside site, document trees and in the temporary folder."""
        marks = editions.trees(self.data).glob("*.unfinished")
        beside = (path for path in self.site.parent.iterdir() if path != self.site)
        return [str(path) for path in (*marks, *beside, *self.temporary.iterdir())]

    def after(self, clean: Sequence[Digests]) -> str:
        """What a kill left, in words. Raises AssertionError where the site is not whole, or a process lives on."""
        found, begun = self.digests(), time.monotonic()
        assert found in clean, "half a site"
        assert not (living := self.living()), living
        return (
            f"the site of state {clean.index(found)} is whole, no process after {time.monotonic() - begun:.1f} s, "
            f"{len(self.left())} left over"
        )


def main(times: int = 30, seed: int = 1) -> None:
    """Kill so many builds; ends with an AssertionError at the first that does not stand it."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder).resolve())
        clean = []
        for state in (1, 0):
            bench.write(state)
            begun = time.monotonic()
            clean.insert(0, bench.clean())
            lasts = time.monotonic() - begun
        assert clean[0] != clean[1]
        killed = 0
        try:
            while killed < times:
                state = 1 - clean.index(bench.digests())
                bench.write(state)
                for _ in range(ROUND):
                    how, group = (signal.SIGKILL, signal.SIGTERM)[killed % 2], chance.random() < 0.5
                    wait = chance.uniform(0, lasts)
                    if bench.kill(how, group, wait=wait):
                        killed += 1
                        told = f"{killed:3} {how.name} {'group' if group else 'alone'} after {wait:5.1f} s"
                        print(f"{told}: {bench.after(clean)}", flush=True)
                begun, made = time.monotonic(), bench.build()
                differ = {path for path in made | clean[state] if made.get(path) != clean[state].get(path)}
                assert not differ, f"not the bytes of a clean build: {differ}"
                assert not bench.left(), bench.left()
                print(f"    then a build of {time.monotonic() - begun:.1f} s: the bytes of a clean one", flush=True)
        finally:
            shutil.rmtree(editions.trees(bench.data), ignore_errors=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
