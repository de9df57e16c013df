"""The lock files: whole, in step with what they lock, and silent about where things come from."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from governance.kernel.paths import PYPROJECT, ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
PROJECT = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return {
        normal(name): version
        for name, version in re.findall(r"^([\w.-]+)(?:\[\S+\])?==([^\s;\\]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("file", LOCKS)
def test_every_package_has_hashes_and_no_place(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry and not entry.startswith("#")]
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert (
        re.findall(r"\S*://\S*|(?<![\w.-])/(?:opt|home|root|tmp|work)\S*|--index\S*|--find-links\S*", text)
        == []
    )


@pytest.mark.parametrize(
    ("wanted", "file"),
    [
        (PROJECT["project"]["dependencies"], "requirements.txt"),
        (PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"], "requirements-dev.txt"),
        (PROJECT["dependency-groups"]["node"], "requirements-node.txt"),
    ],
)
def test_locks_are_in_step_with_the_project(wanted, file):
    versions = locked(file)
    outside = {
        text: versions.get(normal(requirement.name))
        for text, requirement in ((text, Requirement(text)) for text in wanted)
        if versions.get(normal(requirement.name)) not in requirement.specifier
    }
    assert outside == {}, "run `make lock`"


def test_running_and_testing_use_the_same_versions():
    running, testing = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: version for name, version in running.items() if testing.get(name) != version} == {}


def test_the_front_end_lock_holds_hashes_and_no_place():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages = {path.removeprefix("node_modules/"): entry for path, entry in lock.items() if path}
    assert {name: packages[name]["version"] for name in wanted} == wanted
    assert [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []
