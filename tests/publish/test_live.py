"""`serve`: a chapter that is changed is shown changed, a fault is told, and the pages come back."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from publish.test_hostile_text import ROOT

CONTENTS = (
    "format: jb-book\nroot: book/index\nparts:\n  - caption: Foundations\n    chapters:\n      - file: book/glossary\n"
)


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the project that has two short chapters."""
    for name in ("src", "data", "book"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__", "*.mo"))
    shutil.copy(ROOT / "_config.yml", tmp_path)
    (tmp_path / "_toc.yml").write_text(CONTENTS, "utf-8")
    (tmp_path / "book" / "index.md").write_text("# Overview\n\nA first word.\n", "utf-8")
    (tmp_path / "book" / "glossary.md").write_text("# Terms\n\nA term.\n", "utf-8")
    return tmp_path


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def served(project, port) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "analysis", "serve", "--edition", "zh", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    with (project / "told").open("w") as told:
        process = subprocess.Popen(command, cwd=project, env=environment, stdout=told, stderr=told)
    yield process
    process.terminate()
    process.wait()


def until(found, seconds=100):
    """Wait for what must become true; a machine with much to do is slow."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def test_a_changed_chapter_is_shown_and_a_fault_is_told(project, port, served):
    def page(name):
        try:
            with urlopen(f"http://127.0.0.1:{port}/zh/book/{name}.html", timeout=30) as answer:
                return answer.read().decode()
        except OSError:
            assert served.poll() is None, (project / "told").read_text("utf-8")
            return ""

    until(lambda: "A term." in page("glossary"))
    assert "livereload" in page("glossary"), "the page hears of changes"
    chapter = project / "book" / "glossary.md"
    chapter.write_text("# Terms\n\n{nothing}`Another`\n", "utf-8")
    until(lambda: "nothing" in (project / "told").read_text("utf-8"))
    chapter.write_text("# Terms\n\nAnother term.\n", "utf-8")
    until(lambda: "Another term." in page("glossary"))
    # what did not change was not made again
    log = (project / "_build" / "log" / "live-zh.log").read_text("utf-8")
    assert re.search(r"0 added, 1 changed", log) and "book/glossary" in log


def test_an_edition_is_served_once(project, port, served):
    until(lambda: "zh: pages" in (project / "told").read_text("utf-8"))
    command = [sys.executable, "-m", "analysis", "serve", "--edition", "zh"]
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "zh: a process serves it already\n")
