"""The pages of cases."""

import re
import threading
from html import unescape

import pytest
from sqlalchemy import func, select

from governance.audit.models import AuditEntry
from governance.cases.models import Case, Decision
from governance.cases.titles import PROPORTIONALITY
from governance.posts.models import PostVersion
from governance.workflow.open_case import open_case
from governance.workflow.reply import reply
from tests.factories.cases import (
    JUST_CULTURE,
    WORDS,
    add_newcomer,
    case_at,
    make_assessment,
    make_scoring,
    open_for,
    to_review,
    write_opinion,
)

LOOK = {
    "identity": "theirs",
    "how_known": "Registered account.",
    "outcome": "review",
    "reason": "A patient may be known.",
    "route": "both",
}
DECISION = {
    "outcome": "reflection",
    "reasons": "The one reason that must not be lost",
    "sources": "Good medical practice, paragraph 88",
}


@pytest.fixture
def made(session, organisation):
    """`made(stage)`: the reference of a committed case at that stage."""

    def make(stage, **scored):
        case = case_at(session, organisation, stage, **scored)
        session.commit()
        return case.reference, case.version

    return make


def test_who_opens_a_case_and_who_does_not_know_of_it(organisation, visitor, made):
    reference, _ = made("triage")
    answers = {
        who: visitor(getattr(organisation, who)).get(f"/cases/{reference}").status_code
        for who in ("nurse", "manager", "director", "colleague", "hr", "guardian", "compliance", "admin")
    }
    assert {who for who, status in answers.items() if status == 200} == {"nurse", "manager", "director"}
    assert set(answers.values()) == {200, 404}


def test_the_first_look_warns_that_the_author_reads_how_it_was_checked(organisation, visitor, made):
    reference, version = made("triage")
    manager = visitor(organisation.manager)
    assert "The author can read this: do not name who reported it" in unescape(
        manager.get(f"/cases/{reference}/first-look").text
    )
    look = LOOK | {"how_known": "I asked them on the ward.", "outcome": "no_concern"}
    assert manager.post(f"/cases/{reference}/first-look", {"version": version, **look}).status_code == 303
    assert "I asked them on the ward." in visitor(organisation.nurse).get(f"/cases/{reference}").text


def test_whoever_stepped_back_is_told_why_they_no_longer_act(organisation, visitor, made):
    reference, version = made("triage")
    manager = visitor(organisation.manager)
    sent = manager.post(f"/cases/{reference}/step-back", {"version": version, "reason": "Friends."})
    assert (sent.status_code, sent.location) == (303, "/cases/")
    page = manager.get(f"/cases/{reference}")
    assert page.status_code == 403
    assert "You stepped back from this case" in page.text


def test_the_words_are_closed_for_others_where_they_may_hurt(organisation, visitor, made):
    reference, _ = made("triage", severity="high")
    manager = visitor(organisation.manager)
    page = manager.get(f"/cases/{reference}").text
    assert "Show the words" in page
    assert "Mill Lane" not in page  # not even hidden in it
    assert "the baker from Mill Lane" in manager.get(f"/cases/{reference}?show=words").text
    own = visitor(organisation.nurse).get(f"/cases/{reference}").text
    assert "Show the words" not in own
    assert "the baker from Mill Lane" in own


def test_the_queue_tells_the_gist_and_never_the_words(organisation, visitor, made):
    reference, _ = made("triage", categories=["confidentiality", "employer_time"])
    page = visitor(organisation.manager).get("/cases/").text
    assert reference in page
    assert "Confidentiality, Working time and resources" in page
    assert "baker" not in page
    assert WORDS not in page


def test_the_queue_answers_whatever_the_address_asks(organisation, visitor, made):
    made("triage")
    manager = visitor(organisation.manager)
    for address, says in (
        ("?reference=9999", "No case fits what you chose"),
        ("?view=closed", "No closed case"),
        ("?view=nonsense&stage=court&page=-3&severity=x", "CASE-"),
        ("?page=999&reference=%00%27%25", "CASE-"),
    ):
        page = manager.get(f"/cases/{address}")
        assert page.status_code == 200
        assert says in page.text


def test_an_empty_queue_says_what_would_be_here(organisation, visitor):
    assert "Nothing needs you now" in visitor(organisation.manager).get("/cases/").text
    assert "There is no case about a post of yours" in visitor(organisation.nurse).get("/cases/yours").text


def test_every_page_shows_the_check_that_opened_the_case_and_the_newest(session, organisation, visitor):
    case = case_at(session, organisation, "reply", severity="medium", categories=["confidentiality"])
    post = case.post
    post.versions.append(
        PostVersion(number=2, text="My newer words", written_by=post.author, written_at=case.opened_at)
    )
    session.flush()
    scoring = make_scoring("high", categories=["employer_time"])
    open_case(session, assessment=make_assessment(session, post.latest, scoring), scoring=scoring)
    reference = case.reference
    session.commit()
    nurse, director = visitor(organisation.nurse), visitor(organisation.director)
    for page in (
        nurse.get(f"/cases/{reference}").text,
        nurse.get(f"/cases/{reference}/answer").text,
        director.get(f"/cases/{reference}?show=words").text,
    ):
        assert page.lower().index("version 2") < page.index("the day the case was opened")
        assert "er words" in page
        assert "the baker from Mill Lane" in page
        assert page.count('class="app-finding ') == 2
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))
    assert "Confidentiality, Working time and resources" in nurse.get("/cases/yours").text
    assert reference in director.get("/cases/?view=waiting&category=employer_time").text


def test_own_cases_say_what_to_do_and_by_when(organisation, visitor, made):
    reference, _ = made("reply")
    page = visitor(organisation.nurse).get("/cases/yours").text
    assert reference in page
    assert "Please answer by" in page


def test_the_whole_way(session, organisation, visitor, made):
    reference, _ = made("triage")

    def send(who, path, **data):
        session.expire_all()
        version = session.scalar(select(Case.version).where(Case.reference == reference))
        session.rollback()
        sent = visitor(getattr(organisation, who)).post(
            f"/cases/{reference}/{path}", {"version": version, **data}
        )
        assert sent.status_code == 303, sent.text

    opinion = {
        "seriousness": "low",
        "findings": "A slip.",
        "other_sources": "Local policy\nGood medical practice",
        **JUST_CULTURE,
    }
    send("manager", "first-look", **LOOK, decider=organisation.director.id)
    send("clinical_lead", "opinions/clinical", **opinion)
    hidden = visitor(organisation.nurse).get(f"/cases/{reference}").text
    assert "A slip." not in hidden
    send("hr", "opinions/hr", **opinion)
    assert "A slip." in visitor(organisation.nurse).get(f"/cases/{reference}/answer").text
    send("nurse", "answer", text="I am sorry.\nIt is gone.", companion="Una Rep")
    send("director", "decision", **DECISION)
    send("manager", "close", reason="Reflection seen.")
    page = visitor(organisation.nurse).get(f"/cases/{reference}").text
    for words in ("I am sorry.", "Una Rep", "A written reflection", DECISION["reasons"], "Reflection seen."):
        assert words in page
    assert "Clem Hart" not in page


AMISS = (
    ("manager", "triage", "first-look", {}, "Enter how you checked"),
    ("manager", "triage", "first-look", LOOK | {"route": ""}, "Choose whose opinion is needed"),
    ("manager", "triage", "first-look", LOOK | {"decider": "x9"}, "Name the person who will decide"),
    ("manager", "triage", "step-back", {}, "Enter your reason"),
    ("manager", "review", "hand-over", {"reason": "Away"}, "Choose what is handed over"),
    ("hr", "review", "opinions/hr", {"seriousness": "low", "findings": "Kept words"}, "at least one source"),
    ("nurse", "reply", "answer", {"text": ""}, "Enter your answer"),
    ("nurse", "reply", "answer", {"text": "y" * 20_001}, "must be 20,000 characters or fewer"),
    ("nurse", "reply", "answer", {"text": "a\x00b"}, "NUL character"),
    ("director", "decision", "decision", {"outcome": "dismissal"}, "Choose an outcome"),
    ("manager", "issued", "close", {}, "Enter what was done"),
)


def test_what_is_missing_is_said_and_nothing_is_kept(session, organisation, visitor, made):
    cases = {stage: made(stage) for stage in ("triage", "review", "reply", "decision", "issued")}
    people = {who: visitor(getattr(organisation, who)) for who in ("manager", "hr", "nurse", "director")}
    for who, stage, path, data, says in AMISS:
        reference, version = cases[stage]
        sent = people[who].post(f"/cases/{reference}/{path}", {"version": version, **data})
        assert sent.status_code == 422, path
        assert "There is a problem" in sent.text
        assert says in sent.text
        assert data.get("findings", "") in sent.text
    session.expire_all()
    for reference, version in cases.values():
        assert session.scalar(select(Case.version).where(Case.reference == reference)) == version


def test_a_stale_page_is_told_what_changed_and_keeps_the_words(organisation, visitor, made):
    reference, version = made("decision")
    visitor(organisation.nurse).post(
        f"/cases/{reference}/answer", {"version": version, "text": "One more thing."}
    )
    sent = visitor(organisation.director).post(
        f"/cases/{reference}/decision", {"version": version, **DECISION}
    )
    assert sent.status_code == 409
    assert "The author answered" in sent.text
    assert DECISION["reasons"] in sent.text


def test_eight_decide_at_once_and_one_does(app, session, organisation, visitor, made):
    reference, version = made("decision")
    deciders = [visitor(organisation.director) for _ in range(8)]
    start, answers = threading.Barrier(8), []

    def decide(client):
        start.wait()
        answers.append(client.post(f"/cases/{reference}/decision", {"version": version, **DECISION}))

    threads = [threading.Thread(target=decide, args=(client,)) for client in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 7
    for answer in answers:
        if answer.status_code == 409:
            assert DECISION["reasons"] in answer.text
            assert "Waiting for a decision → Decision given" in answer.text
    session.expire_all()
    assert session.scalar(select(func.count(Decision.id))) == 1
    decided = select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "case.decided")
    assert session.scalar(decided) == 1


def test_a_guard_is_read_by_those_who_may_and_stands_in_no_list(organisation, session, visitor):
    case = open_for(session, organisation.nurse, guards=["own_health"])
    reference = case.reference
    session.commit()
    for who, label in (("nurse", "your own health"), ("hr", "the author's own health")):
        page = visitor(getattr(organisation, who)).get(f"/cases/{reference}").text
        assert f"Protected: {label}" in unescape(page)
    listed = visitor(organisation.hr).get("/cases/").text
    assert reference in listed
    assert "own health" not in listed
    assert "rotected" not in listed


def test_a_held_case_is_the_guardians_alone(organisation, visitor, made):
    reference, version = made("held", guards=["protected_disclosure"])
    for who in ("manager", "director", "hr", "dpo", "clinical_lead"):
        assert visitor(getattr(organisation, who)).get(f"/cases/{reference}").status_code == 404
    assert "stage=held" not in visitor(organisation.manager).get("/cases/").text
    guardian = visitor(organisation.guardian)
    assert reference in guardian.get("/cases/").text
    sent = guardian.post(
        f"/cases/{reference}/release",
        {"version": version, "concern": "Two nurses for thirty beds.", "reason": "Somebody may be known."},
    )
    assert sent.status_code == 303
    page = visitor(organisation.manager).get(f"/cases/{reference}").text
    assert "thirty beds" not in page
    assert "uardian" not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_a_guarded_decision_asks_each_question(session, organisation, visitor):
    case = open_for(session, organisation.nurse, guards=["union_activity"])
    add_newcomer(session)
    to_review(session, case, organisation.director, "clinical")
    write_opinion(session, case, organisation.clinical_lead, "clinical")
    reply(session, organisation.nurse, case=case, version=case.version, text="We have a right to strike.")
    address, version = f"/cases/{case.reference}/decision", case.version
    session.commit()
    director = visitor(organisation.director)
    page = unescape(director.get(address).text)
    assert all(question in page for question in PROPORTIONALITY.values())
    sent = director.post(address, {"version": version, **DECISION})
    assert sent.status_code == 422
    weighed = dict.fromkeys(PROPORTIONALITY, "Weighed.")
    assert director.post(address, {"version": version, **DECISION, **weighed}).status_code == 303


def test_looking_is_recorded_once(session, organisation, visitor, made):
    reference, _ = made("triage")
    manager = visitor(organisation.manager)
    for _ in range(3):
        manager.get(f"/cases/{reference}")
    visitor(organisation.nurse).get(f"/cases/{reference}")
    session.expire_all()
    viewers = session.scalars(select(AuditEntry.actor_id).where(AuditEntry.event == "case.viewed")).all()
    assert viewers == [organisation.manager.id]


def test_a_page_of_another_stage_or_person_says_why(organisation, visitor, made):
    reference, _ = made("reply")
    hr = visitor(organisation.hr)
    answers = {
        path: hr.get(f"/cases/{reference}/{path}").status_code
        for path in ("first-look", "opinions/hr", "opinions/astrology", "decision", "no-answer", "hand-over")
    }
    assert answers == {
        "first-look": 409,
        "opinions/hr": 409,
        "opinions/astrology": 404,
        "decision": 409,
        "no-answer": 403,
        "hand-over": 403,
    }


def test_no_two_things_of_a_form_share_an_id(organisation, visitor, made):
    """Else a label belongs to the first of them, and clicking it chooses nothing."""
    for who, stage, path in (
        ("manager", "triage", "first-look"),
        ("hr", "review", "opinions/hr"),
        ("director", "decision", "decision"),
    ):
        reference, _ = made(stage)
        page = visitor(getattr(organisation, who)).get(f"/cases/{reference}/{path}").text
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) > 10
        assert sorted(ids) == sorted(set(ids))


def test_an_unknown_case_is_not_found(organisation, visitor):
    manager = visitor(organisation.manager)
    for reference in ("CASE-1999-0001", "x", "%00", "' OR 1=1", "CASE-2026-0001/first-look"):
        assert manager.get(f"/cases/{reference}").status_code == 404


def test_whoever_is_offered_coaching_reads_the_message(organisation, visitor, made):
    reference, version = made("triage", severity="medium")
    words = {"reason": "General words, said kindly.", "message": "Lovely post. One thing to try."}
    visitor(organisation.manager).post(
        f"/cases/{reference}/first-look", LOOK | {"version": version, "outcome": "coaching"} | words
    )
    page = visitor(organisation.nurse).get(f"/cases/{reference}").text
    ended = page.split("How it ended", 1)[1].split("</section>", 1)[0]
    for said in ("Coaching offered", *words.values(), "Message to you"):
        assert said in ended
