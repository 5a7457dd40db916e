"""How to run a chapter: always on one's own machine, at a Binder only where a repository is named."""

import re
from types import SimpleNamespace

import pytest
import yaml
from bs4 import BeautifulSoup
from publish.test_hostile_text import ROOT

from analysis.publish import addresses, page, running

REPOSITORY = {"repository": {"url": "https://git.example/zones", "branch": "next"}}
HUB = {"launch_buttons": {"binderhub_url": "https://hub.example/"}}


@pytest.fixture
def shown(tmp_path):
    """What a page says of running it, where the settings are these."""
    (tmp_path / "jupyter_execute" / "book").mkdir(parents=True)
    (tmp_path / "jupyter_execute" / "book" / "one-board.ipynb").touch()
    bridge = page.EscapingTemplates()
    config = SimpleNamespace(templates_path=["book/_templates"])
    bridge.init(SimpleNamespace(config=config, confdir=str(ROOT), app=SimpleNamespace(translator=None)))

    def show(settings, name="book/one-board"):
        config = SimpleNamespace(analysis_binder=addresses.binder(settings))
        run = running.of(SimpleNamespace(config=config, outdir=tmp_path / "html"), name)
        return BeautifulSoup(bridge.render("run.html", {"run": run}), "html.parser")

    return show


def test_a_chapter_names_its_notebook_and_the_command(shown):
    found = shown({})
    assert [code.get_text() for code in found.find_all("code")] == [
        "book/one-board.ipynb",
        "make lab CHAPTER=one-board",
    ]
    assert re.search(r"^lab:.*\n\t.*book/\$\(CHAPTER\)\.ipynb$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert not shown({}, "book/methods").get_text(strip=True), "no notebook"


def test_a_binder_is_linked_where_a_repository_is_named(shown):
    hub = "https://hub.example/v2/git/https%3A%2F%2Fgit.example%2Fzones/next?urlpath=lab/tree/book/one-board.ipynb"
    assert shown(REPOSITORY | HUB).a["href"] == hub
    for settings in ({}, HUB, REPOSITORY, HUB | {"repository": {"url": "", "branch": "main"}}):
        assert not shown(settings).a


def test_this_book_names_no_host_until_somebody_does():
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    assert addresses.binder(settings) == addresses.site(settings) == ""


def test_a_binder_builds_the_locked_environment():
    """Built once by hand as repo2docker builds it; here: that its files still say so."""
    folder = ROOT / ".binder"
    lines = [line for line in (folder / "requirements.txt").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert lines == ["-r ../requirements-lab.txt"]
    book, lab = (set(pins(name)) for name in ("requirements.txt", "requirements-lab.txt"))
    assert book < lab and {"jupyterlab", "jupyterlab-myst", "jupyterlab-widgets"} <= {name for name, _pin in lab}
    script = (folder / "postBuild").read_text("utf-8")
    assert script.startswith("#!") and "pip install --no-deps --no-build-isolation -e ." in script
    assert (folder / "postBuild").stat().st_mode & 0o100
    version = re.fullmatch(r"python-3\.(\d+)\n", (folder / "runtime.txt").read_text("utf-8"))
    assert version and 11 <= int(version[1]) <= 14


def pins(name):
    return re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
