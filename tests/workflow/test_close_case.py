"""Closing."""

import pytest

from governance.kernel.errors import Conflict, GovernanceError, Invalid
from governance.workflow.close_case import close_case
from tests.factories.cases import case_at


@pytest.mark.parametrize("who", ["manager", "director"])
def test_holder_or_decider_closes_what_was_decided(session, organisation, who):
    case = case_at(session, organisation, "issued")
    close_case(session, getattr(organisation, who), case=case, version=case.version, reason="Post edited.")
    assert (case.stage, case.closure, case.events[-1].reason) == ("closed", "outcome", "Post edited.")


@pytest.mark.parametrize("who", ["nurse", "clinical_lead", "hr", "colleague"])
def test_others_do_not(session, organisation, who):
    case = case_at(session, organisation, "issued")
    with pytest.raises(GovernanceError) as error:
        close_case(session, getattr(organisation, who), case=case, version=case.version, reason="Done.")
    assert error.value.status in (403, 404)


def test_not_before_a_decision_and_not_without_a_word(session, organisation):
    case = case_at(session, organisation, "decision")
    with pytest.raises(Conflict):
        close_case(session, organisation.manager, case=case, version=case.version, reason="Done.")
    case = case_at(session, organisation, "issued")
    with pytest.raises(Invalid):
        close_case(session, organisation.manager, case=case, version=case.version, reason="")
