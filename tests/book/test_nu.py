"""The Nu checker on every page of the site: what browsers forgive, other readers of HTML need not."""

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from book.conftest import ROOT
from filelock import FileLock

PACKAGE = "vnu-jar@26.9.27"
SHA256 = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"
JAR = ROOT / "_build" / "tools" / f"{PACKAGE}.jar"


@pytest.fixture(scope="module")
def nu() -> Path:
    """The checker, brought by npm the first time."""
    if not shutil.which("java"):
        pytest.skip("the Nu checker needs Java: apt install default-jre-headless")
    JAR.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(JAR.with_suffix(".lock")):
        if not JAR.exists():
            _bring()
    return JAR


def _bring() -> None:
    npm = shutil.which("npm") or pytest.skip("the Nu checker comes by npm: apt install npm")
    packed = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=JAR.parent, capture_output=True, text=True)
    if packed.returncode:
        pytest.skip(f"npm cannot bring the Nu checker:\n{packed.stderr}")
    archive = (JAR.parent / packed.stdout.strip()).read_bytes()
    assert hashlib.sha256(archive).hexdigest() == SHA256, f"{PACKAGE} is not the one that was looked at"
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        JAR.write_bytes(files.extractfile("package/build/dist/vnu.jar").read())


def faults(nu: Path, *pages: Path) -> list[tuple[str, str]]:
    """Page and message of each error."""
    command = ["java", "-jar", str(nu), "--errors-only", "--format", "json", *map(str, pages)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True).stderr)["messages"]
    return [(Path(each["url"]).name, each["message"]) for each in told]


def test_every_page_is_valid(nu, site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 25 and not faults(nu, *pages)


def test_a_fault_is_found(nu, site, tmp_path):
    spoiled = tmp_path / "spoiled.html"
    page = (site / "en" / "book" / "glossary.html").read_text("utf-8")
    spoiled.write_text(page.replace("<article", "<article role=chapter", 1), "utf-8")
    assert faults(nu, spoiled)
