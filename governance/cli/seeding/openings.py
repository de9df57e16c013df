"""What follows a published post: the story it belongs to, or a first look that no story tells."""

from __future__ import annotations

from governance.cases.models import Case
from governance.cli.seeding.beside import end_tasks, plan_tasks
from governance.cli.seeding.case_stories import CaseStory, close_at_first_look
from governance.cli.seeding.cast import Cast
from governance.cli.seeding.demo_files import PostRow
from governance.cli.seeding.timetable import draw
from governance.kernel import clock
from governance.workflow.answer_concern import answer_concern
from governance.workflow.open_case import open_case
from governance.workflow.submit_post import Submitted

SOONEST, LATEST = 3, 12
"""Days after which a case that no story tells gets its first look: those of the last days still wait for theirs."""


def follow(cast: Cast, row: PostRow, submitted: Submitted) -> None:
    """Go on with the case that the post opened. A story whose post was not flagged begins with a colleague's report."""
    story, case = cast.files.stories.get(row["key"]), submitted.case
    if story is None:
        if case is not None:
            _plan_first_look(cast, case, row["key"])
        return
    if case is None:
        cast.fall_short(
            "not flagged, so opened by a report", f"{story['story']} ({submitted.assessed.scoring.severity})"
        )
        assessed = submitted.assessed
        case = open_case(
            cast.session, assessment=assessed.assessment, scoring=assessed.scoring, origin="report"
        )
        if case is None:
            raise ValueError(f"posts.jsonl: {row['key']} has a story, and can open no case")
    cast.counts["cases"] += 1
    plan_tasks(cast, case, row["key"])
    CaseStory(cast, case, story).plan(clock.now())


def follow_report(cast: Cast, row: PostRow, case: Case) -> None:
    """Go on with the case that a report opened, or joined."""
    story = cast.files.stories.get(row["key"])
    cast.counts["cases"] += 1
    plan_tasks(cast, case, row["key"])
    if story is None:
        _plan_look(cast, case, row["key"])
    else:
        CaseStory(cast, case, story).plan(clock.now())


def _plan_first_look(cast: Cast, case: Case, key: str) -> None:
    cast.counts["cases"] += 1
    cast.fall_short("flagged without a story", f"{key} ({case.severity})")
    plan_tasks(cast, case, key)
    _plan_look(cast, case, key)


def _plan_look(cast: Cast, case: Case, key: str) -> None:
    days = SOONEST + draw(key, LATEST - SOONEST)
    if cast.timetable.later(clock.now(), days, key) < cast.timetable.now:
        cast.plan(
            cast.timetable.later(clock.now(), days, key),
            f"first looks: {key}",
            lambda: _look(cast, case, key),
        )


def _look(cast: Cast, case: Case, key: str) -> None:
    """The guardian, or whoever holds the case, ends it with a word."""
    end_tasks(cast, case)
    if case.stage == "held":
        answer = cast.voice("guardian_answer", key)
        answer_concern(
            cast.session,
            case.holder,
            case=case,
            version=case.version,
            concern=cast.voice("guardian_concern", key),
            answer=answer,
        )
        return
    close_at_first_look(cast, case, closure="coaching", reason=cast.voice("first_look", key), salt=key)
