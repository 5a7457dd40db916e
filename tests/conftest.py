"""What tests share: the data package, and a copy of it that a test may spoil."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from analysis import load, quantity
from analysis.package import dataset
from analysis.package.descriptor import contract

# a slow machine is no fault of the bounds
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def environment():
    """`--data` names the folder to notebooks through the environment: it must not reach the next test."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True, scope="session")
def units() -> None:
    """The units that every package has: no test waits for another to load one."""
    quantity.define(contract()["units"])


@pytest.fixture(scope="session")
def data() -> dataset.Dataset:
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The made-up packages."""
    return ROOT / "tests" / "fixtures"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A data package to spoil."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
