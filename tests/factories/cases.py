"""Cases in any stage, brought there by the verbs themselves, on answers that no engine had to find."""

import itertools
from collections.abc import Sequence

from sqlalchemy.orm import Session

from governance.assessments.models import Assessment
from governance.assessments.stored import row_of
from governance.cases.countersigning import awaited
from governance.cases.models import Case, Decision
from governance.cases.titles import PROPORTIONALITY
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.posts.models import Post, PostVersion
from governance.scoring.answer import CategoryScore, CiteShown, Finding, LabelFound, Mark, Scoring
from governance.workflow.appeal import appeal
from governance.workflow.close_case import close_case
from governance.workflow.decide import decide
from governance.workflow.give_opinion import give_opinion
from governance.workflow.open_case import open_case
from governance.workflow.reply import reply
from governance.workflow.triage import triage
from governance.workflow.write_second_opinion import write_second_opinion
from tests.fixtures.organisation import Organisation, add_person

WORDS = "Saw the baker from Mill Lane on the ward again, third fall this month."
JUST_CULTURE = {"deliberate": "no", "health": "unclear", "foresight": "no", "others": "yes"}
_numbers = itertools.count(1)


def make_post(session: Session, author: Person, text: str = WORDS, kind: str = "published") -> Post:
    """A post with one version; no account stands behind it."""
    now, number = clock.now(), next(_numbers)
    post = Post(
        kind=kind,
        draft_state="awaiting_approval" if kind == "draft" else None,
        provenance="reported",
        author=author,
        submitted_by=author,
        platform="bluesky",
        audience="public",
        identity=f"n:{number}",
        posted_at=now if kind == "published" else None,
        submitted_at=now,
        local_date=clock.local_date(now),
        local_week=clock.iso_week(clock.local_date(now)),
        versions=[PostVersion(number=1, text=text, written_by=author, written_at=now)],
    )
    session.add(post)
    session.flush()
    return post


def make_scoring(
    severity: str = "high",
    *,
    categories: Sequence[str] = ("confidentiality",),
    guards: Sequence[str] = (),
    rulebook: str = "test-1",
) -> Scoring:
    """An answer with one finding on the first three characters for each category."""
    mark = Mark(0, 3, WORDS[:3], "person")
    found = Finding(
        rule="test.rule",
        category=categories[0],
        severity=severity,
        start=0,
        end=3,
        quote=WORDS[:3],
        message="Somebody could be recognised by this.",
        advice="Leave out what points to one person.",
        safer="Write of falls in general.",
        replacement=None,
        change="Agreement in writing to this use.",
        cites=(CiteShown("gmp-2024", "Good medical practice", "88", True),),
        mitigated_by=(),
        raised_by=(),
        evidence=(mark,),
    )
    return Scoring(
        score=70,
        severity=severity,
        categories=tuple(CategoryScore(category, 70, severity) for category in categories),
        benefits=(),
        guards=tuple(LabelFound(guard, (mark,)) for guard in guards),
        findings=(found,) if severity != "none" else (),
        not_applied=(),
        jigsaw=None,
        rulebook=rulebook,
        engine="test",
        uncalibrated=True,
        flagged=0.7,
        sure="fairly sure",
        shadow=(),
    )


def make_assessment(session: Session, version: PostVersion, scoring: Scoring) -> Assessment:
    """The rows that keep `scoring`."""
    assessment = row_of(version, scoring, clock.now())
    session.add(assessment)
    session.flush()
    return assessment


def open_for(session: Session, author: Person, *, reporter: Person | None = None, **scored: object) -> Case:
    """A case about a new post of `author`; `scored` goes to make_scoring."""
    scoring = make_scoring(**scored)  # type: ignore[arg-type]  # handed through
    assessment = make_assessment(session, make_post(session, author).latest, scoring)
    case = open_case(
        session,
        assessment=assessment,
        scoring=scoring,
        origin="report" if reporter else "score",
        reporter=reporter,
    )
    assert case is not None
    session.flush()
    return case


def to_review(session: Session, case: Case, decider: Person, route: str = "both") -> Case:
    """Past the first look."""
    return triage(
        session,
        case.holder,
        case=case,
        version=case.version,
        identity="theirs",
        how_known="It is their registered account.",
        outcome="review",
        reason="A patient may be known by this.",
        route=route,
        decider=decider,
    )


def write_opinion(session: Session, case: Case, author: Person, kind: str) -> None:
    """One opinion."""
    give_opinion(
        session,
        author,
        case=case,
        version=case.version,
        kind=kind,
        seriousness="medium",
        findings=f"What {kind} finds.",
        mitigation="No harm was meant.",
        just_culture=JUST_CULTURE,
        sources=["Good medical practice, paragraph 88"],
    )


def case_at(session: Session, people: Organisation, stage: str, **scored: object) -> Case:
    """A case about the nurse's post, held by the manager and decided by the director, at `stage`."""
    case = open_for(session, people.nurse, **scored)
    if stage in ("triage", "held"):
        return case
    to_review(session, case, people.director)
    if stage == "review":
        return case
    write_opinion(session, case, people.clinical_lead, "clinical")
    write_opinion(session, case, people.hr, "hr")
    if stage == "reply":
        return case
    reply(session, people.nurse, case=case, version=case.version, text="I am sorry; I have taken it down.")
    if stage == "decision":
        return case
    if stage == "countersign":
        add_newcomer(session)
        issue(session, case, "police")
        return case
    issue(session, case)
    if stage == "appeal":
        add_newcomer(session)
        appeal(session, people.nurse, case=case, version=case.version, grounds="Nobody asked the ward.")
    elif stage == "closed":
        close_case(session, people.director, case=case, version=case.version, reason="It is done.")
    return case


def add_newcomer(session: Session, name: str = "Sol Varga") -> Person:
    """Somebody in HR who answers to nobody here, and can so be a second person or hear an appeal."""
    return add_person(session, name, RoleName.HR, profession=None)


def issue(session: Session, case: Case, outcome: str = "reflection", **given: object) -> Decision:
    """The decision, by whoever is named for it."""
    assert case.decider is not None
    asked: dict[str, object] = {
        "version": case.version,
        "outcome": outcome,
        "reasons": "The post has gone, and the author understands why.",
        "sources": ["Good medical practice, paragraph 88"],
        "proportionality": dict.fromkeys(PROPORTIONALITY, "weighed"),
    }
    return decide(session, case.decider, case=case, **(asked | given))  # type: ignore[arg-type]  # handed through


def second_of(case: Case) -> Person:
    """Who was asked to countersign."""
    asked = awaited(case)
    assert asked is not None
    return asked.reviewer


def second_opinion(session: Session, case: Case, outcome: str) -> None:
    """What the second person would decide."""
    write_second_opinion(
        session, second_of(case), case=case, version=case.version, outcome=outcome, reasons="As I read it."
    )
