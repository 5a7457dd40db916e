"""The built book, once a test session and in a folder of its own; a browser: Debian's Chromium."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGES = [
    "index",
    "one-board",
    "one-chain",
    "one-drive",
    "project-economics",
    "zone-profiles",
    "claims",
    "methods",
    "data",
    "reference",
    "glossary",
]


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


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "the browser tests need Chromium: apt install chromium"
        pytest.skip("no Chromium on the path: apt install chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
