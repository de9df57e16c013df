"""Whom to talk to before a regulator is told, by regulator. Where no source could be named: its own advice, local policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Adviser:
    """Whom an employer can talk to first, and where that is written (None: no source could be named)."""

    who: str
    source: str | None


ADVISERS: Mapping[str, Adviser] = {
    "GMC": Adviser(
        "the GMC's employer liaison adviser, through the responsible officer", "GMC, guidance for employers"
    ),
    "NMC": Adviser("the NMC's Employer Link Service", "NMC, guidance for employers"),
}
"""Both say: act locally first, and talk before referring. In our own words; check local policy for the rest."""


def advice_for(regulator: str | None) -> str:
    """One sentence for the form: whom to talk to first, and on what that stands."""
    if regulator is None:
        return "No regulator is known for the author. Find out whether there is one before you choose this."
    adviser = ADVISERS.get(regulator)
    if adviser is None:
        return f"Talk first to whoever advises employers at the {regulator} (check local policy)."
    return f"Talk first to {adviser.who} ({adviser.source}): most concerns are put right locally."
