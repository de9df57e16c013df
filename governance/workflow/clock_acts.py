"""Letting the clock of a stage stand still, and go on: the same in every stage that is open."""

from __future__ import annotations

from governance.cases.clocks.policy import can_pause_clock, can_resume_clock
from governance.workflow.acts import Act

WHO = "the holder, the decider, or HR where they see the case"


def clock_acts(stage: str) -> tuple[Act, ...]:
    """The acts for the table of stages."""
    pause = Act(
        "pause_clock",
        "Let the clock stand still",
        WHO,
        "case.pause",
        can_pause_clock,
        (stage,),
        primary=False,
    )
    resume = Act(
        "resume_clock", "Let the clock go on", WHO, "case.pause", can_resume_clock, (stage,), primary=False
    )
    return (pause, resume)
