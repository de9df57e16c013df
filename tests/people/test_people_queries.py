"""Who answers for whom, whatever the data look like."""

import pytest

from governance.kernel.errors import Missing
from governance.people.models import DepartmentHead
from governance.people.queries import (
    headed_departments,
    managed_by,
    managers_above,
    manages,
    person_by_email,
    person_by_id,
)


def ids(session, manager):
    return set(session.scalars(managed_by(manager.id)))


def test_the_whole_line_below_and_above(session, organisation):
    below = ids(session, organisation.director)
    assert {organisation.manager.id, organisation.nurse.id, organisation.colleague.id} < below
    assert organisation.director.id not in below
    assert ids(session, organisation.manager) == {organisation.nurse.id, organisation.colleague.id}
    assert ids(session, organisation.nurse) == set()
    assert managers_above(organisation.nurse) == [organisation.manager, organisation.director]
    assert manages(organisation.director, organisation.nurse)
    assert not manages(organisation.nurse, organisation.director)
    assert not manages(organisation.hr, organisation.nurse)


def test_a_loop_in_the_data_ends_by_itself_and_nobody_manages_themselves(session, organisation):
    organisation.director.line_manager = organisation.nurse
    session.flush()
    assert managers_above(organisation.nurse) == [organisation.manager, organisation.director]
    assert organisation.nurse.id not in ids(session, organisation.nurse)
    assert organisation.manager.id in ids(session, organisation.nurse)
    assert not manages(organisation.nurse, organisation.nurse)


def test_a_head_has_everything_below(session, organisation):
    top = organisation.ward.parent
    session.add(DepartmentHead(department=top, person=organisation.director))
    session.flush()
    headed = headed_departments(session, organisation.director.id)
    assert {department.id for department in headed} == {top.id, organisation.ward.id}
    assert headed_departments(session, organisation.manager.id) == []


def test_people_are_found_by_address_whatever_its_case(session, organisation):
    assert person_by_email(session, organisation.nurse.email.upper()) is organisation.nurse
    assert person_by_email(session, "nobody@trust.example") is None
    assert person_by_id(session, organisation.nurse.id) is organisation.nurse
    with pytest.raises(Missing):
        person_by_id(session, 99_999)
