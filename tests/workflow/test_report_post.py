"""Ways in beside the score."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.cases.models import Case
from governance.cases.sight import can_see
from governance.cases.timeline import entries
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused
from governance.people.roles import RoleName
from governance.posts.models import Post
from governance.reports.policy import (
    can_handle,
    may_know_complainant,
    may_know_reporter,
    may_read,
    may_see_evidence,
)
from governance.reports.titles import told_reporter
from governance.workflow.triage import triage
from tests.factories.posts import GOOD, scored, submit, words
from tests.factories.reports import PNG, report
from tests.fixtures.organisation import add_person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _no_concern(session, case):
    return triage(
        session,
        case.holder,
        case=case,
        version=case.version,
        identity="theirs",
        how_known="Asked them.",
        outcome="no_concern",
        reason="General words.",
    )


def test_a_report_opens_a_case_whatever_the_score(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse)
    case = made.case
    assert (made.state, made.severity, case.origin, case.stage) == ("in_case", "none", "report", "triage")
    assert case.holder == organisation.manager
    assert (case.post.provenance, case.post.account, case.post.author) == (
        "reported",
        None,
        organisation.nurse,
    )
    assert {(part.person, part.part) for part in case.parts} == {
        (organisation.nurse, "subject"),
        (organisation.colleague, "reporter"),
    }
    trail = session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)).all()
    assert trail[-4:] == ["report.made", "post.submitted", "post.assessed", "case.opened"]


def test_the_reporter_is_told_where_it_stands_and_not_the_outcome(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse)
    assert told_reporter(made) == "Being looked at"
    _no_concern(session, made.case)
    assert told_reporter(made) == "Closed"
    assert not can_see(organisation.colleague, made.case)


def test_a_line_manager_who_reports_does_not_hold_the_case(session, organisation):
    assert report(session, organisation.manager, organisation.nurse).case.holder == organisation.director


def test_only_hr_knows_who_reported(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse, files=[("screen.png", PNG)])
    case = made.case
    for who in ("nurse", "manager", "director"):
        person = getattr(organisation, who)
        assert organisation.colleague.name not in str(entries(person, case)), who
        assert not may_know_reporter(person, made), who
    assert may_see_evidence(organisation.nurse, made)
    assert not may_read(organisation.nurse, made)
    case.holder = organisation.hr
    assert may_know_reporter(organisation.hr, made)
    assert organisation.colleague.name in str(entries(organisation.hr, case))


def test_the_author_is_told_who_reported_where_they_agreed(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse, may_name=True)
    assert may_know_reporter(organisation.nurse, made)


def test_a_report_of_ones_own_names_no_reporter(session, organisation):
    case = report(session, organisation.nurse, None, "self_report").case
    assert (case.origin, case.subject) == ("self_report", organisation.nurse)
    assert {part.part for part in case.parts} == {"subject"}


def test_a_patients_name_stays_with_hr(session, organisation):
    made = report(session, organisation.manager, organisation.nurse, "patient_complaint")
    assert (made.from_whom, made.case.holder) == ("Pat Ashby", organisation.manager)
    made.case.holder = organisation.hr
    assert may_know_complainant(organisation.hr, made)
    assert not may_know_complainant(organisation.nurse, made)
    assert not may_know_complainant(organisation.director, made)


def test_a_complainant_who_works_here_has_no_other_part(session, organisation):
    made = report(
        session,
        organisation.hr,
        organisation.nurse,
        "patient_complaint",
        complainant=organisation.manager,
    )
    assert made.case.holder == organisation.director
    assert not can_see(organisation.manager, made.case)


@pytest.mark.parametrize(
    ("way", "who", "may"),
    [
        ("patient_complaint", "nurse", False),
        ("patient_complaint", "manager", True),
        ("patient_complaint", "compliance", True),
        ("regulator_letter", "manager", False),
        ("regulator_letter", "compliance", True),
        ("regulator_letter", "hr", True),
    ],
)
def test_what_comes_from_outside_is_written_down_by_some(session, organisation, way, who, may):
    actor = getattr(organisation, who)
    if may:
        assert report(session, actor, organisation.colleague, way).case.origin == way
    else:
        with pytest.raises(Refused):
            report(session, actor, organisation.colleague, way)


def test_not_sure_whose_waits_with_hr_and_stores_no_post(session, organisation):
    made = report(session, organisation.colleague, None)
    assert (made.state, made.desk, made.case) == ("waiting", "hr", None)
    assert session.scalar(select(func.count(Post.id))) == 0
    assert may_read(organisation.hr, made)
    assert not may_read(organisation.manager, made)


def speaking_up():
    """One of the rulebook's own examples in which the engine hears a concern raised, whatever its severity."""
    texts = [
        str(example.given["text"]) for rule in shipped_rulebook().rules.values() for example in rule.fires
    ]
    return next(
        text for text in texts if any(one.id == "protected_disclosure" for one in scored(text).guards)
    )


def test_what_may_be_speaking_up_waits_with_the_guardian(session, organisation):
    text = speaking_up()
    made = report(session, organisation.colleague, None, text=text)
    assert made.desk == "guardian"
    assert not may_read(organisation.hr, made)
    held = report(session, organisation.colleague, organisation.nurse, text=text + " Twice.")
    assert (held.case.stage, held.case.holder) == ("held", organisation.guardian)
    assert not may_read(organisation.hr, held)


def test_a_further_report_joins_the_open_case(session, organisation):
    case = submit(session, organisation.nurse, words("high")).case
    made = report(session, organisation.colleague, organisation.nurse, text=words("high"))
    assert made.case is case
    assert session.scalar(select(func.count(Case.id))) == 1
    assert [one.what for one in entries(organisation.manager, case)][-1] == "Reported again"
    assert not can_see(organisation.colleague, case)


def test_the_same_address_with_other_words_joins_and_leaves_the_authors_words(session, organisation):
    url = "https://x.com/ward/status/1234567"
    case = submit(session, organisation.nurse, words("high"), url=url).case
    made = report(session, organisation.colleague, organisation.nurse, text="Worse words", url=url + "?s=20")
    assert made.case is case
    assert [one.text for one in case.post.versions] == [words("high")]


def test_other_words_of_a_closed_post_become_a_post_of_their_own(session, organisation):
    url = "https://x.com/ward/status/1234567"
    post = submit(session, organisation.nurse, GOOD, url=url).post
    made = report(session, organisation.colleague, organisation.nurse, text=words("high"), url=url)
    assert made.case.post is not post
    assert [one.text for one in post.versions] == [GOOD]


def test_who_acts_in_the_open_case_does_not_report_it_as_well(session, organisation):
    case = submit(session, organisation.nurse, words("high")).case
    with pytest.raises(Conflict, match=case.reference):
        report(session, organisation.manager, organisation.nurse, text=words("high"))


def test_a_complainant_who_holds_the_open_case_is_replaced(session, organisation):
    case = submit(session, organisation.nurse, words("high")).case
    assert case.holder == organisation.manager
    report(
        session,
        organisation.hr,
        organisation.nurse,
        "patient_complaint",
        text=words("high"),
        complainant=organisation.manager,
    )
    assert case.holder == organisation.director
    assert not can_see(organisation.manager, case)
    changed = [(one.field, one.old, one.new) for one in case.events if one.verb == "report"]
    assert ("holder", "Mark Osei", "Dora Lindt") in changed


def test_nobody_reports_the_same_post_twice(session, organisation):
    report(session, organisation.colleague, organisation.nurse)
    with pytest.raises(Invalid, match="You reported this post already: REP-"):
        report(session, organisation.colleague, organisation.nurse)


def test_words_that_were_reviewed_wait_for_somebody_to_say_what_is_new(session, organisation):
    _no_concern(session, report(session, organisation.colleague, organisation.nurse).case)
    other = add_person(session, "Ola Berg", line_manager=organisation.manager)
    made = report(session, other, organisation.nurse)
    assert (made.state, made.reviewed_before, made.case) == ("waiting", True, None)
    assert session.scalar(select(func.count(Case.id))) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"way": "hearsay"}, "way"),
        ({"platform": ""}, "platform"),
        ({"text": "  "}, "text"),
        ({"worry": ""}, "worry"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"audience": "everyone"}, "audience"),
        ({"about_whom": "", "person": None}, "about_whom"),
        ({"way": "patient_complaint", "from_whom": ""}, "from_whom"),
        ({"files": [("a.exe", b"MZ")]}, "file"),
        ({"files": [(f"{n}.png", PNG + bytes([n])) for n in range(4)]}, "file"),
    ],
)
def test_what_is_missing_is_named(session, organisation, given, field):
    with pytest.raises(Invalid) as error:
        report(
            session,
            organisation.hr,
            given.pop("person", organisation.nurse),
            given.pop("way", "report"),
            **given,
        )
    assert error.value.field == field


def test_a_time_to_come_is_refused(session, organisation):
    with pytest.raises(Invalid, match="future"):
        report(session, organisation.hr, organisation.nurse, posted_at=clock.now() + timedelta(days=1))


def test_files_are_kept_once_by_their_hash(session, organisation):
    made = report(session, organisation.colleague, organisation.nurse, files=[("a.png", PNG), ("b.png", PNG)])
    session.expire(made)
    (kept,) = made.evidence
    assert (kept.content, len(kept.sha256)) == (PNG, 64)


def test_nobody_in_hr_who_is_concerned_looks_after_it(session, organisation):
    own = report(session, organisation.hr, None)
    assert may_read(organisation.hr, own)  # as whoever sent it in
    assert can_handle(organisation.hr, own) is not None
    assert can_handle(add_person(session, "Hal Poole", RoleName.HR), own) is None
