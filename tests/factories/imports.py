"""Exports as their platforms write them, and accounts to read them for."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.guidance.loader import shipped_rulebook
from governance.intake.models import ImportRun
from governance.intake.recognise import recognise
from governance.intake.record import Entry
from governance.intake.run import read_into, start_import

FIRST = datetime(2025, 3, 4, 19, 12, 5, tzinfo=UTC)


def account_on(platform: str = "x", url: str = "https://x.com/ward_nurse") -> SocialAccount:
    """An account that stands in no database: what a reader needs to know of one."""
    return SocialAccount(platform=platform, handle="@ward_nurse", handle_key="ward_nurse", url=url)


def row(number: int = 1, **fields: Any) -> dict[str, Any]:
    """One post as a line of an export."""
    posted_at = FIRST + timedelta(hours=number)
    return {
        "text": f"Handover number {number} went well.",
        "posted_at": posted_at.isoformat(),
        "native_id": str(number),
    } | fields


def json_lines(path: Path, rows: Iterable[object]) -> Path:
    """A file of JSON lines; a row that is text already is written as it is."""
    lines = (line if isinstance(line, str) else json.dumps(line) for line in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def tweet(number: int = 1, text: str = "A good shift.", **fields: Any) -> dict[str, Any]:
    """One post as X writes it."""
    posted_at = FIRST + timedelta(hours=number)
    return {
        "tweet": {
            "id_str": str(1_897_000_000_000_000_000 + number),
            "created_at": posted_at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
            "full_text": text,
            "entities": {},
        }
        | fields
    }


def x_file(items: object, name: str = "tweets", part: int = 0) -> str:
    """A JavaScript file of X's archive."""
    return f"window.YTD.{name}.part{part} = {json.dumps(items, indent=1)}"


def x_members(tweets: list[dict[str, Any]], /, username: str = "ward_nurse", **more: str) -> dict[str, str]:
    """The members of an archive of X; `more` adds files under data/, by name without its ending."""
    members = {"account": x_file([{"account": {"username": username}}], "account")}
    members |= {"tweets": x_file(tweets)}
    return {f"data/{name.replace('_', '-')}.js": content for name, content in (members | more).items()}


def x_folder(path: Path, members: Mapping[str, str]) -> Path:
    """An archive that was unpacked."""
    for name, content in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content, encoding="utf-8")
    return path


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def entries_of(path: Path, account: SocialAccount | None = None) -> list[Entry]:
    """Everything that is read of a file."""
    return list(recognise(path).entries(account or account_on()))


def import_of(session: Session, account: SocialAccount, path: Path, *, open_cases: bool = False) -> ImportRun:
    """The whole import of a file, each chunk committed. The session must keep its objects over a commit."""
    reading = recognise(path)
    run = start_import(
        session, None, account=account, reading=reading, file_name=path.name, open_cases=open_cases
    )
    session.commit()
    with Session(session.get_bind().execution_options(write=False)) as looking:
        steps = read_into(session, looking, None, run=run, reading=reading, rulebook=shipped_rulebook())
        for _ in steps:
            session.commit()
    return run
