"""What is done again and again: each as a job like any other, asked for when its time has come round.

Any number of processes may look: one row stands for each kind, and its lease lets one of them do it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, OperationalError

from governance.jobs.models import JobRow
from governance.jobs.queue import ask
from governance.jobs.runner import run_job
from governance.kernel import clock
from governance.kernel.database import writing_session

log = structlog.get_logger(__name__)

EVERY: Mapping[str, timedelta] = {"watch_clocks": timedelta(minutes=5)}
"""The kinds of job that come round, and how long after the end of one the next may begin."""
LOOKS_EVERY = 30.0
"""Seconds between two looks for what has come round."""


def due_jobs(engine: Engine) -> list[int]:
    """Ask for every periodic job whose time has come; the ids of those that now wait."""
    waiting = []
    for kind, every in EVERY.items():
        with writing_session(engine) as session:
            job = session.scalar(select(JobRow).where(JobRow.dedupe_key == kind))
            if job is None or job.finished_at is None or job.finished_at + every <= clock.now():
                try:
                    waiting.append(ask(session, kind, kind, {}).id)
                    session.commit()
                except IntegrityError:  # another process asked first
                    session.rollback()
    return waiting


def run_due(engine: Engine) -> int:
    """Do what has come round, as far as no other process does it already. How many were done."""
    return sum(run_job(engine, job_id) is not None for job_id in due_jobs(engine))


class Rounds:
    """A thread that looks every LOOKS_EVERY seconds until it is stopped. What fails is logged, and comes round again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._go_round, name="rounds", daemon=True)

    def start(self) -> None:
        """Begin with a look at once."""
        self._thread.start()

    def stop(self) -> None:
        """Let the present look end, and make no other."""
        self._stop.set()
        self._thread.join(timeout=10)

    def _go_round(self) -> None:
        while not self._stop.is_set():
            try:
                run_due(self._engine)
            except OperationalError:
                log.warning("rounds_busy")  # the database was locked: the next look does it
            except Exception:
                log.exception("rounds_failed")
            self._stop.wait(LOOKS_EVERY)
