"""The colours of all charts, in one place: the same category has the same colour everywhere.

Categories take Paul Tol's 'muted' scheme, whose nine colours stay apart for colour-blind readers
(https://personal.sron.nl/~pault/); charts name their bars and use marks and dashes beside it.
"""

from __future__ import annotations

INK = "#212b32"
QUIET = "#4c6272"
GRID = "#d8dde0"
POSTS = "#1d6360"
POSTS_PALE = "#c4dbd9"
GOOD = "#005eb8"
FLAGGED = "#8a3b00"
LIMIT = "#4c6272"

CATEGORIES = {
    "confidentiality": "#332288",
    "misleading": "#88ccee",
    "discrimination_harassment": "#882255",
    "boundaries": "#44aa99",
    "medical_advice": "#117733",
    "conflict_of_interest": "#ddcc77",
    "complaint_response": "#cc6677",
    "unprofessional": "#aa4499",
    "employer_time": "#999933",
}


def category(category_id: str) -> str:
    """The colour of a category; grey for one that has none yet."""
    return CATEGORIES.get(category_id, QUIET)
