"""How long the server works on a page, as a multiple of the answer that does nothing (/healthz) in the same run."""

import itertools
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.application import create_app
from governance.cases.models import Case
from governance.cli.seed import seed
from governance.entrance.models import User
from governance.kernel.settings import Settings
from governance.people.models import Person
from governance.posts.models import Post
from tests.bench.import_speed import bring_in, write_export
from tests.bench.table import Figure
from tests.bench.texts import texts
from tests.fixtures.applications import SECRET_KEY, Visitor

MANAGER, COMPLIANCE, HR = (
    "bernadette.quill@thornbeck.example",
    "constance.adjei@thornbeck.example",
    "aidan.fosse@thornbeck.example",
)
CASES_WANTED = 300
"""As many cases as many posts bring: the first exports open cases until there are this many, the others open none."""


def measure(posts: int, rounds: int, folder: Path) -> list[Figure]:
    """Seed the demo, time the pages, bring the number of posts up to `posts`, and time them again."""
    settings = Settings(
        f"sqlite:///{folder / 'pages.db'}", folder, SECRET_KEY, demo=True, secure_cookies=False
    )
    app = create_app(settings)
    seed(app, settings)
    figures = _timed(app, rounds)
    _fill(app, posts, folder)
    figures += _timed(app, rounds)
    app.extensions["database"].dispose()
    return figures


def _timed(app: Flask, rounds: int) -> list[Figure]:
    with Session(app.extensions["database"]) as session:
        held = "{:,} posts, {:,} cases".format(
            *(session.scalar(select(func.count()).select_from(one)) for one in (Post, Case))
        )
        manager, compliance, hr = (_visitor(app, session, email) for email in (MANAGER, COMPLIANCE, HR))
        holder = select(Person.id).where(Person.email == MANAGER).scalar_subquery()
        reference = session.scalar(
            select(Case.reference).where(Case.holder_id == holder, Case.stage == "reply")
        )
    pages = {
        "start page": (manager, "/"),
        "queue": (hr, "/cases/"),
        "case page": (manager, f"/cases/{reference}"),
        "trends": (compliance, "/trends/"),
    }
    figures = []
    for name, (visit, place) in pages.items():
        page, nothing = medians(
            lambda visit=visit, place=place: open_page(visit, place),
            lambda: open_page(manager, "/healthz"),
            rounds,
        )
        figures.append(
            Figure(
                name,
                page / nothing,
                "times /healthz",
                f"{page * 1000:.1f} ms to {nothing * 1000:.2f} ms; {held}",
            )
        )
    return figures


def _visitor(app: Flask, session: Session, email: str) -> Visitor:
    return Visitor(app, session.scalars(select(User.fs_uniquifier).where(User.email == email)).one())


def open_page(visit: Visitor, place: str) -> None:
    answer = visit.get(place)
    if answer.status_code != 200:
        raise RuntimeError(f"{place} answers {answer.status_code}")


def medians(page: Callable[[], None], nothing: Callable[[], None], rounds: int) -> tuple[float, float]:
    """The median seconds of both, taken in turn so that a busy moment strikes both."""
    page()
    nothing()
    times: tuple[list[float], list[float]] = ([], [])
    for _, (kept, act) in itertools.product(range(rounds), zip(times, (page, nothing), strict=True)):
        started = time.perf_counter()
        act()
        kept.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def _fill(app: Flask, posts: int, folder: Path) -> None:
    """Import posts until there are `posts`, spread over the verified accounts and over 18 months."""
    engine = app.extensions["database"]
    with Session(engine) as session:
        accounts = session.scalars(select(SocialAccount.id).where(SocialAccount.state == "verified")).all()
        missing = posts - (session.scalar(select(func.count()).select_from(Post)) or 0)
        cases = session.scalar(select(func.count()).select_from(Case)) or 0
    each, given, said = -(-missing // len(accounts)), texts(), time.monotonic()
    for number, account_id in enumerate(accounts):
        export = folder / f"account_{account_id}.jsonl"
        write_export(
            export, itertools.islice(given, min(each, missing - number * each)), days=540, first=number * each
        )
        cases += bring_in(engine, account_id, export, open_cases=cases < CASES_WANTED).cases or 0
        if time.monotonic() - said > 2:
            said = time.monotonic()
            sys.stderr.write(f"  {min((number + 1) * each, missing):,} of {missing:,} posts imported\n")
