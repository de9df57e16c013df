"""Rules of an organisation, and versions of them brought to any status by the verbs themselves."""

from sqlalchemy.orm import Session

from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.queries import last_step
from governance.workflow.agree_rulebook import agree_rulebook
from governance.workflow.propose_rulebook import propose_rulebook
from governance.workflow.shadow_rulebook import shadow_rulebook
from governance.workflow.write_rulebook import write_rulebook
from tests.fixtures.organisation import Organisation

FRIENDS = "Added a few of my patients on Insta, they're a hoot"
QUIET = "Added a new kettle to the staff room"
RULE = f"""
[[rule]]
id = "org.friends"
category = "boundaries"
status = "live"
severity = "high"
when = ["friend_request"]
cites = [{{ source = "gmp-2024" }}]
message = "Here we keep work and friends apart."
advice = "Decline kindly."
change = "Declined, it would not be flagged."
fires = ["{FRIENDS}", "Just accepted one of my clients, should be fine", "Accepted my patients on here"]
silent = ["{QUIET}", "A long walk by the canal", "What a day"]
"""
SHADOW_RULE = RULE.replace('"live"', '"shadow"')
BROKEN = RULE.replace('when = ["friend_request"]', 'when = ["no_such_fact"]')


def write(session: Session, people: Organisation, toml: str = RULE) -> OrganisationRulebook:
    """A draft by the compliance officer."""
    return write_rulebook(
        session, people.compliance, toml=toml, reason="We saw it twice.", seen=last_step(session)
    )


def propose(session: Session, people: Organisation, version: OrganisationRulebook) -> OrganisationRulebook:
    """Asked for by the compliance officer."""
    return propose_rulebook(
        session, people.compliance, version=version, reason="It works.", seen=last_step(session)
    )


def publish(session: Session, people: Organisation, toml: str = RULE) -> OrganisationRulebook:
    """A version in use, to which the clinical lead agreed."""
    version = propose(session, people, write(session, people, toml))
    if version.status == "published":
        return version
    return agree_rulebook(
        session, people.clinical_lead, version=version, reason="I agree.", seen=last_step(session)
    )


def shadow(session: Session, people: Organisation, toml: str = RULE) -> OrganisationRulebook:
    """A version in shadow."""
    return shadow_rulebook(
        session,
        people.compliance,
        version=write(session, people, toml),
        reason="Measure it first.",
        seen=last_step(session),
    )
