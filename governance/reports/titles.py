"""What ways in and the state of a report are called on pages."""

from __future__ import annotations

from governance.reports.models import Report

WAY_TITLES = {
    "report": "A post by somebody else here",
    "self_report": "A post of your own",
    "patient_complaint": "A patient or member of the public complained",
    "regulator_letter": "A regulator wrote to us",
}

SENT_BY = {
    "report": "A colleague",
    "self_report": "The author themselves",
    "patient_complaint": "A patient or member of the public",
    "regulator_letter": "A regulator",
}
"""From whom it came, for those who may not know the name."""

IN_THEIR_FAVOUR = "The author told us of this post themselves. That counts in their favour."


def told_reporter(report: Report) -> str:
    """What the reporter is told of it: never the outcome, which is the author's own."""
    ended = report.state == "set_aside" or (report.case is not None and report.case.stage == "closed")
    return "Closed" if ended else "Being looked at"
