"""How much the tests would notice: `make mutation` changes a figure or a line of code at a time and runs them.

Figures: each of the data is changed alone, and some chapter other than the one that lists the data must say something
else (nbval compares what it says), or the package must be refused. Code: a comparison is turned, an `and` becomes an
`or`, a number one more, a result None; some test of its layer must fail. Of the code a sample is taken, the same for
the same seed; `--all` takes every mutant and a night. What survives stands in `survivors.csv` with the reason, or
ends the run with exit code 1, as do fewer than nine killed of ten.
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KNOWN = ROOT / "tests" / "survivors.csv"
ENOUGH = 0.9
PATIENCE = 900  # seconds: the slowest tests of a layer take a fifth of it
# column of figures -> table; a period is no figure of its own, but a date is
FIGURES = {
    "observations": ("low", "high"),
    "claims": ("threshold", "margin"),
    "links": ("stage",),
    "milestones": ("date",),
}
FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9]{2}")
LAYERS = {
    "analyses": ("tests/analyses", "tests/test_chapters.py"),
    "model": ("tests/model", "tests/package/test_figure_checks.py"),
    "quantity": ("tests/test_quantity.py", "tests/test_comparison.py", "tests/model"),
    "package/checks.py": ("tests/package/test_checks.py", "tests/package/test_dataset.py"),
    "package/figure_checks.py": ("tests/package/test_figure_checks.py",),
}
TURNED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
          ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
          ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A changed place. where: file and line, or table and row. change: before and after. text: of the changed file."""

    where: str
    change: str
    path: str
    text: str
    tests: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """What survives a moved line: the file, and the change."""
        return (self.path, self.change)


def of_data() -> Iterator[Mutant]:
    """Each figure of the tables, one more in its last digit; both bounds of an exact one together."""
    for table, columns in FIGURES.items():
        path = ROOT / "data" / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            heading, *rows = csv.reader(file)
        for number, row in enumerate(rows):
            own = dict(zip(heading, row, strict=True))
            for text in dict.fromkeys(own[column] for column in columns if FIGURE.fullmatch(own[column])):
                new = [_more(cell) if name in columns and cell == text else cell
                       for name, cell in zip(heading, row, strict=True)]  # fmt: skip
                lines = [heading, *rows[:number], new, *rows[number + 1 :]]
                key = ".".join(row[:3])
                yield Mutant(f"{table}.csv, row {number + 2}", f"{key}: {text} → {_more(text)}", path.name, _csv(lines))


def _more(text: str) -> str:
    if text.count("-") == 1 and text[:4].isdigit():
        return f"{text[:5]}{int(text[5:]) % 12 + 1:02d}"
    value = Decimal(text)
    return str(value + Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))))


def _csv(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def places_of_code() -> list[tuple[Path, int, tuple[str, ...]]]:
    """Each place of the layers that can be changed: file, number of its node, and the tests of its layer."""
    found = []
    for layer, tests in LAYERS.items():
        place = ROOT / "src" / "analysis" / layer
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            nodes = enumerate(ast.walk(ast.parse(path.read_text("utf-8"))))
            found += [(path, number, tests) for number, node in nodes if _turn(node)]
    return found


def of_code(path: Path, number: int, tests: tuple[str, ...]) -> Mutant:
    """The file with one place changed."""
    tree = ast.parse(path.read_text("utf-8"))
    node = list(ast.walk(tree))[number]
    before, _turned = ast.unparse(node), _turn(node)
    name = str(path.relative_to(ROOT))
    change = f"{before} → {ast.unparse(node)}"
    return Mutant(f"{name}:{getattr(node, 'lineno', 0)}", change, name, ast.unparse(tree), (name, *tests))


def _turn(node: ast.AST) -> bool:
    """Change a place of the code, where it is one that can be changed."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TURNED:
        node.ops[0] = TURNED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in TURNED:
        node.op = TURNED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
    else:
        return False
    return True


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def said(folder: Path) -> str:
    """What the chapters say that do more than list the data; empty where the package is refused."""
    code = (
        "import chapters\n"
        "paths = [path for path in chapters.in_the_book() if path.stem != 'data']\n"
        "print([(told.words, told.html) for told in map(chapters.Chapter, paths)])"
    )
    environment = {**os.environ, "ANALYSIS_DATA": str(folder), "PYTHONPATH": str(ROOT / "tests")}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True).stdout


def killed(mutant: Mutant, unchanged: str) -> bool:
    """Whether something notices a mutant."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as place:
        if not mutant.tests:
            data = Path(shutil.copytree(ROOT / "data", Path(place) / "data"))
            (data / mutant.path).write_text(mutant.text, "utf-8")
            return said(data) != unchanged
        for part in ("src", "tests", "data", "book"):
            shutil.copytree(ROOT / part, Path(place) / part)
        for part in ("conftest.py", "pyproject.toml", "_config.yml", "_toc.yml", "README.md", "CONTRIBUTING.md"):
            shutil.copy(ROOT / part, place)
        (Path(place) / mutant.path).write_text(mutant.text, "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--doctest-modules"]
        environment = {**os.environ, "PYTHONPATH": str(Path(place) / "src")}
        return any(_fails([*command, test], place, environment) for test in mutant.tests)


def _fails(command: list[str], place: str, environment: dict[str, str]) -> bool:
    """Whether a run of tests fails; one that does not come to its end does."""
    try:
        done = subprocess.run(command, cwd=place, env=environment, capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode not in (0, 5)


def main() -> int:
    """Print each survivor, and what part was killed; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=60, help="how many mutants of the code (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="every mutant of the code")
    parser.add_argument("--only", choices=("data", "code"), help="figures alone, or code alone")
    options = parser.parse_args()
    places = [] if options.only == "data" else places_of_code()
    if not options.all and len(places) > options.sample:
        places = random.Random(options.seed).sample(places, options.sample)
    mutants = [*([] if options.only == "code" else of_data()), *(of_code(*place) for place in places)]
    unchanged = said(ROOT / "data")
    with KNOWN.open(encoding="utf-8", newline="") as file:
        known = {(row["file"], row["change"]) for row in csv.DictReader(file)}
    survivors = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for mutant, dead in zip(mutants, pool.map(killed, mutants, [unchanged] * len(mutants)), strict=True):
            if not dead:
                survivors.append(mutant)
                reason = "known" if mutant.name in known else "NEW"
                print(f"survives ({reason}): {mutant.where}: {mutant.change}", flush=True)
    part = 1 - len(survivors) / len(mutants)
    print(f"{len(mutants)} mutants, {len(survivors)} survive: {part:.1%} killed, {ENOUGH:.0%} wanted")
    return int(part < ENOUGH or any(mutant.name not in known for mutant in survivors))


if __name__ == "__main__":
    sys.exit(main())
