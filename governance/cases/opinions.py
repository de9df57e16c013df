"""What people say in a case before it is decided: opinions, the just-culture questions, and the author's answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.assessments.models import SEVERITIES
from governance.cases.titles import JUST_CULTURE, JUST_CULTURE_ANSWERS
from governance.kernel.database import Base, not_blank, one_of
from governance.people.models import Person

if TYPE_CHECKING:
    from governance.cases.models import Case

OPINION_KINDS = ("clinical", "hr", "data_protection")
ANSWERS = tuple(JUST_CULTURE_ANSWERS)


class Opinion(Base):
    """What a clinical lead, HR or data protection thinks: side by side as rows, asked for at triage, written later."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("case_id", "kind"),
        one_of("kind", OPINION_KINDS),
        one_of("seriousness", SEVERITIES),
        CheckConstraint(
            "(written_at IS NULL) = (author_id IS NULL) AND (written_at IS NULL) = (seriousness IS NULL) "
            "AND (written_at IS NULL) = (findings IS NULL)",
            name="written_is_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    seriousness: Mapped[str | None] = mapped_column(String(20))
    findings: Mapped[str | None] = mapped_column(Text)
    mitigation: Mapped[str | None] = mapped_column(Text)
    sources: Mapped[list[str] | None] = mapped_column(JSON)
    written_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship(back_populates="opinions")
    author: Mapped[Person | None] = relationship()
    just_culture: Mapped[JustCulture | None] = relationship(back_populates="opinion")


class JustCulture(Base):
    """The four questions that come before a judgement, all answered with one opinion; opinions older than they have none."""

    __tablename__ = "just_culture"
    __table_args__ = (
        one_of("deliberate", ANSWERS),
        one_of("health", ANSWERS),
        one_of("foresight", ANSWERS),
        one_of("others", ANSWERS),
    )

    opinion_id: Mapped[int] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), primary_key=True)
    deliberate: Mapped[str] = mapped_column(String(10))
    health: Mapped[str] = mapped_column(String(10))
    foresight: Mapped[str] = mapped_column(String(10))
    others: Mapped[str] = mapped_column(String(10))
    opinion: Mapped[Opinion] = relationship(back_populates="just_culture")

    @property
    def words(self) -> list[tuple[str, str]]:
        """Each question with its answer, as a page says them."""
        return [
            (question, JUST_CULTURE_ANSWERS[getattr(self, key)]) for key, question in JUST_CULTURE.items()
        ]


class Statement(Base):
    """What the author answers, alone or with a companion or union representative."""

    __tablename__ = "statement"
    __table_args__ = (not_blank("text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    companion: Mapped[str | None] = mapped_column(String(200))
    written_at: Mapped[datetime]
    case: Mapped[Case] = relationship(back_populates="statements")
    author: Mapped[Person] = relationship()
