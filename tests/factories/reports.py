"""Reports made by the verb itself."""

from datetime import timedelta

from sqlalchemy.orm import Session

from governance.guidance.loader import shipped_rulebook
from governance.kernel import clock
from governance.people.models import Person
from governance.reports.models import Report
from governance.workflow.report_post import Reported, report_post
from tests.factories.posts import GOOD

PNG = b"\x89PNG\r\n\x1a\n" + b"a screen" * 8
OUTSIDE = {"patient_complaint", "regulator_letter"}


def told(way: str = "report", **more: object) -> Reported:
    """What a reporter tells; `more` replaces any of it."""
    given: dict[str, object] = {
        "way": way,
        "platform": "x",
        "text": GOOD,
        "worry": "A patient could know themselves in it.",
        "posted_at": clock.now() - timedelta(days=1),
        "from_whom": "Pat Ashby" if way in OUTSIDE else "",
    }
    return Reported(**(given | more))  # type: ignore[arg-type]  # handed through


def report(
    session: Session, actor: Person, person: Person | None, way: str = "report", **more: object
) -> Report:
    """A report by `actor` of a post of `person`, or of somebody not yet known."""
    known = {"about_whom": "Somebody on Ward 7"} | more
    return report_post(session, actor, told=told(way, person=person, **known), rulebook=shipped_rulebook())
