"""A reader finds the old site or the new one, at any moment; who publishes finds nothing else beside it."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.package import swap

READS, SWAPS = 20_000, 200


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("0")
    return tmp_path / "site"


def finish(site: Path, text: str) -> None:
    """A finished site beside the one that stands."""
    swap.clear(site)
    swap.beside(site).mkdir()
    (swap.beside(site) / "index.html").write_text(text)


def can_exchange(folder: Path) -> bool:
    (folder / "one").mkdir()
    (folder / "other").mkdir()
    return swap.exchange(folder / "one", folder / "other")


def test_no_reader_meets_a_gap(site, tmp_path):
    if not can_exchange(tmp_path):
        pytest.skip("folders cannot change places here: the file system or Windows does not know how")
    swaps = 0

    def read() -> None:
        reads = 0
        while reads < READS or swaps < SWAPS:
            assert (site / "index.html").read_text().isdecimal()
            reads += 1

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        while not reader.done():
            finish(site, str(swaps))
            swap.swap(site)
            swaps += 1
        reader.result()


@pytest.mark.parametrize("how", ["in one step", "in two"])
def test_nothing_stands_beside_a_new_site(site, monkeypatch, how):
    if how == "in two":
        monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    before = {path.name for path in site.parent.iterdir()}
    finish(site, "new")
    swap.swap(site)
    swap.clear(site)
    assert (site / "index.html").read_text() == "new"
    assert {path.name for path in site.parent.iterdir()} == before


def test_the_first_site_needs_none_before(tmp_path):
    finish(tmp_path / "first", "new")
    swap.swap(tmp_path / "first")
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


def test_a_site_that_a_killed_build_had_moved_away_comes_back(site, monkeypatch):
    """Where there is no swap in one step, a build may be killed between the two."""
    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    finish(site, "new")
    steps = [os.replace]

    def step(*paths: Path) -> None:
        if not steps:
            raise KeyboardInterrupt
        steps.pop()(*paths)

    monkeypatch.setattr(os, "replace", step)
    with pytest.raises(KeyboardInterrupt):
        swap.swap(site)
    monkeypatch.undo()
    assert not site.exists()
    swap.clear(site)
    assert (site / "index.html").read_text() == "0"
    assert [path.name for path in site.parent.iterdir()] == ["site"]
