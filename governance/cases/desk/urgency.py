"""Which case first: by harm and by the time that is left.

Harm counts as time: a case stands in the queue as if it were due so many days earlier as its severity says. So what is
grave comes first while it is fresh, and what is light is not forgotten. The moment is kept on the case, where an index
finds it: with 20,000 cases the first page costs what it costs with 200.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

HEAD_START: Mapping[str, timedelta] = {
    "none": timedelta(0),
    "low": timedelta(0),
    "medium": timedelta(days=2),
    "high": timedelta(days=10),
    "critical": timedelta(days=30),
}
"""How much earlier a case stands than it is due. Our own figures, after no verified source: check local policy."""
STANDS_STILL = timedelta(days=60)
"""A case whose time stands still, or has no target, stands as if it were due so long after it came to its stage."""


def look_by(severity: str, due_at: datetime | None, stage_since: datetime) -> datetime:
    """The moment by which a case stands in the queue."""
    return (due_at or stage_since + STANDS_STILL) - HEAD_START[severity]
