"""The demo trust's own rule: written by compliance, and in shadow."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.kernel.paths import SEED_DATA
from governance.people.models import Person, Role
from governance.people.roles import RoleName
from governance.rulebooks.queries import last_step
from governance.workflow.shadow_rulebook import shadow_rulebook
from governance.workflow.write_rulebook import write_rulebook


def write_own_rules(session: Session) -> None:
    """One version, measured and shown to nobody, so that the pages have something to show."""
    compliance = session.scalars(
        select(Person).join(Person.roles).where(Role.name == RoleName.COMPLIANCE.value).order_by(Person.id)
    ).first()
    if compliance is None:
        return
    toml = (SEED_DATA / "demo" / "own_rules.toml").read_text(encoding="utf-8")
    version = write_rulebook(
        session,
        compliance,
        toml=toml,
        reason="Gifts came up twice in the audit committee this year.",
        seen=last_step(session),
    )
    shadow_rulebook(
        session,
        compliance,
        version=version,
        reason="Before anybody is flagged we want to see how often it would speak.",
        seen=last_step(session),
    )
