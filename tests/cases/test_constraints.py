"""What the database itself never lets happen."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from governance.cases.models import Case, CaseEvent, CasePart, Opinion
from tests.factories.cases import case_at, open_for


@pytest.mark.parametrize("column", ["holder_id", "decider_id"])
def test_nobody_acts_on_their_own_post(session, organisation, column):
    case = open_for(session, organisation.nurse)
    with pytest.raises(IntegrityError):
        session.execute(update(Case).where(Case.id == case.id).values({column: organisation.nurse.id}))


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "review"},
        {"stage": "closed"},
        {"closure": "no_concern"},
        {"stage": "court"},
        {"severity": "grave"},
    ],
)
def test_no_half_moved_case(session, organisation, values):
    case = open_for(session, organisation.nurse)
    with pytest.raises(IntegrityError):
        session.execute(update(Case).where(Case.id == case.id).values(values))


def test_one_open_case_a_post(session, organisation):
    case = open_for(session, organisation.nurse)
    session.add(
        Case(
            reference="CASE-2026-9999",
            origin="score",
            post_id=case.post_id,
            assessment_id=case.assessment_id,
            subject_id=case.subject_id,
            holder_id=case.holder_id,
            stage="triage",
            severity="high",
            suggested_route="hr",
            opened_at=case.opened_at,
            stage_since=case.opened_at,
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_one_opinion_of_a_kind_and_none_half_written(session, organisation):
    case = case_at(session, organisation, "review")
    with pytest.raises(IntegrityError):
        session.execute(update(Opinion).where(Opinion.case_id == case.id).values(written_at=case.opened_at))


def test_one_part_a_person(session, organisation):
    case = open_for(session, organisation.nurse)
    case_id, nurse_id = case.id, organisation.nurse.id
    session.expunge_all()
    session.add(CasePart(case_id=case_id, person_id=nurse_id, part="opinion"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_what_happened_is_never_rewritten(session, organisation):
    case = open_for(session, organisation.nurse)
    with pytest.raises(IntegrityError):
        session.execute(update(CaseEvent).where(CaseEvent.case_id == case.id).values(reason="other"))
