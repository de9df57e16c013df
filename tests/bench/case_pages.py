"""The queue and the case page with 200 cases and with 20,000, on both databases, as multiples of /healthz in the same run.

Of 200 cases half are open, of 20,000 one in ten: an organisation that has used the product for years has more behind it
than before it. The list is full in both.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.application import create_app
from governance.cases.models import Case
from governance.entrance.models import User
from governance.kernel.database import make_engine
from governance.kernel.settings import Settings
from governance.people.models import Person
from tests.bench.many_cases import Crowd, copy, settle
from tests.bench.page_times import medians, open_page
from tests.bench.table import Figure
from tests.fixtures.applications import SECRET_KEY, Visitor
from tests.fixtures.databases import alembic_config
from tests.fixtures.postgresql import PostgresServer, binaries

FEW, MANY = (100, 100), (2_000, 18_000)  # open, closed


def measure(rounds: int, folder: Path) -> list[Figure]:
    """The figures of both databases; PostgreSQL is left out with a word where it is not there."""
    figures = _on("SQLite", f"sqlite:///{folder / 'cases.db'}", folder, rounds)
    tools = binaries()
    if tools is None:
        return [*figures, Figure("PostgreSQL", 0, "not measured", "no server is installed here")]
    server = PostgresServer(tools)
    try:
        server.execute("CREATE DATABASE cases")
        figures += _on("PostgreSQL", server.url("cases"), folder, rounds)
    finally:
        server.stop()
    return figures


def _on(database: str, url: str, folder: Path, rounds: int) -> list[Figure]:
    command.upgrade(alembic_config(url), "head")
    engine = make_engine(url)
    crowd, originals = settle(engine)
    copy(engine, crowd, originals, first=1, still_open=FEW[0], closed=FEW[1])
    app = create_app(Settings(url, folder, SECRET_KEY, demo=True, secure_cookies=False))
    few = dict(_timed(app, crowd, rounds))
    sys.stderr.write(f"  {database}: writing {sum(MANY):,} cases\n")
    copy(
        engine,
        crowd,
        originals,
        first=sum(FEW) + 1,
        still_open=MANY[0] - FEW[0],
        closed=MANY[1] - FEW[1],
    )
    many = dict(_timed(app, crowd, rounds))
    app.extensions["database"].dispose()
    engine.dispose()
    return [
        Figure(
            f"{database}: {what}",
            many[what] / few[what],
            "times that with 200",
            f"{few[what]:.1f} times /healthz with {sum(FEW):,} cases, {many[what]:.1f} with {sum(MANY):,}",
        )
        for what in few
    ]


def _timed(app: Flask, crowd: Crowd, rounds: int) -> Iterator[tuple[str, float]]:
    with Session(app.extensions["database"]) as session:
        hr = _visitor(app, session, crowd.hr)
        manager = _visitor(app, session, crowd.managers[1])
        reference = session.scalar(
            select(Case.reference)
            .where(Case.holder_id == crowd.managers[1], Case.stage == "decision")
            .limit(1)
        )
    pages = {
        "queue, needs HR now": (hr, "/cases/"),
        "queue, waiting for others": (hr, "/cases/?view=waiting"),
        "queue, overdue": (hr, "/cases/?view=overdue"),
        "queue, closed": (hr, "/cases/?view=closed"),
        "queue, by category and severity": (
            hr,
            "/cases/?view=waiting&category=confidentiality&severity=high",
        ),
        "queue of a manager": (manager, "/cases/?view=team"),
        "case page": (manager, f"/cases/{reference}"),
    }
    for name, (visit, place) in pages.items():
        page, nothing = medians(
            lambda visit=visit, place=place: open_page(visit, place),
            lambda: open_page(hr, "/healthz"),
            rounds,
        )
        yield name, page / nothing


def _visitor(app: Flask, session: Session, person_id: int) -> Visitor:
    user = session.scalar(select(User).where(User.person_id == person_id))
    if user is None:
        email = session.scalars(select(Person.email).where(Person.id == person_id)).one()
        user = User(person_id=person_id, email=email)
        session.add(user)
        session.commit()
    return Visitor(app, user.fs_uniquifier)
