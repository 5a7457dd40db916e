"""Real books on a real cluster: a worker that is killed in the middle costs time, and not a byte."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from book.conftest import FIXTURES, ROOT
from kills import MARK, PATIENCE

from analysis.publish import editions

pytestmark = pytest.mark.thorough

NAMES = ("example-city", "zone-level")


@pytest.fixture
def packages(tmp_path) -> Iterator[Path]:
    """Two packages and one that cannot be built."""
    folder = tmp_path / "packages"
    for name in NAMES:
        shutil.copytree(FIXTURES / name, folder / name)
    shutil.copytree(FIXTURES / "zone-level", folder / "faulty")
    (folder / "faulty" / "observations.csv").unlink()
    yield folder
    forget(folder)


def forget(folder: Path) -> None:
    """The next build begins with nothing."""
    for name in NAMES:
        shutil.rmtree(editions.trees(folder / name), ignore_errors=True)


def start(folder: Path, site: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "analysis", "build", "--all", folder, "--site", site, "--edition", "en", *more]
    return subprocess.Popen([*map(str, command)], cwd=ROOT, stderr=subprocess.PIPE, text=True)


def finished(build: subprocess.Popen[str]) -> str:
    """What a build told; it ends with one book that is not built."""
    told = build.communicate()[1]
    assert build.returncode == 1 and "1 of 3 not built" in told, told
    return told


def digests(site: Path) -> dict[str, str]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def making(worker: psutil.Process) -> list[psutil.Process]:
    """The processes of a book that a worker makes."""
    try:
        found = worker.children(recursive=True)
        return found if any("analysis.publish.sphinx_run" in process.cmdline() for process in found) else []
    except psutil.Error:  # one of them has just ended
        return []


def kill_one_in_the_middle(workers: list[int]) -> list[psutil.Process]:
    """Ends a worker that runs notebooks; returns the processes that it had begun."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        for pid in workers:
            worker = psutil.Process(pid)
            if begun := making(worker):
                worker.send_signal(signal.SIGKILL)
                return begun
        time.sleep(0.2)
    raise AssertionError("no worker had begun a book")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signals")
def test_a_cluster_makes_the_bytes_of_this_machine_though_a_worker_is_killed(packages, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    finished(start(packages, tmp_path / "here"))
    forget(packages)
    monkeypatch.setenv(MARK, uuid4().hex)
    with distributed.LocalCluster(
        processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        build = start(packages, tmp_path / "there", "--scheduler", cluster.scheduler_address)
        begun = kill_one_in_the_middle([worker.pid for worker in cluster.workers.values()])
        _gone, living = psutil.wait_procs(begun, timeout=PATIENCE)
        assert not living, "processes of a killed worker live on"
        told = finished(build)
    assert digests(tmp_path / "there") == digests(tmp_path / "here"), told
    # taken up again, nothing is made anew
    before = {path: path.stat().st_mtime_ns for path in editions.trees(packages / NAMES[0]).rglob("*.doctree")}
    finished(start(packages, tmp_path / "there"))
    assert before and {path: path.stat().st_mtime_ns for path in before} == before
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
