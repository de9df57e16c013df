"""Who added and who opened what a case stands on: from the posts, the trail, and never told where it would tell too much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cases.sight import can_see_guards, versions_of
from governance.cases.standing import is_subject
from governance.people.models import Person
from governance.posts.models import PostVersion

LOOKS = {
    Event.CASE_VIEWED.value: "Opened the case",
    Event.CASE_WORDS_SHOWN.value: "Asked to see the words",
}
MOST = 200
"""Looks that are told, the latest first."""


@dataclass(frozen=True)
class Kept:
    """One thing that somebody did with the evidence."""

    at: datetime
    who: str
    what: str


def custody(session: Session, person: Person, case: Case) -> list[Kept]:
    """What was added and who looked, the latest first, for those who work on the case.

    The author reads what was added. Who looked while a guardian held the case would tell that one did: those who may
    not know of a protection do not read who looked at such a case at all.
    """
    told = [
        Kept(one.written_at, _added_by(case, one), f"Added the words of version {one.number}")
        for one in versions_of(case)
    ]
    was_held = any(event.verb == "hold" for event in case.events)
    if not is_subject(person, case) and (not was_held or can_see_guards(person, case)):
        told += _looks(session, case)
    return sorted(told, key=lambda one: one.at, reverse=True)


def _added_by(case: Case, version: PostVersion) -> str:
    """The author by name, and nobody else: whoever reported the post must not fear to be named."""
    if version.written_by_id == case.subject_id:
        return version.written_by.name
    return "Somebody else than the author"


def _looks(session: Session, case: Case) -> list[Kept]:
    query = (
        select(AuditEntry.happened_at, AuditEntry.event, Person.name)
        .join(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.thing == "case", AuditEntry.thing_id == case.id, AuditEntry.event.in_(LOOKS))
        .order_by(AuditEntry.id.desc())
        .limit(MOST)
    )
    return [Kept(at, name, LOOKS[event]) for at, event, name in session.execute(query)]
