"""How many rows of an export are read, scored, stored and audited in a second, on both databases."""

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from governance.accounts.models import SocialAccount
from governance.intake.models import ImportRun
from governance.intake.recognise import recognise
from governance.jobs.runner import run_job
from governance.jobs.tasks import ask_for_import
from governance.kernel import clock
from governance.kernel.database import make_engine, writing_session
from governance.kernel.migrations import upgrade
from governance.people.queries import current_notice
from governance.workflow.acknowledge_notice import acknowledge_notice
from governance.workflow.add_person import add_person
from governance.workflow.register_account import register_account
from tests.bench.table import Figure
from tests.bench.texts import texts
from tests.fixtures.postgresql import PostgresServer, binaries


def measure(rows: int, folder: Path) -> list[Figure]:
    """Import `rows` new posts into an SQLite file, then into a throw-away PostgreSQL where one is installed."""
    export = folder / "export.jsonl"
    write_export(export, itertools.islice(texts(), rows), days=540)
    figures = [_timed("SQLite", f"sqlite:///{folder / 'import.db'}", export, rows)]
    with postgresql() as url:
        if url is None:
            return [
                *figures,
                Figure("rows imported", float("nan"), "a second on PostgreSQL", "no server is installed"),
            ]
        return [*figures, _timed("PostgreSQL", url, export, rows)]


def write_export(path: Path, given: Iterator[str], *, days: int, first: int = 0) -> None:
    """JSON lines with ids and addresses of their own, spread evenly over the last `days` days."""
    posts = list(given)
    now = clock.now() - timedelta(hours=1)
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(posts):
            posted = now - timedelta(days=days) * ((len(posts) - number) / len(posts))
            line = {
                "native_id": f"zz{first + number}",
                "text": text,
                "posted_at": posted.isoformat(),
                "audience": "public",
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def bring_in(engine: Engine, account_id: int, export: Path, *, open_cases: bool = False) -> ImportRun:
    """Import a file as the command does; the finished run."""
    with writing_session(engine) as session:
        account = session.get_one(SocialAccount, account_id)
        run, job = ask_for_import(
            session, None, account=account, path=export, reading=recognise(export), open_cases=open_cases
        )
        session.commit()
        run_id, job_id = run.id, job.id
    run_job(engine, job_id)
    with writing_session(engine) as session:
        return session.get_one(ImportRun, run_id)


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The address of an empty database on a server of our own; None where PostgreSQL is not installed."""
    folder = binaries()
    if folder is None:
        yield None
        return
    server = PostgresServer(folder)
    try:
        server.execute("CREATE DATABASE bench TEMPLATE template0")
        yield server.url("bench")
    finally:
        server.stop()


def _timed(name: str, url: str, export: Path, rows: int) -> Figure:
    upgrade(url)
    engine = make_engine(url)
    account_id = _registered(engine)
    started = time.perf_counter()
    finished = bring_in(engine, account_id, export)
    seconds = time.perf_counter() - started
    engine.dispose()
    if finished.added != rows:
        raise RuntimeError(f"{finished.added} of {rows} rows were added")
    return Figure(
        "rows imported",
        rows / seconds,
        f"a second on {name}",
        f"{rows:,} new posts of one account, scored and audited",
    )


def _registered(engine: Engine) -> int:
    with writing_session(engine) as session:
        person = add_person(
            session,
            None,
            name="Bea Marks",
            email="bea.marks@bench.example",
            department="Ward",
            profession="nurse",
        )
        acknowledge_notice(session, person, number=current_notice(session).number)
        account = register_account(
            session,
            person,
            platform="bluesky",
            handle="@bea.bench.bsky.social",
            url="https://bsky.app/profile/bea.bench.bsky.social",
            purpose="To be measured.",
        )
        session.commit()
        return account.id
