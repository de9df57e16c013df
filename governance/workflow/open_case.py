"""From score to case: medium or more on a published post opens one, held by the author's line manager."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from governance.assessments.models import Assessment
from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.cases.clocks.keep import enter_stage, retarget
from governance.cases.holder import first_placement
from governance.cases.models import GUARDS, Case, CaseGuard, CaseNumber, CasePart
from governance.cases.parts import clear_decider, release_second
from governance.cases.reviewed import standing_review
from governance.cases.routing import RANK, opens_case, suggest_route
from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.people.models import Person
from governance.people.roles import RoleName
from governance.posts.models import Post
from governance.scoring.answer import Scoring
from governance.workflow.begin_tasks import begin_tasks
from governance.workflow.steps import invite_reply, move, note

UNDECIDED = ("triage", "review", "reply", "decision", "countersign")
"""The stages of a case that is worked on and not decided."""


@dataclass(frozen=True)
class WayIn:
    """How a case came about: by whom it was brought in, and whose it is to have no other part in it."""

    origin: str
    by: Person | None
    reporter: Person | None
    complainant: Person | None

    def parts(self, author: Person) -> dict[int, str]:
        """The part of each of them, by person id; the author of the post is its subject and nothing else."""
        given = {"complainant": self.complainant, "reporter": self.reporter}
        return {one.id: part for part, one in given.items() if one is not None and one.id != author.id}


def open_case(
    session: Session,
    *,
    assessment: Assessment,
    scoring: Scoring,
    origin: str = "score",
    by: Person | None = None,
    reporter: Person | None = None,
    complainant: Person | None = None,
) -> Case | None:
    """Open the case that `assessment` asks for, or None where it asks for none.

    A draft never opens one, nor does a score under medium: a guard there opens nothing and is not stored. Where the
    post has an open case already, that case gets the new assessment as an event, and no second case is opened. What
    was looked at already is not opened again on the score alone (cases/reviewed.py). `by` is who brought it in, who
    may have written down what came from outside; `reporter` and `complainant` have no other part in it. Raises
    Conflict where nobody in the organisation could hold the case.
    """
    post = assessment.post_version.post
    if post.kind != "published":
        return None
    wait_turn(session)
    standing = session.scalar(
        select(Case).where(Case.post_id == post.id, Case.stage != "closed").with_for_update()
    )
    if standing is not None:
        _reassess(session, standing, assessment, scoring)
        return standing
    if origin == "score" and (
        not opens_case(assessment.severity)
        or standing_review(session, assessment.post_version, assessment.rulebook) is not None
    ):
        return None
    way = WayIn(origin, by or reporter, reporter, complainant)
    return _open(session, post=post, assessment=assessment, scoring=scoring, way=way)


def _open(
    session: Session,
    *,
    post: Post,
    assessment: Assessment,
    scoring: Scoring,
    way: WayIn,
) -> Case:
    now, guards = clock.now(), _guards(scoring)
    parts = way.parts(post.author)
    placed = first_placement(session, post.author, guards.keys(), parts.keys())
    case = Case(
        reference=_next_reference(session),
        origin=way.origin,
        post=post,
        assessment=assessment,
        subject=post.author,
        holder=placed.holder,
        stage=placed.stage,
        severity=assessment.severity,
        suggested_route=_suggestion([assessment]),
        opened_at=now,
        stage_since=now,
    )
    session.add(case)
    session.flush()
    enter_stage(session, case)
    session.add(CasePart(case=case, person_id=post.author_id, part="subject"))
    session.add_all(CasePart(case=case, person_id=person, part=part) for person, part in parts.items())
    session.add_all(CaseGuard(case=case, guard=guard, spans=spans) for guard, spans in guards.items())
    note(session, case, way.by, "open_case")
    if placed.stage == "held":
        note(session, case, None, "hold", field="guardian", new=placed.holder.name)
    else:
        note(session, case, None, "open_case", field="holder", new=placed.holder.name)
    record(
        session,
        Event.CASE_OPENED,
        case.id,
        way.by.id if way.by else None,
        post_id=post.id,
        assessment_id=assessment.id,
        holder_id=placed.holder.id,
        stage=placed.stage,
    )
    begin_tasks(session, case)
    return case


def _reassess(session: Session, case: Case, assessment: Assessment, scoring: Scoring) -> None:
    """Put a later assessment of the same post into its open case: severity only rises, guards are only added."""
    if assessment.id == case.assessment_id or any(
        event.field == "assessment" and event.new == _version_words(assessment) for event in case.events
    ):
        return
    session.expire(case, ["of_post"])
    note(
        session,
        case,
        None,
        "reassess",
        field="assessment",
        old=_version_words(_before(case, assessment)),
        new=_version_words(assessment),
    )
    if RANK[assessment.severity] > RANK[case.severity]:
        old, case.severity = case.severity, assessment.severity
        note(session, case, None, "reassess", field="severity", old=old, new=assessment.severity)
        retarget(session, case)
        begin_tasks(session, case)
        if case.stage in ("decision", "countersign"):
            release_second(session, case)
            invite_reply(session, case)  # what is decided on now, the author has not answered
    _suggest_anew(session, case)
    known = {guard.guard for guard in case.guards}
    added = {guard: spans for guard, spans in _guards(scoring).items() if guard not in known}
    session.add_all(CaseGuard(case=case, guard=guard, spans=spans) for guard, spans in added.items())
    session.flush()
    if added and case.stage in UNDECIDED:
        _replace_holder(session, case, added.keys())


def _replace_holder(session: Session, case: Case, added: Collection[str]) -> None:
    """A guard that comes to light before a decision moves the case to whoever looks after such cases.

    A concern raised in the public interest stops everything: the guardian holds the case, nobody decides it, and what
    follows begins with a first look. HR holds the rest, at the stage where it stands.
    """
    kept = {part.person_id for part in case.parts if part.part in ("reporter", "complainant")}
    kept |= {recusal.person_id for recusal in case.recusals}
    placed = first_placement(session, case.subject, added, kept)
    old = case.holder
    if placed.stage == "held":
        case.holder = placed.holder
        note(session, case, None, "hold", field="guardian", old=old.name, new=placed.holder.name)
        release_second(session, case)
        clear_decider(session, case)
        move(session, case, None, "hold", stage="held")
    elif RoleName.HR not in old.role_names:
        case.holder = placed.holder
        note(session, case, None, "reassess", field="holder", old=old.name, new=placed.holder.name)


def _before(case: Case, assessment: Assessment) -> Assessment:
    """The check that the case stood on before `assessment`."""
    return [one for one in case.checks if one is case.assessment or one.id < assessment.id][-1]


def _version_words(assessment: Assessment) -> str:
    return f"version {assessment.post_version.number}, {assessment.severity}, rulebook {assessment.rulebook}"


def _guards(scoring: Scoring) -> dict[str, list[dict[str, int]]]:
    """The guards that the engine found, with the places of their words (code points, half-open)."""
    return {
        label.id: [{"start": mark.start, "end": mark.end} for mark in label.marks]
        for label in scoring.guards
        if label.id in GUARDS
    }


def _suggest_anew(session: Session, case: Case) -> None:
    """Before the first look, what came later may ask for other people."""
    old, new = case.suggested_route, _suggestion(case.checks)
    if case.stage in ("held", "triage") and new != old:
        case.suggested_route = new
        note(session, case, None, "reassess", field="suggested_route", old=old, new=new)


def _suggestion(assessments: Iterable[Assessment]) -> str:
    route_of = {category.id: category.route for category in shipped_rulebook().categories.values()}
    rows = (row for assessment in assessments for row in assessment.categories)
    return suggest_route(((row.category, row.severity) for row in rows), route_of)


def _next_reference(session: Session) -> str:
    """The next case number of the year in London, as CASE-2026-0042. Two at once get two numbers."""
    year = clock.local_date(clock.now()).year
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    number = session.scalar(
        insert(CaseNumber)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": CaseNumber.last + 1})
        .returning(CaseNumber.last)
    )
    return f"CASE-{year}-{number:04d}"
