"""Adding a person: the first ones of a real organisation come by the command line."""

import pytest

from governance.kernel.errors import Invalid
from governance.people.roles import RoleName
from governance.workflow.add_person import add_person

GIVEN = {"name": "Sam Okoro", "email": "Sam.Okoro@trust.example", "department": "Ward 7"}


def test_everyone_is_staff_and_a_department_is_made_once(session):
    first = add_person(session, None, **GIVEN)
    second = add_person(
        session,
        first,
        name="Lee",
        email="lee@trust.example",
        department="ward 7",
        roles=["manager", "hr"],
        line_manager_email="SAM.okoro@trust.example",
    )
    session.commit()
    assert first.email == "sam.okoro@trust.example"
    assert first.role_names == {RoleName.STAFF}
    assert second.role_names == {RoleName.STAFF, RoleName.MANAGER, RoleName.HR}
    assert second.department is first.department
    assert second.line_manager is first


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "not an address"}, "email"),
        ({"email": "sam.okoro@TRUST.example"}, "email"),
        ({"email": "x@trust.example", "department": ""}, "department"),
        ({"email": "x@trust.example", "roles": ["boss"]}, "roles"),
        ({"email": "x@trust.example", "line_manager_email": "nobody@trust.example"}, "line_manager"),
    ],
)
def test_what_does_not_fit_is_refused(session, changed, field):
    add_person(session, None, **GIVEN)
    with pytest.raises(Invalid) as refused:
        add_person(session, None, **(GIVEN | changed))
    assert refused.value.field == field
