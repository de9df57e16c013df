"""A guardian writes down a concern that somebody raised with them, apart from any case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from governance.concerns.models import Concern
from governance.kernel import clock
from governance.kernel.errors import Invalid, Refused
from governance.kernel.text import required
from governance.people.models import Person
from governance.workflow.concern_steps import keep_concern


def record_concern(
    session: Session, actor: Person, *, raised_by: Person | None, raised_at: datetime, about: str
) -> Concern:
    """Keep what `raised_by` raised on `raised_at`, in the guardian's words. Raises Refused, or Invalid with the field."""
    if not actor.may("concern.follow"):
        raise Refused("Concerns are written down by the speak-up guardians.")
    if raised_by is None:
        raise Invalid("Choose who raised it.", "raised_by")
    if raised_by.id == actor.id:
        raise Invalid("Your own concern is written down by another guardian.", "raised_by")
    if raised_at > clock.now():
        raise Invalid("This day has not come yet.", "raised_on")
    about = required(about.strip(), "about", "What it is about", 5_000)
    return keep_concern(session, actor, raised_by=raised_by, raised_at=raised_at, about=about)
