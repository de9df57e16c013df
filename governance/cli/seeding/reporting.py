"""Posts that somebody reported: their own, a colleague's, or one whose author nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image

from governance.cases.models import Case
from governance.cli.seeding.cast import Cast
from governance.cli.seeding.demo_files import PostRow
from governance.cli.seeding.timetable import draw
from governance.reports.models import Report
from governance.workflow.report_post import Reported, report_post

Follow = Callable[[Cast, PostRow, Case], None]
"""What follows the case that a report opened."""


def plan_report(cast: Cast, row: PostRow, posted: datetime, follow: Follow) -> None:
    """Plan the report of a post, some hours after it came out; the case that it opens is handed to `follow`."""
    told = min(posted + timedelta(hours=3 + draw(row["key"], 30)), cast.timetable.now)

    def report() -> None:
        made = _report(cast, row, posted)
        if made.case is not None:
            follow(cast, row, made.case)

    cast.plan(told, f"reports: {row['key']}", report)


def _report(cast: Cast, row: PostRow, posted: datetime) -> Report:
    by, about = row["reported_by"], row["about_person"]
    own = by == about
    return report_post(
        cast.session,
        cast.people[by],
        told=Reported(
            way="self_report" if own else "report",
            platform=row["platform"],
            text=row["text"],
            worry=f"{row['provenance']}.",
            posted_at=posted,
            url=row["url"] or "",
            audience=row["audience"],
            person=cast.people[about] if about else None,
            about_whom=row.get("about_whom", ""),
            files=[] if own else [("picture of the post.png", _picture(row["key"]))],
        ),
        rulebook=cast.rulebook,
    )


def _picture(salt: str) -> bytes:
    """A small picture that shows nothing, in a shade of its own: what stands for a screenshot in the demo."""
    shade = 120 + draw(salt, 100)
    kept = BytesIO()
    Image.new("RGB", (120, 80), (shade, shade, 200)).save(kept, "PNG")
    return kept.getvalue()
