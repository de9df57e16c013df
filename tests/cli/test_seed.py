"""The command that seeds the demo: what it says, and when it refuses."""

import itertools
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cli.seeding.demo_files import PASSWORD, SignIn, demo_files, demo_sign_ins
from governance.cli.seeding.play import play
from governance.guidance.loader import shipped_rulebook
from governance.kernel.database import make_engine
from governance.kernel.errors import Conflict
from governance.people.models import Person
from governance.people.roles import RoleName
from tests.fixtures.applications import form_token
from tests.fixtures.demo import Seeding, seed_command

DEMO = pytest.mark.parametrize("database_url", ["demo"], indirect=True)


@DEMO
@pytest.mark.parametrize("sign_in", demo_sign_ins(), ids=lambda one: one.role)
def test_one_person_of_each_role_signs_in(client: FlaskClient, session: Session, sign_in: SignIn):
    person = session.scalars(select(Person).where(Person.email == sign_in.email)).one()
    assert RoleName(sign_in.role) in person.role_names
    session.rollback()
    token = form_token(client.get("/sign-in").text)
    form = {"email": sign_in.email, "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=form).status_code == 302
    assert client.get("/").status_code == 200


def test_there_is_a_demo_sign_in_for_every_role():
    assert sorted(one.role for one in demo_sign_ins()) == sorted(RoleName)


@DEMO
def test_the_command_says_what_it_left_and_how_to_sign_in(seeded: Seeding, session: Session):
    cases = session.scalar(select(func.count()).select_from(Case))
    assert f"{len(demo_files().people)} people" in seeded.output
    assert f"{cases} cases" in seeded.output
    assert PASSWORD in seeded.output
    assert [one.email for one in demo_sign_ins() if one.email not in seeded.output] == []
    assert "refused by a verb" not in seeded.output


@DEMO
def test_a_database_with_people_is_left_alone(engine: Engine, session: Session):
    entries = session.scalar(select(func.count()).select_from(AuditEntry))
    session.rollback()
    with pytest.raises(Conflict, match="holds 120 people already"):
        play(engine, "no hash", lambda _line: None)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_the_command_refuses_twice_and_outside_the_demo(seeded: Seeding, tmp_path: Path):
    shutil.copyfile(seeded.path, tmp_path / "probity.db")
    for environ, words in (({}, "people already"), ({"GOVERNANCE_DEMO": "0"}, "GOVERNANCE_DEMO=1")):
        process = seed_command(tmp_path, **environ)
        output, complaints = process.communicate(timeout=60)
        assert (process.returncode, output) == (2, "")
        assert words in complaints


def test_a_run_that_is_killed_leaves_nothing(tmp_path: Path):
    process = seed_command(tmp_path)
    assert process.stdout is not None
    lines = itertools.takewhile(lambda line: "things done" not in line, iter(process.stdout.readline, ""))
    assert "Seeding" in "".join(lines)
    process.kill()
    process.communicate()
    engine = make_engine(f"sqlite:///{tmp_path / 'probity.db'}")
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0
    engine.dispose()


def test_the_files_name_only_what_is_there():
    files = demo_files()
    people, accounts = {row["key"] for row in files.people}, {row["key"] for row in files.accounts}
    posts = {row["key"] for row in files.posts}
    assert {row["owner"] for row in files.accounts} <= people
    assert {row["account"] for row in files.posts if row["account"]} <= accounts
    assert set(files.stories) <= posts
    assert cited_sources() <= shipped_rulebook().sources.keys()


def cited_sources() -> set[str]:
    """Every source that an opinion or a decision of the stories names."""
    told = [
        part
        for story in demo_files().stories.values()
        for part in (*story.get("opinions", ()), *filter(None, [story.get("decision")]))
    ]
    return {source for part in told for source in part["sources"]}
