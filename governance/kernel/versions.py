"""Two people, one row: the form carries the version it was made from, and a later save is refused."""

from __future__ import annotations

from typing import Protocol

from governance.kernel.errors import Stale


class Versioned(Protocol):
    """A row with a version column."""

    version: int


def expect_version(row: Versioned, version: int | None, changes: tuple[str, ...] = ()) -> None:
    """Raise Stale where `row` is no longer at `version`; `changes` says what changed since, a line each.

    Without this the second of two reviewers would silently replace what the first had decided.
    """
    if version is None or row.version != version:
        raise Stale(
            "Somebody else saved a change after you opened this page. Your text is kept below; look at what changed, "
            "then send it again if it still fits.",
            changes,
        )
