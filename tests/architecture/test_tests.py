"""The tests on the tests: each room has its own, and none is set aside."""

import ast

from governance.kernel.paths import ROOT
from tests.architecture.sources import name_of, python_files, tree

SET_ASIDE = {"skip", "skipif", "xfail", "importorskip"}
MAY_SKIP = {"tests/fixtures/availability.py"}  # where browser or database is missing, outside CI


def test_no_test_is_set_aside():
    def set_aside(path) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute)
            and node.attr in SET_ASIDE
            and ast.unparse(node.value) in ("pytest", "pytest.mark", "unittest")
        ]

    found = {name_of(path): set_aside(path) for path in python_files("tests")}
    assert found.keys() >= MAY_SKIP
    assert {name: at for name, at in found.items() if at and name not in MAY_SKIP} == {}


def test_every_test_can_fail():
    """A test asserts, expects an error, or hands over to a function that does."""

    def can_fail(function: ast.FunctionDef) -> bool:
        source = ast.unparse(function)
        return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(
            word in source
            for word in ("raises(", "expect(", "assert_", ".call_and_validate(", "run_state_machine_as_test(")
        )

    idle = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files("tests")
        if path.name.startswith("test_")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not can_fail(node)
    ]
    assert idle == []


def test_every_package_has_tests_in_the_same_place():
    def has_code(package) -> bool:
        return any(path.name != "__init__.py" for path in package.rglob("*.py"))

    packages = [path.parent for path in (ROOT / "governance").glob("*/__init__.py") if has_code(path.parent)]
    assert packages
    without = [path.name for path in packages if not any((ROOT / "tests" / path.name).rglob("test_*.py"))]
    assert without == []
