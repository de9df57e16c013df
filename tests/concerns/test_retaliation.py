"""The retaliation check: its arithmetic, and people who would rather not be counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.concerns.happenings import check_for_retaliation
from governance.concerns.models import ConcernTouched
from governance.concerns.queries import raised_by
from governance.concerns.retaliation import (
    FEWEST,
    RELATIONS,
    WINDOW,
    Counted,
    Happening,
    chance_of,
    compare,
)
from governance.kernel import clock
from governance.people.roles import RoleName
from governance.workflow.concern_steps import keep_concern
from governance.workflow.release_from_hold import release_from_hold
from tests.factories.cases import issue, open_for, to_review, write_opinion
from tests.factories.posts import GOOD
from tests.factories.reports import report
from tests.fixtures.organisation import add_person

RAISED = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
BOSS, UNDER, OTHER = 1, 2, 3


def _compare(*happenings, now=RAISED + 100 * DAY):
    made = [Happening(at, "report", by) for at, by in happenings]
    return compare(made, raised_at=RAISED, now=now, touched={BOSS}, under_touched={UNDER})


def test_the_spans_have_the_same_length_and_the_moment_itself_is_after():
    made = _compare(
        (RAISED - 101 * DAY, BOSS),
        (RAISED - 100 * DAY, BOSS),
        (RAISED - timedelta(seconds=1), BOSS),
        (RAISED, BOSS),
        (RAISED + 99 * DAY, BOSS),
        (RAISED + 100 * DAY, BOSS),
    )
    assert (made.start, made.until) == (RAISED - 100 * DAY, RAISED + 100 * DAY)
    assert made.by_relation["touched"] == Counted(2, 2)


def test_a_year_is_the_longest_and_a_concern_of_today_has_no_span():
    assert _compare(now=RAISED + 900 * DAY).until == RAISED + WINDOW
    fresh = _compare((RAISED - DAY, BOSS), now=RAISED)
    assert (fresh.start, fresh.until, fresh.by_touched) == (RAISED, RAISED, Counted(0, 0))
    assert _compare((RAISED - DAY, BOSS), now=RAISED - DAY).by_touched == Counted(0, 0)


def test_each_is_counted_with_those_they_belong_to():
    made = _compare(*((RAISED + DAY, by) for by in (BOSS, UNDER, UNDER, OTHER, None)))
    counts = {relation: made.by_relation[relation].after for relation in RELATIONS}
    assert counts == {"touched": 1, "under_touched": 2, "others": 1, "nobody": 1}
    assert made.by_touched == Counted(0, 3)
    assert [relation for _, relation in made.after].count("under_touched") == 2


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [(0, 4, None), (0, 5, 1 / 32), (1, 4, 6 / 32), (5, 0, 1.0), (2, 3, 0.5), (0, 10, 1 / 1024)],
)
def test_the_chance_is_the_exact_sign_test_and_silent_where_too_few(before, after, chance):
    assert chance_of(before, after) == chance


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_after_is_never_likelier_by_chance(before, after):
    this, more = chance_of(before, after), chance_of(before, after + 1)
    if before + after >= FEWEST and before:
        swapped = chance_of(before - 1, after + 1)
        assert swapped is not None
        assert this is not None
        assert swapped <= this
    assert this is None or 0 < this <= 1
    assert more is None or 0 < more <= 1


@given(st.lists(st.tuples(st.integers(-500, 500), st.sampled_from([BOSS, UNDER, OTHER, None]))))
def test_everything_in_the_spans_is_counted_once(acts):
    made = _compare(*((RAISED + days * DAY, by) for days, by in acts))
    counted = sum(row.before + row.after for row in made.by_relation.values())
    assert counted == sum(-100 <= days < 100 for days, _ in acts)
    assert len(made.after) == sum(row.after for row in made.by_relation.values())


SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def raised(session, organisation):
    """A concern that the nurse raised sixty days ago about the manager."""
    with clock.at(clock.now() - 60 * DAY):
        concern = keep_concern(
            session,
            organisation.guardian,
            raised_by=organisation.nurse,
            raised_at=clock.now(),
            about="Rotas.",
        )
        session.add(
            ConcernTouched(
                concern=concern,
                person=organisation.manager,
                why="The rota is theirs.",
                named_by=organisation.guardian,
                named_at=clock.now(),
            )
        )
        session.flush()
        session.expire(concern)
    return concern


def _ago(days):
    return clock.at(clock.now() - days * DAY)


def _check(session, concern):
    return check_for_retaliation(session, concern, clock.now())


@SQLITE
def test_the_manager_reports_afterwards(session, organisation, raised):
    with _ago(70):
        report(session, organisation.colleague, organisation.nurse, text=f"{GOOD} 0")
    with _ago(50):
        report(session, organisation.manager, organisation.nurse, text=f"{GOOD} 1")
    made = _check(session, raised)
    assert made.by_touched == Counted(1, 1)  # the colleague answers to the manager
    assert made.by_relation["under_touched"] == Counted(1, 0)
    assert made.chance is None


@SQLITE
def test_a_manager_who_sends_somebody_else_is_seen_through_those_who_answer_to_them(
    session, organisation, raised
):
    far = add_person(session, "Fay Orr", line_manager=organisation.colleague)
    for days, who in ((40, organisation.colleague), (30, far)):
        with _ago(days):
            report(session, who, organisation.nurse, text=f"{GOOD} {days}")
    made = _check(session, raised)
    assert made.by_relation["under_touched"] == Counted(0, 2)
    assert made.by_relation["touched"] == Counted(0, 0)


@SQLITE
def test_the_first_look_and_the_decision_of_a_touched_manager_count(session, organisation, raised):
    with _ago(30):
        case = open_for(session, organisation.nurse, severity="medium")
        to_review(session, case, organisation.director, route="hr")
    made = _check(session, raised)
    assert [(one.kind, relation) for one, relation in made.after] == [
        ("score", "nobody"),
        ("taken_further", "touched"),
    ]


@SQLITE
def test_what_a_released_case_brings_counts_though_its_opening_does_not(session, organisation):
    with _ago(20):
        case = open_for(session, organisation.nurse, guards=["protected_disclosure"])
    release_from_hold(
        session,
        organisation.guardian,
        case=case,
        version=case.version,
        concern="Two nurses for thirty beds.",
        reason="A patient may be known.",
    )
    to_review(session, case, organisation.director, route="hr")
    (concern,) = raised_by(session, organisation.nurse)
    made = check_for_retaliation(session, concern, clock.now() + DAY)
    assert [one.kind for one, _ in made.after] == ["taken_further"]


@SQLITE
def test_what_they_told_of_themselves_and_what_happened_to_others_is_not_counted(
    session, organisation, raised
):
    with _ago(10):
        report(session, organisation.nurse, None, "self_report")
        report(session, organisation.manager, organisation.colleague)
    made = _check(session, raised)
    assert [one.kind for one, _ in made.after] == []


@SQLITE
def test_a_complaint_that_a_touched_manager_writes_down_counts_as_theirs(session, organisation, raised):
    with _ago(10):
        report(session, organisation.manager, organisation.nurse, "patient_complaint")
    assert _check(session, raised).by_relation["touched"] == Counted(0, 1)


@SQLITE
def test_no_action_is_no_outcome_against_them(session, organisation, raised):
    add_person(session, "Hal Poole", RoleName.HR)
    for outcome in ("no_action", "learning"):
        with _ago(5):
            case = open_for(session, organisation.nurse, severity="medium")
            to_review(session, case, organisation.director, route="hr")
            write_opinion(session, case, organisation.hr, "hr")
            case.stage = "decision"
            session.flush()
            issue(session, case, outcome)
    decided = [one for one, _ in _check(session, raised).after if one.kind == "decision"]
    assert len(decided) == 1
