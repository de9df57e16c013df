"""POST /score: the answer of the score command, and nothing of it stored."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.guidance.loader import shipped_rulebook
from governance.kernel.database import Base
from governance.scoring.engine import score
from governance.scoring.post import PostInput
from tests.factories.posts import words
from tests.fixtures.organisation import Organisation

Call = Callable[..., TestResponse]
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def rows(session: Session) -> dict[str, int | None]:
    session.rollback()
    return {
        name: session.scalar(select(func.count()).select_from(table))
        for name, table in Base.metadata.tables.items()
        if name != "api_token"  # the test's own token
    }


def test_it_answers_as_the_command_does_and_stores_nothing(
    call: Call, session: Session, organisation: Organisation, capfd: pytest.CaptureFixture[str]
):
    before = rows(session)
    text = words("critical")
    given = {"text": text, "platform": "x", "audience": "public", "posted_at": "2026-03-01T09:30:00Z"}
    reply = call(
        organisation.nurse,
        "/score",
        json={"id": ["a", 1], **given, "recent_posts": [{"id": "1", "text": "b"}]},
    )
    assert reply.status_code == 200
    expected = score(
        PostInput.from_mapping({**given, "recent_posts": [{"id": "1", "text": "b"}]}), shipped_rulebook()
    )
    assert reply.json is not None
    assert reply.json["severity"] == expected.severity != "none"
    assert {**reply.json, "id": None} == {"id": None, **_as_json(expected.as_json())}
    assert reply.json["id"] == ["a", 1]
    assert rows(session) == before
    assert text not in "".join(capfd.readouterr())


def _as_json(value: Any) -> Any:
    """Tuples as the lists they become."""
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    return [_as_json(inner) for inner in value] if isinstance(value, list | tuple) else value


@SQLITE
@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "a\ud83d", "👩🏽‍⚕️" * 100, "عمل رائع", "a" * 20_000])
def test_any_text_is_scored(call: Call, organisation: Organisation, text: str):
    reply = call(organisation.nurse, "/score", json={"text": text})
    assert reply.status_code == 200
    assert (reply.json or {})["severity"] == "none"


@SQLITE
@pytest.mark.parametrize(
    ("given", "words_of"),
    [
        ({}, "text: Missing"),
        ({"text": None}, "text: "),
        ({"text": 5}, "text: Not a valid string"),
        ({"text": "a" * 20_001}, "text: Longer than"),
        ({"text": "a", "tekst": "b"}, "tekst: Unknown field"),
        ({"text": "a", "platform": "myspace"}, "platform: "),
        ({"text": "a", "audience": "everyone"}, "audience: "),
        ({"text": "a", "posted_at": "2026-03-01T09:30:00"}, "posted_at: Not a valid aware datetime"),
        ({"text": "a", "consents": "one"}, "consents: Not a valid list"),
        ({"text": "a", "recent_posts": [{"id": "1"}]}, "recent_posts.0.text: Missing"),
        ({"text": "a", "recent_posts": [{"text": "b"}] * 51}, "recent_posts: "),
        ([], "Invalid input type"),
    ],
)
def test_what_is_wrong_is_named(call: Call, organisation: Organisation, given: Any, words_of: str):
    reply = call(organisation.nurse, "/score", json=given)
    assert reply.status_code == 422
    assert words_of in (reply.json or {})["detail"]


@SQLITE
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"", "application/json", 422),
        (b'{"text": "a"}', "text/plain", 415),
        (b"text=a", "application/x-www-form-urlencoded", 415),
        (b'{"text": "' + b"a" * 7_000_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_are_no_post(
    client: FlaskClient,
    token: Callable[..., str],
    organisation: Organisation,
    body: bytes,
    kind: str,
    status: int,
):
    headers = {"Authorization": f"Bearer {token(organisation.nurse)}"}
    reply = client.post("/api/v1/score", data=body, content_type=kind, headers=headers)
    assert reply.status_code == status
    assert (reply.json or {}).keys() == {"message", "detail"}
