"""What comes round: asked for when its time has come, done once however many look."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from governance.cases.clocks.models import ClockNotice
from governance.jobs.models import JobRow
from governance.jobs.periodic import EVERY, Rounds, due_jobs, run_due
from governance.kernel import clock
from tests.factories.cases import open_for


def test_it_comes_round_after_its_time_and_not_before(session, engine: Engine):
    assert run_due(engine) == len(EVERY)
    assert run_due(engine) == 0
    with clock.at(clock.now() + max(EVERY.values()) + timedelta(seconds=1)):
        assert run_due(engine) == len(EVERY)
    assert session.scalar(select(func.count()).select_from(JobRow)) == len(EVERY)


def test_a_job_that_waits_or_runs_is_not_asked_for_twice(engine: Engine):
    first = due_jobs(engine)
    assert due_jobs(engine) == first


def test_several_who_look_at_once_tell_once(session, engine: Engine, organisation):
    with clock.at(clock.now() - timedelta(days=30)):
        open_for(session, organisation.nurse)
        session.commit()
    together = threading.Barrier(4)

    def look():
        together.wait()
        run_due(engine)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.scalars(select(ClockNotice.kind)).all() == ["escalation"]


def test_a_round_that_fails_is_logged_and_the_thread_ends_when_told(
    monkeypatch: pytest.MonkeyPatch, engine: Engine
):
    looked = threading.Event()

    def fail(_engine):
        looked.set()
        raise ValueError("broken")

    monkeypatch.setattr("governance.jobs.periodic.run_due", fail)
    rounds = Rounds(engine)
    rounds.start()
    assert looked.wait(timeout=60)
    rounds.stop()
    assert not rounds._thread.is_alive()
