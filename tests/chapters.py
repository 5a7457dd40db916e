"""A chapter carried out in this process: what its cells show and what its sentences say, without a kernel."""

import ast
import re
from pathlib import Path

import nbformat

EVAL = re.compile(r"\{eval\}`([^`]*)`")


def carried_out(path: Path) -> list[tuple[str, object]]:
    """The cells' results and the values of the expressions in sentences, in order, each with its source."""
    names: dict[str, object] = {}
    shown: list[tuple[str, object]] = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            shown += [(source, eval(source, names)) for source in EVAL.findall(cell.source)]
            continue
        *statements, last = ast.parse(cell.source).body
        if not isinstance(last, ast.Expr):
            statements.append(last)
        exec(compile(ast.Module(statements, []), str(path), "exec"), names)
        if isinstance(last, ast.Expr):
            shown.append((cell.source, eval(compile(ast.Expression(last.value), str(path), "eval"), names)))
    return shown


def html(shown: list[tuple[str, object]]) -> str:
    """Everything that a chapter shows, as HTML."""
    return "\n".join(str(getattr(value, "_repr_html_", lambda v=value: str(v))()) for _source, value in shown)
