"""The author's answer."""

import pytest

from governance.kernel.errors import GovernanceError, Invalid
from governance.workflow.reply import reply
from tests.factories.cases import case_at


def test_the_answer_is_kept_as_written_and_goes_to_the_decision(session, organisation):
    case = case_at(session, organisation, "reply")
    words = "  I was tired.\n\nمرحبا 👩🏽‍⚕️ "
    said = reply(
        session, organisation.nurse, case=case, version=case.version, text=words, companion=" Una Rep "
    )
    assert (said.text, said.companion, case.stage) == (words, "Una Rep", "decision")


def test_more_may_be_said_until_it_is_decided(session, organisation):
    case = case_at(session, organisation, "decision")
    reply(session, organisation.nurse, case=case, version=case.version, text="One more thing.")
    assert (len(case.statements), case.stage) == (2, "decision")


@pytest.mark.parametrize("who", ["manager", "director", "clinical_lead", "hr", "colleague"])
def test_nobody_answers_for_the_author(session, organisation, who):
    case = case_at(session, organisation, "reply")
    with pytest.raises(GovernanceError) as error:
        reply(session, getattr(organisation, who), case=case, version=case.version, text="They are sorry.")
    assert error.value.status in (403, 404)


@pytest.mark.parametrize("text", ["", " \n", "a\x00b", "x" * 20_001])
def test_an_answer_that_cannot_be_kept_is_named(session, organisation, text):
    case = case_at(session, organisation, "reply")
    with pytest.raises(Invalid) as error:
        reply(session, organisation.nurse, case=case, version=case.version, text=text)
    assert error.value.field == "text"
    assert case.stage == "reply"
