"""What may import what, and where a commit may stand. The walls themselves are in pyproject.toml."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from governance.kernel.paths import PYPROJECT, ROOT
from tests.architecture.sources import name_of, python_files, tree

MAY_COMMIT = ("governance/entrance/", "governance/jobs/", "governance/cli/")
MAY_IMPORT_FLASK = (
    "governance/web/",
    "governance/api/",
    "governance/cli/",
    "governance/entrance/",
    "governance/application.py",
)


def layers() -> list[str]:
    contracts = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (house,) = [contract for contract in contracts if contract["id"] == "house"]
    return [name.strip() for layer in house["layers"] for name in layer.split("|")]


def test_the_import_walls_stand():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_only_a_layer_that_is_not_built_stands_in_brackets():
    def built(layer: str) -> bool:
        return (ROOT / "governance" / layer).is_dir() or (ROOT / "governance" / f"{layer}.py").is_file()

    assert [name for name in layers() if name.startswith("(") and built(name.strip("()"))] == []
    assert [name for name in layers() if not name.startswith("(") and not built(name)] == []


def test_only_entrance_jobs_and_the_command_line_commit():
    def commits(path) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute) and node.attr in ("commit", "begin", "begin_twophase")
        ]

    found = {name_of(path): commits(path) for path in python_files("governance")}
    assert found["governance/entrance/transaction.py"], "the request's one commit was not recognised"
    assert {name: at for name, at in found.items() if at and not name.startswith(MAY_COMMIT)} == {}


def test_only_the_doors_import_flask():
    def roots(path) -> set[str]:
        names = set()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
        return names

    web = {"flask", "apiflask", "flask_login", "flask_security", "flask_wtf", "werkzeug", "wtforms"}
    found = {name_of(path): roots(path) & web for path in python_files("governance")}
    assert found["governance/application.py"]
    assert {
        name: what for name, what in found.items() if what and not name.startswith(MAY_IMPORT_FLASK)
    } == {}


def test_the_package_itself_loads_no_flask():
    code = "import sys, governance; sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
