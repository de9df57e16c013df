"""What people do with a case on their desk, as workflow/stages.py puts it into the table for every open stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from governance.cases.desk import policy
from governance.cases.models import Case
from governance.people.models import Person


@dataclass(frozen=True)
class DeskAct:
    """One of them. `verb` is its module in workflow/, `can` its policy; it is `awaited` where the case waits for it."""

    verb: str
    label: str
    who: str
    can: Callable[[Person, Case], str | None]
    awaited: bool = False


_HOLDER = "the holder, or who stands in for them"
DESK = (
    DeskAct(
        "answer_help",
        "Answer the question you were asked",
        "whoever was asked for help",
        policy.can_answer_help,
        awaited=True,
    ),
    DeskAct("claim", "Take it up, so that others see it", "whoever it waits for", policy.can_claim),
    DeskAct("put_back", "Put it back for others", "whoever took it up", policy.can_put_back),
    DeskAct("defer", "Put it aside until a date", _HOLDER, policy.can_defer),
    DeskAct("take_up", "Stop putting it aside", _HOLDER, policy.can_take_up),
    DeskAct("ask_help", "Ask somebody for help", "whoever works on the case", policy.can_ask_help),
)
DESK_VERBS = frozenset(one.verb for one in DESK)
"""Verbs that leave the case where it is: they are no conflict with what somebody else is writing."""
