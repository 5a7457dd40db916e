"""The built book, once a test session and in a folder of its own; a browser: Debian's Chromium."""

import os
import re
import shutil
import subprocess
import sys
from copy import copy
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from playwright.sync_api import sync_playwright

from analysis.publish import typefaces

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OF_CODE = ("reference", "faults")  # pages of what code says of itself, and of what is wrong on purpose
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
    "faults",
    "reference",
    "glossary",
]


def build(site: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run the command that builds the book into ``site``."""
    command = [sys.executable, "-m", "analysis", "build", "--site", str(site), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def read(site: Path, code: str, name: str) -> BeautifulSoup:
    """A page of an edition."""
    return BeautifulSoup((site / code / "book" / f"{name}.html").read_text("utf-8"), "html.parser")


def words(page: BeautifulSoup) -> str:
    """What a reader reads on a page or in a part of it, in one line, without the code of cells."""
    shown = copy(page.find("article") or page)
    for part in shown.select("script, style, .cell_input, details.code"):
        part.decompose()
    return " ".join(shown.get_text(" ").split())


def empty_parts(page: BeautifulSoup) -> list[str]:
    """The headings of a page below which nothing stands."""
    article = copy(page.find("article"))
    for part in article.select(".cell_input, details.code, a.headerlink"):
        part.decompose()
    found = []
    for section in article.select("section section"):
        parts = [part for part in section.find_all(True, recursive=False) if part.name not in ("h2", "h3", "span")]
        if not any(part.get_text(strip=True) or part.find("svg") for part in parts):
            found.append(section.get_text(strip=True))
    for heading in article.select("h3[id]"):
        below = heading.find_next_sibling()
        if below is None or below.name == "h3":
            found.append(heading.get_text(strip=True))
    return found


def broken_links(site: Path) -> list[tuple[str, str]]:
    """Page and address of each link inside a site that leads nowhere."""
    ids: dict[Path, set[str]] = {}

    def anchors(path: Path) -> set[str]:
        if path not in ids:
            found = BeautifulSoup(path.read_text("utf-8"), "html.parser")
            ids[path] = {tag["id"] for tag in found.find_all(id=True)}
        return ids[path]

    broken = []
    for here in site.glob("*/book/*.html"):
        for link in BeautifulSoup(here.read_text("utf-8"), "html.parser").find_all("a", href=True):
            url, fragment = urldefrag(link["href"])
            if re.match(r"\w+:", url):
                continue
            target = (here.parent / unquote(url)).resolve() if url else here
            there = target.exists() and (
                not fragment or target.suffix != ".html" or unquote(fragment) in anchors(target)
            )
            broken += [] if there else [(here.name, link["href"])]
    return broken


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """A book that all tests share, also those of parallel processes."""
    shared = tmp_path_factory.getbasetemp()
    target = (shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared) / name
    with FileLock(f"{target}.lock"):
        if not target.exists():
            done = build(target, *arguments)
            assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _once(tmp_path_factory, "site")


@pytest.fixture(scope="session")
def level(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of the statistics by zone."""
    return _once(tmp_path_factory, "level", "--data", str(FIXTURES / "zone-level"))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of the example, with an edition before it in which one share was another."""
    data = tmp_path_factory.mktemp("example") / "data"
    for folder in (data, data / "previous"):
        shutil.copytree(FIXTURES / "example-city", folder)
    before = data / "previous" / "observations.csv"
    before.write_text(before.read_text("utf-8").replace(",2024,53.7,53.7,", ",2024,49.7,49.7,"), "utf-8")
    return _once(tmp_path_factory, "example", "--data", str(data))


@pytest.fixture(scope="session", params=["en", "zh"])
def edition(request) -> str:
    return request.param


@pytest.fixture(scope="session")
def pages(site: Path, edition: str) -> dict[str, BeautifulSoup]:
    folder = site / edition / "book"
    return {name: BeautifulSoup((folder / f"{name}.html").read_text("utf-8"), "html.parser") for name in PAGES}


@pytest.fixture(scope="session")
def faces(tmp_path_factory):
    """Settings by which a browser finds the Chinese faces of the PDF too: a new machine may have none, and sheets that
    were printed without one hold no text."""
    folder = tmp_path_factory.mktemp("faces")
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{typefaces.REGULAR}</dir><cachedir>{folder}</cachedir></fontconfig>",
        "utf-8",
    )
    return {"FONTCONFIG_FILE": str(settings)}


@pytest.fixture(scope="module")
def browser(faces):
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "the browser tests need Chromium: apt install chromium"
        pytest.skip("no Chromium on the path: apt install chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags, env={**os.environ, **faces})
        yield browser
        browser.close()
