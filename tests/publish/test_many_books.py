"""Many books: which packages there are, that each fails alone, the page over all, and a cluster of real workers."""

import argparse
import os
import shutil
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup

from analysis import wording
from analysis.__main__ import main
from analysis.commands import FAULTY, FINE, INCOMPLETE, WRONG, collecting
from analysis.package import collection
from analysis.publish import addresses, catalogues, many_books, one_book, shelf
from analysis.publish.one_book import BUILT, FAILED, Outcome, Task

BOTH = ("en", "zh")
ABOUT = {
    "title": "Zones & <b>Co</b>",
    "city": "Model City",
    "as_of": "Data as of: March 2025",
    "pdf": "zones-en.pdf",
    "figures": [{"value": "53.7%", "label": "Share of the city's output", "period": "2024"}],
}


def task(place: Path, name: str) -> Task:
    return Task(name, place / "data" / name, place / "site" / name, BOTH, {})


def stub(made: Task) -> Outcome:
    """A book in no time; what its name says becomes of it."""
    if "faulty" in made.name:
        return Outcome("faulty", ["observations.csv, row 2: <wrong> [F016 not-a-number]"])
    if "failed" in made.name:
        return Outcome("failed", ["index.ipynb, cell 3: NameError"], "/logs/en.log")
    page = made.site / "en" / "book" / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.touch()
    if "incomplete" in made.name:
        return Outcome("incomplete", ["no PDF: Pango is missing"])
    return Outcome(BUILT, about={"en": ABOUT, "zh": ABOUT | {"title": "开发区"}})


def begun(made: Task) -> Outcome:
    """For a cluster: a book whose first builder waits to be killed."""
    made.site.parent.mkdir(parents=True, exist_ok=True)
    made.site.with_suffix(f".{os.getpid()}").touch()
    end = time.monotonic() + 100
    while made.name == "b" and len([*made.site.parent.glob("b.*")]) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    return Outcome(BUILT, [made.name])


@pytest.fixture
def packages(tmp_path):
    """Makes folders with a descriptor, which nobody reads; returns the one that they lie in."""

    def make(*paths: str) -> Path:
        for path in paths:
            folder = tmp_path / "packages" / path
            folder.mkdir(parents=True)
            (folder / "datapackage.json").write_text("{}")
        return tmp_path / "packages"

    return make


@pytest.fixture
def built(monkeypatch, tmp_path):
    """Runs `build --all` with books in no time; returns the exit code."""
    monkeypatch.setattr(one_book, "make", stub)
    return lambda folder, *more: main(["build", "--all", str(folder), "--site", str(tmp_path / "site"), *more])


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


def test_packages_are_found_at_any_depth_and_named_by_their_path(packages):
    folder = packages(
        "a", "b/c/d", "b/c/d/inner", "a/previous", "a/version-1", ".hidden/e", "previous", "site/f", "g-h", "g/h"
    )
    found = collection.members(folder, [folder / "site"], pytest.fail)
    assert {each.name: each.folder.relative_to(folder).as_posix() for each in found} == {
        "a": "a",
        "b-c-d": "b/c/d",
        "b-c-d-inner": "b/c/d/inner",
        "g-h": "g/h",
        "g-h-2": "g-h",
        "previous": "previous",
    }


def test_names_differ_where_case_does_not_and_leave_the_index_its_own(packages):
    folder = packages("index.html", "x-y", "X/y")
    names = [each.name.casefold() for each in collection.members(folder, [], pytest.fail)]
    assert len({*names, "index.html"}) == 4


def test_the_folder_itself_is_no_package_below_it(packages):
    folder = packages("", "previous", "a")
    assert [each.name for each in collection.members(folder, [], pytest.fail)] == ["a"]


def test_each_fails_alone_and_is_listed_with_its_reason(packages, built, capsys):
    assert built(packages("a", "faulty", "failed", "z"), "--jobs", "2") == FAULTY
    told = capsys.readouterr().err
    assert "4 packages below" in told and "4 of 4: " in told
    end = told[told.index("site: ") :]
    for words in ("row 2: <wrong> [F016", "cell 3: NameError", "the whole log: /logs/en.log", "2 of 4 not built"):
        assert words in end
    assert "a: built" not in end


@pytest.mark.parametrize(("names", "code"), [(["a", "b"], FINE), (["a", "incomplete"], INCOMPLETE)])
def test_the_exit_code_tells_what_was_not_made(packages, built, names, code):
    assert built(packages(*names)) == code


def test_a_book_whose_package_is_gone_is_named_and_stays(packages, built, tmp_path, capsys):
    folder = packages("a", "b")
    built(folder)
    shutil.rmtree(folder / "b")
    capsys.readouterr()
    assert built(folder) == FINE
    assert f"{tmp_path / 'site' / 'b'}: no package" in capsys.readouterr().err
    assert (tmp_path / "site" / "b").is_dir()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--data", "data"], "--data"),
        (["--scheduler", "tcp://x:1", "--jobs", "2"], "--jobs"),
        ([], "holds a data package"),
    ],
)
def test_options_that_do_not_go_together_are_a_wrong_command_line(tmp_path, built, capsys, more, words):
    assert built(tmp_path, *more) == WRONG
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--scheduler", "tcp://x:1"], ["--jobs", "2"]])
def test_options_of_many_books_need_many(option, capsys):
    assert main(["build", *option]) == WRONG
    assert "--all" in capsys.readouterr().err


def test_books_at_once_are_one_at_least():
    parser = argparse.ArgumentParser()
    collecting.add_all(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--jobs", "0"])


def test_who_is_stopped_begins_no_other_book(tmp_path):
    begun = []

    def make(one: Task) -> Outcome:
        begun.append(one.name)
        time.sleep(0.1)
        return Outcome(BUILT)

    books = many_books.here(make, [task(tmp_path, str(number)) for number in range(20)], 1)
    next(books)
    books.close()
    assert len(begun) < 5


def test_what_nobody_foresaw_is_the_matter_of_one_book(tmp_path):
    def make(one: Task) -> Outcome:
        if one.name == "b":
            raise OSError("no more processes")
        return Outcome(BUILT)

    done = {one.name: found for one, found in many_books.here(make, [task(tmp_path, name) for name in "abc"], 2)}
    assert [done[name].state for name in "abc"] == [BUILT, FAILED, BUILT]
    assert "no more processes" in done["b"].lines[0]


def test_a_book_that_is_lost_is_still_called_by_its_title(fixtures):
    lost = one_book.described(Outcome(FAILED, ["lost"]), fixtures / "example-city", BOTH)
    assert lost.about["zh"]["city"] == "示例市" and lost.lines == ["lost"]


def page(made, codes=BOTH):
    return BeautifulSoup(shelf.index(made, codes), "html.parser")


def test_the_page_shows_title_city_period_and_key_figures_in_each_language(tmp_path):
    one = task(tmp_path, "a b")
    english, chinese = page([(one, stub(one))]).find_all("section")
    assert english["lang"] == "en" and chinese["lang"] == "zh-CN"
    link = english.h2.a
    assert (link["href"], link.get_text()) == ("a%20b/en/book/index.html", "Zones & <b>Co</b>")
    assert "Model City · Data as of: March 2025" in english.find(class_="about").get_text()
    assert english.dt.get_text() == "Share of the city’s output" and english.dd.get_text() == "53.7% 2024"
    assert "1 of 1 books" in english.get_text() and "共1册，已生成1册。" in chinese.get_text()
    assert chinese.h2.a is None and chinese.h2.get_text() == "开发区", "that page was not made"


def test_the_page_lists_the_faults_of_a_book_that_is_not_built(tmp_path):
    tasks = [task(tmp_path, name) for name in ("a", "faulty")]
    english, chinese = page([(each, stub(each)) for each in tasks]).find_all("section")
    wrong = english.select_one("li.faulty")
    assert wrong.h2.get_text() == "faulty" and wrong.a is None and "Not built" in wrong.get_text()
    assert [line.get_text() for line in wrong.select("ul li")] == stub(tasks[1]).lines
    assert english.find("a", href=f"#{wrong['id']}"), "it is named above all books"
    assert "数据错误：1处" in chinese.get_text() and chinese.ul["lang"] == "en"


def test_a_book_of_an_earlier_build_stays_linked(tmp_path):
    one = task(tmp_path, "a")
    stub(one)
    english = page([(one, Outcome("faulty", ["wrong"]))], ["en"]).section
    assert english.h2.a and "as it was built before" in english.get_text()


def test_a_thousand_faults_do_not_all_stand_on_the_page(tmp_path):
    english = page([(task(tmp_path, "a"), Outcome("faulty", ["wrong"] * 1000))], ["en"]).section
    assert len(english.select("ul li")) == shelf.SHOWN and "950 more" in english.get_text()


def test_the_page_asks_no_other_host(tmp_path):
    one = task(tmp_path, "a")
    assert "://" not in shelf.index([(one, stub(one))], BOTH)


def test_a_book_says_what_is_wrong_with_its_data(copy, data, tmp_path):
    path = copy / "observations.csv"
    path.write_text(path.read_text("utf-8").replace(",84,84,", ",x,84,"), "utf-8")
    done = one_book.make(Task("a", copy, tmp_path / "site" / "a", BOTH, {}))
    assert done.state == "faulty" and not done.good and "[F016 not-a-number]" in done.lines[0]
    assert done.about["zh"]["title"] == wording.book(data, "title", "zh")
    assert not (tmp_path / "site" / "a").exists()


def test_what_can_be_said_of_a_package_is_said_in_each_language(fixtures):
    about = one_book._about(fixtures / "example-city", BOTH)
    assert about["en"]["city"] == "Example City" and about["zh"]["city"] == "示例市"
    assert [figure["value"] for figure in about["en"]["figures"]][-1] == "53.7%"
    assert about["zh"]["as_of"].startswith("数据截至")


def test_of_an_unreadable_package_nothing_is_said(packages):
    assert one_book._about(packages("a") / "a", BOTH) == {}


def test_a_process_that_dies_is_an_outcome(monkeypatch, tmp_path):
    monkeypatch.setattr(one_book.sys, "executable", shutil.which("false"))
    assert one_book.make(task(tmp_path, "a")).state == FAILED


def test_a_book_below_a_site_knows_its_address(monkeypatch):
    monkeypatch.setenv(addresses.BELOW, "a b")
    assert addresses.site({"html": {"baseurl": "https://example.org"}}) == "https://example.org/a%20b/"
    assert addresses.site({"html": {}}) == ""


def test_catalogues_are_compiled_once(monkeypatch, tmp_path):
    shutil.copytree(catalogues.ROOT / "book" / "locale", tmp_path / "book" / "locale")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    for path in tmp_path.rglob("*.mo"):
        path.unlink()
    catalogues.compile_prose()
    (compiled,) = tmp_path.rglob("*.mo")
    before = compiled.stat().st_mtime_ns
    catalogues.compile_prose()
    assert compiled.stat().st_mtime_ns == before


def test_without_dask_a_sentence_says_what_to_install(packages, built, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert built(packages("a"), "--scheduler", "tcp://127.0.0.1:1") == FAULTY
    assert "pip install '.[scale]'" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:1", "silent"])
def test_where_no_scheduler_answers_a_sentence_says_so(packages, built, monkeypatch, capsys, address):
    pytest.importorskip("distributed")
    monkeypatch.setattr(many_books, "PATIENCE", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}" if address == "silent" else address
        assert built(packages("a"), "--scheduler", address) == FAULTY
    told = capsys.readouterr().err
    assert f"no Dask scheduler at {address}" in told and "Traceback" not in told


def test_a_killed_worker_costs_no_book(cluster, tmp_path):
    tasks = [task(tmp_path, name) for name in "abc"]
    books = many_books.on_a_cluster(begun, tasks, cluster.scheduler_address, pytest.fail)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(lambda: {made.name: done for made, done in books})
        end = time.monotonic() + 60
        while not (marks := [*(tmp_path / "site").glob("b.*")]):
            assert time.monotonic() < end
            time.sleep(0.05)
        psutil.Process(int(marks[0].suffix[1:])).kill()
        done = running.result()
    assert {name: outcome.lines for name, outcome in done.items()} == {name: [name] for name in "abc"}
