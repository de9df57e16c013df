"""Reading seed_data/demo: what its README says, as typed rows."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from governance.kernel.paths import SEED_DATA

FOLDER = SEED_DATA / "demo"
PASSWORD = "probity-demo-2026"  # noqa: S105  (the demo's own, printed at every start)


class DepartmentRow(TypedDict):
    """One [[departments]] of organisation.toml."""

    key: str
    name: str
    parent: NotRequired[str]


class PersonRow(TypedDict):
    """One line of people.jsonl."""

    key: str
    name: str
    email: str
    profession: str
    role_title: str
    regulator: str | None
    registration_number: str | None
    department: str
    line_manager: str | None
    roles: list[str]
    head_of: str | None
    demo_sign_in: NotRequired[bool]
    has_sign_in: NotRequired[bool]


class AccountRow(TypedDict):
    """One line of accounts.jsonl."""

    key: str
    owner: str
    platform: str
    handle: str
    url: str
    purpose: str
    audience: str
    state: str
    registered_days_ago: int
    privacy_review_due_in_days: int | None
    verified_after_days: NotRequired[int]
    confirmed_by: NotRequired[str]
    rejected_after_days: NotRequired[int]
    rejection_reason: NotRequired[str]
    retired_days_ago: NotRequired[int]
    retirement_reason: NotRequired[str]


class PostRow(TypedDict):
    """One line of posts.jsonl. The last five keys but `platform` are those of a reported post alone."""

    key: str
    account: str | None
    kind: str
    audience: str
    in_reply_to: str | None
    days_ago: int
    time: str
    native_id: str | None
    url: str | None
    text: str
    platform: str
    about_person: str | None
    reported_by: str
    provenance: str
    about_whom: NotRequired[str]


@dataclass(frozen=True)
class DemoFiles:
    """Everything of seed_data/demo. `stories` are by the key of their post; `voices` as voices.toml has them."""

    departments: list[DepartmentRow]
    people: list[PersonRow]
    accounts: list[AccountRow]
    posts: list[PostRow]
    stories: dict[str, dict[str, Any]]
    voices: dict[str, Any]


@dataclass(frozen=True)
class SignIn:
    """A demo sign-in as it is printed: `role` is what this person stands for."""

    email: str
    role: str
    who: str


@cache
def demo_files() -> DemoFiles:
    """Read the folder, once a process."""
    organisation = tomllib.loads((FOLDER / "organisation.toml").read_text(encoding="utf-8"))
    return DemoFiles(
        departments=organisation["departments"],
        people=_lines("people.jsonl"),
        accounts=_lines("accounts.jsonl"),
        posts=_lines("posts.jsonl"),
        stories={story["post"]: story for story in _lines("stories.jsonl")},
        voices=tomllib.loads((FOLDER / "voices.toml").read_text(encoding="utf-8")),
    )


def demo_sign_ins() -> list[SignIn]:
    """One person for each role, the plainest role first."""
    return [
        SignIn(
            row["email"],
            next((role for role in row["roles"] if role != "staff"), "staff"),
            f"{row['name']}, {row['role_title']}",
        )
        for row in sorted(demo_files().people, key=lambda row: row["roles"] != ["staff"])
        if row.get("demo_sign_in")
    ]


def _lines(name: str) -> list[Any]:
    path: Path = FOLDER / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
