"""The page over many books: what each is about, its key figures, and what is wrong with one that could not be built."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from analysis import wording
from analysis.package.collection import INDEX
from analysis.publish.one_book import About, Outcome, Task
from analysis.publish.whole_pages import whole_page
from analysis.wording import N_

SHOWN = 50  # faults of a book; `check` prints them all
TITLE = N_("All books")
NO_ICON = "data:,"  # or a browser would ask the server for one
NOTHING: About = {"title": "", "city": "", "as_of": "", "pdf": "", "figures": []}

Made = tuple[Task, Outcome]


def write(site: Path, made: Sequence[Made], codes: Sequence[str]) -> None:
    """Put the page over the books of ``site`` in its place at once. codes: of the languages. Raises OSError."""
    site.mkdir(parents=True, exist_ok=True)
    part = site / f".{INDEX}.part"
    part.write_text(index(made, codes), "utf-8")
    part.replace(site / INDEX)


def index(made: Sequence[Made], codes: Sequence[str]) -> str:
    """The page over the books, once in each language; what lies in their folders by now is linked."""
    icons = (_address(task, f"{codes[0]}/_static/icon.svg") for task, _done in made)
    editions = [
        {
            "code": code,
            "tag": wording.tag(code),
            "text": _of_edition(made, code),
            "others": [
                {"code": other, "tag": wording.tag(other), "name": wording.NAMES[other]}
                for other in codes
                if other != code
            ],
        }
        for code in codes
    ]
    titles = " · ".join(wording.in_edition(code, TITLE) for code in codes)
    return whole_page(
        "books", title=titles, icon=next(filter(None, icons), NO_ICON), editions=editions, codes=sorted(codes)
    )


def _of_edition(made: Sequence[Made], code: str) -> Markup:
    words = partial(wording.in_edition, code)
    books = [_book(task, done, code) | {"anchor": f"{code}-{number}"} for number, (task, done) in enumerate(made, 1)]
    return whole_page("shelf", _=words, books=books)


def _book(task: Task, done: Outcome, code: str) -> dict[str, Any]:
    """A book as the page shows it. page, pdf: their addresses; empty where there is none."""
    about = NOTHING | done.about.get(code, {})
    return about | {
        "name": task.name,
        "title": about["title"] or task.name,
        "page": _address(task, f"{code}/book/{INDEX}"),
        "pdf": _address(task, about["pdf"]),
        "state": done.state,
        "good": done.good,
        "lines": done.lines[:SHOWN],
        "more": max(0, len(done.lines) - SHOWN),
        "count": len(done.lines),
    }


def _address(task: Task, path: str) -> str:
    return quote(f"{task.name}/{path}") if path and (task.site / path).is_file() else ""
