"""The rulebook in use: the shipped rules with the organisation's published ones over them.

It is asked for at each use, so that every process takes up a newly published version with its next request. A version
that can no longer be read (after an upgrade, say) is passed over for the one that was published before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.guidance.loader import shipped_rulebook
from governance.guidance.overlay import lay_over
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.rulebooks.models import OrganisationRulebook, RulebookStep
from governance.scoring.engine import compiled


def rulebook_in_use(session: Session) -> Rulebook:
    """The rulebook that posts are assessed by from now on."""
    for number, toml in _published(session):
        made = _made(number, toml)
        if isinstance(made, Rulebook):
            return made
    return shipped_rulebook()


def trouble(session: Session) -> list[str]:
    """Why the version that was published last is not in use: one line a problem; empty when it is."""
    for number, toml in _published(session):
        made = _made(number, toml)
        return made.problems if isinstance(made, RulebookError) else []
    return []


def rulebook_of(version: OrganisationRulebook) -> Rulebook:
    """The shipped rules with those of `version` over them. Raises RulebookError."""
    made = _made(version.number, version.toml)
    if isinstance(made, RulebookError):
        raise RulebookError(made.problems)
    return made


def _published(session: Session) -> Iterator[tuple[int, str]]:
    """Number and text of what was published, the last first."""
    last = 0
    while True:
        query = select(RulebookStep.id, OrganisationRulebook.number, OrganisationRulebook.toml)
        query = query.join(OrganisationRulebook).where(RulebookStep.status == "published")
        if last:
            query = query.where(RulebookStep.id < last)
        row = session.execute(query.order_by(RulebookStep.id.desc()).limit(1)).one_or_none()
        if row is None:
            return
        last = row.id
        yield row.number, row.toml


@lru_cache(maxsize=16)
def _made(number: int, toml: str) -> Rulebook | RulebookError:
    """Read once a process: a version never changes."""
    try:
        made = lay_over(shipped_rulebook(), toml, file=f"version {number}", name=f"org{number}")
        compiled(made)
    except RulebookError as error:
        return error
    return made
