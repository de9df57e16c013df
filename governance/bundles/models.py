"""Who took a bundle of which case, when, for what and why: its custody. Never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.cases.models import Case
from governance.kernel.database import Base, not_blank, one_of, refuses
from governance.people.models import Person

PURPOSES = ("appeal", "tribunal", "subject_access")
FORMATS = ("pdf", "zip")


class BundleExport(Base):
    """One bundle that was taken. `sha256` is that of the file as it was handed out."""

    __tablename__ = "bundle_export"
    __table_args__ = (
        one_of("purpose", PURPOSES),
        one_of("format", FORMATS),
        not_blank("reason"),
        CheckConstraint("length(sha256) = 64", name="sha256_whole"),
        refuses("update"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(10))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    case: Mapped[Case] = relationship()
    made_by: Mapped[Person] = relationship()
