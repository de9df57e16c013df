"""Signing in, with and without a second factor, and being slowed down."""

import base64
import dataclasses
import hashlib
import hmac
import re
import struct
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.application import create_app
from governance.audit.models import AuditEntry
from governance.entrance.models import SignInAttempt, User
from governance.entrance.throttle import WINDOW
from governance.kernel import clock
from governance.kernel.settings import Settings
from governance.people.roles import RoleName
from tests.fixtures.applications import form_token
from tests.fixtures.organisation import add_role

PASSWORD = "three random words 12"
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def give_password(app: Flask, session: Session, person) -> str:
    with app.app_context():
        session.add(User(person_id=person.id, email=person.email, password=hash_password(PASSWORD)))
    email = person.email
    session.commit()
    return email


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **options):
    token = form_token(client.get("/sign-in").text)
    return client.post(
        "/sign-in", data={"email": email, "password": password, "csrf_token": token}, **options
    )


def code_for(key: str) -> str:
    """RFC 6238's six digits for the key that the set-up page shows."""
    secret = re.sub(r"[\s-]", "", key).upper()
    secret += "=" * (-len(secret) % 8)
    counter = struct.pack(">Q", int(clock.now().timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_the_right_password_opens_the_start_page(app, client, session, organisation):
    email = give_password(app, session, organisation.nurse)
    assert sign_in(client, email.upper()).status_code == 302
    assert client.get("/").status_code == 200
    session.expire_all()
    assert session.scalar(select(User.password).where(User.email == email)).startswith("$argon2id$")
    assert session.scalars(select(AuditEntry.event)).all() == ["person.signed_in"]


def test_a_wrong_password_keeps_the_door_shut_and_leaves_its_attempt(app, client, session, organisation):
    email = give_password(app, session, organisation.nurse)
    for reply in (sign_in(client, email, "wrong"), sign_in(client, "nobody@example.org", "wrong")):
        assert reply.text.count("The email address or password does not fit.") >= 1
    assert client.get("/").status_code == 302
    session.expire_all()
    attempts = session.scalars(select(SignInAttempt)).all()
    assert [attempt.succeeded for attempt in attempts] == [False, False]
    assert all(email not in attempt.email_hash for attempt in attempts)


@ONE
def test_many_wrong_passwords_are_slowed_down_and_the_cure_is_told(app, client, session, organisation):
    email = give_password(app, session, organisation.nurse)
    for _ in range(5):
        assert sign_in(client, email, "wrong").status_code == 200
    reply = sign_in(client, email)
    assert reply.status_code == 429
    assert reply.headers["Retry-After"] == "900"
    assert "Wait 15 minutes" in reply.text
    elsewhere = sign_in(client, email, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 302, "a stranger's tries must not lock the owner out"


@pytest.fixture
def strict(settings: Settings) -> Iterator[Flask]:
    """The application as an organisation runs it, not as a demonstration."""
    made = create_app(dataclasses.replace(settings, demo=False))
    yield made
    made.extensions["database"].dispose()


@ONE
def test_a_reviewing_role_needs_a_second_factor_outside_demo_mode(strict, session, organisation):
    email = give_password(strict, session, organisation.hr)
    first = strict.test_client()
    assert "/tf-setup" in sign_in(first, email).location
    assert first.get("/").status_code == 302, "half-way in is not in"
    page = first.post(
        "/tf-setup", data={"setup": "authenticator", "csrf_token": form_token(first.get("/tf-setup").text)}
    )
    assert "data:image/svg+xml" in page.text
    key = re.search(r'id="key">([^<]+)<', page.text).group(1)
    token = form_token(page.text)
    wrong = first.post("/tf-validate", data={"code": "000000", "csrf_token": token})
    assert wrong.status_code == 200
    assert first.get("/").status_code == 302
    assert first.post("/tf-validate", data={"code": code_for(key), "csrf_token": token}).status_code == 302
    assert first.get("/").status_code == 200
    token = form_token(first.get("/mf-recovery-codes").text)
    made = first.post("/mf-recovery-codes", data={"generate_new_codes": "1", "csrf_token": token})
    recovery = re.findall(r"<code>([^<]+)</code>", made.text)
    assert len(recovery) >= 3

    second = strict.test_client()
    assert "/tf-validate" in sign_in(second, email).location
    assert second.get("/").status_code == 302
    token = form_token(second.get("/mf-recovery").text)
    assert second.post("/mf-recovery", data={"code": recovery[0], "csrf_token": token}).status_code == 302
    assert second.get("/").status_code == 200

    third = strict.test_client()
    sign_in(third, email)
    token = form_token(third.get("/mf-recovery").text)
    third.post("/mf-recovery", data={"code": recovery[0], "csrf_token": token})
    assert third.get("/").status_code == 302, "a recovery code works once"


@ONE
def test_staff_alone_sign_in_without_a_second_factor(strict, session, organisation):
    email = give_password(strict, session, organisation.nurse)
    client = strict.test_client()
    assert sign_in(client, email).location == "/"


@ONE
def test_a_sign_in_never_leads_to_another_host(app, client, session, organisation):
    email = give_password(app, session, organisation.nurse)
    token = form_token(client.get("/sign-in").text)
    reply = client.post(
        "/sign-in?next=https://elsewhere.example/",
        data={"email": email, "password": PASSWORD, "csrf_token": token},
    )
    assert "elsewhere.example" not in (reply.location or "")


@ONE
def test_codes_of_the_second_factor_are_slowed_down(strict, session, organisation):
    email = give_password(strict, session, organisation.hr)
    client = strict.test_client()
    sign_in(client, email)
    page = client.post(
        "/tf-setup", data={"setup": "authenticator", "csrf_token": form_token(client.get("/tf-setup").text)}
    )
    key = re.search(r'id="key">([^<]+)<', page.text).group(1)
    token = form_token(page.text)
    for _ in range(5):
        assert client.post("/tf-validate", data={"code": "000000", "csrf_token": token}).status_code == 200
    right = client.post("/tf-validate", data={"code": code_for(key), "csrf_token": token})
    assert (right.status_code, right.headers["Retry-After"]) == (429, "900")
    assert client.get("/").status_code == 302
    with time_machine.travel(clock.now() + WINDOW + timedelta(seconds=1), tick=False):
        client.post("/tf-validate", data={"code": code_for(key), "csrf_token": token})
        assert client.get("/").status_code == 200


@ONE
def test_a_reviewing_role_granted_meanwhile_asks_for_the_second_factor_at_once(strict, session, organisation):
    email = give_password(strict, session, organisation.nurse)
    client = strict.test_client()
    sign_in(client, email)
    assert client.get("/").status_code == 200
    organisation.nurse.roles.append(add_role(session, RoleName.HR))
    session.commit()
    assert client.get("/").location == "/tf-setup"
    assert client.get("/tf-setup").status_code == 200
