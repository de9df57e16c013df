"""Who did what with a person's things, as that person may read it: the audit trail about them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.audit.events import Event
from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.posts.models import Post

WORDS = {
    Event.CASE_VIEWED: "Opened a case about you",
    Event.CASE_OPENED: "A case about a post of yours was opened",
    Event.CASE_REPORT_JOINED: "A post of yours was reported again",
    Event.CASE_TRIAGED: "Took the first look at a case about you",
    Event.CASE_OPINION_GIVEN: "An opinion was written in a case about you",
    Event.CASE_REPLY_INVITED: "You were invited to answer",
    Event.CASE_REPLIED: "Answered in a case about you",
    Event.CASE_REPLY_TIME_ENDED: "The time to answer ended",
    Event.CASE_DECIDED: "Decided a case about you",
    Event.CASE_DECISION_PROPOSED: "Wrote a decision in a case about you, for a second person to look at",
    Event.CASE_SECOND_OPINION_GIVEN: "A second person wrote their own opinion in a case about you",
    Event.CASE_COUNTERSIGNED: "A second person agreed in a case about you",
    Event.CASE_SENT_BACK: "A second person sent a decision about you back",
    Event.CASE_APPEALED: "Appealed in a case about you",
    Event.CASE_APPEAL_HEARER_NAMED: "Named who hears an appeal in a case about you",
    Event.CASE_APPEAL_ANSWERED: "Answered an appeal in a case about you",
    Event.CASE_APPEAL_HEARD: "Decided an appeal in a case about you",
    Event.CASE_REOPENED: "Opened a case about you again",
    Event.CASE_UNDONE: "Took back the last step in a case about you",
    Event.CASE_CLOSED: "Closed a case about you",
    Event.CASE_RECUSED: "Somebody stepped back from a case about you",
    Event.CASE_HANDED_OVER: "Handed over a case about you",
    Event.CASE_RELEASED_BY_GUARDIAN: "The guardian handed on a case about you",
    Event.ACCOUNT_REGISTERED: "Registered an account",
    Event.ACCOUNT_EVIDENCE_ADDED: "Added evidence to an account",
    Event.ACCOUNT_CONFIRMED: "Confirmed an account of yours",
    Event.ACCOUNT_REJECTED: "Could not confirm an account of yours",
    Event.ACCOUNT_RETIRED: "Retired an account",
    Event.ACCOUNT_PRIVACY_REVIEWED: "Reviewed the privacy settings of an account",
    Event.POST_SUBMITTED: "Submitted a post",
    Event.POST_VERSION_ADDED: "Changed the words of a post",
    Event.POST_IMPORTED: "Imported a post",
    Event.DRAFT_APPROVED: "Approved a draft of yours",
    Event.DRAFT_CHANGES_ASKED: "Asked for changes to a draft of yours",
    Event.DRAFT_WITHDRAWN: "Withdrew a draft",
    Event.DRAFT_PUBLISHED: "Posted a draft",
    Event.PERSON_ADDED: "Added you",
    Event.STANDING_STATED: "Changed your profession or registration",
    Event.RECORD_DOWNLOADED: "Downloaded your record",
    Event.NOTICE_ACKNOWLEDGED: "Read the notice",
    Event.SIGNED_IN: "Signed in",
}
"""The audit entries about a person that they are shown, in words."""

NAMELESS = frozenset(
    {
        Event.CASE_OPENED,
        Event.CASE_REPORT_JOINED,
        Event.POST_SUBMITTED,
        Event.POST_VERSION_ADDED,
        Event.CASE_OPINION_GIVEN,
        Event.CASE_SECOND_OPINION_GIVEN,
        Event.CASE_COUNTERSIGNED,
        Event.CASE_SENT_BACK,
    }
)
"""Entries whose actor is not named: a reporter is protected, opinions are unsigned, and a second person has to feel free."""

VIEWERS = {
    RoleName.HR: "HR",
    RoleName.CLINICAL_LEAD: "a clinical lead",
    RoleName.DPO: "a data protection officer",
    RoleName.GUARDIAN: "a speak-up guardian",
    RoleName.MANAGER: "a manager",
}
"""Who looked at a case, as its subject reads it: one role each, the first that fits, since several would name a person."""


@dataclass(frozen=True)
class Line:
    """One thing that was done, and by whom where the person may know it; `own` where they did it themselves.

    Whoever looked at a case is told by role: the names would say who wrote an opinion, which its subject reads unsigned.
    """

    when: datetime
    what: str
    who: str | None
    own: bool


def log_about(
    session: Session, person_id: int, newest: int | None = None, leaving_out: frozenset[Event] = frozenset()
) -> list[Line]:
    """The entries about a person, the newest first; at most the `newest` of them."""
    wanted = [event.value for event in WORDS if event not in leaving_out]
    query = (
        select(AuditEntry.happened_at, AuditEntry.event, AuditEntry.actor_id, Person)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(_about(person_id), AuditEntry.event.in_(wanted))
        .order_by(AuditEntry.id.desc())
        .limit(newest)
    )
    return [
        Line(when, WORDS[Event(event)], _who(Event(event), actor), actor_id == person_id)
        for when, event, actor_id, actor in session.execute(query)
    ]


def _who(event: Event, actor: Person | None) -> str | None:
    if actor is None or event in NAMELESS:
        return None
    if event is not Event.CASE_VIEWED:
        return actor.name
    return next(
        (words for role, words in VIEWERS.items() if role in actor.role_names), "somebody in the case"
    )


def _about(person_id: int) -> ColumnElement[bool]:
    things = {
        "account": select(SocialAccount.id).where(SocialAccount.owner_id == person_id),
        "post": select(Post.id).where(Post.author_id == person_id),
        "case": select(Case.id).where(Case.subject_id == person_id),
        "person": select(Person.id).where(Person.id == person_id),
    }
    return or_(
        and_(AuditEntry.thing == "notice", AuditEntry.actor_id == person_id),
        *(and_(AuditEntry.thing == thing, AuditEntry.thing_id.in_(ids)) for thing, ids in things.items()),
    )
