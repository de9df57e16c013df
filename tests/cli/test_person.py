"""The command that adds the first people of a real organisation."""

import io
import os
import subprocess
import sys

import pytest
from sqlalchemy import select

from governance.__main__ import main
from governance.entrance.models import User
from governance.kernel.paths import ROOT
from governance.people.models import Person
from governance.people.roles import RoleName

GIVEN = ["person", "create", "--name", "Sam Okoro", "--email", "sam@trust.example", "--department", "Ward 7"]
KEY = "a key that is long enough for a test 0123456789"


@pytest.fixture
def terminal(database_url, monkeypatch, tmp_path):
    """`terminal(arguments, password)` runs the command on the test's database."""
    monkeypatch.setenv("GOVERNANCE_DATABASE_URL", database_url)
    monkeypatch.setenv("GOVERNANCE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("GOVERNANCE_SECRET_KEY", KEY)

    def run(arguments, password="three random words"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        return main(arguments)

    return run


def test_a_person_is_added_and_can_sign_in(terminal, session, app, client, capsys):
    added = terminal([*GIVEN, "--role", "compliance", "--profession", "nurse", "--role-title", "Lead"])
    said = capsys.readouterr()
    assert (added, said.err) == (0, "")
    assert "Sam Okoro (sam@trust.example) to Ward 7: Staff, Compliance officer" in said.out
    person = session.scalars(select(Person)).one()
    assert (person.role_names, person.profession) == ({RoleName.STAFF, RoleName.COMPLIANCE}, "nurse")
    user = session.scalars(select(User)).one()
    assert user.person_id == person.id
    assert user.password.startswith("$argon2")
    assert "three random words" not in user.password


@pytest.mark.parametrize(
    ("more", "password", "says"),
    [
        ([], "too short", "at least 12 characters"),
        (["--line-manager", "nobody@trust.example"], "three random words", "Add the line manager first"),
        (["--email", "no address"], "three random words", "name@example.org"),
    ],
)
def test_what_cannot_be_leaves_nothing(terminal, session, capsys, more, password, says):
    assert terminal([*GIVEN, *more], password) == 2
    assert says in capsys.readouterr().err
    assert session.scalars(select(Person)).all() == []


def test_the_same_address_twice_is_refused(terminal, capsys):
    assert terminal(GIVEN) == 0
    assert terminal(GIVEN) == 2
    assert "already a person" in capsys.readouterr().err


def test_wrong_use_says_how(terminal, capsys):
    with pytest.raises(SystemExit) as ended:
        terminal([*GIVEN, "--role", "boss"])
    assert ended.value.code == 2
    assert "compliance" in capsys.readouterr().err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_from_a_real_terminal(database_url, tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOVERNANCE_")}
    settings = {
        "GOVERNANCE_DATABASE_URL": database_url,
        "GOVERNANCE_DATA_DIR": str(tmp_path),
        "GOVERNANCE_SECRET_KEY": KEY,
    }
    done = subprocess.run(
        [sys.executable, "-m", "governance", *GIVEN],
        input="three random words\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=kept | settings,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Added Sam Okoro")
