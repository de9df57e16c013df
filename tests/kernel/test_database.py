import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from governance.cases.models import CaseNumber
from governance.kernel.database import make_engine
from governance.people.models import Department, Notice, Person
from tests.fixtures.organisation import add_person

THREADS, TURNS = 8, 25
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def in_threads(work: Callable[[], None]) -> list[BaseException]:
    """Run `work` in eight threads at once; what each raised."""
    start, raised = threading.Barrier(THREADS), []

    def one() -> None:
        start.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001  (handed to the test)
            raised.append(error)

    threads = [threading.Thread(target=one) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_concurrent_increments_are_all_kept(session: Session, fresh: Callable[[], Session]):
    session.add(CaseNumber(year=2026, last=0))
    session.commit()

    def work() -> None:
        for _ in range(TURNS):
            with fresh() as mine:
                row = mine.scalars(select(CaseNumber).with_for_update()).one()
                row.last = row.last + 1
                mine.commit()

    assert in_threads(work) == []
    assert session.scalar(select(CaseNumber.last)) == THREADS * TURNS


def test_an_older_version_never_replaces_a_newer_one(session: Session, fresh: Callable[[], Session]):
    person_id = add_person(session).id
    session.commit()
    with fresh() as reader:
        first = reader.get_one(Person, person_id)
        reader.expunge(first)
    with fresh() as other:
        other.get_one(Person, person_id).role_title = "Ward sister"
        other.commit()
    first.role_title = "Charge nurse"
    session.add(first)
    with pytest.raises(StaleDataError):
        session.flush()
    session.rollback()
    assert session.scalar(select(Person.role_title)) == "Ward sister"


@SQLITE
def test_readers_are_not_kept_waiting_by_a_writer(engine: Engine, session: Session):
    session.add(Department(name="Not yet committed"))
    session.flush()
    with Session(engine) as reader:
        assert reader.scalars(select(Department.name)).all() == []


@SQLITE
def test_a_session_that_did_not_say_it_writes_cannot_wait_for_the_lock(engine: Engine, session: Session):
    """Why a request must say at its start whether it writes: a plain BEGIN that has read meets a newer write and fails."""
    with Session(engine) as undeclared:
        undeclared.scalars(select(Department)).all()
        session.add(Department(name="Committed meanwhile"))
        session.commit()
        undeclared.add(Department(name="Too late"))
        with pytest.raises(OperationalError, match="locked"):
            undeclared.flush()


@SQLITE
def test_sqlite_is_tuned(engine: Engine):
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "busy_timeout", "synchronous")
        }
    assert settings == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 10_000, "synchronous": 2}


def test_foreign_keys_are_enforced(session: Session):
    session.add(Department(name="Orphan", parent_id=99_999))
    with pytest.raises(IntegrityError):
        session.flush()


def test_times_come_back_in_utc(session: Session):
    summer = datetime(2026, 6, 7, 23, 30, 0, 123_456, tzinfo=timezone(timedelta(hours=1)))
    session.add(Notice(number=70, title="Notice", body="What is looked at.", published_at=summer))
    session.commit()
    kept = session.scalars(select(Notice.published_at).where(Notice.number == 70)).one()
    assert kept == summer
    assert kept.tzinfo is UTC or kept.utcoffset() == timedelta(0)
    assert kept.microsecond == 123_456


def test_a_time_without_a_zone_is_refused(session: Session):
    session.add(Notice(number=1, title="Notice", body="Body", published_at=datetime(2026, 6, 7)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"):
        session.flush()


@pytest.fixture
def cleared_engine(tmp_path) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path / 'one.db'}")
    yield made
    made.dispose()


def test_a_failed_statement_of_ddl_is_rolled_back(cleared_engine: Engine):
    """The driver's own default would commit before DDL."""
    with pytest.raises(OperationalError), cleared_engine.begin() as connection:  # noqa: PT012
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))
    with cleared_engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master")).all() == []


@SQLITE
def test_an_error_does_not_tell_the_values_of_its_statement(session: Session):
    words = "Saw the baker from Mill Lane on the ward again."
    with pytest.raises(IntegrityError) as raised:
        session.execute(text("INSERT INTO department (name) VALUES (:a), (:a)"), {"a": words})
    assert words not in str(raised.value)
