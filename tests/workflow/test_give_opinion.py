"""Opinions side by side."""

import pytest

from governance.cases.sight import may_see_opinion
from governance.kernel.errors import GovernanceError, Invalid, Refused, Stale
from governance.people.roles import RoleName
from governance.workflow.give_opinion import give_opinion
from governance.workflow.hand_over import hand_over
from tests.factories.cases import JUST_CULTURE, case_at, open_for, to_review, write_opinion
from tests.fixtures.organisation import add_person


def _write(session, case, actor, kind="clinical", **given):
    asked = {
        "seriousness": "medium",
        "findings": "Two details together point to one person.",
        "mitigation": "",
        "just_culture": JUST_CULTURE,
        "sources": ["Good medical practice, paragraph 88", " "],
        "version": case.version,
    }
    return give_opinion(session, actor, case=case, kind=kind, **(asked | given))


@pytest.fixture
def case(session, organisation):
    return case_at(session, organisation, "review")


def test_the_last_opinion_invites_the_author(session, organisation, case):
    opinion = _write(session, case, organisation.clinical_lead)
    assert (case.stage, opinion.author, opinion.sources) == (
        "review",
        organisation.clinical_lead,
        ["Good medical practice, paragraph 88"],
    )
    _write(session, case, organisation.hr, "hr")
    assert case.stage == "reply"


def test_each_is_written_unseen_and_the_author_reads_all_before_answering(session, organisation, case):
    clinical = _write(session, case, organisation.clinical_lead)
    assert may_see_opinion(organisation.clinical_lead, case, clinical)
    assert not any(
        may_see_opinion(person, case, clinical)
        for person in (organisation.hr, organisation.manager, organisation.director, organisation.nurse)
    )
    hr = _write(session, case, organisation.hr, "hr")
    assert all(
        may_see_opinion(person, case, opinion)
        for opinion in (clinical, hr)
        for person in (organisation.nurse, organisation.director, organisation.hr)
    )


def test_two_at_once_are_no_conflict(session, organisation, case):
    seen = case.version
    _write(session, case, organisation.clinical_lead, version=seen)
    _write(session, case, organisation.hr, "hr", version=seen)
    assert case.stage == "reply"


def test_a_new_decider_meanwhile_is_one(session, organisation, case):
    seen = case.version
    hand_over(
        session,
        organisation.manager,
        case=case,
        version=seen,
        part="decider",
        to=organisation.manager,
        reason="Dora is away.",
    )
    with pytest.raises(Stale) as error:
        _write(session, case, organisation.clinical_lead, version=seen)
    assert any("Dora Lindt → Mark Osei" in line for line in error.value.changes)


def test_two_of_the_same_kind_meet(session, organisation, case):
    other = add_person(session, "Cy Marsh", RoleName.CLINICAL_LEAD)
    seen = case.version
    _write(session, case, organisation.clinical_lead, version=seen)
    with pytest.raises(GovernanceError) as error:
        _write(session, case, other, version=seen)
    assert error.value.status in (403, 404)


@pytest.mark.parametrize("who", ["nurse", "director", "manager", "dpo", "compliance"])
def test_others_do_not_write_it(session, organisation, case, who):
    with pytest.raises(GovernanceError) as error:
        _write(session, case, getattr(organisation, who))
    assert error.value.status in (403, 404)


def test_one_person_writes_one_opinion(session, organisation, case):
    both = add_person(session, "Bo Hale", RoleName.CLINICAL_LEAD, RoleName.HR)
    _write(session, case, both)
    with pytest.raises(Refused, match="have written your opinion"):
        _write(session, case, both, "hr")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "astrology"}, "kind"),
        ({"seriousness": "9"}, "seriousness"),
        ({"findings": " "}, "findings"),
        ({"sources": [" "]}, "sources"),
        ({"sources": ["x" * 501]}, "sources"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(session, organisation, case, given, field):
    before = case.version
    with pytest.raises(Invalid) as error:
        _write(session, case, organisation.clinical_lead, **given)
    assert error.value.field == field
    session.flush()
    assert (case.version, [one.written_at for one in case.opinions]) == (before, [None, None])


def test_data_protection_writes_theirs(session, organisation):
    case = to_review(session, open_for(session, organisation.nurse), organisation.director, "data_protection")
    write_opinion(session, case, organisation.dpo, "data_protection")
    assert case.stage == "reply"
