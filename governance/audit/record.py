"""Writing the audit trail: `record` at each verb, in the verb's own transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from governance.audit.events import KEYS, Event
from governance.audit.models import AuditEntry
from governance.kernel import clock

GENESIS = "0" * 64
_LOCK = 7_301_946_212  # any number of our own: PostgreSQL's advisory lock for the one writer

Payload = int | str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was done, not yet in the chain. ValueError where `payload` has not exactly the keys of KEYS."""

    event: Event
    thing_id: int | None
    actor_id: int | None
    payload: Mapping[str, Payload]

    def __post_init__(self) -> None:
        if self.payload.keys() != KEYS[self.event]:
            raise ValueError(
                f"{self.event} needs exactly {sorted(KEYS[self.event])}, got {sorted(self.payload)}"
            )


def record(
    session: Session, event: Event, thing_id: int | None, actor_id: int | None, **payload: Payload
) -> AuditEntry:
    """Append one entry to the chain. ValueError where `payload` has not exactly the keys that KEYS names.

    One writer at a time: SQLite's write transaction is alone by itself; on PostgreSQL a lock is held until the
    transaction ends, so that two entries never follow the same one.
    """
    return record_all(session, [Happening(event, thing_id, actor_id, payload)])[0]


def record_all(session: Session, happenings: Sequence[Happening]) -> list[AuditEntry]:
    """Append entries to the chain in this order, in one go: an import writes hundreds at a time."""
    wait_turn(session)
    last = session.execute(
        select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    ).one_or_none()
    previous_id, previous = (last.id, last.hash) if last else (0, GENESIS)
    entries = []
    for entry_id, happening in enumerate(happenings, start=previous_id + 1):
        entry = AuditEntry(
            id=entry_id,
            happened_at=clock.now(),
            actor_id=happening.actor_id,
            event=happening.event.value,
            thing=happening.event.thing,
            thing_id=happening.thing_id,
            payload=json.dumps(
                dict(happening.payload), sort_keys=True, separators=(",", ":"), ensure_ascii=True
            ),
            previous=previous,
        )
        entry.hash = previous = entry_hash(entry)
        entries.append(entry)
    session.add_all(entries)
    session.flush()
    return entries


def wait_turn(session: Session) -> None:
    """Become the trail's one writer until the transaction ends.

    A verb that locks a row of its own calls this first: two that took the two locks in different order would wait
    for each other for ever. SQLite's write transaction is alone by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over everything in `entry` but its own hash, as 64 hexadecimal digits."""
    content = [
        entry.previous,
        entry.id,
        _stamp(entry.happened_at),
        entry.actor_id,
        entry.event,
        entry.thing,
        entry.thing_id,
        entry.payload,
    ]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def text_hash(words: str, salt: str) -> str:
    """A salted hash of stored words: it shows later that they were these, and tells nothing of them."""
    return hashlib.sha256(f"{salt}\x1f{words}".encode()).hexdigest()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
