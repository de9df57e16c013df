"""Acts about who may act in a case and who may see it, for the table of stages: objections, and restriction to named people."""

from __future__ import annotations

from collections.abc import Callable

from governance.cases.models import Case
from governance.cases.objection.policy import can_decide_objection, can_object, under_objection
from governance.cases.restriction.policy import can_lift, can_restrict
from governance.people.models import Person
from governance.workflow.acts import Act

CIRCLE_VERBS = frozenset({"object_to_reviewer", "decide_objection", "restrict_case", "lift_restriction"})


def circle(stage: str, step_back_to: tuple[str, ...] = ()) -> tuple[Act, ...]:
    """Both, in a stage in which somebody still has to judge."""
    return (_object(stage), _decide_objection(stage, step_back_to), *restricting(stage))


def judging(can: Callable[[Person, Case], str | None]) -> Callable[[Person, Case], str | None]:
    """Nobody judges while the author's objection to them waits to be decided."""
    return lambda person, case: under_objection(person, case) or can(person, case)


def _object(stage: str) -> Act:
    return Act(
        "object_to_reviewer",
        "Object to somebody who acts in your case",
        "the author",
        "case.object",
        can_object,
        (stage,),
        primary=False,
    )


def _decide_objection(stage: str, step_back_to: tuple[str, ...]) -> Act:
    return Act(
        "decide_objection",
        "Decide the author's objection",
        "HR, or the line manager of the person objected to",
        "case.decide_objection",
        can_decide_objection,
        (stage, *step_back_to),
        primary=False,
    )


def restricting(stage: str) -> tuple[Act, Act]:
    """Who may see the case, which is nothing of its way: in every stage."""
    return (
        Act(
            "restrict_case",
            "Restrict it to named people",
            "HR, the guardian or data protection",
            "case.restrict",
            can_restrict,
            (stage,),
            primary=False,
        ),
        Act(
            "lift_restriction",
            "Lift the restriction",
            "HR, the guardian or data protection",
            "case.restrict",
            can_lift,
            (stage,),
            primary=False,
        ),
    )
