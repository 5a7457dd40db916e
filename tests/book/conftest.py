"""The built book: once a test session, into a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
PAGES = "index one-board one-chain one-drive project-economics zone-profiles claims methods data glossary".split()


def build(site: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run the command that builds the book into ``site``."""
    command = [sys.executable, "-m", "analysis", "build", "--site", str(site), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # parallel test processes share one build
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    target = shared / "site"
    with FileLock(str(shared / "site.lock")):
        if not target.exists():
            done = build(target)
            assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="session", params=["en", "zh"])
def edition(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def pages(site: Path, edition: str) -> dict[str, BeautifulSoup]:
    folder = site / edition / "book"
    return {name: BeautifulSoup((folder / f"{name}.html").read_text("utf-8"), "html.parser") for name in PAGES}
