"""What tests of the data package share."""

import subprocess
from pathlib import Path

import pytest
from spoiled import commit

from analysis.package import revisions


@pytest.fixture
def repository(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data package in a repository whose one commit holds it."""
    subprocess.run(["git", "-C", str(copy.parent), "init", "-q"], check=True)
    commit(copy)
    monkeypatch.setattr(revisions, "project_folder", lambda: copy)
    return copy
