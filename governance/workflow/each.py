"""One act on several cases: all in the caller's one transaction, each with its own row in the trail, each told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.kernel.errors import GovernanceError

MOST = 50
"""Cases that can be chosen at once: what more would do, nobody has looked at."""


@dataclass(frozen=True)
class Told:
    """What came of it in one case: `refusal` says why nothing was done."""

    reference: str
    refusal: str | None


def each(
    session: Session, cases: Sequence[tuple[Case, int | None]], act: Callable[[Case, int | None], object]
) -> list[Told]:
    """Do `act` to each case at the version that its page showed. What one case refuses leaves the others done."""
    told = []
    for case, version in cases:
        reference = case.reference
        try:
            with session.begin_nested():
                act(case, version)
                session.flush()
        except GovernanceError as error:
            told.append(Told(reference, error.message))
        else:
            told.append(Told(reference, None))
    return told
