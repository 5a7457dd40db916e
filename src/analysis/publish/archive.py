"""The book as one archive: data package, chapters as they ran, code, and what machines read about them (RO-Crate).

Unpacked, it is a project of its own: `make book` builds the same book of the same data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import yaml

from analysis import wording
from analysis.package import dataset, encodings, parquet
from analysis.package.dataset import Dataset
from analysis.publish import crate, packing

PROJECT = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "_config.yml",
    "_toc.yml",
    "pyproject.toml",
    "requirements.txt",
    "requirements-test.txt",
)
FOLDERS = ("book", "docs", "src/analysis", "tools")


def write(target: Path, data: Dataset, *, root: Path, pages: Path, epoch: int) -> None:
    """Write the archive at ``target``.

    root: the project. pages: an edition of the site, whose notebooks hold what they gave for these data.
    epoch: the time of all files in it.
    """
    files = {
        **dict(_project(root)),
        **{f"book/{path.name}": path.read_bytes() for path in (pages / "book").glob("*.ipynb")},
        **{f"data/{name}": text for name, text in _package(data.folder, data)},
        "CITATION.cff": _citation(root / "CITATION.cff", data),
    }
    described = crate.described(data, {name: len(text) for name, text in files.items()}, epoch)
    files[crate.NAME] = (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()
    packing.pack(target, files, epoch)


def _project(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files that the book is made with. Of other data than these the chapters stored nothing."""
    folders = (path for folder in FOLDERS for path in root.joinpath(folder).rglob("*"))
    for path in (*(root / name for name in PROJECT), *folders):
        name = path.relative_to(root)
        hidden = any(part.startswith((".", "__pycache__")) for part in name.parts)
        if path.is_file() and not hidden and path.suffix not in (".pyc", ".mo"):
            yield name.as_posix(), _without_outputs(path) if path.suffix == ".ipynb" else path.read_bytes()


def _without_outputs(path: Path) -> bytes:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return f"{nbformat.writes(notebook, indent=1)}\n".encode()


def _package(folder: Path, data: Dataset) -> Iterator[tuple[str, bytes]]:
    """The files of the data package and of the edition before it; tables with the mark by which Excel knows UTF-8."""
    names = [dataset.DESCRIPTOR, *(resource["path"] for resource in data.descriptor["resources"])]
    for name in filter(lambda name: (folder / name).exists(), names):
        content = (folder / name).read_bytes()
        if not name.endswith(parquet.SUFFIX):
            content = encodings.text(content).encode("utf-8" if name == dataset.DESCRIPTOR else "utf-8-sig")
        yield name, content
    if (folder / "README.md").exists():
        yield "README.md", (folder / "README.md").read_bytes()
    if before := dataset.predecessor(data):
        yield from ((f"{dataset.PREDECESSOR}/{name}", text) for name, text in _package(before.folder, before))


def _citation(path: Path, data: Dataset) -> bytes:
    """How to cite the book of these data."""
    own = yaml.safe_load(path.read_text("utf-8"))
    title = wording.book(data, "title", "en")
    own |= {"title": f"{title}: {wording.book(data, 'subtitle', 'en')}", "authors": [{"name": crate.authors(title)}]}
    if about := data.descriptor.get("description"):
        own["abstract"] = about
    own["keywords"] = ["development zones", *data.zones["name_en"].dropna()]
    text: str = yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()
