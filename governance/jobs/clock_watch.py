"""The job that looks at the clocks: starts those that are missing, warns before one runs out, escalates after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from governance.intake.run import Progress
from governance.jobs.desk import Desk
from governance.workflow.tell_of_clock import (
    cases_without_clock,
    clocks_to_tell_of,
    start_clock,
    tell_of_clock,
)


def watch_clocks(desk: Desk, _payload: Mapping[str, Any]) -> Iterator[Progress]:
    """One clock a step: a stop between two loses nothing, and what was told once is told to nobody again."""
    looked = told = 0
    for case_id in cases_without_clock(desk.looking):
        start_clock(desk.session, case_id)
        looked += 1
        yield Progress(looked, told, ())
    desk.looking.rollback()
    for clock_id in clocks_to_tell_of(desk.looking):
        desk.looking.rollback()
        told += len(tell_of_clock(desk.session, clock_id))
        looked += 1
        yield Progress(looked, told, ())
