"""Rules tried on stored posts: every published post since a day, cases as the judge, small numbers hidden on pages."""

from datetime import timedelta

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.guidance.overlay import lay_over
from governance.insight.backtest import backtest, preview, stored
from governance.kernel import clock
from governance.scoring.comparison import Verdict
from tests.factories.cases import case_at as case_of_the_nurse
from tests.factories.cases import issue, make_assessment, make_post, make_scoring, to_review, write_opinion
from tests.factories.rulebooks import FRIENDS, QUIET, RULE
from tests.fixtures.organisation import add_person

BOOK = shipped_rulebook()
OURS = lay_over(BOOK, RULE, file="ours", name="ours")
LONG_AGO = clock.local_date(clock.now()) - timedelta(days=400)


def ours(effects):
    return next(one for one in effects if one.change.rule.id == "org.friends")


def people_posting(session, organisation, count, text=FRIENDS):
    return [
        make_post(session, add_person(session, f"Una {n}", department=organisation.ward), text)
        for n in range(count)
    ]


def test_published_posts_since_the_day_in_the_words_that_stand_now(session, organisation):
    nurse, today = organisation.nurse, clock.local_date(clock.now())
    now, old = make_post(session, nurse), make_post(session, nurse)
    make_post(session, nurse, kind="draft")
    old.local_date = today - timedelta(days=30)
    session.flush()
    seen = {known.name: known for known in stored(session, today - timedelta(days=29))}
    assert seen.keys() == {str(now.id)}, "neither the old one nor the draft"
    assert seen[str(now.id)].post.profession == nurse.profession
    assert [known.name for known in stored(session, LONG_AGO, most=1)] == [str(max(now.id, old.id))]


def test_a_rule_is_measured_with_the_authors_own_earlier_posts_beside_it(session, organisation):
    first, second = (make_post(session, organisation.nurse, text) for text in (QUIET, FRIENDS))
    recent = {known.name: [one.id for one in known.post.recent_posts] for known in stored(session, LONG_AGO)}
    assert recent[str(second.id)] == [str(first.id)]


def test_cases_say_what_was_right(session, organisation):
    upheld = case_of_the_nurse(session, organisation, "issued", categories=["boundaries"])
    dismissed = case_of_the_nurse(session, organisation, "decision")
    issue(session, dismissed, "no_action")
    open_still = case_of_the_nurse(session, organisation, "review")
    held = case_of_the_nurse(session, organisation, "held", guards=["protected_disclosure"])
    found = {known.name: known.verdict for known in stored(session, LONG_AGO)}
    assert found == {
        str(upheld.post_id): Verdict(True, frozenset({"boundaries"})),
        str(dismissed.post_id): Verdict(False, frozenset({"confidentiality"})),
        str(open_still.post_id): None,
        str(held.post_id): None,
    }


def decided(session, organisation, author, outcome):
    from governance.workflow.open_case import open_case
    from governance.workflow.reply import reply

    scoring = make_scoring(categories=["boundaries"])
    assessment = make_assessment(session, make_post(session, author, FRIENDS).latest, scoring)
    case = open_case(session, assessment=assessment, scoring=scoring)
    to_review(session, case, organisation.director)
    write_opinion(session, case, organisation.clinical_lead, "clinical")
    write_opinion(session, case, organisation.hr, "hr")
    reply(session, author, case=case, version=case.version, text="I am sorry.")
    issue(session, case, outcome)


def test_precision_counts_decided_cases_alone(session, organisation):
    for outcome in ("learning", "no_action", "reflection"):
        decided(session, organisation, organisation.nurse, outcome)
    people_posting(session, organisation, 2)
    effect = ours(backtest(session, BOOK, OURS, LONG_AGO))
    assert (effect.speaks, effect.right, effect.wrong, effect.missed) == (5, 2, 1, 0)


@pytest.mark.parametrize(("people", "shown"), [(0, None), (4, None), (5, 5), (7, 5), (8, 10)])
def test_a_page_shows_whole_fives_and_hides_few_people(session, organisation, people, shown):
    people_posting(session, organisation, people)
    found = ours_shown(session)
    assert (found.speaks, found.newly, found.silent) == (shown, shown, None)
    assert (found.precision, found.recall) == (None, None)


def ours_shown(session):
    return next(one for one in preview(session, BOOK, OURS) if one.change.rule.id == "org.friends")


def test_one_person_with_many_posts_stays_hidden(session, organisation):
    for _ in range(6):
        make_post(session, organisation.nurse, FRIENDS)
    assert ours_shown(session).newly is None


def test_cases_of_few_people_stay_hidden_on_a_page(session, organisation):
    for outcome in ("learning", "no_action"):
        decided(session, organisation, organisation.nurse, outcome)
    people_posting(session, organisation, 5)
    assert (ours_shown(session).precision, ours_shown(session).newly) == (None, 5)
    for n in range(4):
        author = add_person(
            session, f"Ewa {n}", department=organisation.ward, line_manager=organisation.manager
        )
        decided(session, organisation, author, "learning")
    assert ours_shown(session).precision == 0.8
