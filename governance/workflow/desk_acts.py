"""What the table of stages takes from the desk: acts that leave a case where it is, and joining two."""

from __future__ import annotations

from governance.cases.desk.acts import DESK
from governance.cases.desk.joining import can_join
from governance.workflow.acts import Act

JOIN = Act(
    "join",
    "Join with another case about the same words",
    "the holder of both",
    "case.triage",
    can_join,
    ("closed",),
    primary=False,
)


def on_the_desk(stage: str) -> tuple[Act, ...]:
    """What people do while they work on a case in `stage`."""
    return tuple(
        Act(one.verb, one.label, one.who, "case.recuse", one.can, (stage,), primary=one.awaited)
        for one in DESK
    )
