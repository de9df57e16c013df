"""Characteristics for the fairness figures, apart from everything else that is kept of a person.

No page shows a row. Only insight/fairness.py reads them, to count; and a person's own record, for their own eyes.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.database import Base

CHARACTERISTICS = ("grade", "qualified_in", "ethnicity")


class EqualitySupply(Base):
    """One file that was supplied: when, by whom (None: on the server), and how much was in it. The newest one counts."""

    __tablename__ = "equality_supply"
    __table_args__ = (CheckConstraint("people >= 0 AND unknown >= 0", name="counts_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    supplied_at: Mapped[datetime]
    supplied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    people: Mapped[int]
    unknown: Mapped[int]


class EqualityFact(Base):
    """The characteristics of one person, as far as they were supplied."""

    __tablename__ = "equality_fact"
    __table_args__ = (
        CheckConstraint(
            "grade IS NOT NULL OR qualified_in IS NOT NULL OR ethnicity IS NOT NULL", name="says_something"
        ),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    grade: Mapped[str | None] = mapped_column(String(100))
    qualified_in: Mapped[str | None] = mapped_column(String(100))
    ethnicity: Mapped[str | None] = mapped_column(String(100))
