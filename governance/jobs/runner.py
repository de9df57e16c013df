"""Runs jobs in this process: claims one, lets its task work, and commits each of its steps with the lease's renewal."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from governance.intake.run import Progress
from governance.jobs.desk import Desk
from governance.jobs.models import JobRow
from governance.jobs.queue import claim, put_back, renew, this_holder
from governance.jobs.tasks import TASKS
from governance.kernel.database import WRITE
from governance.kernel.errors import GovernanceError

MOST_ATTEMPTS = 5
MET_ANOTHER = (IntegrityError, StaleDataError, OperationalError)
"""What a task meets when somebody else wrote the same rows meanwhile, or the database was busy: it begins again."""


def run_job(
    engine: Engine, job_id: int | None = None, on_step: Callable[[Progress], None] = lambda _: None
) -> int | None:
    """Claim a job (`job_id`, or the one that waits longest) and do it to its end. The job's id; None where none is free.

    Raises what the task raised, with the job put back as failed. A stop by hand puts it back as waiting.
    """
    holder = this_holder()
    while True:
        job = _claimed(engine, holder, job_id)
        if job is None:
            return None
        try:
            _work(engine, job, holder, on_step)
        except MET_ANOTHER as error:
            if job.attempts >= MOST_ATTEMPTS:
                _put_back(
                    engine,
                    job,
                    holder,
                    "failed",
                    f"{type(error).__name__} on each of {job.attempts} attempts",
                )
                raise
            _put_back(engine, job, holder, "waiting")
            job_id = job.id
        except GovernanceError as error:
            _put_back(engine, job, holder, "failed", error.message)
            raise
        except Exception as error:
            _put_back(engine, job, holder, "failed", type(error).__name__)  # its words may hold personal text
            raise
        except BaseException:  # Ctrl-C and the like
            _put_back(engine, job, holder, "waiting")
            raise
        else:
            return job.id


def _claimed(engine: Engine, holder: str, job_id: int | None) -> JobRow | None:
    with _writing(engine) as session:
        job = claim(session, holder, job_id)
        session.commit()
        return job


def _work(engine: Engine, job: JobRow, holder: str, on_step: Callable[[Progress], None]) -> None:
    with _writing(engine) as session, Session(engine) as looking:
        for step in TASKS[job.kind](Desk(session, looking), job.payload):
            renew(session, job.id, holder)
            session.commit()
            on_step(step)
        put_back(session, job.id, holder, state="done")
        session.commit()


def _put_back(engine: Engine, job: JobRow, holder: str, state: str, error: str | None = None) -> None:
    with _writing(engine) as session:
        put_back(session, job.id, holder, state=state, error=error)
        session.commit()


def _writing(engine: Engine) -> Session:
    """A session that means to write and keeps its objects over a commit: reading one again would take the write lock."""
    return Session(engine.execution_options(**WRITE), expire_on_commit=False)
