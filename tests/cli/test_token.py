"""`python -m governance token`: printed once, kept as a hash, listed without its secret, ended by number."""

import argparse
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from governance.audit.models import AuditEntry
from governance.cli import token
from governance.entrance.models import ApiToken
from governance.entrance.tokens import digest, live_token
from governance.kernel import clock
from governance.people.models import Person
from tests.fixtures.organisation import Organisation

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """It reads unless it must write, so that the command finds the database free."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", database_url)

    def command(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        token.register(parser)
        status = token.run(parser.parse_args(words), lambda: None)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def nurse(organisation: Organisation) -> Person:
    return organisation.nurse


def test_a_token_is_printed_once_and_kept_as_a_hash(run: Run, session: Session, nurse: Person):
    status, out, err = run(
        "create", "--person", nurse.email.upper(), "--scope", "score", "--scope", "accounts:read"
    )
    secret = out.strip()
    assert (status, len(secret) > 40, secret.startswith("probity_"), secret in err) == (0, True, True, False)
    kept = session.scalars(select(ApiToken)).one()
    assert (kept.digest, kept.scopes, kept.person_id) == (digest(secret), "accounts:read score", nurse.id)
    assert kept.expires_at is not None
    assert timedelta(days=89) < kept.expires_at - clock.now() < timedelta(days=91)
    assert live_token(session, secret) is kept
    event = session.scalars(select(AuditEntry).where(AuditEntry.event == "token.created")).one()
    assert secret not in event.payload
    session.rollback()
    assert secret not in run("list", "--person", nurse.email)[1]


def test_it_ends_by_time_by_hand_and_with_its_person(run: Run, session: Session, nurse: Person):
    secret = run("create", "--person", nurse.email, "--scope", "score", "--expires", "2", "--name", "Drafts")[
        1
    ].strip()
    with clock.at(clock.now() + timedelta(days=1, hours=23)):
        assert live_token(session, secret) is not None
    with clock.at(clock.now() + timedelta(days=2, minutes=1)):
        assert live_token(session, secret) is None
    nurse.active = False
    session.flush()
    assert live_token(session, secret) is None
    session.rollback()
    number = run("list", "--person", nurse.email)[1].split("\t")[0]
    assert run("revoke", number)[:2] == (0, f"Token {number} is revoked.\n")
    assert run("revoke", number)[0] == 0
    session.rollback()
    assert live_token(session, secret) is None
    assert "revoked" in run("list", "--person", nurse.email)[1]
    revoked = select(AuditEntry.thing_id).where(AuditEntry.event == "token.revoked")
    assert session.scalars(revoked).all() == [int(number)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "--person", "nobody@example.org", "--scope", "score"), "Nobody active here"),
        (("create", "--person", "{nurse}", "--scope", "score", "--expires", "0"), "from 1 to"),
        (("create", "--person", "{nurse}", "--scope", "score", "--name", " "), "Enter the name of the token"),
        (("list", "--person", "nobody@example.org"), "Nobody here"),
        (("revoke", "77"), "There is no token 77"),
    ],
)
def test_wrong_use_is_said_plainly_and_makes_nothing(
    run: Run, session: Session, nurse: Person, words: tuple[str, ...], said: str
):
    status, out, err = run(*(word.format(nurse=nurse.email) for word in words))
    assert (status, out) == (2, "")
    assert said in err
    assert session.scalars(select(ApiToken)).all() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_unknown_scope_stops_at_the_command_line(
    run: Run, nurse: Person, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as stopped:
        run("create", "--person", nurse.email, "--scope", "everything")
    assert stopped.value.code == 2
    assert "accounts:read" in capsys.readouterr().err
