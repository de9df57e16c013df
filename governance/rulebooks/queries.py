"""Finding versions of the organisation's rules."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from governance.kernel.errors import Missing
from governance.rulebooks.models import OrganisationRulebook, RulebookStep


def all_versions(session: Session) -> list[OrganisationRulebook]:
    """Every version with its steps, the newest first."""
    query = (
        select(OrganisationRulebook)
        .options(
            joinedload(OrganisationRulebook.written_by),
            selectinload(OrganisationRulebook.steps).joinedload(RulebookStep.person),
        )
        .order_by(OrganisationRulebook.number.desc())
    )
    return list(session.scalars(query))


def version_numbered(session: Session, number: int) -> OrganisationRulebook:
    """One version. Raises Missing."""
    found = session.scalar(select(OrganisationRulebook).where(OrganisationRulebook.number == number))
    if found is None:
        raise Missing("There is no such version. Choose one from the list of your organisation's rules.")
    return found


def published_version(session: Session) -> OrganisationRulebook | None:
    """The version that was published last; None where the shipped rules stand alone."""
    query = (
        select(OrganisationRulebook)
        .join(RulebookStep)
        .where(RulebookStep.status == "published")
        .order_by(RulebookStep.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def waiting_versions(session: Session) -> list[OrganisationRulebook]:
    """Versions that wait for a second person, the oldest first."""
    newest = select(func.max(RulebookStep.id)).group_by(RulebookStep.rulebook_id)
    query = (
        select(OrganisationRulebook)
        .join(RulebookStep)
        .where(RulebookStep.id.in_(newest), RulebookStep.status == "proposed")
        .order_by(OrganisationRulebook.number)
    )
    return list(session.scalars(query))


def last_step(session: Session) -> int:
    """The id of the newest step of any version, 0 without any: what a page has seen of the whole history."""
    return session.scalar(select(func.max(RulebookStep.id))) or 0


def steps_after(session: Session, seen: int) -> list[RulebookStep]:
    """What happened since a page was opened, the oldest first."""
    return list(session.scalars(select(RulebookStep).where(RulebookStep.id > seen).order_by(RulebookStep.id)))
