"""The data of an earlier state of the project, taken out of its git history into a temporary folder."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from analysis.package.dataset import project_folder


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
