"""The names that the examples in the docstrings of the package know, and what nbval says of a cell that differs."""

import difflib
import re
from collections.abc import Generator
from fractions import Fraction
from functools import cache
from pathlib import Path

import nbval.kernel
import pytest
from nbval.plugin import IPyNbCell

import analysis
from analysis import values
from analysis.model.zones import zones
from analysis.publish.kernels import WaitedFor

# a port that another process took meanwhile is no fault of a notebook
nbval.kernel.KernelManager = WaitedFor

ROOT = Path(__file__).parent
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@cache
def _names() -> dict[str, object]:
    fixtures = ROOT / "tests" / "fixtures"
    return {name: getattr(analysis, name) for name in analysis.__all__} | {
        "Fraction": Fraction,
        "data": analysis.load(ROOT / "data"),
        "example": analysis.load(fixtures / "example-city"),
        "level": analysis.load(fixtures / "zone-level"),
        "zones": zones,
    }


@pytest.fixture(autouse=True)
def names_of_examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, object]) -> None:
    """`data` is the repository's data, `level` a package in which every zone reports, `example` one of another city."""
    if isinstance(request.node, pytest.DoctestItem):
        doctest_namespace.update(_names())


# nbval keeps no output of the cell that it compares
_compare = IPyNbCell.compare_outputs


def _remembering(cell: IPyNbCell, test: list, *rest: object) -> bool:
    cell.ran = test
    return _compare(cell, test, *rest)


IPyNbCell.compare_outputs = _remembering


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of a notebook's cell: which it is, what it shows, and each figure as stored and as it is now."""
    report = yield
    if report.failed and isinstance(item, IPyNbCell) and call.excinfo:
        where = f"{item.path.name}, cell {item.cell_num + 1} ({item.cell.get('id')})"
        if hasattr(item, "ran"):
            stored, now = (_shown(outputs) for outputs in (item.cell.outputs, item.ran))
            exhibit = next((line[0] for line in (*stored, *now) if line[0]), "")
            lines = [f"{where}{exhibit and f', {exhibit}'}: stored → now", *_differences(stored, now)]
            report.longrepr = "\n".join([*lines, "if this is meant: `make rerun`, and read its diff"])
        else:
            error = call.excinfo.value
            told = ANSI.sub("", f"{error}\n{getattr(error, 'inner_traceback', None) or ''}")
            report.longrepr = f"{where}: {told.strip()}"
    return report


def _shown(outputs: list) -> list[tuple[str, str, str]]:
    """What a cell shows, value by value where it has values, else sentence by sentence: place, what of, and words."""
    found = []
    for output in outputs:
        data = output.get("data", {"text/plain": output.get("text", "")})
        if values.CSV in data:
            rows = [row[:4] for row in values.read(data[values.CSV])[1:]]
            found += [(place, ", ".join(filter(None, what)), printed) for place, *what, printed in rows]
        anchor = re.search(r' id="([\w-]+)"', data.get("text/html", ""))
        sentences = re.split(r"(?<=[.!?。！？])\s+|\n+", data.get("text/plain", ""))
        found += [(anchor[1] if anchor else "", "", sentence) for sentence in sentences]
    return found


def _differences(stored: list[tuple[str, str, str]], now: list[tuple[str, str, str]]) -> list[str]:
    """The lines that differ, a dozen of them at most."""
    lines = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, stored, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = stored[a:b], now[c:d]
        for i in range(max(len(old), len(new))):
            before, after = (part[i] if i < len(part) else None for part in (old, new))
            place, what, _words = before or after
            texts = [part[2] if part else "(nothing)" for part in (before, after)]
            lines.append("  " + ": ".join(filter(None, (place, what, " → ".join(texts)))))
    if not lines:
        return ["  the figures are the same; the HTML or the drawing differs"]
    return [*lines[:12], *([f"  and {len(lines) - 12} more"] if len(lines) > 12 else [])]
