"""What the tests of the API share: tokens, and a client that sends one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from governance.entrance.models import ApiToken
from governance.entrance.tokens import SCOPES, digest, new_token
from governance.kernel import clock
from governance.people.models import Person


@pytest.fixture
def token(session: Session) -> Callable[..., str]:
    """`token(person, *scopes)` makes a token, with every scope unless some are named, and commits."""

    def make(person: Person, *scopes: str, days: int = 1, revoked: bool = False) -> str:
        secret, now = new_token(), clock.now()
        session.add(
            ApiToken(
                digest=digest(secret),
                name="A test",
                scopes=" ".join(scopes or SCOPES),
                person=person,
                created_at=now,
                expires_at=now + timedelta(days=days),
                revoked_at=now if revoked else None,
            )
        )
        session.commit()
        return secret

    return make


@pytest.fixture
def call(client: FlaskClient, token: Callable[..., str]) -> Callable[..., TestResponse]:
    """`call(person, "/posts")` asks the API with a token of that person; `json=` makes it a POST."""

    def ask(person: Person, place: str, *scopes: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {token(person, *scopes)}"}
        method = "POST" if "json" in options or "data" in options else "GET"
        return client.open(f"/api/v1{place}", method=method, headers=headers, **options)

    return ask
