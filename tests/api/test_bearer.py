"""The API's door: only a live token with the right scope opens it, and every error has one shape."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.audit.models import AuditEntry
from governance.entrance.tokens import SCOPES
from governance.people.models import Person
from tests.fixtures.applications import Visitor
from tests.fixtures.organisation import Organisation

LISTS = ("/accounts", "/posts", "/cases")
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Call = Callable[..., TestResponse]


def assert_error(reply: TestResponse, status: int, words: str = "") -> None:
    assert reply.status_code == status
    assert reply.mimetype == "application/json"
    assert reply.json is not None
    assert reply.json.keys() == {"message", "detail"}
    assert all(isinstance(value, str) and value for value in reply.json.values())
    assert words in reply.json["detail"]


def test_a_token_opens_what_its_scope_names_and_nothing_else(call: Call, organisation: Organisation):
    for place in LISTS:
        own = f"{place[1:]}:read"
        assert call(organisation.nurse, place, own).status_code == 200
        assert_error(call(organisation.nurse, place, *(set(SCOPES) - {own})), 403, "scope")


def test_a_refusal_for_want_of_scope_is_audited(call: Call, organisation: Organisation, session: Session):
    call(organisation.nurse, "/posts", "score")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "endpoint.refused")).one()
    assert "api.posts" in entry.payload


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Bearer \udcff", "Basic bnVyc2U6c2VjcmV0", "bearer"],
)
@SQLITE
def test_without_a_known_token_nothing_opens(client: FlaskClient, header: str | None):
    headers = (
        {}
        if header is None
        else {"Authorization": header.encode("utf-8", "surrogateescape").decode("latin-1")}
    )
    for place in (*LISTS, "/accounts/1", "/posts/1", "/cases/CASE-2026-0001"):
        reply = client.get(f"/api/v1{place}", headers=headers)
        assert_error(reply, 401, "Authorization: Bearer")
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")
    assert_error(client.post("/api/v1/score", json={"text": "a"}, headers=headers), 401)


def test_ended_revoked_and_departed(
    client: FlaskClient, token: Callable[..., str], organisation: Organisation, session: Session
):
    nurse = organisation.nurse
    live = token(nurse)
    secrets = [token(nurse, days=-1), token(nurse, revoked=True), live.upper(), live[:-1]]
    assert client.get("/api/v1/posts", headers={"Authorization": f"Bearer {live}"}).status_code == 200
    nurse.active = False
    session.commit()
    for secret in [*secrets, live]:
        assert_error(client.get("/api/v1/posts", headers={"Authorization": f"Bearer {secret}"}), 401)


@SQLITE
def test_no_other_way_in(
    app: Flask,
    token: Callable[..., str],
    organisation: Organisation,
    visitor: Callable[[Person], Visitor],
):
    secret = token(organisation.nurse)
    visit = visitor(organisation.nurse)
    assert visit.get("/").status_code == 200
    assert_error(visit.get("/api/v1/posts"), 401)
    assert_error(visit.client.post("/api/v1/score", json={"text": "a"}), 401)
    client = app.test_client()
    for place in (f"/api/v1/posts?auth_token={secret}", f"/api/v1/posts?token={secret}"):
        assert_error(client.get(place), 401)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/", headers=bearer).status_code == 302  # a token opens no page
    assert client.get(f"/?auth_token={secret}").status_code == 302


@SQLITE
def test_errors_have_one_shape(client: FlaskClient, token: Callable[..., str], organisation: Organisation):
    bearer = {"Authorization": f"Bearer {token(organisation.nurse)}"}
    assert_error(client.get("/api/v1/nothing", headers=bearer), 404, "OpenAPI document")
    wrong_method = client.delete("/api/v1/posts", headers=bearer)
    assert_error(wrong_method, 405)
    assert "GET" in wrong_method.headers["Allow"]
    assert_error(client.get("/api/v1/posts?page=0", headers=bearer), 422, "page: ")
    assert_error(client.get("/api/v1/posts?per_page=101", headers=bearer), 422, "per_page: ")
    assert_error(client.get("/api/v1/posts?pge=2", headers=bearer), 422, "pge: Unknown field")
    assert_error(client.get("/api/v1/cases?stage=lost", headers=bearer), 422, "stage: ")


@SQLITE
def test_what_goes_wrong_inside_tells_nothing_of_it(
    app: Flask,
    client: FlaskClient,
    token: Callable[..., str],
    organisation: Organisation,
    monkeypatch: pytest.MonkeyPatch,
):
    secret = token(organisation.nurse)

    def broken(*_args: object) -> None:
        raise RuntimeError("a patient's name")

    monkeypatch.setattr("governance.api.posts._seen_by", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    reply = client.get("/api/v1/posts", headers={"Authorization": f"Bearer {secret}"})
    assert_error(reply, 500, "It has been logged")
    assert "patient" not in reply.text
