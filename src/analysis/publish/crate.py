"""What machines read about the archive: a Research Object Crate (RO-Crate 1.1), JSON-LD in schema.org's words.

A flat list of things that name each other: the archive, its files, the columns of its tables, sources, licences,
authors. Names stand in English, and in Chinese beside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from analysis import wording
from analysis.package.dataset import Dataset

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1"
CODE = "https://spdx.org/licenses/MIT"
AUTHORS = "#authors"
KINDS = {".csv": "text/csv", ".json": "application/json", ".md": "text/markdown", ".ipynb": "application/x-ipynb+json"}
Entity = dict[str, Any]


def described(data: Dataset, files: Mapping[str, int], epoch: int) -> Entity:
    """The description of an archive. files: name -> bytes. epoch: of its publication, 0 where none is known."""
    # a data package may name its licence in part, or none
    licence: Mapping[str, str] = next(iter(data.descriptor.get("licenses") or ()), {})
    rights = licence.get("path") or f"#{licence.get('name') or 'no-licence-named'}"
    named = {
        "name": licence.get("title") or licence.get("name") or "No licence named",
        "identifier": licence.get("name"),
    }
    tables = {f"data/{resource['path']}": resource for resource in data.descriptor["resources"]}
    # single files where a reader looks for one, else the folder
    parts = {name: size for name, size in files.items() if "src/" not in name}
    title = wording.book(data, "title", "en")
    graph = [
        {"@id": NAME, "@type": "CreativeWork", "about": _id("./"), "conformsTo": _id(CONTEXT)},
        _root(data, [*parts, "src/"], rights, epoch),
        {"@id": "src/", "@type": "Dataset", "name": "The code that computes and sets the book", "license": _id(CODE)},
        *(_file(name, size, tables.get(name, {}), rights) for name, size in sorted(parts.items())),
        *(column for name in sorted(tables) if name in files for column in _columns(name, tables[name])),
        *_sources(data),
        {"@id": AUTHORS, "@type": "Organization", "name": authors(title)},
        _known({"@id": rights, "@type": "CreativeWork", **named}),
        {"@id": CODE, "@type": "CreativeWork", "name": "MIT License", "identifier": "MIT"},
    ]
    return {"@context": f"{CONTEXT}/context", "@graph": graph}


def authors(title: str) -> str:
    """Who made the book of this title, in English."""
    return f"The authors of {title}"


def _id(name: str) -> Entity:
    return {"@id": name}


def _known(words: Entity) -> Entity:
    """Without what is not known."""
    return {key: text for key, text in words.items() if text}


def _root(data: Dataset, parts: list[str], licence: str, epoch: int) -> Entity:
    """The archive itself."""
    english, chinese = (
        colon.join(wording.book(data, part, code) for part in ("title", "subtitle"))
        for code, colon in (("en", ": "), ("zh", "："))
    )
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": data.descriptor["name"],
        "name": english,
        "alternateName": chinese,
        "description": data.descriptor.get("description") or english,
        "version": version("chaoyang-zones"),
        # a wrong date is worse than none
        **_known({"datePublished": epoch and datetime.datetime.fromtimestamp(epoch, datetime.UTC).date().isoformat()}),
        "inLanguage": [wording.tag(code) for code in wording.LOCALES],
        "license": _id(licence),
        "author": _id(AUTHORS),
        "isBasedOn": [_id(f"#source-{source}") for source in data.sources.index],
        "hasPart": [_id(part) for part in sorted(parts)],
    }


def _file(name: str, size: int, table: Mapping[str, Any], licence: str) -> Entity:
    """A file; of a table its title and its columns."""
    path = PurePosixPath(name)
    of_text = path.parts[0] in ("book", "data")
    return {
        "@id": name,
        "@type": ["File", "SoftwareSourceCode"] if path.suffix == ".ipynb" else "File",
        "name": table.get("title", path.name),
        "contentSize": str(size),
        "license": _id(licence if of_text else CODE),
        **_known(
            {
                "alternateName": table.get("title_zh"),
                "description": table.get("description"),
                "encodingFormat": KINDS.get(path.suffix),
                "variableMeasured": [_id(column["@id"]) for column in _columns(name, table)] if table else None,
            }
        ),
    }


def _columns(name: str, table: Mapping[str, Any]) -> Iterator[Entity]:
    """The columns of a table."""
    for field in table["schema"]["fields"]:
        words = {
            "name": field["name"],
            "alternateName": [field[key] for key in ("title", "title_zh") if key in field],
            "description": field.get("description"),
            "valueReference": field["type"],
        }
        yield {"@id": f"#{name}-{field['name']}", "@type": "PropertyValue", **_known(words)}


def _sources(data: Dataset) -> Iterator[Entity]:
    """What the figures are taken from."""
    for key, source in data.sources.iterrows():
        words = {
            "name": source.title_en,
            "alternateName": source.title_zh,
            "author": source.get("authors"),
            "publisher": source.get("publisher"),
            "datePublished": source.get("published"),
        }
        yield {"@id": f"#source-{key}", "@type": "CreativeWork", **_known(words)}
