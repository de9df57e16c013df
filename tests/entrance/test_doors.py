"""Doors that must stay shut, headers on every answer, and templates that escape whatever their name."""

import pytest
from flask import Flask, render_template, render_template_string
from jinja2 import DictLoader, UndefinedError
from sqlalchemy import select

from governance.entrance.models import User
from tests.fixtures.applications import form_token

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SCRIPT = "<script>alert(1)</script>"
BADGE = f'"> {SCRIPT}'


@pytest.fixture
def auth_token(app: Flask, session, organisation, visitor) -> str:
    """The token that Flask-Security would accept by itself, for a user who may sign in."""
    visitor(organisation.nurse)
    key = session.scalar(select(User.id))
    session.commit()
    with app.test_request_context("/"):
        from governance.entrance.database import db

        return db.session.get_one(User, key).get_auth_token()


@SQLITE
@pytest.mark.parametrize("way", ["header", "query"])
def test_a_token_of_the_library_opens_no_page(client, auth_token, way):
    reply = (
        client.get("/", headers={"Authentication-Token": auth_token})
        if way == "header"
        else client.get("/", query_string={"auth_token": auth_token})
    )
    assert reply.status_code == 302
    assert "/sign-in" in reply.location


@SQLITE
def test_signing_in_by_json_gives_no_token(client):
    token = form_token(client.get("/sign-in").text)
    reply = client.post(
        "/sign-in?include_auth_token",
        json={"email": "nobody@trust.example", "password": "wrong"},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert not reply.is_json
    assert "authentication_token" not in reply.text


@SQLITE
@pytest.mark.parametrize(
    "place", ["/", "/sign-in", "/nothing", "/healthz", "/assets/probity.css", "/api/v1/nothing"]
)
def test_every_answer_carries_its_headers(client, place):
    with client.get(place) as reply:
        headers = reply.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@SQLITE
def test_a_nonce_is_used_once(client):
    policies = {client.get("/sign-in").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


@SQLITE
def test_pages_are_not_kept_on_a_shared_computer(client, visitor, organisation):
    assert "no-store" in visitor(organisation.nurse).get("/").headers["Cache-Control"]


@SQLITE
def test_the_session_cookie_is_guarded(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@SQLITE
@pytest.mark.parametrize(
    ("place", "kind"), [("/nothing", "text/html"), ("/api/v1/nothing", "application/json")]
)
def test_what_is_not_there_is_told_in_the_reader_s_language(client, place, kind):
    reply = client.get(place)
    assert reply.status_code == 404
    assert reply.mimetype == kind


@SQLITE
@pytest.mark.parametrize("name", ["page.html", "macro.jinja", "card.svg", "no_suffix"])
def test_templates_escape_whatever_their_name(app: Flask, name):
    app.jinja_env.loader = DictLoader({name: "{{ words }}"})
    with app.test_request_context("/"):
        assert render_template(name, words=SCRIPT) == "&lt;script&gt;alert(1)&lt;/script&gt;"
        assert SCRIPT not in render_template_string("{{ words }}", words=SCRIPT)


@SQLITE
def test_plain_text_is_not_escaped(app: Flask):
    app.jinja_env.loader = DictLoader({"letter.txt": "{{ words }}"})
    with app.test_request_context("/"):
        assert render_template("letter.txt", words="Sam & Jo") == "Sam & Jo"


MACROS = {
    "input": 'input({"id": x, "name": x, "value": x, "label": {"text": x}, "hint": {"text": x}, "errorMessage": {"text": x}})',
    "textarea": 'textarea({"id": x, "name": x, "value": x, "label": {"text": x}, "errorMessage": {"text": x}})',
    "tag": 'tag({"text": x})',
    "error-summary": 'errorSummary({"titleText": x, "errorList": [{"text": x, "href": x}]})',
    "radios": 'radios({"name": x, "fieldset": {"legend": {"text": x}}, "items": [{"value": x, "text": x, "hint": {"text": x}}]})',
    "select": 'select({"id": x, "name": x, "label": {"text": x}, "items": [{"value": x, "text": x}]})',
    "checkboxes": 'checkboxes({"name": x, "items": [{"value": x, "text": x}]})',
    "summary-list": 'summaryList({"rows": [{"key": {"text": x}, "value": {"text": x}}]})',
    "details": 'details({"summaryText": x, "text": x})',
    "breadcrumb": 'breadcrumb({"items": [{"text": x, "href": x}], "text": x, "href": x})',
    "pagination": 'pagination({"previous": {"href": x, "labelText": x, "text": x}})',
    "inset-text": 'insetText({"text": x})',
    "button": 'button({"text": x, "name": x, "value": x})',
    "card": 'card({"heading": x, "description": x})',
    "warning-callout": 'warningCallout({"heading": x, "text": x})',
}


@pytest.mark.parametrize("component", MACROS)
def test_a_script_in_a_macro_is_only_words(wired: Flask, component):
    name = MACROS[component].partition("(")[0]
    source = (
        f'{{% from "nhsuk/components/{component}/macro.jinja" import {name} %}}{{{{ {MACROS[component]} }}}}'
    )
    with wired.test_request_context("/"):
        page = render_template_string(source, x=BADGE)
    assert "alert(1)" in page, "the words did not reach the page"
    assert "<script" not in page
    assert '"> ' not in page.replace("&#34;&gt; ", "")


@pytest.mark.parametrize(
    "source", ["{{ cses }}", "{% for one in cses %}{{ one }}{% endfor %}", "{{ cses.title }}"]
)
def test_an_unknown_name_stops_the_page(wired: Flask, source):
    with wired.test_request_context("/"), pytest.raises(UndefinedError, match="cses"):
        render_template_string(source)


def test_an_unknown_part_of_a_macro_s_parameters_stays_soft(wired: Flask):
    with wired.test_request_context("/"):
        assert render_template_string("[{{ {'a': 1}.b }}]") == "[]"


@SQLITE
@pytest.mark.parametrize("number", [2**31, 10**30, int("9" * 4000)], ids=["large", "larger", "huge"])
@pytest.mark.parametrize(
    "address", ["/posts/{}", "/accounts/{}", "/accounts/{}/evidence/1", "/approvals/{}", "/api/v1/posts/{}"]
)
def test_a_number_that_no_row_has_is_a_page_that_is_not_there(organisation, visitor, address, number):
    assert visitor(organisation.manager).get(address.format(number)).status_code == 404
