"""What waits for a person: theirs alone, what is due first, and few queries however much there is."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from governance.cases.clocks.words import reply_by
from governance.insight import waiting
from governance.kernel import clock
from governance.workflow.ask_changes import ask_changes
from tests.factories.accounts import acknowledge, make_account
from tests.factories.cases import case_at, open_for
from tests.factories.cases import make_post as make_reported_post
from tests.factories.rulebooks import propose, publish, write
from tests.factories.trends import Said, make_posts, weeks_ago
from tests.fixtures.organisation import Organisation


def texts(tasks):
    return [task.text for task in tasks]


def test_nurse_without_anything_is_asked_to_read_the_notice(session, organisation: Organisation):
    assert texts(waiting.own_tasks(session, organisation.nurse)) == ["Read what is looked at, and why"]
    acknowledge(session, organisation.nurse)
    assert waiting.own_tasks(session, organisation.nurse) == []


def test_answer_is_asked_for_by_its_last_day_and_comes_first(session, organisation: Organisation):
    case = case_at(session, organisation, "reply")
    account = make_account(session, organisation.nurse, handle="nia_rowan")
    first, review, proof = waiting.own_tasks(session, organisation.nurse)
    assert first.text == f"Give your answer in {case.reference}"
    assert first.due == reply_by(case)
    assert not first.overdue()
    assert (review.text, review.due) == (
        "Look through the privacy settings of nia_rowan",
        account.privacy_review_due_on,
    )
    assert (proof.text, proof.values) == ("Show that nia_rowan is yours", {"account_id": account.id})
    with clock.at(clock.now() + timedelta(days=30)):
        assert waiting.own_tasks(session, organisation.nurse)[0].overdue()
    assert waiting.own_tasks(session, organisation.colleague)[0].endpoint == "notice.show"


def test_privacy_review_is_spoken_of_two_weeks_before(session, organisation: Organisation):
    account = make_account(session, organisation.nurse, handle="nia", confirmed_by=organisation.manager)
    account.privacy_review_due_on = waiting.today() + timedelta(days=15)
    session.flush()
    assert waiting.own_tasks(session, organisation.nurse) == []
    account.privacy_review_due_on = waiting.today() + timedelta(days=14)
    session.flush()
    (task,) = waiting.own_tasks(session, organisation.nurse)
    assert task.text == "Look through the privacy settings of nia"
    assert task.due == account.privacy_review_due_on


def test_draft_that_came_back_waits_for_its_author(session, organisation: Organisation):
    draft = make_reported_post(session, organisation.nurse, kind="draft")
    draft.approver_id = organisation.manager.id
    session.flush()
    work = waiting.draft_work(session, organisation.manager)
    assert ([one.id for one in work.drafts], work.total) == ([draft.id], 1)
    assert waiting.draft_work(session, organisation.director).total == 0
    ask_changes(
        session, organisation.manager, post=draft, version=draft.version, comment="Leave out the ward."
    )
    session.flush()
    assert waiting.draft_work(session, organisation.manager).total == 0
    assert "Look at the changes asked for" in texts(waiting.own_tasks(session, organisation.nurse))


def test_cases_wait_for_whoever_acts(session, organisation: Organisation):
    case = open_for(session, organisation.nurse)
    assert [one.id for one in waiting.case_work(session, organisation.manager).cases] == [case.id]
    for other in (organisation.clinical_lead, organisation.hr, organisation.guardian, organisation.director):
        assert waiting.case_work(session, other).cases == []
    assert [one.id for one in waiting.own_cases(session, organisation.nurse)] == [case.id]
    held = open_for(session, organisation.colleague, guards=["protected_disclosure"])
    assert [one.id for one in waiting.case_work(session, organisation.guardian).cases] == [held.id]
    assert held.id not in [one.id for one in waiting.case_work(session, organisation.manager).cases]


def test_month_counts_own_posts_and_their_good(session, organisation: Organisation):
    today = waiting.today()
    make_posts(
        session,
        [
            Said(organisation.nurse, today, benefits=["education", "awareness"]),
            Said(organisation.nurse, today, benefits=["education"]),
            Said(organisation.nurse, weeks_ago(9), benefits=["education"]),
            Said(organisation.colleague, today, benefits=["education"]),
            Said(organisation.nurse, today, draft=True),
        ],
    )
    month = waiting.own_month(session, organisation.nurse)
    assert (month.posts, month.benefits) == (2, [("education", 2), ("awareness", 1)])


def test_accounts_to_confirm_are_counted_for_those_who_may(session, organisation: Organisation):
    make_account(session, organisation.nurse)
    assert waiting.accounts_to_confirm(session, organisation.manager) == 1
    assert waiting.accounts_to_confirm(session, organisation.compliance) == 1
    assert waiting.accounts_to_confirm(session, organisation.clinical_lead) == 0
    assert waiting.without_line_manager(session) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_number_of_queries_does_not_grow_with_the_work(session, engine, organisation: Organisation):
    counted = []
    event.listen(engine, "before_cursor_execute", lambda *given: counted.append(given[2]))

    def queries() -> int:
        session.expire_all()
        manager = session.merge(organisation.manager)
        assert manager.role_names
        counted.clear()
        work = waiting.case_work(session, manager)
        assert [len(case.assessment.categories) for case in work.cases]
        waiting.own_tasks(session, manager)
        return len(counted)

    open_for(session, organisation.nurse)
    few = queries()
    for _ in range(4):
        open_for(session, organisation.colleague)
    assert queries() == few


def test_a_second_person_is_asked_to_agree_to_rules_and_the_author_is_not(
    session, organisation: Organisation
):
    publish(session, organisation)
    write(session, organisation)
    version = propose(session, organisation, write(session, organisation, ""))
    for who in ("clinical_lead", "hr", "compliance", "manager"):
        asked = [one for one in waiting.own_tasks(session, getattr(organisation, who)) if "rules" in one.text]
        wanted = [{"number": version.number}] if who in ("clinical_lead", "hr") else []
        assert [one.values for one in asked] == wanted, who
