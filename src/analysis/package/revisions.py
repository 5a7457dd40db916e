"""The data of an earlier state of the project, taken out of its git history into a temporary folder."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pandas as pd

from analysis.package.dataset import LIES_IN, Dataset, project_folder

RENAMED, REDEFINED, MOVED, REKEYED = "renamed", "redefined", "moved", "rekeyed"
NAMED = ("places", "zones", "firms", "projects", "chains", "indicators")  # tables of things that have names
ARRANGED = ("group", "role", "headline", "better")  # columns that say where an indicator is shown, not what it measures


class UnknownEdition(Exception):
    """A name that is neither a folder nor a revision; str() says so in one line."""


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """The data folder that ``name`` stands for, for as long as the context lasts.

    name: a folder, or a git revision of the project (commit, tag, branch, ``HEAD~1``), of which the files
    of data/ are taken. A folder of that name comes first. Raises UnknownEdition.
    """
    path = Path(name).expanduser()
    if name and path.is_dir():
        yield path.resolve()
        return
    files = _archive(name)
    with TemporaryDirectory(prefix="analysis-") as place:
        # zipfile writes nothing outside the folder and makes no links; tarfile of Python 3.11.2 may do both
        with ZipFile(io.BytesIO(files)) as archive:
            archive.extractall(place)
        yield Path(place)


def _archive(revision: str) -> bytes:
    """A zip file of data/ at a revision."""
    # what begins with a dash would be an option of git
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        reason = commit.stderr.decode(errors="replace").strip().split("\n")[0]
        raise UnknownEdition(f"{revision}: neither a folder nor a revision" + (f" ({reason})" if reason else ""))
    # in a folder of the repository, git takes the files of that folder alone and names them as seen from it
    archive = _git("archive", "--format=zip", commit.stdout.decode().strip())
    if archive.returncode:
        raise UnknownEdition(f"{revision}: this revision has no data folder")
    return archive.stdout


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(project_folder()), *arguments]
    try:
        return subprocess.run(command, capture_output=True)
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, b"", f"git cannot be run: {error.strerror}".encode())


def renamed(old: Dataset, new: Dataset) -> pd.DataFrame:
    """What is called, defined or placed otherwise, though no figure changed.

    Returns a row a change, in the order of the tables: ``table``, ``id`` (of the new edition), ``change`` (renamed: in
    a name; redefined: in what an indicator measures; moved: in the place it lies in; rekeyed: the Chinese name has
    another id), ``column``, ``old`` and ``new``, None where the cell is empty.
    """
    rows = []
    for table in NAMED:
        before, after = old.tables[table], new.tables[table]
        gone = {name: key for key, name in before["name_zh"].items() if key not in after.index}
        for key, row in after.iterrows():
            if key in before.index:
                columns = [column for column in after.columns.intersection(before.columns) if _change(table, column)]
                was = before.loc[key]
                changed = [column for column in columns if row[column] != was[column]]
                rows += [(table, key, _change(table, column), column, was[column], row[column]) for column in changed]
            elif row["name_zh"] in gone:
                rows.append((table, key, REKEYED, "id", gone[row["name_zh"]], key))
    return pd.DataFrame(rows, columns=["table", "id", "change", "column", "old", "new"], dtype=object)


def _change(table: str, column: str) -> str | None:
    """What a change in a column means; None where it is none of what a thing is called, is, or lies in."""
    if "name_" in column:
        return RENAMED
    if column == LIES_IN.get(table):
        return MOVED
    return REDEFINED if table == "indicators" and column not in ARRANGED else None
