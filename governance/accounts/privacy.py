"""The privacy-settings review of an account: what its owner looks at, and when the next one is due."""

from __future__ import annotations

import calendar
from datetime import date

MONTHS_BETWEEN_REVIEWS = 6
DAYS_TO_FIRST_REVIEW = 14

CHECKLIST: dict[str, str] = {
    "audience": "I know who can see what I post, and it is what I mean it to be",
    "location": "Posts and pictures do not give away my location or my shift",
    "tags": "I decide who may tag or mention me, or add me to a group",
    "profile": "My profile says no more about me, my family and my workplace than I want",
    "old": "I have looked at older posts and pictures as a patient would see them",
    "signing_in": "My password is used nowhere else, and signing in asks for a second step",
    "apps": "Other apps that may post for me are ones I still use",
}
"""What the owner looks at, a key and its words each."""


def next_due(reviewed_on: date) -> date:
    """The day of the next review: six months on, at the month's last day where it is shorter."""
    months = reviewed_on.month - 1 + MONTHS_BETWEEN_REVIEWS
    year, month = reviewed_on.year + months // 12, months % 12 + 1
    return date(year, month, min(reviewed_on.day, calendar.monthrange(year, month)[1]))
