"""Taking a case up, putting it aside, asking for help, joining two: none of it decides anything about anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases.desk.policy import help_told, live_claims, may_help
from governance.cases.sight import can_see
from governance.cases.timeline import entries
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused
from governance.people.roles import RoleName
from governance.workflow.answer_help import answer_help
from governance.workflow.ask_help import ask_help
from governance.workflow.claim import claim
from governance.workflow.decide import decide
from governance.workflow.defer import defer
from governance.workflow.each import each
from governance.workflow.hand_over import hand_over
from governance.workflow.join import join
from governance.workflow.put_back import put_back
from governance.workflow.recuse import recuse
from governance.workflow.release_from_hold import release_from_hold
from governance.workflow.stages import primary_act
from governance.workflow.take_up import take_up
from tests.factories.cases import case_at, make_assessment, make_post, make_scoring, open_for
from tests.fixtures.organisation import add_person


def _do(verb, session, actor, case, **given):
    return verb(session, actor, case=case, version=case.version, **given)


def _day(days):
    return clock.local_date(clock.now()) + timedelta(days=days)


def _trail(session, case):
    rows = select(AuditEntry.event).where(AuditEntry.thing == "case", AuditEntry.thing_id == case.id)
    return [event.removeprefix("case.") for event in session.scalars(rows.order_by(AuditEntry.id))]


def test_a_claim_keeps_others_off_until_it_lapses_or_is_put_back(session, organisation):
    case = open_for(session, organisation.nurse)
    _do(claim, session, organisation.manager, case, hours=2)
    with pytest.raises(Refused, match="Mark Osei has taken it up until"):
        _do(claim, session, organisation.director, case)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert live_claims(case) == []
        _do(claim, session, organisation.director, case)
        assert case.holder == organisation.director  # who stands in for the holder holds it from then on
        _do(put_back, session, organisation.director, case)
        assert live_claims(case) == []
        with pytest.raises(Refused, match="not taken"):
            _do(put_back, session, organisation.director, case)
    assert _trail(session, case) == ["opened", "claimed", "claimed", "put_back"]


def test_each_opinion_is_claimed_by_whoever_could_write_it(session, organisation):
    case = case_at(session, organisation, "review")
    for who in ("clinical_lead", "hr"):
        _do(claim, session, getattr(organisation, who), case)
    assert {one.what: one.person.name for one in live_claims(case)} == {
        "clinical": "Clem Hart",
        "hr": "Hana Reyes",
    }
    other = add_person(session, "Other Hr", RoleName.HR)
    with pytest.raises(Refused, match="Hana Reyes has taken it up"):
        _do(claim, session, other, case)
    _do(recuse, session, organisation.hr, case, reason="Related.")
    assert [one.what for one in live_claims(case)] == ["clinical"]
    _do(claim, session, other, case)


def test_a_claim_disturbs_nobody_who_writes(session, organisation):
    case = case_at(session, organisation, "decision")
    shown = case.version
    _do(defer, session, organisation.director, case, until=_day(1), reason="Tomorrow.")
    decided = decide(
        session,
        organisation.director,
        case=case,
        version=shown,
        outcome="learning",
        reasons="As said.",
        sources=["Local policy"],
    )
    assert decided.outcome == "learning"


@pytest.mark.parametrize(("days", "says"), [(0, "tomorrow"), (-1, "tomorrow"), (29, "at the latest")])
def test_nothing_is_put_aside_for_ever(session, organisation, days, says):
    case = open_for(session, organisation.nurse)
    with pytest.raises(Invalid, match=says):
        _do(defer, session, organisation.manager, case, until=_day(days), reason="Later.")


def test_what_is_due_is_not_put_aside(session, organisation):
    case = open_for(session, organisation.nurse)
    with clock.at(case.due_at), pytest.raises(Invalid, match="due by then"):
        _do(defer, session, organisation.manager, case, until=_day(1), reason="Later.")


def test_what_is_put_aside_is_taken_up_again(session, organisation):
    case = open_for(session, organisation.nurse)
    _do(defer, session, organisation.manager, case, until=_day(1), reason="Leave.")
    _do(defer, session, organisation.manager, case, until=_day(2), reason="Longer leave.")
    assert entries(organisation.manager, case)[-1].changes[-1].old is not None
    _do(take_up, session, organisation.manager, case)
    assert case.deferral is None
    with pytest.raises(Refused, match="not put aside"):
        _do(take_up, session, organisation.manager, case)
    waits = case_at(session, organisation, "reply")
    with pytest.raises(Refused, match="waits for the author"):
        _do(defer, session, organisation.manager, waits, until=_day(2), reason="Later.")


def test_whoever_is_asked_sees_the_case_until_they_answer(session, organisation):
    case = open_for(session, organisation.nurse)
    dpo = organisation.dpo
    assert not can_see(dpo, case)
    _do(ask_help, session, organisation.manager, case, asked=dpo, question="Is a bed number personal data?")
    assert can_see(dpo, case)
    assert primary_act(dpo, case).verb == "answer_help"
    _do(answer_help, session, dpo, case, answer="With the ward and the day, yes.")
    assert not can_see(dpo, case)
    (one,) = help_told(organisation.manager, case)
    assert (one.asked, one.answer) == (dpo, "With the ward and the day, yes.")
    assert _trail(session, case) == ["opened", "help_asked", "help_answered"]


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("nurse", "kept out"),
        ("manager", "than yourself"),
        ("colleague", "do not work on cases"),
        ("director", "kept out"),
    ],
)
def test_who_cannot_be_asked(session, organisation, who, says):
    case = open_for(session, organisation.nurse, reporter=organisation.director)
    with pytest.raises(Invalid, match=says):
        _do(ask_help, session, organisation.manager, case, asked=getattr(organisation, who), question="Why?")


def test_the_author_does_not_read_how_people_work(session, organisation):
    case = open_for(session, organisation.nurse)
    _do(claim, session, organisation.manager, case)
    _do(
        ask_help,
        session,
        organisation.manager,
        case,
        asked=organisation.hr,
        question="Was Nia warned before?",
    )
    assert [step.verb for step in entries(organisation.nurse, case)] == ["open_case"]
    assert [step.verb for step in entries(organisation.manager, case)][1:] == ["claim", "ask_help"]


def test_what_a_guardian_did_meanwhile_does_not_tell_that_there_was_one(session, organisation):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    second = add_person(session, "Second Guardian", RoleName.GUARDIAN)
    assert may_help(organisation.hr, case, organisation.guardian)
    _do(claim, session, organisation.guardian, case)
    _do(ask_help, session, organisation.guardian, case, asked=second, question="Have you met this ward?")
    _do(defer, session, organisation.guardian, case, until=_day(1), reason="She calls tomorrow.")
    _do(release_from_hold, session, organisation.guardian, case, concern="Staffing.", reason="A look.")
    assert can_see(organisation.manager, case)
    assert help_told(organisation.manager, case) == []
    assert [step.verb for step in entries(organisation.manager, case)] == ["open_case"]
    assert not any("Gus" in step.who for step in entries(organisation.manager, case))


def _twin(session, organisation, author=None, text=None, **scored):
    scoring = make_scoring(**scored)
    words = (
        text or "Saw the baker from Mill Lane on the ward again, third fall this month!! https://x.example/1"
    )
    post = make_post(session, author or organisation.nurse, words)
    from governance.workflow.open_case import open_case

    made = open_case(session, assessment=make_assessment(session, post.latest, scoring), scoring=scoring)
    session.flush()
    return made


def test_two_cases_about_the_same_words_become_one(session, organisation):
    goes_on = open_for(session, organisation.nurse)
    twin = _twin(session, organisation)
    _do(join, session, organisation.manager, twin, into=goes_on, reason="Posted on two platforms.")
    assert (twin.stage, twin.closure, goes_on.stage) == ("closed", "joined", "triage")
    assert twin.joined_into.into_id == goes_on.id
    assert [one.case_id for one in goes_on.joined] == [twin.id]
    assert _trail(session, twin) == ["opened", "joined"]
    ended = entries(organisation.nurse, twin)[-1]
    assert ended.reasons == ("Posted on two platforms.",)


def test_what_is_not_joined(session, organisation):
    goes_on = open_for(session, organisation.nurse, severity="medium")
    others = {
        "two people": _twin(session, organisation, author=organisation.colleague),
        "do not say the same": _twin(session, organisation, text="Lovely walk by the canal today."),
        "more serious": _twin(session, organisation, severity="high"),
        "do not stand alike": _twin(session, organisation, severity="medium", guards=["union_activity"]),
        "before the author has answered": case_at(session, organisation, "decision"),
    }
    hr = organisation.hr
    for says, other in others.items():
        actor = hr if says == "do not stand alike" else organisation.manager
        if actor is hr:
            goes_on.holder = hr
        with pytest.raises(
            (Invalid, Conflict), match=says if says != "before the author has answered" else None
        ):
            _do(join, session, actor, other, into=goes_on, reason="Same.")
        goes_on.holder = organisation.manager
    with pytest.raises(Invalid, match="Choose the case"):
        _do(join, session, organisation.manager, goes_on, into=None, reason="Same.")
    assert goes_on.stage == "triage"


def test_whoever_reported_the_one_stays_out_of_the_other(session, organisation):
    goes_on, twin = (
        open_for(session, organisation.nurse),
        open_for(session, organisation.nurse, reporter=organisation.hr),
    )
    _do(join, session, organisation.manager, twin, into=goes_on, reason="Same words.")
    assert not can_see(organisation.hr, goes_on)


def test_several_at_once_each_with_its_own_row_and_answer(session, organisation):
    mine, other = open_for(session, organisation.nurse), open_for(session, organisation.nurse)
    hand_over(
        session,
        organisation.manager,
        case=other,
        version=other.version,
        part="holder",
        to=organisation.director,
        reason="Busy.",
    )
    stale = open_for(session, organisation.nurse)
    told = each(
        session,
        [(mine, mine.version), (other, other.version), (stale, 0)],
        lambda case, version: hand_over(
            session,
            organisation.manager,
            case=case,
            version=version,
            part="holder",
            to=organisation.director,
            reason="Leave.",
        ),
    )
    assert [one.reference for one in told] == [mine.reference, other.reference, stale.reference]
    assert told[0].refusal is None
    assert "none that you may see" in told[1].refusal
    assert "Somebody else saved" in told[2].refusal
    assert _trail(session, mine) == ["opened", "handed_over"]
    assert (mine.holder, stale.holder) == (organisation.director, organisation.manager)
