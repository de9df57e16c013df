"""People, their departments and roles, and the monitoring notice they read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.kernel.database import Base, not_blank, one_of
from governance.people.roles import ROLE_TITLES, RoleName, may

person_role = Table(
    "person_role",
    Base.metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="RESTRICT"), primary_key=True),
)


class Role(Base):
    """A role that people hold; what it opens is in people/roles.py."""

    __tablename__ = "role"
    __table_args__ = (one_of("name", [role.value for role in RoleName]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Department(Base):
    """A part of the organisation; the parts form a tree."""

    __tablename__ = "department"
    __table_args__ = (CheckConstraint("parent_id <> id", name="not_own_parent"), not_blank("name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    parent: Mapped[Department | None] = relationship(remote_side="Department.id")


class Person(Base):
    """Somebody who works for the organisation, whether or not they sign in."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("line_manager_id <> id", name="not_own_manager"),
        CheckConstraint("registration_number IS NULL OR regulator IS NOT NULL", name="number_has_regulator"),
        not_blank("name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(255), unique=True)
    profession: Mapped[str | None] = mapped_column(String(100))
    role_title: Mapped[str | None] = mapped_column(String(200))
    regulator: Mapped[str | None] = mapped_column(String(20))
    registration_number: Mapped[str | None] = mapped_column(String(40))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    line_manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    department: Mapped[Department] = relationship(foreign_keys=[department_id])
    line_manager: Mapped[Person | None] = relationship(
        remote_side="Person.id", foreign_keys=[line_manager_id]
    )
    roles: Mapped[list[Role]] = relationship(secondary=person_role, lazy="selectin")

    __mapper_args__: dict[str, Any] = {"version_id_col": version}

    @property
    def role_names(self) -> frozenset[RoleName]:
        """The roles held, read from the database with the person."""
        return frozenset(RoleName(role.name) for role in self.roles)

    @property
    def role_titles(self) -> list[str]:
        """The roles held, as words for a page, in the order of the table."""
        return [title for name, title in ROLE_TITLES.items() if name in self.role_names]

    def may(self, permission: str) -> bool:
        """Whether one of this person's roles carries `permission`."""
        return self.active and may(self.role_names, permission)


class DepartmentHead(Base):
    """Who heads a department: they see its counts (with everything below it in the tree), not people's things."""

    __tablename__ = "department_head"

    department_id: Mapped[int] = mapped_column(
        ForeignKey("department.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    department: Mapped[Department] = relationship()
    person: Mapped[Person] = relationship()


class Notice(Base):
    """One version of the monitoring notice: what is looked at, why, by whom, and for how long it is kept."""

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"), not_blank("body"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class Acknowledgement(Base):
    """That a person has read one version of the notice."""

    __tablename__ = "acknowledgement"
    __table_args__ = (UniqueConstraint("person_id", "notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    acknowledged_at: Mapped[datetime]
    person: Mapped[Person] = relationship()
    notice: Mapped[Notice] = relationship()
