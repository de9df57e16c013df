"""The whole way of a case on one page: its stages, who acts in each, with which verb, and where it leads.

Verbs ask `act_of` whether the stage allows them and whether this person may; pages ask `acts_for` what a person can do
now, and the first of those is the one primary action. Nothing else says how a case moves.
"""

from __future__ import annotations

from collections.abc import Mapping

from governance.cases import appealing, countersigning, policy, retracing
from governance.cases.models import Case
from governance.kernel.errors import Conflict
from governance.people.models import Person
from governance.workflow.acts import Act, Stage
from governance.workflow.circle_acts import circle, judging, restricting
from governance.workflow.clock_acts import clock_acts
from governance.workflow.desk_acts import JOIN, on_the_desk


def _hand_over(stage: str) -> Act:
    return Act(
        "hand_over",
        "Hand over",
        "the holder, or who stands in for them",
        "case.recuse",
        policy.can_hand_over,
        (stage,),
        primary=False,
    )


def _undo(*back_to: str) -> Act:
    return Act(
        "undo",
        "Take back what you did last",
        "whoever did the last thing, until anybody else acts",
        "case.undo",
        retracing.can_undo,
        back_to,
        primary=False,
    )


def _appeal() -> Act:
    return Act(
        "appeal",
        "Appeal against the decision",
        "the author, until the last day to appeal",
        "case.appeal",
        appealing.can_appeal,
        ("appeal",),
        primary=False,
    )


def _aside(stage: str, step_back_to: tuple[str, ...] = ()) -> tuple[Act, ...]:
    """What can be done beside the way in an open stage."""
    step_back = Act(
        "recuse",
        "Step back: I have a conflict of interest",
        "anybody who acts in the case",
        "case.recuse",
        policy.can_recuse,
        (stage, *step_back_to),
        primary=False,
    )
    beside = (*on_the_desk(stage), *circle(stage, step_back_to))
    return (*clock_acts(stage), _hand_over(stage), step_back, *beside)


_TABLE = (
    Stage(
        "held",
        "the speak-up guardian",
        "The speak-up guardian is reading the concern you raised, before anybody else. Your line manager does not see "
        "this. Nothing can be decided about you meanwhile.",
        (
            Act(
                "answer_concern",
                "Answer the concern and close with no action",
                "the guardian who holds it",
                "case.guard",
                judging(policy.can_release),
                ("closed",),
            ),
            Act(
                "release_from_hold",
                "Split off the concern and release the rest to a first look",
                "the guardian who holds it",
                "case.guard",
                judging(policy.can_release),
                ("triage",),
            ),
            *_aside("held", ("triage",)),
        ),
    ),
    Stage(
        "triage",
        "the holder's first look",
        "Somebody takes a first look: whether it is your account and your words, and whether there is a concern at all. "
        "Many cases end here.",
        (
            Act(
                "triage",
                "Take the first look",
                "the holder",
                "case.triage",
                judging(policy.can_triage),
                ("review", "reply", "closed"),
            ),
            JOIN,
            *_aside("triage"),
        ),
    ),
    Stage(
        "review",
        "the opinions that were asked for",
        "People with the right knowledge write what they think. You will see it, and answer, before anybody decides.",
        (
            Act(
                "give_opinion",
                "Write the opinion",
                "a clinical lead, HR or the data protection officer, as was asked; never the decider",
                "case.give_opinion",
                judging(policy.can_give_opinion),
                ("review", "reply"),
            ),
            _undo("triage"),
            *_aside("review"),
        ),
    ),
    Stage(
        "reply",
        "the author's answer",
        "It is your turn: read what was found and answer it, alone or with a companion or union representative. "
        "Then the decider decides.",
        (
            Act("reply", "Write your answer", "the author", "case.reply", policy.can_reply, ("decision",)),
            Act(
                "end_reply_time",
                "Go on without an answer",
                "the decider, after the last day to answer",
                "case.decide",
                judging(policy.can_end_reply_time),
                ("decision",),
            ),
            *_aside("reply"),
        ),
    ),
    Stage(
        "decision",
        "the decision",
        "The decider, who wrote none of the opinions, weighs everything and writes down what they decide and why.",
        (
            Act(
                "decide",
                "Write the decision",
                "the named decider",
                "case.decide",
                judging(policy.can_decide),
                ("countersign", "issued"),
            ),
            Act(
                "reply",
                "Add to your answer",
                "the author",
                "case.reply",
                policy.can_reply,
                ("decision",),
                primary=False,
            ),
            _undo("reply"),
            *_aside("decision"),
        ),
    ),
    Stage(
        "countersign",
        "the second person",
        "A decision is written, and a second person looks at everything before it counts. You will read what was decided "
        "and why as soon as two people stand behind it.",
        (
            Act(
                "write_second_opinion",
                "Write what you would decide",
                "the second person, before they may read the decision",
                "case.countersign",
                judging(countersigning.can_write_second_opinion),
                ("countersign", "decision"),
            ),
            Act(
                "countersign",
                "Read the decision and compare",
                "the second person, after writing their own",
                "case.countersign",
                judging(countersigning.can_countersign),
                ("issued", "decision"),
            ),
            _undo("decision"),
            *_aside("countersign"),
        ),
    ),
    Stage(
        "issued",
        "what was decided to be done, then closing",
        "It is decided, and you can read what and why below. If you think that it is wrong, you can appeal. The case is "
        "closed once what was asked is done.",
        (
            Act(
                "close_case",
                "Close the case",
                "the holder or the decider",
                "case.recuse",
                policy.can_close,
                ("closed",),
            ),
            _appeal(),
            *clock_acts("issued"),
            _hand_over("issued"),
            *on_the_desk("issued"),
            *restricting("issued"),
        ),
    ),
    Stage(
        "appeal",
        "somebody new to the case, who hears the appeal",
        "Somebody who had no part in it before reads everything again, with what you wrote. They decide whether it stands. "
        "It cannot become heavier.",
        (
            Act(
                "hear_appeal",
                "Decide the appeal",
                "the named person, who has not acted before",
                "case.hear_appeal",
                judging(appealing.can_hear),
                ("closed", "issued"),
            ),
            Act(
                "name_hearer",
                "Name who hears the appeal",
                "the holder, where nobody could be named at once",
                "case.recuse",
                appealing.can_name_hearer,
                ("appeal",),
            ),
            Act(
                "answer_appeal",
                "Say something to the appeal",
                "whoever made the decision, once",
                "case.decide",
                appealing.can_answer_appeal,
                ("appeal",),
                primary=False,
            ),
            *_aside("appeal"),
        ),
    ),
    Stage(
        "closed",
        "nobody",
        "The case is closed. Nothing more is asked of you.",
        (
            _appeal(),
            Act(
                "reopen_case",
                "Reopen the case",
                "the holder, or who stands in for them",
                "case.triage",
                retracing.can_reopen,
                ("triage", "review"),
                primary=False,
            ),
            _undo("triage", "issued"),
            *restricting("closed"),
        ),
    ),
)

WAY: Mapping[str, Stage] = {stage.name: stage for stage in _TABLE}
"""Every stage by its name."""


def act_of(case: Case, verb: str) -> Act:
    """The act `verb` of the case's stage. Raises Conflict where the stage does not have it."""
    stage = WAY[case.stage]
    for act in stage.acts:
        if act.verb == verb:
            return act
    raise Conflict(f"This cannot be done now: {case.reference} is at '{stage.title}'.")


def acts_for(person: Person, case: Case) -> list[Act]:
    """What `person` can do to `case` now: what it waits for comes first."""
    return [act for act in WAY[case.stage].acts if act.can(person, case) is None]


def primary_act(person: Person, case: Case) -> Act | None:
    """The one thing that the case waits for this person to do, if it does."""
    return next((act for act in acts_for(person, case) if act.primary), None)
