"""The project's own files, as trees and as text."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from governance.kernel.paths import ROOT

CODE = ("governance", "scripts")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Every Python file under `folders` of the project, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """The path as a reader of a failure knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(module: ast.AST) -> Iterator[Function]:
    """Every function of a file, nested ones too."""
    return (node for node in ast.walk(module) if isinstance(node, Function))


def span(node: ast.stmt) -> int:
    """Lines from first to last, decorators included."""
    decorators = node.decorator_list if isinstance(node, Function | ast.ClassDef) else []
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return (node.end_lineno or first) - first + 1


def body_lines(function: Function) -> int:
    """Lines that a function does its work in: without signature, docstring, and functions and classes inside it.

    A verb names each thing it is told on a line of its own; that is a list to read, not work to follow.
    """
    work = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not work:
        return 0
    lines = (work[-1].end_lineno or work[-1].lineno) - work[0].lineno + 1
    return lines - sum(span(node) for node in work if isinstance(node, Function | ast.ClassDef))
