"""Claims by lease, on both databases: each job to one runner, and back when a runner is no more."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from governance.jobs.models import JobRow
from governance.jobs.queue import (
    LEASE,
    LostLease,
    ask,
    claim,
    held_until,
    holder_of,
    put_back,
    renew,
    this_holder,
)
from governance.kernel import clock
from governance.kernel.database import writing_session

ELSEWHERE = "another-host:1:1"


def asked(session: Session, key: str = "one") -> int:
    job_id = ask(session, "import", key, {}).id
    session.commit()
    return job_id


def test_a_job_goes_to_one_holder_until_its_lease_runs_out(session: Session):
    job_id = asked(session)
    first = claim(session, ELSEWHERE)
    assert first is not None
    assert (first.id, first.state, first.attempts, first.holder) == (job_id, "running", 1, ELSEWHERE)
    assert claim(session, "b:1:1", job_id) is None
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        second = claim(session, "b:1:1")
        assert second is not None
        assert (second.id, second.attempts, second.holder) == (job_id, 2, "b:1:1")
        with pytest.raises(LostLease):
            renew(session, job_id, ELSEWHERE)


def test_renewing_moves_the_end_of_the_lease(session: Session):
    job_id = asked(session)
    claim(session, ELSEWHERE)
    later = clock.now() + timedelta(seconds=30)
    with clock.at(later):
        renew(session, job_id, ELSEWHERE)
    assert held_until(session, job_id) == later + LEASE


def test_the_longest_waiting_comes_first(session: Session):
    ids = [asked(session, key) for key in ("a", "b", "c")]
    claimed = [claim(session, ELSEWHERE) for _ in range(4)]
    assert [job.id if job else None for job in claimed] == [*ids, None]


def test_asking_twice_is_asking_once_and_a_job_that_ended_begins_anew(session: Session):
    job_id = asked(session)
    assert asked(session) == job_id
    claim(session, ELSEWHERE)
    assert ask(session, "import", "one", {"path": "b"}).state == "running"
    put_back(session, job_id, ELSEWHERE, state="failed", error="Broken")
    session.expire_all()
    job = session.get_one(JobRow, job_id)
    assert (job.state, job.error, job.lease_until, job.payload) == ("failed", "Broken", None, {"path": "b"})
    again = ask(session, "import", "one", {})
    assert (again.id, again.state, again.attempts, again.error, again.finished_at) == (
        job_id,
        "waiting",
        0,
        None,
        None,
    )


def test_only_the_holder_puts_a_job_back(session: Session):
    job_id = asked(session)
    claim(session, ELSEWHERE)
    put_back(session, job_id, "b:1:1", state="done")
    session.expire_all()
    assert session.get_one(JobRow, job_id).state == "running"


def test_a_dead_process_of_this_machine_holds_nothing(session: Session):
    """A killed runner's job is free at once; that of a living one, and that of another machine, is not."""
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, env=dict(os.environ)
    )
    try:
        me = this_holder()
        job_id = asked(session)
        claim(session, holder_of(child.pid))
        assert claim(session, me, job_id) is None
    finally:
        child.kill()
    os.waitid(
        os.P_PID, child.pid, os.WEXITED | os.WNOWAIT
    )  # dead, and not yet reaped: still in the list of processes
    taken = claim(session, me, job_id)
    child.communicate()
    assert taken is not None
    assert taken.holder == me


def test_eight_runners_share_out_the_jobs(engine: Engine, session: Session, fresh: Callable[[], Session]):
    ids = [asked(session, str(number)) for number in range(40)]
    got: list[int] = []

    def work(name: str) -> None:
        while True:
            with writing_session(engine) as own:
                job = claim(own, f"{name}:1:1")
                found = job.id if job else None
                own.commit()
            if found is None:
                return
            got.append(found)

    threads = [threading.Thread(target=work, args=(f"runner{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == ids
