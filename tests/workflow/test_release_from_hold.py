"""The guardian releases a case."""

import pytest

from governance.cases.sight import can_see, can_see_guards
from governance.cases.timeline import entries
from governance.kernel.errors import GovernanceError
from governance.workflow.release_from_hold import release_from_hold
from tests.factories.cases import open_for

CONCERN = "Two nurses for thirty beds."


def _release(session, actor, case):
    return release_from_hold(
        session, actor, case=case, version=case.version, concern=CONCERN, reason="A patient may be known."
    )


def test_the_rest_goes_to_a_first_look_without_the_concern(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    assert not can_see(organisation.manager, case)
    _release(session, organisation.guardian, case)
    assert (case.stage, case.holder) == ("triage", organisation.manager)
    read = {who: str(entries(getattr(organisation, who), case)) for who in ("manager", "guardian", "nurse")}
    assert CONCERN in read["guardian"]
    assert CONCERN in read["nurse"]
    assert "uardian" not in read["manager"]
    assert CONCERN not in read["manager"]
    assert not can_see_guards(organisation.manager, case)


def test_with_another_guard_it_goes_to_hr(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure", "own_health"])
    _release(session, organisation.guardian, case)
    assert case.holder == organisation.hr


@pytest.mark.parametrize("who", ["nurse", "manager", "director", "hr", "dpo", "clinical_lead"])
def test_nobody_else_releases(session, organisation, who):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    with pytest.raises(GovernanceError) as error:
        _release(session, getattr(organisation, who), case)
    assert error.value.status in (403, 404)
    assert case.stage == "held"
