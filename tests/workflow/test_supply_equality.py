"""Supplying characteristics."""

import json

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.equality.models import EqualityFact
from governance.equality.queries import by_characteristic, held_of
from governance.insight.subject_access import everything_about
from governance.kernel.errors import Invalid, Refused
from governance.workflow.supply_equality import supply_equality

HEAD = "email,grade,qualified_in,ethnicity\n"


def file_for(*people, grade="Band 6") -> bytes:
    return (HEAD + "".join(f"{person.email.upper()},{grade},UK,Asian\n" for person in people)).encode()


def test_a_new_file_takes_the_place_of_the_old_one(session, organisation):
    people = organisation
    supply = supply_equality(session, people.hr, content=file_for(people.nurse, people.colleague))
    assert (supply.people, supply.unknown) == (2, 0)
    supply_equality(session, people.hr, content=file_for(people.nurse, grade="Band 7"))
    assert by_characteristic(session, "grade") == {people.nurse.id: "Band 7"}
    supply_equality(session, None, content=HEAD.encode())
    assert session.scalars(select(EqualityFact)).all() == []


def test_strangers_are_counted_and_not_kept(session, organisation):
    supply = supply_equality(session, organisation.hr, content=(HEAD + "who@else.example,1,,\n").encode())
    assert (supply.people, supply.unknown) == (0, 1)


def test_the_trail_has_numbers_alone(session, organisation):
    supply_equality(session, organisation.hr, content=file_for(organisation.nurse))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "equality_supply.supplied")).one()
    assert json.loads(entry.payload) == {"people": 1, "unknown": 0}


@pytest.mark.parametrize("who", ["nurse", "manager", "compliance", "admin", "dpo"])
def test_only_hr_supplies(session, organisation, who):
    with pytest.raises(Refused):
        supply_equality(session, getattr(organisation, who), content=file_for(organisation.nurse))


def test_a_bad_file_changes_nothing(session, organisation):
    supply_equality(session, organisation.hr, content=file_for(organisation.nurse))
    with pytest.raises(Invalid):
        supply_equality(session, organisation.hr, content=b"nonsense")
    assert held_of(session, organisation.nurse.id) is not None


def test_a_person_finds_it_in_their_own_record(session, organisation):
    supply_equality(session, organisation.hr, content=file_for(organisation.nurse))
    own = everything_about(session, organisation.nurse)["supplied_for_fairness_figures"]
    assert own == {"grade": "Band 6", "qualified_in": "UK", "ethnicity": "Asian"}
    assert everything_about(session, organisation.colleague)["supplied_for_fairness_figures"] is None
