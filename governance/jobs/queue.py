"""The queue of jobs: asked for in a verb's own transaction, claimed by lease after its commit.

A claim is one statement, so that two runners never get the same job: on SQLite inside BEGIN IMMEDIATE, on PostgreSQL
past the rows that another has locked.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from governance.jobs.models import JobRow
from governance.kernel import clock

LEASE = timedelta(seconds=60)
"""How long a runner that says nothing keeps its job. It renews with every chunk, which takes a few seconds at most."""


class LostLease(Exception):
    """Another runner has taken this job up meanwhile; what was not committed is left to it."""


def ask(session: Session, kind: str, dedupe_key: str, payload: dict[str, Any]) -> JobRow:
    """The job for `dedupe_key`, waiting to be done. One that is running keeps running; one that ended begins anew."""
    job = session.scalar(select(JobRow).where(JobRow.dedupe_key == dedupe_key).with_for_update())
    if job is None:
        job = JobRow(
            kind=kind,
            dedupe_key=dedupe_key,
            payload=payload,
            state="waiting",
            attempts=0,
            asked_at=clock.now(),
        )
        session.add(job)
    elif job.state in ("done", "failed"):
        job.state, job.attempts, job.asked_at = "waiting", 0, clock.now()
        job.error = job.finished_at = None
    job.payload = payload
    session.flush()
    return job


def claim(session: Session, holder: str, job_id: int | None = None) -> JobRow | None:
    """Take `job_id`, or the job that waits longest, for `holder`; None where there is none that is free.

    Free are jobs that wait, jobs whose lease has run out, and jobs whose holder on this machine is no more.
    """
    now = clock.now()
    free = or_(
        JobRow.state == "waiting",
        and_(JobRow.state == "running", JobRow.lease_until < now),
        and_(JobRow.state == "running", JobRow.holder.in_(_gone(session))),
    )
    wanted = free if job_id is None else and_(free, JobRow.id == job_id)
    first = select(JobRow.id).where(wanted).order_by(JobRow.asked_at, JobRow.id).limit(1)
    return session.scalar(
        update(JobRow)
        .where(JobRow.id == first.with_for_update(skip_locked=True).scalar_subquery())
        .values(
            state="running", holder=holder, lease_until=now + LEASE, attempts=JobRow.attempts + 1, error=None
        )
        .returning(JobRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def renew(session: Session, job_id: int, holder: str) -> None:
    """Keep the job for another LEASE, in the transaction of the work just done. Raises LostLease."""
    kept = session.execute(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.state == "running", JobRow.holder == holder)
        .values(lease_until=clock.now() + LEASE)
        .returning(JobRow.id)
        .execution_options(synchronize_session=False)
    )
    if kept.scalar() is None:
        raise LostLease(f"job {job_id} is not held by {holder} any more")


def put_back(session: Session, job_id: int, holder: str, *, state: str, error: str | None = None) -> None:
    """End the holding of a job: 'done', 'failed' with the reason, or 'waiting' for the next runner."""
    session.execute(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.holder == holder, JobRow.state == "running")
        .values(
            state=state,
            lease_until=None,
            holder=None,
            error=error,
            finished_at=None if state == "waiting" else clock.now(),
        )
        .execution_options(synchronize_session=False)
    )


def this_holder() -> str:
    """This process, as a holder of jobs."""
    return holder_of(os.getpid())


def holder_of(pid: int) -> str:
    """A process of this machine as host:number:start. The start tells it from a later one that got the same number."""
    return f"{socket.gethostname()[:120]}:{pid}:{_started(pid)}"


def _gone(session: Session) -> list[str]:
    """Holders of running jobs that were processes of this machine and are no more."""
    holders = session.scalars(
        select(JobRow.holder).where(JobRow.state == "running", JobRow.holder.is_not(None))
    )
    return [holder for holder in holders if holder is not None and _is_gone(holder)]


def _is_gone(holder: str) -> bool:
    host, pid, started = holder.rsplit(":", 2)
    if host != socket.gethostname()[:120] or not Path("/proc/self/stat").exists():
        return False
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks (field 22 of /proc/PID/stat, proc(5)); '' where it is no more."""
    try:
        after_name = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return ""
    return "" if after_name[0] in "ZX" else after_name[19]


def held_until(session: Session, job_id: int) -> datetime | None:
    """When the lease of a running job ends, None where nobody holds it."""
    return session.scalar(select(JobRow.lease_until).where(JobRow.id == job_id))
