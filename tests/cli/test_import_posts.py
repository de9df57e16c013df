"""`python -m governance import`, as a person runs it: other processes, real kills, plain messages."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.audit.models import AuditEntry
from governance.intake.models import ImportRun
from governance.intake.run import CHUNK
from governance.jobs.models import JobRow
from governance.kernel.paths import ROOT
from governance.posts.models import Post
from tests.factories.imports import json_lines, row, tweet, x_members, zipped
from tests.factories.posts import make_account
from tests.fixtures.organisation import Organisation

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """It reads unless it must write, so that the command finds the database free."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def account(session: Session, organisation: Organisation) -> SocialAccount:
    made = make_account(session, organisation.nurse)
    session.commit()
    return made


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GOVERNANCE_")}
    return kept | {"GOVERNANCE_DATABASE_URL": database_url}


@pytest.fixture
def command(environment: dict[str, str]) -> Command:
    def run(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "governance", *map(str, words)],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Post)) or 0


def test_it_says_what_it_did_and_names_what_it_could_not_read(
    command: Command, session: Session, account: SocialAccount, tmp_path: Path
):
    path = json_lines(tmp_path / "posts.jsonl", [row(1), "{", row(2, posted_at="2025-03-04T10:00:00")])
    first = command("import", path, "--account", account.id)
    assert first.returncode == 1
    assert first.stdout.splitlines() == [
        "posts.jsonl: 2 posts added, 0 known already, 1 lines could not be read.",
        "1 times said no time zone and were taken as UTC.",
    ]
    assert first.stderr.startswith("Line 2: The line is not a JSON object")
    again = command("import", path, "--account", account.id)
    assert again.returncode == 1
    assert again.stdout.startswith("posts.jsonl: 0 posts added, 2 known already, 1 lines")
    assert count(session) == 2


def test_an_archive_with_what_is_left_out(
    command: Command, session: Session, account: SocialAccount, tmp_path: Path
):
    tweets = [tweet(1), tweet(2, "RT @them: not mine"), tweet(3)]
    archive = zipped(tmp_path / "x.zip", x_members(tweets, username="somebody_else"))
    done = command("import", archive, "--account", account.id, "--by", account.owner.email)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["x.zip: 2 posts added, 0 known already.", "Left out: 1 reposts of other people's words."],
    )
    assert "belongs to @somebody_else" in done.stderr
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "post.imported")).first()
    assert entry is not None
    assert entry.actor_id == account.owner_id
    refused = command("import", archive, "--account", account.id, "--open-cases")
    assert refused.returncode == 2
    assert "No case is opened" in refused.stderr


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("{file}", "--account", "999"), 2, "There is no account 999"),
        (("gone.jsonl", "--account", "{account}"), 2, "There is no file gone.jsonl"),
        (("{file}", "--account", "{account}", "--by", "nobody@example.org"), 2, "nobody@example.org"),
        (("{file}",), 2, "--account"),
        (("{empty}", "--account", "{account}"), 2, "is empty"),
        (("{retweets}", "--account", "{account}"), 1, "There are no posts in retweets.zip (1 reposts"),
        (("{broken}", "--account", "{account}"), 1, "No post in broken.jsonl could be read"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    command: Command, account: SocialAccount, tmp_path: Path, words: tuple[str, ...], status: int, said: str
):
    (tmp_path / "empty").write_text("\n", encoding="ascii")
    given = {
        "file": json_lines(tmp_path / "posts.jsonl", [row()]),
        "broken": json_lines(tmp_path / "broken.jsonl", ["{", "{"]),
        "retweets": zipped(tmp_path / "retweets.zip", x_members([tweet(1, "RT @them: theirs")])),
        "empty": tmp_path / "empty",
        "account": account.id,
    }
    done = command("import", *(word.format(**given) for word in words))
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_that_is_not_there_or_not_up_to_date(
    command: Command, environment: dict[str, str], tmp_path: Path
):
    path = json_lines(tmp_path / "posts.jsonl", [row()])
    for place, said in (("none.db", "There is no database yet"), ("empty.db", "not up to date")):
        environment["GOVERNANCE_DATABASE_URL"] = f"sqlite:///{tmp_path / place}"
        (tmp_path / "empty.db").touch()
        done = command("import", path, "--account", 1)
        assert done.returncode == 2
        assert said in done.stderr
    assert not (tmp_path / "none.db").exists()


@pytest.mark.slow
def test_a_kill_half_way_loses_nothing_and_doubles_nothing(
    command: Command, environment: dict[str, str], session: Session, account: SocialAccount, tmp_path: Path
):
    total = 12 * CHUNK
    rows = [row(number, text=f"A long day on the ward, number {number}. " * 20) for number in range(total)]
    path = json_lines(tmp_path / "posts.jsonl", rows)
    words = [sys.executable, "-m", "governance", "import", str(path), "--account", str(account.id)]
    kills = 0
    for wanted in (1, 3 * CHUNK):
        with subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as running:
            deadline = time.monotonic() + 60
            while count(session) < wanted and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.01)
            running.send_signal(signal.SIGKILL)
            running.wait()
        assert running.returncode == -signal.SIGKILL
        stored = count(session)
        run = session.scalars(select(ImportRun)).one()
        assert (run.state, run.done_lines, run.added) == ("running", stored, stored)
        assert session.scalars(select(JobRow.state)).one() == "running"
        kills += wanted <= stored < total
        session.rollback()
    assert kills == 2
    last = command("import", path, "--account", account.id)
    assert last.returncode == 0, last.stderr
    assert f"Going on after the first {stored:,}" in last.stderr
    assert last.stdout == f"posts.jsonl: {total - stored:,} posts added, 0 known already.\n"
    assert count(session) == total
    run = session.scalars(select(ImportRun)).one()
    assert (run.state, run.done_lines, run.added, run.known) == ("done", total, total, 0)
    trail = select(func.count()).where(AuditEntry.event == "post.imported")
    assert session.scalar(trail) == total
