"""Building the books of many packages, and the page over them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import wording
from analysis.commands import FAULTY, FINE, INCOMPLETE, WRONG
from analysis.package import collection

if TYPE_CHECKING:
    from analysis.publish.one_book import Outcome, Task

Tell = Callable[[str], None]
CORES = 2  # that a book keeps busy, an edition each


def add_all(parser: argparse.ArgumentParser) -> None:
    """The options of many books."""
    parser.add_argument(
        "--all",
        type=Path,
        metavar="DIR",
        help="build the book of every data package below DIR, each in a folder of the site, and a page over all",
    )
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="with --all: books at once on this machine (default: half its cores)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="with --all: build on the workers of this Dask scheduler, such as tcp://host:8786, which see the same "
        "files and have the same environment (pip install '.[scale]')",
    )


def _count(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError
    return number


def misused(options: argparse.Namespace) -> str:
    """What options are given that do not go together; empty where they do."""
    if options.all is None:
        alone = [name for name in ("scheduler", "jobs") if getattr(options, name) is not None]
        return f"--{alone[0]} goes with --all DIR" if alone else ""
    if options.given is not None:
        return "--all names the packages: leave out --data"
    if options.scheduler and options.jobs:
        return "--jobs is for this machine alone: leave it out, or --scheduler"
    return ""


def build_all(options: argparse.Namespace, site: Path, codes: Sequence[str], tell: Tell) -> int:
    """Build the books of all packages and the page over them; returns the exit code. tell: gets a line of progress."""
    from analysis.publish import many_books, one_book, shelf

    tasks = _tasks(options.all.expanduser().resolve(), site, codes, tell)
    if not tasks:
        print(f"{options.all}: no folder below it holds a data package (datapackage.json)", file=sys.stderr)
        return WRONG
    tell(f"{len(tasks)} packages below {options.all}")
    try:
        done = _followed(_making(options, tasks, tell), len(tasks), tell)
        made = [(task, one_book.described(done[task.name], task.data, codes)) for task in tasks]
        shelf.write(site, made, codes)
    except many_books.NoCluster as failure:
        print(failure, file=sys.stderr)
        return FAULTY
    except OSError as error:
        print(f"cannot write {error.filename or site}: {error.strerror}", file=sys.stderr)
        return FAULTY
    tell(f"site: {site / collection.INDEX}")
    for name in _strangers(site, tasks):
        print(f"{site / name}: no package below {options.all} makes it; it stays as it is", file=sys.stderr)
    return _told(tasks, done)


def _strangers(site: Path, tasks: Sequence[Task]) -> list[str]:
    """What lies in the site beside its books, such as the book of a package that is gone: not ours to take away."""
    known = {collection.INDEX, *(task.name for task in tasks)}
    return sorted(path.name for path in site.iterdir() if path.name not in known and not path.name.startswith("."))


def _tasks(folder: Path, site: Path, codes: Sequence[str], tell: Tell) -> list[Task]:
    """A task for each package, in the order of their paths."""
    from analysis.publish import addresses, catalogues, editions
    from analysis.publish.one_book import Task

    found = collection.members(folder, (site, editions.BUILD), lambda error: tell(f"cannot read {error.filename}"))
    if found:
        catalogues.compile_prose()
    same = {"SOURCE_DATE_EPOCH": str(editions.epoch()), "ANALYSIS_LANGUAGE": wording.language()}
    return [
        Task(each.name, each.folder, site / each.name, tuple(codes), {**same, addresses.BELOW: each.name})
        for each in found
    ]


def _making(options: argparse.Namespace, tasks: Sequence[Task], tell: Tell) -> Iterator[tuple[Task, Outcome]]:
    from analysis.publish import many_books, one_book

    if options.scheduler:
        return many_books.on_a_cluster(one_book.make, tasks, options.scheduler, tell)
    return many_books.here(one_book.make, tasks, options.jobs or max(1, (os.cpu_count() or 1) // CORES))


def _followed(making: Iterator[tuple[Task, Outcome]], count: int, tell: Tell) -> dict[str, Outcome]:
    """What became of each book, by its name, told as it comes."""
    done = {}
    for number, (task, outcome) in enumerate(making, start=1):
        tell(f"{number} of {count}: {task.name}: {_in_short(outcome)}")
        done[task.name] = outcome
    return done


def _in_short(outcome: Outcome) -> str:
    count = len(outcome.lines)
    return {
        "built": "built",
        "incomplete": "built, but not all of it",
        "faulty": f"{count} fault{'s' if count > 1 else ''} in the data",
        "failed": "failed",
    }[outcome.state]


def _told(tasks: Sequence[Task], done: dict[str, Outcome]) -> int:
    """Print what is wrong, book by book; returns the exit code."""
    lacking = [task for task in tasks if done[task.name].lines]
    failed = [task for task in lacking if not done[task.name].good]
    for task in lacking:
        outcome = done[task.name]
        print(f"{task.name}: {_in_short(outcome)} ({task.data})", file=sys.stderr)
        for line in [*outcome.lines, *([f"the whole log: {outcome.log}"] if outcome.log else [])]:
            print(f"  {line}", file=sys.stderr)
    if failed:
        print(f"{len(failed)} of {len(tasks)} not built; a site of theirs is as it was", file=sys.stderr)
        return FAULTY
    return INCOMPLETE if lacking else FINE
