"""One commit a request, the right kind of transaction for each, and nothing half-done: by routes made for the purpose."""

import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from governance.audit.models import AuditEntry
from governance.cases.models import CaseNumber
from governance.entrance.database import db
from governance.entrance.gate import permission
from governance.entrance.models import SignInAttempt
from governance.kernel.errors import Conflict, Invalid, Missing, Refused
from governance.people.models import Department, Person
from tests.fixtures.applications import Visitor, form_token
from tests.fixtures.organisation import Organisation

THREADS, TURNS = 8, 15
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def add_department(name: str = "Made by a request") -> None:
    db.session.add(Department(name=name))
    db.session.flush()


@pytest.fixture
def route(app: Flask) -> Callable[..., None]:
    """`route(address, view)` adds a view that everyone may open, by POST unless told otherwise."""

    def add(
        address: str, view: Callable[[], object], method: str = "POST", writes: bool | None = None
    ) -> None:
        opened = permission("start.see", writes=writes)(view)
        app.add_url_rule(address, address.strip("/"), opened, methods=[method])

    return add


@pytest.fixture
def nurse(organisation: Organisation, visitor: Callable[[Person], Visitor]) -> Visitor:
    return visitor(organisation.nurse)


@pytest.fixture
def statements(app: Flask) -> list[str]:
    """What the application says to its database: the first words of each statement, COMMIT and ROLLBACK."""
    heard: list[str] = []
    engine: Engine = app.extensions["database"]
    event.listen(engine, "before_cursor_execute", lambda *given: heard.append(given[2].split("\n")[0][:30]))
    event.listen(engine, "commit", lambda _connection: heard.append("COMMIT"))
    event.listen(engine, "rollback", lambda _connection: heard.append("ROLLBACK"))
    return heard


def departments(session: Session) -> list[str]:
    return list(session.scalars(select(Department.name).where(Department.name == "Made by a request")))


def test_a_request_that_succeeds_is_committed_once(route, nurse, session, statements):
    def view():
        add_department()
        return "done"

    route("/make", view)
    assert nurse.post("/make").status_code == 200
    assert statements.count("COMMIT") == 1
    assert departments(session) == ["Made by a request"]


@SQLITE
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(), 404),
        (ZeroDivisionError(), 500),
        (Invalid("Enter a name."), 422),
        (Missing("No such case."), 404),
    ],
)
def test_a_request_that_fails_leaves_nothing(route, nurse, session, error, status):
    def view():
        add_department()
        raise error

    route("/fail", view)
    assert nurse.post("/fail").status_code == status
    assert departments(session) == []


def test_a_commit_that_fails_meets_the_error_page_and_leaves_nothing(app, route, nurse, session):
    def view():
        add_department()
        event.listen(db.session, "before_commit", broken)
        return "done"

    def broken(_session):
        raise RuntimeError("the disk is full")

    route("/break", view)
    reply = nurse.post("/break")
    assert reply.status_code == 500
    assert "Something went wrong on our side" in reply.text
    assert "the disk is full" not in reply.text
    assert departments(session) == []


def test_a_refusal_is_audited_after_the_rollback(route, nurse, session, organisation):
    def view():
        add_department()
        raise Refused("This case is about you, so somebody else must decide.")

    route("/refuse", view)
    nurse_id = organisation.nurse.id
    session.commit()
    began = time.monotonic()
    reply = nurse.post("/refuse")
    assert time.monotonic() - began < 3, "the audit row waited for the request's own lock"
    assert reply.status_code == 403
    assert "somebody else must decide" in reply.text
    assert departments(session) == []
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.event, entry.actor_id, entry.thing) == ("endpoint.refused", nurse_id, "endpoint")


def test_a_conflict_is_told_with_what_changed_and_what_was_typed(route, nurse, session):
    def view():
        add_department()
        raise Conflict("Hana Reyes saved first.", ("stage: triage -> review",))

    route("/conflict", view)
    reply = nurse.post("/conflict", {"reasons": "A long answer <b>", "password": "never shown", "blank": " "})
    assert reply.status_code == 409
    assert "stage: triage -&gt; review" in reply.text
    assert "A long answer &lt;b&gt;" in reply.text
    assert "never shown" not in reply.text
    assert departments(session) == []


def test_an_older_version_answers_conflict(route, nurse, session, organisation):
    person_id = organisation.colleague.id
    session.commit()

    def view():
        person = db.session.get_one(Person, person_id)
        newer = update(Person).where(Person.id == person_id).values(version=Person.version + 1)
        db.session.execute(newer.execution_options(synchronize_session=False))
        person.role_title = "Late"
        return "done"

    route("/late", view)
    reply = nurse.post("/late", {"role_title": "Late"})
    assert reply.status_code == 409
    assert "reload the page" in reply.text
    assert "Late" in reply.text
    assert session.get_one(Person, person_id).role_title is None


@SQLITE
@pytest.mark.parametrize(
    ("method", "writes", "begins"),
    [
        ("GET", None, "BEGIN"),
        ("POST", None, "BEGIN IMMEDIATE"),
        ("GET", True, "BEGIN IMMEDIATE"),
        ("POST", False, "BEGIN"),
    ],
)
def test_a_request_begins_as_it_means_to_go_on(route, nurse, statements, method, writes, begins):
    def view():
        return str(db.session.scalar(select(Department.id).limit(1)))

    route("/either", view, method, writes)
    assert (nurse.get if method == "GET" else nurse.post)("/either").status_code == 200
    assert [said for said in statements if said.startswith("BEGIN")] == [begins]


def test_no_increment_is_lost_between_requests(app, route, organisation, visitor, session):
    session.add(CaseNumber(year=2026, last=0))
    session.commit()

    def view():
        row = db.session.scalars(select(CaseNumber).with_for_update()).one()
        row.last = row.last + 1
        return "done"

    route("/count", view)
    visits = [visitor(organisation.nurse) for _ in range(THREADS)]
    answers: list[int] = []

    def work(visit: Visitor) -> None:
        answers.extend(visit.post("/count").status_code for _ in range(TURNS))

    threads = [threading.Thread(target=work, args=(visit,)) for visit in visits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * THREADS * TURNS
    session.expire_all()
    assert session.scalar(select(CaseNumber.last)) == THREADS * TURNS


@SQLITE
def test_checking_a_password_keeps_nobody_from_writing(
    app, client, session, organisation, monkeypatch, engine
):
    """argon2 takes a sixth of a second: inside a write transaction four wrong passwords held others up for seconds."""
    from flask_security import LoginForm

    written: list[bool] = []

    def slow(*_given, **_options) -> bool:
        with Session(engine.execution_options(write=True)) as other:
            other.connection().exec_driver_sql("PRAGMA busy_timeout=200")
            other.add(Department(name="Made by a request"))
            other.commit()
        written.append(True)
        return False

    monkeypatch.setattr(LoginForm, "validate", slow)
    token = form_token(client.get("/sign-in").text)
    client.post("/sign-in", data={"email": "a@trust.example", "password": "x", "csrf_token": token})
    assert written == [True]
    assert departments(session) == ["Made by a request"]
    assert session.scalars(select(SignInAttempt.succeeded)).all() == [False]


def test_the_sign_in_library_does_not_commit_by_itself(app, session):
    with app.test_request_context("/", method="POST"):
        add_department()
        app.extensions["security"].datastore.commit()
        db.leave()
    assert departments(session) == []
