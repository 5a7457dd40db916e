"""The order of the house: which way imports point, how long things are, and what never stands in code."""

import ast
import csv
import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from analysis.wording import names

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "analysis"
# each imports from itself and from those before it; the public face, `__init__`, stands above what it gathers
ORDER = [
    "quantity",
    "values",
    "package",
    "model",
    "analyses",
    "__init__",
    "wording",
    "exhibits",
    "publish",
    "commands",
    "__main__",
]
FUNCTION, MODULE = 40, 300  # lines at most
MARKUP = re.compile(r"<[a-z]+[ >]|</")
# by hand: what closes the tags that Sphinx's writer opens, what cuts an SVG down to its drawing, to its letters, or
# out, what a style sheet is wrapped in for the library that minifies
TAGS = {
    "exhibits/charts/style.py": {r"<metadata>.*?</metadata>\s*", "</svg>"},
    "publish/drawings.py": {
        r"<defs>\s*(?:<path [^>]*>(?:</path>)?\s*)+</defs>",
        r'<path ([^>]*?)\bid="([^"]+)"([^>]*?)/?>',
        r'(<use [^>]*?)href="#([^"]+)"([^>]*?)\s*(?:/>|></use>)',
    },
    "publish/smaller.py": {"<style>", "</style>", "<script>", "</script>"},
    "publish/tags.py": {r"<svg.*?</svg>|<style.*?</style>"},
    "publish/formulas.py": {"</span>", ")</span>", "</div>\n"},
    "publish/writer.py": {"</a>", "</figure>\n", "</h3>\n", "</figcaption>\n", "</summary>\n", "</details>\n"},
}

TEXTS = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}
TREES = {path: ast.parse(text) for path, text in TEXTS.items()}
MODULES = {re.sub(r"/__init__$", "", path.removesuffix(".py")): tree for path, tree in TREES.items()}


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules of the package that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "an import names its module in full"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in found:
            package, _, rest = name.replace(".", "/").partition("/")
            if package == "analysis":
                # the last part may be a module or a name in one
                yield next((module for module in (rest, rest.rpartition("/")[0]) if module in MODULES), "__init__")


def layer(module: str) -> int:
    return ORDER.index(module.partition("/")[0])


def strings(tree: ast.AST) -> Iterator[str]:
    """The strings in code: not its docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def of_layers(*wanted: str) -> list[str]:
    return [path for path in TREES if path.partition("/")[0] in wanted]


def ids_of_indicators() -> set[str]:
    """The ids that data use and that mean nothing else: no role, column, table, group or word of the package."""
    ids = set()
    for table in [ROOT / "data" / "indicators.csv", *(ROOT / "tests" / "fixtures").glob("*/indicators.csv")]:
        with table.open(encoding="utf-8-sig", newline="") as rows:
            ids |= {row["id"] for row in csv.DictReader(rows)}
    contract = json.loads((SOURCE / "package" / "contract.json").read_text("utf-8"))
    known = {*names.TERMS, *names.STATUSES, *names.KINDS}
    for resource in contract["resources"]:
        known.add(resource["name"])
        for field in resource["schema"]["fields"]:
            known |= {field["name"], *field.get("constraints", {}).get("enum", ()), *field.get("groups", ())}
    return ids - known


IDS = ids_of_indicators()


def ids_in(tree: ast.AST) -> list[str]:
    """The strings that are an id, or name one as `subject.indicator:statistic` does."""
    keys = (text for text in strings(tree) if re.fullmatch(r"[\w.:-]+", text))
    return [key for key in keys if IDS & set(re.split("[.:]", key))]


def test_imports_point_one_way():
    arrows = {module: set(imports(tree)) - {module} for module, tree in MODULES.items()}
    up = [f"{module} imports {other}" for module in arrows for other in arrows[module] if layer(other) > layer(module)]
    assert up == []
    TopologicalSorter(arrows).prepare()  # its error names the circle


def test_no_function_and_no_module_is_too_long():
    long = {path: lines for path, text in TEXTS.items() if (lines := len(text.splitlines())) > MODULE}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (lines := node.end_lineno - node.lineno + 1) > FUNCTION:
                long[f"{path}: {node.name}"] = lines
    assert long == {}


def test_code_knows_no_indicator():
    assert {"assessment_rank", "share_foreign_capital", "exports"} <= IDS
    layers = of_layers("model", "analyses", "exhibits", "wording", "publish")
    assert {path: found for path in layers if (found := ids_in(TREES[path]))} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "book").glob("*.ipynb")), ids=lambda path: path.name)
def test_chapters_know_no_indicator(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    expressions = re.findall(r"\{eval\}`([^`]+)`", prose)
    assert len(expressions) == prose.count("{eval}")
    assert [key for text in code + expressions for key in ids_in(ast.parse(text))] == []


def test_no_tags_are_put_together_in_code():
    layers = of_layers("exhibits", "wording", "publish")
    found = {path: {text for text in strings(TREES[path]) if MARKUP.search(text)} for path in layers}
    assert {path: texts for path, texts in found.items() if texts} == TAGS
