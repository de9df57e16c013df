"""Versions of the organisation's rules: compliance writes, a second person agrees, nothing is edited, one of two is told."""

import json
import threading

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.guidance.loader import shipped_rulebook
from governance.kernel.errors import Conflict, Invalid, Refused, Stale
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.rulebooks.in_use import rulebook_in_use
from governance.rulebooks.queries import last_step, version_numbered
from governance.workflow.agree_rulebook import agree_rulebook
from governance.workflow.decline_rulebook import decline_rulebook
from governance.workflow.propose_rulebook import propose_rulebook
from governance.workflow.shadow_rulebook import shadow_rulebook
from governance.workflow.shelve_rule import shelve_rule
from governance.workflow.write_rulebook import write_rulebook
from tests.factories.rulebooks import BROKEN, RULE, SHADOW_RULE, propose, publish, shadow, write

SHIPPED = "boundaries.friend_request"


def statuses(version):
    return [step.status for step in version.steps]


@pytest.mark.parametrize("role", [role for role in RoleName if role != RoleName.COMPLIANCE])
def test_only_compliance_writes_and_asks(session, organisation, role):
    version, person = write(session, organisation), organisation.in_role(role)
    seen = last_step(session)
    with pytest.raises(Refused):
        write_rulebook(session, person, toml=RULE, reason="x", seen=seen)
    for verb in (shadow_rulebook, propose_rulebook):
        with pytest.raises(Refused):
            verb(session, person, version=version, reason="x", seen=seen)
    with pytest.raises(Refused):
        shelve_rule(session, person, rule_id=SHIPPED, reason="x", seen=seen)


@pytest.mark.parametrize("role", ["clinical_lead", "hr"])
def test_a_second_person_publishes(session, organisation, role):
    version = propose(session, organisation, write(session, organisation))
    assert (version.status, rulebook_in_use(session)) == ("proposed", shipped_rulebook())
    agree_rulebook(
        session, getattr(organisation, role), version=version, reason="Yes.", seen=last_step(session)
    )
    assert statuses(version) == ["draft", "proposed", "published"]
    assert "org.friends" in rulebook_in_use(session).rules


def test_neither_the_author_nor_who_asked_agrees(session, organisation, person):
    other = person("Ottla Brandt", RoleName.COMPLIANCE)
    version = write(session, organisation)
    propose_rulebook(session, other, version=version, reason="It works.", seen=last_step(session))
    for who, why in ((organisation.compliance, "You wrote"), (other, "You asked")):
        with pytest.raises(Refused, match=why):
            agree_rulebook(session, who, version=version, reason="Yes.", seen=last_step(session))
    for role in ("manager", "dpo", "admin", "nurse", "guardian"):
        with pytest.raises(Refused):
            agree_rulebook(
                session, getattr(organisation, role), version=version, reason="Yes.", seen=last_step(session)
            )
    assert version.status == "proposed"


def test_shadow_rules_alone_need_no_second_person(session, organisation):
    version = propose(session, organisation, write(session, organisation, SHADOW_RULE))
    assert version.status == "published"


@pytest.mark.parametrize("toml", [f'[status]\n"{SHIPPED}" = "shadow"', f'[status]\n"{SHIPPED}" = "retired"'])
def test_resting_a_live_rule_needs_one(session, organisation, toml):
    assert propose(session, organisation, write(session, organisation, toml)).status == "proposed"


def test_the_next_takes_its_place_and_rolling_back_publishes_the_older_again(session, organisation):
    first, second = publish(session, organisation), publish(session, organisation, "")
    assert (first.status, second.status) == ("superseded", "published")
    assert rulebook_in_use(session).rules == shipped_rulebook().rules
    propose(session, organisation, first)
    agree_rulebook(session, organisation.hr, version=first, reason="Go back.", seen=last_step(session))
    assert statuses(first)[-3:] == ["superseded", "proposed", "published"]
    assert (second.status, "+org1-" in rulebook_in_use(session).id) == ("superseded", True)


def test_what_is_sent_back_is_what_it_was(session, organisation):
    version = propose(session, organisation, shadow(session, organisation))
    decline_rulebook(session, organisation.hr, version=version, reason="Too wide.", seen=last_step(session))
    assert version.status == "shadow"
    propose(session, organisation, version)
    decline_rulebook(session, organisation.compliance, version=version, reason="Oh.", seen=last_step(session))
    assert (version.status, rulebook_in_use(session)) == ("shadow", shipped_rulebook())
    with pytest.raises(Conflict, match="does not wait"):
        decline_rulebook(session, organisation.hr, version=version, reason="x", seen=last_step(session))


def test_a_broken_one_may_wait_as_a_draft_and_no_further(session, organisation):
    failing = RULE.replace("A long walk by the canal", "Just accepted one of my clients, should be fine")
    for toml, why in ((BROKEN, "no_such_fact"), (failing, "silent example 2 fires")):
        version = write(session, organisation, toml)
        for verb in (shadow_rulebook, propose_rulebook):
            with pytest.raises(Invalid, match=why):
                verb(session, organisation.compliance, version=version, reason="x", seen=last_step(session))
        assert version.status == "draft"


def test_of_two_at_once_the_second_is_told_what_happened(session, organisation):
    one, two = (
        propose(session, organisation, write(session, organisation, toml)) for toml in (RULE, f"{RULE}#")
    )
    seen = last_step(session)
    agree_rulebook(session, organisation.hr, version=one, reason="Yes.", seen=seen)
    with pytest.raises(Stale) as told:
        agree_rulebook(session, organisation.clinical_lead, version=two, reason="Yes.", seen=seen)
    assert told.value.changes == ("Hana Reyes made version 1 published: Yes.",)
    assert (one.status, two.status) == ("published", "proposed")
    with pytest.raises(Stale):
        write_rulebook(session, organisation.compliance, toml=RULE, reason="x", seen=None)


@pytest.mark.parametrize("status", ["published", "proposed"])
def test_what_cannot_be_done_now_is_a_conflict(session, organisation, status):
    version = write(session, organisation) if status == "proposed" else publish(session, organisation)
    if status == "proposed":
        propose(session, organisation, version)
    for verb in (shadow_rulebook, propose_rulebook):
        with pytest.raises(Conflict, match=r"published|waits|not a draft"):
            verb(session, organisation.compliance, version=version, reason="x", seen=last_step(session))


@pytest.mark.parametrize(
    ("toml", "reason", "field"), [("\x00", "x", "toml"), ("#" * 100_001, "x", "toml"), (RULE, " ", "reason")]
)
def test_what_cannot_be_kept_names_its_field(session, organisation, toml, reason, field):
    with pytest.raises(Invalid) as told:
        write_rulebook(session, organisation.compliance, toml=toml, reason=reason, seen=last_step(session))
    assert told.value.field == field


def test_the_trail_knows_each_step_and_no_words(session, organisation):
    publish(session, organisation)
    publish(session, organisation, SHADOW_RULE)
    rows = session.execute(
        select(AuditEntry.event, AuditEntry.payload)
        .where(AuditEntry.thing == "organisation_rulebook")
        .order_by(AuditEntry.id)
    ).all()
    assert [row.event.partition(".")[2] for row in rows] == [
        "drafted", "proposed", "published", "drafted", "proposed", "superseded", "published",
    ]  # fmt: skip
    assert [json.loads(row.payload) for row in rows] == [{"number": n} for n in (1, 1, 1, 2, 2, 1, 2)]


def test_a_rule_is_set_aside_in_a_draft_and_nothing_changes_yet(session, organisation):
    publish(session, organisation)
    book = rulebook_in_use(session)
    for rule_id in (SHIPPED, "org.friends"):
        version = shelve_rule(
            session,
            organisation.compliance,
            rule_id=rule_id,
            reason="No one agrees.",
            seen=last_step(session),
        )
        assert version.status == "draft"
        assert f'"{rule_id}" = "shadow"' in version.toml
        assert "org.friends" in version.toml
    assert rulebook_in_use(session) is book


@pytest.mark.parametrize("rule_id", ["nothing.here", ""])
def test_what_does_not_speak_is_not_set_aside(session, organisation, rule_id):
    guard = next(rule.id for rule in shipped_rulebook().rules.values() if rule.sort == "guard")
    for name in (rule_id, guard):
        with pytest.raises(Conflict):
            shelve_rule(session, organisation.compliance, rule_id=name, reason="x", seen=last_step(session))


def test_two_who_agree_in_the_same_moment_publish_once(session, organisation, fresh):
    """Two versions wait; two people agree to one each from pages of the same age. One is published, one is told."""
    numbers = [
        propose(session, organisation, write(session, organisation, toml)).number
        for toml in (RULE, RULE.replace("high", "low"))
    ]
    seen, people = last_step(session), (organisation.clinical_lead.id, organisation.hr.id)
    session.commit()
    ready, came = threading.Barrier(2), []

    def agree(number: int, person_id: int) -> None:
        with fresh() as own:
            ready.wait(10)
            version, person = version_numbered(own, number), own.get(Person, person_id)
            try:
                agree_rulebook(own, person, version=version, reason="Yes.", seen=seen)
                own.commit()
                came.append("published")
            except Stale as told:
                came.append(told.changes)

    both = [threading.Thread(target=agree, args=pair) for pair in zip(numbers, people, strict=True)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    (told,) = [one for one in came if one != "published"]
    assert came.count("published") == 1
    assert len(told) == 1
    session.expire_all()
    assert sorted(version_numbered(session, number).status for number in numbers) == ["proposed", "published"]
