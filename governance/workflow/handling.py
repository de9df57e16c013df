"""What every act on a waiting report does first."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.record import wait_turn
from governance.kernel.errors import Conflict, Missing, Refused
from governance.kernel.versions import expect_version
from governance.people.models import Person
from governance.reports.models import Report
from governance.reports.policy import can_handle, may_read


def begin_handling(session: Session, actor: Person, report: Report, version: int | None) -> None:
    """Lock `report` and see that `actor` may look after it now.

    Raises Missing (they may not know of it), Refused, Stale (it changed since the page was opened) or Conflict (it no
    longer waits).
    """
    wait_turn(session)
    session.refresh(report, with_for_update=True)
    if not may_read(actor, report):
        raise Missing("There is no such report, or none that you may see.")
    if report.state != "waiting":
        raise Conflict("Somebody has looked after this report already.")
    if reason := can_handle(actor, report):
        raise Refused(reason)
    expect_version(report, version)
