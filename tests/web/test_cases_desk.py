"""The queue's pages: several cases at once, what is kept, what lies on a desk, and who has had the evidence."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from governance.audit.models import AuditEntry
from governance.cases.desk.models import CaseClaim
from governance.cases.models import Case, CaseGuard
from governance.kernel import clock
from governance.workflow.ask_help import ask_help
from tests.factories.cases import case_at, issue, open_for


@pytest.fixture
def opened(session, organisation):
    """`opened(number)`: references of as many committed cases at their first look, held by the manager."""

    def make(number=1, **scored):
        references = [open_for(session, organisation.nurse, **scored).reference for _ in range(number)]
        session.commit()
        return references

    return make


def _versions(page):
    return re.findall(r'name="case" value="(CASE-[^"]+)"', page.text)


def _main(answer):
    return unescape(answer.text.split("<main", 1)[1].split("</main", 1)[0])


def test_several_are_handed_over_at_once(session, organisation, visitor, opened):
    director = organisation.director.id
    references = opened(3)
    manager = visitor(organisation.manager)
    page = manager.get("/cases/several?act=assign&case=" + "&case=".join(references))
    chosen = _versions(page)
    assert len(chosen) == 3
    manager.post(f"/cases/{references[2]}/claim", {"version": 0})  # stale: nothing is done
    data = {"act": "assign", "case": chosen, "to": director, "reason": "On leave."}
    assert "Enter your reason" in manager.post("/cases/several", data | {"reason": " "}).text
    done = manager.post("/cases/several", data)
    assert "3 cases were done" in _main(done)
    session.expire_all()
    assert set(session.scalars(select(Case.holder_id))) == {director}
    events = session.scalars(select(AuditEntry.event).where(AuditEntry.event == "case.handed_over")).all()
    assert len(events) == 3
    session.rollback()
    assert "Tick the cases in the queue first" in _main(
        manager.post("/cases/several", data)
    )  # no longer theirs


def test_each_refusal_is_told(session, organisation, visitor, opened):
    (mine,) = opened()
    waits = case_at(session, organisation, "reply").reference
    session.commit()
    manager = visitor(organisation.manager)
    chosen = _versions(manager.get(f"/cases/several?act=defer&case={mine}&case={waits}&case=CASE-1999-0001"))
    tomorrow = clock.local_date(clock.now()) + timedelta(days=1)
    data = {"act": "defer", "case": chosen, "until": tomorrow.isoformat(), "reason": "I meet them tomorrow."}
    said = _main(manager.post("/cases/several", data))
    assert "1 case was done, 1 was not" in said
    assert "waits for the author's answer" in said
    assert mine in manager.get("/cases/?view=aside").text
    assert "Enter a day" in manager.post("/cases/several", data | {"until": "soon"}).text


def test_there_is_no_outcome_for_several(organisation, visitor, opened):
    (reference,) = opened()
    manager = visitor(organisation.manager)
    page = manager.get(f"/cases/several?act=decide&case={reference}")
    assert "Take up these cases" in page.text
    assert "tick" in manager.get("/cases/several").text.lower()


def test_two_cases_are_joined_from_the_queue_and_lead_to_each_other(session, organisation, visitor, opened):
    first, second = opened(2)
    manager = visitor(organisation.manager)
    chosen = _versions(manager.get(f"/cases/several?act=join&case={first}&case={second}"))
    sent = manager.post(
        "/cases/several", {"act": "join", "case": chosen, "into": first, "reason": "Posted twice."}
    )
    assert "1 case was done" in _main(sent)
    assert first in _main(manager.get(f"/cases/{second}"))
    assert second in _main(manager.get(f"/cases/{first}"))


def test_a_view_is_kept_with_its_count(organisation, visitor, opened):
    opened(2)
    manager = visitor(organisation.manager)
    sent = manager.post(
        "/cases/views", {"name": "My <b>leaks</b>", "query": "view=team&category=confidentiality&x=1"}
    )
    assert sent.location == "/cases/?view=team&category=confidentiality"
    page = manager.get("/cases/").text
    assert re.search(
        r'href="/cases/\?view=team&amp;category=confidentiality"[^>]*>My &lt;b&gt;leaks&lt;/b&gt; <span[^>]*>2<',
        page,
    )
    drop = re.search(r'action="(/cases/views/\d+/remove)"', page).group(1)
    assert visitor(organisation.director).post(drop).status_code == 404
    assert manager.post(drop).status_code == 303
    assert "leaks" not in manager.get("/cases/").text.split("is removed")[-1]


def test_keys_are_switched_off_for_one_person(organisation, visitor, opened):
    opened()
    manager, director = visitor(organisation.manager), visitor(organisation.director)
    assert "queue-keys.js" in manager.get("/cases/").text
    manager.post("/cases/keys", {"keys": "off"})
    assert "queue-keys.js" not in manager.get("/cases/").text
    assert "queue-keys.js" in director.get("/cases/?view=team").text


def test_a_question_is_answered_and_stands_on_the_case(session, organisation, visitor):
    case = open_for(session, organisation.nurse)
    ask_help(
        session,
        organisation.manager,
        case=case,
        version=case.version,
        asked=organisation.dpo,
        question="Is a bed number personal data?",
    )
    reference, version = case.reference, case.version
    session.commit()
    dpo = visitor(organisation.dpo)
    assert reference in dpo.get("/cases/").text
    assert "Is a bed number personal data?" in dpo.get(f"/cases/{reference}/asked").text
    sent = dpo.post(f"/cases/{reference}/asked", {"version": version, "answer": "With the ward, yes."})
    assert sent.location == "/cases/"
    assert dpo.get(f"/cases/{reference}").status_code == 404
    assert "With the ward, yes." in visitor(organisation.manager).get(f"/cases/{reference}").text
    assert "With the ward" not in visitor(organisation.nurse).get(f"/cases/{reference}").text


def test_taking_up_is_seen_by_others_and_lasts_as_long_as_the_setting_says(
    session, organisation, visitor, app, opened
):
    (reference,) = opened()
    manager = visitor(organisation.manager)
    version = session.scalar(select(Case.version).where(Case.reference == reference))
    session.rollback()
    assert manager.post(f"/cases/{reference}/claim", {"version": version}).status_code == 303
    assert "Mark Osei has it until" in _main(visitor(organisation.director).get("/cases/?view=team"))
    session.expire_all()
    claim = session.scalars(select(CaseClaim)).one()
    assert claim.until - claim.claimed_at == timedelta(hours=app.config["SETTINGS"].claim_hours)


def test_opening_closed_words_is_recorded_and_told(session, organisation, visitor, opened):
    (reference,) = opened()
    manager = visitor(organisation.manager)
    for _ in range(2):
        manager.get(f"/cases/{reference}?show=words")
    session.expire_all()
    shown = session.scalars(select(AuditEntry.actor_id).where(AuditEntry.event == "case.words_shown")).all()
    assert shown == [organisation.manager.id]
    session.rollback()
    assert "Mark Osei. Asked to see the words" in _main(
        visitor(organisation.director).get(f"/cases/{reference}")
    )
    assert "Asked to see" not in visitor(organisation.nurse).get(f"/cases/{reference}").text


def test_who_looked_does_not_tell_of_a_guardian(session, organisation, visitor):
    case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    reference, version = case.reference, case.version
    session.commit()
    guardian = visitor(organisation.guardian)
    guardian.get(f"/cases/{reference}?show=words")
    guardian.post(
        f"/cases/{reference}/release", {"version": version, "concern": "Staffing.", "reason": "A look."}
    )
    assert "Gus Adler. Asked to see" in _main(guardian.get(f"/cases/{reference}"))
    assert "Gus Adler" not in visitor(organisation.manager).get(f"/cases/{reference}").text


def test_earlier_outcomes_are_those_that_bear_on_this_case(session, organisation, visitor):
    for outcome, more in (
        ("learning", {}),
        ("no_action", {}),
        ("reflection", {"categories": ["boundaries"]}),
        ("supportive_conversation", {}),
    ):
        case = case_at(session, organisation, "decision", severity="medium", **more)
        issue(session, case, outcome)
    session.add(CaseGuard(case=case, guard="own_health", spans=[]))
    now = open_for(session, organisation.nurse).reference
    session.commit()
    page = _main(visitor(organisation.manager).get(f"/cases/{now}"))
    told = page.split("Earlier outcomes", 1)[1].split("</section>", 1)[0]
    assert re.findall(r"<li>([^,]+),", told) == ["Learning"]
    assert "Earlier outcomes" not in visitor(organisation.nurse).get(f"/cases/{now}").text
