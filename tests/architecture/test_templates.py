"""Templates: each is used, each import in them is used, and a page has one name in view, endpoint, template and test."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from governance.kernel.paths import ROOT, TEMPLATES
from tests.architecture.sources import name_of, python_files, tree

WEB = ROOT / "governance/web"
SHARED = ("layouts", "components", "errors", "security")
FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def parsed(wired: Flask, name: str) -> nodes.Template:
    return wired.jinja_env.parse((TEMPLATES / name).read_text(encoding="utf-8"), name)


def referred(template: nodes.Template) -> set[str]:
    """The templates that one names: extends, includes, imports."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return {
        part.value
        for node in template.find_all(kinds)
        for part in (
            [node.template] if isinstance(node.template, nodes.Const) else node.template.find_all(nodes.Const)
        )
        if isinstance(part.value, str)
    }


def named(path: Path) -> set[str]:
    """The templates that a file of the program names."""
    constants = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
    return {text for text in constants if isinstance(text, str) and re.fullmatch(r"[\w/]+\.html", text)}


def room_of(path: Path) -> str:
    """The room that a file of the pages is in: governance/web/posts.py is in posts, governance/web/cases/page.py in cases."""
    return path.relative_to(WEB).parts[0].removesuffix(".py")


def rooms() -> set[str]:
    """The rooms that have a blueprint."""
    return {room_of(path) for path in WEB.rglob("*.py") if "Blueprint(" in path.read_text("utf-8")}


def security_templates(wired: Flask) -> set[str]:
    """What Flask-Security renders with the features that are on."""
    return {
        value
        for key, value in wired.config.items()
        if key.startswith("SECURITY_") and key.endswith("_TEMPLATE")
    }


def test_every_template_is_used(wired: Flask):
    used = {name for path in python_files("governance") for name in named(path)} | security_templates(wired)
    for name in FILES:
        used |= referred(parsed(wired, name))
    assert [name for name in FILES if name not in used] == []


def test_every_template_that_is_named_exists(wired: Flask):
    ours = {name_of(path): named(path) - set(FILES) for path in python_files("governance")}
    assert {name: sorted(strange) for name, strange in ours.items() if strange} == {}
    theirs = {name: referred(parsed(wired, name)) - set(FILES) for name in FILES}
    unknown = {
        name: {one for one in strange if not one.startswith("nhsuk/")} for name, strange in theirs.items()
    }
    assert {name: sorted(strange) for name, strange in unknown.items() if strange} == {}


def names_with_included(wired: Flask, name: str) -> set[str]:
    """The names that a template reads, with those of the parts it includes: they see what it imported."""
    template = parsed(wired, name)
    used = {node.name for node in template.find_all(nodes.Name) if node.ctx == "load"}
    for node in template.find_all(nodes.Include):
        for part in node.find_all(nodes.Const):
            used |= names_with_included(wired, part.value) if part.value in FILES else set()
    return used


@pytest.mark.parametrize("name", FILES)
def test_what_a_template_imports_it_uses(wired: Flask, name: str):
    template = parsed(wired, name)
    imported = {
        alias if isinstance(alias, str) else alias[1]
        for node in template.find_all(nodes.FromImport)
        for alias in node.names
    } | {node.target for node in template.find_all(nodes.Import)}
    assert imported - names_with_included(wired, name) == set()


def test_every_macro_of_ours_is_used(wired: Flask):
    used: set[str] = set()
    defined: dict[str, str] = {}
    for name in FILES:
        template = parsed(wired, name)
        used |= {node.name for node in template.find_all(nodes.Name) if node.ctx == "load"}
        used |= {node.attr for node in template.find_all(nodes.Getattr)}
        defined |= {macro.name: name for macro in template.find_all(nodes.Macro)}
    assert {macro: name for macro, name in defined.items() if macro not in used} == {}


def test_a_page_has_one_name(wired: Flask):
    """templates/cases/triage.html is the page of the view `triage` of the room cases, the endpoint cases.triage.

    A part of a page, which only other templates include, begins with an underscore.
    """
    pages = [
        name.removesuffix(".html") for name in FILES if name.split("/")[0] not in SHARED and "/_" not in name
    ]
    assert pages
    assert [name for name in pages if name.replace("/", ".") not in wired.view_functions] == []


def test_a_room_names_its_own_templates_alone():
    strange = {
        name_of(path): sorted(
            name for name in named(path) if name.split("/")[0] not in (room_of(path), *SHARED)
        )
        for path in WEB.rglob("*.py")
        if room_of(path) in rooms()
    }
    assert {name: names for name, names in strange.items() if names} == {}


def test_a_room_and_its_blueprint_share_a_name(wired: Flask):
    blueprints = {
        name for name, made in wired.blueprints.items() if made.import_name.startswith("governance.web.")
    }
    assert blueprints == rooms()


def test_every_room_has_tests_of_its_name():
    tests = {
        path.relative_to(ROOT / "tests/web").parts[0] for path in (ROOT / "tests/web").rglob("test_*.py")
    }
    named_after = {re.sub(r"^test_|\.py$", "", name) for name in tests}
    assert sorted(room for room in rooms() if not any(name.startswith(room) for name in named_after)) == []
