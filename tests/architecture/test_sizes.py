"""Rooms that stay liveable: files, functions and names."""

import ast

from governance.kernel.paths import ROOT
from tests.architecture.sources import CODE, body_lines, functions, name_of, python_files, tree

LONGEST_FILE = 300  # lines, tests apart
LONGEST_TEST_FILE = 400
LONGEST_CONFTEST = 120
LONGEST_FUNCTION = 40  # lines of its body, see body_lines
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short():
    code = {
        name_of(path): lines(path)
        for path in [*python_files(*CODE), ROOT / "app.py", ROOT / "migrations/env.py"]
    }
    tests = {name_of(path): lines(path) for path in python_files("tests")}
    assert {name: count for name, count in code.items() if count > LONGEST_FILE} == {}
    assert {name: count for name, count in tests.items() if count > LONGEST_TEST_FILE} == {}
    assert lines(ROOT / "tests/conftest.py") <= LONGEST_CONFTEST


def test_functions_are_short():
    long = {
        f"{name_of(path)}:{function.lineno} {function.name}": body_lines(function)
        for path in python_files(*CODE, "tests")
        for function in functions(tree(path))
        if body_lines(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_file_is_named_for_what_it_holds():
    everything = [
        *python_files(*CODE, "tests"),
        *(ROOT / "templates").rglob("*"),
        *(ROOT / "governance/static").glob("*"),
    ]
    assert [name_of(path) for path in everything if path.stem.removeprefix("test_") in SAYS_NOTHING] == []


def test_packages_hold_no_code_in_their_init():
    def more_than_a_docstring(path) -> bool:
        return any(
            not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            for node in tree(path).body
        )

    packages = [path for path in python_files("governance") if path.name == "__init__.py"]
    assert packages
    assert [name_of(path) for path in packages if more_than_a_docstring(path)] == []
    assert [name_of(path) for path in packages if ast.get_docstring(tree(path)) is None] == []
