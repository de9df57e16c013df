"""The timeline, as each may read it."""

from governance.cases.timeline import FIELD_TITLES, VERB_TITLES, changes_since, entries, recusals_told
from governance.people.roles import RoleName
from governance.workflow.recuse import recuse
from governance.workflow.release_from_hold import release_from_hold
from governance.workflow.stages import WAY
from tests.factories.cases import case_at, open_for
from tests.fixtures.organisation import add_person


def test_every_verb_has_words():
    assert {act.verb for stage in WAY.values() for act in stage.acts} <= set(VERB_TITLES)


def test_old_and_new_in_words(session, organisation):
    case = case_at(session, organisation, "decision")
    told = entries(organisation.director, case)
    assert [entry.verb for entry in told] == [
        "open_case",
        "triage",
        "give_opinion",
        "give_opinion",
        "invite_reply",
        "reply",
    ]
    stages = [
        (one.old, one.new) for entry in told for one in entry.changes if one.field == FIELD_TITLES["stage"]
    ]
    assert stages == [
        ("First look", "Being reviewed"),
        ("Being reviewed", "Waiting for the author's answer"),
        ("Waiting for the author's answer", "Waiting for a decision"),
    ]


def test_the_author_reads_neither_names_of_writers_nor_why_somebody_stepped_back(session, organisation):
    case = case_at(session, organisation, "reply")
    recuse(session, organisation.manager, case=case, version=case.version, reason="We had a quarrel.")
    read = str(entries(organisation.nurse, case))
    assert "Clem Hart" not in read
    assert "quarrel" not in read
    assert "quarrel" in str(entries(organisation.director, case))


def test_the_guardians_part_is_kept_from_the_line(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    assert [entry.verb for entry in entries(organisation.guardian, case)] == ["open_case", "hold"]
    assert [entry.verb for entry in entries(organisation.manager, case)] == ["open_case"]


def test_what_changed_since_a_version(session, organisation):
    case = case_at(session, organisation, "review")
    seen = case.version
    assert changes_since(organisation.director, case, seen) == ()
    recuse(session, organisation.manager, case=case, version=seen, reason="Related.")
    lines = changes_since(organisation.director, case, seen)
    assert any("Held by: Mark Osei → Dora Lindt" in line for line in lines)


def test_whoever_reported_a_post_is_not_named_to_its_author(session, organisation):
    case = open_for(session, organisation.nurse, reporter=organisation.colleague)
    name = organisation.colleague.name
    assert name not in str(entries(organisation.nurse, case))
    assert name not in str(entries(organisation.manager, case))
    assert name in str(entries(organisation.hr, case))


def test_that_a_guardian_stepped_back_is_kept_from_the_line_after_the_release(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    second = add_person(session, "Gia Moss", RoleName.GUARDIAN)
    recuse(session, organisation.guardian, case=case, version=case.version, reason="We are friends.")
    release_from_hold(session, second, case=case, version=case.version, concern="Staffing.", reason="Names.")
    session.flush()
    session.expire_all()
    assert case.holder == organisation.manager
    assert organisation.guardian.name not in str(entries(organisation.manager, case))
    assert recusals_told(organisation.manager, case) == []
    assert [one.person for one in recusals_told(second, case)] == [organisation.guardian]
    recuse(session, organisation.manager, case=case, version=case.version, reason="We are friends too.")
    session.expire_all()
    assert [one.person for one in recusals_told(organisation.director, case)] == [organisation.manager]
