"""Our own endpoints: each says who may open it, and the gate keeps to that for every role, by real requests."""

import re
import tomllib
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from governance.entrance import gate
from governance.kernel.paths import ROOT
from governance.people.models import Person
from governance.people.roles import PERMISSIONS, RoleName
from tests.fixtures.applications import Visitor
from tests.fixtures.organisation import Organisation

TABLE: dict[str, str | list[str]] = tomllib.loads(
    (ROOT / "tests/architecture/endpoint_roles.toml").read_text(encoding="utf-8")
)
CLOSED = "Your role does not open this page"
NOTHING = {"int": "999999", "path": "nothing", "string": "nothing", "default": "nothing"}
SAFE = ("GET", "HEAD", "OPTIONS")
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def expected(endpoint: str) -> frozenset[str]:
    """The roles that the table opens a page to."""
    entry = TABLE[endpoint]
    return frozenset(RoleName) if entry == "everyone" else frozenset(entry)


def pages(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every route of a page behind the gate, with each method and an address that leads to no thing."""
    for rule in app.url_map.iter_rules():
        entry = TABLE.get(rule.endpoint, "public")
        if entry not in ("public", "signing in") and not str(entry).startswith("token "):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, address(rule)


def address(rule: Rule) -> str:
    """The rule's address with every part filled in by something that does not exist."""
    return re.sub(
        r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda part: NOTHING[part.group(1) or "default"], rule.rule
    )


def test_the_table_lists_every_endpoint_and_no_other(wired: Flask):
    endpoints = {rule.endpoint for rule in wired.url_map.iter_rules()}
    assert endpoints - TABLE.keys() == set(), "say in endpoint_roles.toml who may open these"
    assert TABLE.keys() - endpoints == set(), "these are gone: take them out of endpoint_roles.toml"


def test_the_table_names_roles_that_exist():
    named = {role for entry in TABLE.values() if isinstance(entry, list) for role in entry}
    assert named <= set(RoleName)
    kinds = {entry for entry in TABLE.values() if isinstance(entry, str) and not entry.startswith("token ")}
    assert kinds <= {"public", "signing in", "everyone"}


def test_public_and_sign_in_pages_are_those_of_the_table(wired: Flask):
    endpoints = {rule.endpoint for rule in wired.url_map.iter_rules()}
    assert {name for name, entry in TABLE.items() if entry == "public"} == gate.PUBLIC
    assert {name for name, entry in TABLE.items() if entry == "signing in"} == gate.SIGNING_IN & endpoints


def test_every_other_endpoint_says_what_opens_it(wired: Flask):
    declared: dict[str, object] = {}
    for name in wired.view_functions:
        if name not in gate.PUBLIC | gate.SIGNING_IN:
            view = wired.view_functions[name]
            scope, permission = getattr(view, "scope", None), getattr(view, "permission", None)
            declared[name] = f"token {scope}" if scope else PERMISSIONS.get(permission or "", "nothing")
    wanted = {
        name: TABLE[name] if str(TABLE[name]).startswith("token ") else expected(name) for name in declared
    }
    assert declared == wanted


def test_api_endpoints_stand_under_api_and_nothing_else_does(wired: Flask):
    places = {rule.endpoint: rule.rule for rule in wired.url_map.iter_rules()}
    by_token = {name for name, entry in TABLE.items() if str(entry).startswith("token ")}
    under_api = {name for name, place in places.items() if place.startswith("/api/")} - {"openapi.spec"}
    assert by_token == under_api


@SQLITE
@pytest.mark.parametrize("role", RoleName)
def test_the_gate_opens_and_closes_by_role(
    app: Flask, organisation: Organisation, visitor: Callable[[Person], Visitor], role: RoleName
):
    person = organisation.in_role(role)
    held = person.role_names
    visit = visitor(person)
    wrong = []
    for rule, method, place in pages(app):
        reply = visit.get(place) if method in SAFE else visit.post(place, method=method)
        may, was_closed = (
            bool(expected(rule.endpoint) & held),
            reply.status_code == 403 and CLOSED in reply.text,
        )
        if may == was_closed or reply.status_code >= 500:
            wrong.append(
                f"{method} {rule.endpoint}: {reply.status_code}, expected {'open' if may else 'closed'}"
            )
    assert wrong == []


@SQLITE
def test_a_stranger_is_sent_to_sign_in(app: Flask, client: FlaskClient):
    app.config["WTF_CSRF_ENABLED"] = False  # so that the gate itself is what a POST meets
    wrong = []
    for rule, method, place in pages(app):
        reply = client.open(place, method=method)
        kept_out = "/sign-in" in (reply.location or "") if method in SAFE else reply.status_code == 401
        if not kept_out:
            wrong.append(f"{method} {rule.endpoint}: {reply.status_code} {reply.location}")
    assert wrong == []


def writing_routes(app: Flask, *, api: bool) -> list[tuple[str, str]]:
    return [
        (method, address(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - set(SAFE))
        if rule.rule.startswith("/api/") is api
    ]


@SQLITE
def test_every_post_of_a_session_needs_its_token(
    app: Flask, organisation: Organisation, visitor: Callable[[Person], Visitor]
):
    client = visitor(organisation.admin).client
    routes = writing_routes(app, api=False)
    assert ("POST", "/sign-in") in routes
    for forged in ({}, {"csrf_token": "forged"}):
        replies = {place: client.open(place, method=method, data=forged) for method, place in routes}
        through = {place: reply.status_code for place, reply in replies.items() if reply.status_code != 400}
        assert through == {}
        assert [place for place, reply in replies.items() if "CSRF" not in reply.text] == []


@SQLITE
def test_a_session_opens_nothing_of_the_api(
    app: Flask, organisation: Organisation, visitor: Callable[[Person], Visitor]
):
    visit = visitor(organisation.compliance)
    by_token = [
        rule for rule in app.url_map.iter_rules() if str(TABLE.get(rule.endpoint)).startswith("token ")
    ]
    answers = {
        f"{method} {rule.endpoint}": visit.client.open(address(rule), method=method, json={}).status_code
        for rule in by_token
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }
    assert {name: status for name, status in answers.items() if status != 401} == {}
