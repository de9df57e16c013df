"""That a case is restricted, by whom and why, and who is named beside those who act in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, not_blank
from governance.people.models import Person


class CaseRestriction(Base):
    """A case is restricted while it has this row."""

    __tablename__ = "case_restriction"
    __table_args__ = (not_blank("reason"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[Person] = relationship()


class CaseNamed(Base):
    """Somebody who is named to see a restricted case. The row says nothing while the case is not restricted."""

    __tablename__ = "case_named"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()
