"""What every reader gives: entries in the file's own order, each a post, something left out, or something unreadable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from governance.accounts.models import SocialAccount
from governance.workflow.sifting import ImportedPost


class Unreadable(Exception):
    """Why one line or item cannot be read, in words for the person who has the file before them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line or item. `line` counts lines of a text file, items of an archive, from 1.

    Exactly one of the three is set: `post`, `error` (why it cannot be read), `left_out` (why it is no post of theirs).
    `assumed_utc`: its time said no zone and was taken as UTC.
    """

    line: int
    post: ImportedPost | None = None
    error: str | None = None
    left_out: str | None = None
    assumed_utc: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A recognised file, ready to be read for an account as often as needed, each time in the same order.

    `reader` names the format; `sha256` is that of the file, or of what is read from a folder. `owner` is the handle
    that the export says it belongs to, None where the format does not say; `platform` likewise.
    """

    reader: str
    sha256: str
    entries: Callable[[SocialAccount], Iterator[Entry]]
    platform: str | None = None
    owner: str | None = None
