"""The concern is answered."""

import pytest

from governance.cases.sight import can_see
from governance.kernel.errors import GovernanceError, Invalid
from governance.workflow.answer_concern import answer_concern
from tests.factories.cases import open_for


def test_it_closes_with_no_action_and_the_line_never_sees_it(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    answer_concern(
        session,
        organisation.guardian,
        case=case,
        version=case.version,
        concern="Two nurses for thirty beds.",
        answer="Staffing raised.",
    )
    assert (case.stage, case.closure, case.decision) == ("closed", "speak_up_answered", None)
    assert not can_see(organisation.manager, case)
    assert not can_see(organisation.hr, case)
    assert can_see(organisation.nurse, case)


def test_an_answer_is_needed_from_the_guardian(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    with pytest.raises(Invalid):
        answer_concern(
            session,
            organisation.guardian,
            case=case,
            version=case.version,
            concern="Two nurses for thirty beds.",
            answer="",
        )
    with pytest.raises(GovernanceError):
        answer_concern(
            session,
            organisation.hr,
            case=case,
            version=case.version,
            concern="Two nurses for thirty beds.",
            answer="Dealt with.",
        )
    assert case.stage == "held"
