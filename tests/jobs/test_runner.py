"""The runner: commits each step with the lease, and leaves a job so that it can be taken up again."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from governance.intake.run import Progress
from governance.jobs import runner
from governance.jobs.desk import Desk
from governance.jobs.models import JobRow
from governance.jobs.queue import LostLease, ask, claim, put_back, this_holder
from governance.jobs.runner import MOST_ATTEMPTS, run_job
from governance.kernel.errors import Invalid
from governance.people.models import Department

Task = Callable[[Desk, Mapping[str, Any]], Iterator[Progress]]


@pytest.fixture
def job(session: Session, monkeypatch: pytest.MonkeyPatch) -> Callable[[Task], int]:
    """`job(task)` asks for a job that does `task`."""

    def make(task: Task) -> int:
        monkeypatch.setattr(runner, "TASKS", {"test": task})
        job_id = ask(session, "test", "test", {"word": "go"}).id
        session.commit()
        return job_id

    return make


def names(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Department.name).order_by(Department.id)))


def adds(*words: str, then: BaseException | None = None) -> Task:
    """A task that adds a department a step, and what it has not added yet when it begins again."""

    def task(desk: Desk, payload: Mapping[str, Any]) -> Iterator[Progress]:
        assert payload == {"word": "go"}
        for number, word in enumerate(words, start=1):
            if desk.looking.scalar(select(Department.id).where(Department.name == word)) is None:
                desk.looking.rollback()
                desk.session.add(Department(name=word))
                desk.session.flush()
                yield Progress(number, number, ())
        if then is not None:
            desk.session.add(Department(name="half-written"))
            desk.session.flush()
            raise then

    return task


def test_every_step_is_committed_and_told(engine: Engine, session: Session, job: Callable[[Task], int]):
    told: list[int] = []
    job_id = job(adds("a", "b"))
    assert run_job(engine, on_step=lambda step: told.append(step.read)) == job_id
    assert (names(session), told) == (["a", "b"], [1, 2])
    done = session.get_one(JobRow, job_id, populate_existing=True)
    assert (done.state, done.lease_until, done.holder) == ("done", None, None)
    assert done.finished_at is not None
    session.rollback()
    assert run_job(engine) is None


@pytest.mark.parametrize(
    ("error", "state", "kept"),
    [
        (Invalid("The file has gone."), "failed", "The file has gone."),
        (ValueError("Zoë said so"), "failed", "ValueError"),
        (KeyboardInterrupt(), "waiting", None),
    ],
)
def test_what_was_not_whole_is_taken_back(
    engine: Engine,
    session: Session,
    job: Callable[[Task], int],
    error: BaseException,
    state: str,
    kept: str | None,
):
    job_id = job(adds("a", then=error))
    with pytest.raises(type(error)):
        run_job(engine, job_id)
    assert names(session) == ["a"]
    ended = session.get_one(JobRow, job_id, populate_existing=True)
    assert (ended.state, ended.error, ended.holder) == (state, kept, None)


def test_meeting_somebody_else_it_begins_again_where_it_was(
    engine: Engine, session: Session, job: Callable[[Task], int]
):
    errors: list[Exception] = [StaleDataError("another"), IntegrityError("another", None, Exception())]

    def task(desk: Desk, payload: Mapping[str, Any]) -> Iterator[Progress]:
        yield from adds("a", "b", then=errors.pop() if errors else None)(desk, payload)

    job_id = job(task)
    assert run_job(engine, job_id) == job_id
    assert names(session) == ["a", "b"]
    assert session.get_one(JobRow, job_id, populate_existing=True).attempts == 3


def test_it_does_not_try_for_ever(engine: Engine, session: Session, job: Callable[[Task], int]):
    job_id = job(adds("a", then=StaleDataError("always")))
    with pytest.raises(StaleDataError):
        run_job(engine, job_id)
    ended = session.get_one(JobRow, job_id, populate_existing=True)
    assert (ended.state, ended.attempts) == ("failed", MOST_ATTEMPTS)


def test_a_runner_that_lost_its_lease_commits_nothing_more(
    engine: Engine, session: Session, job: Callable[[Task], int], fresh: Callable[[], Session]
):
    def task(desk: Desk, payload: Mapping[str, Any]) -> Iterator[Progress]:
        for step in adds("a", "b")(desk, payload):
            yield step
            with fresh() as other:  # between two steps another runner takes the job
                put_back(other, job_id, this_holder(), state="waiting")
                assert claim(other, "another-host:1:1", job_id) is not None
                other.commit()

    job_id = job(task)
    with pytest.raises(LostLease):
        run_job(engine, job_id)
    assert names(session) == ["a"]
    assert session.get_one(JobRow, job_id, populate_existing=True).holder == "another-host:1:1"
