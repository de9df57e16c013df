"""What a reader of the trends chose: a period, and at most one of department, platform and profession.

One at a time: together they would single people out, and no rule about totals could keep that (insight/suppression.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.platforms import PLATFORMS
from governance.insight import series, tables, weeks
from governance.insight.scope import Scope
from governance.insight.tables import Entry, Grouped, Series
from governance.kernel.errors import Invalid
from governance.people.models import Person

USUAL_LENGTH = 52  # weeks shown unless the reader chose others
KINDS = ("department", "platform", "profession")
NO_PROFESSION = "none"


@dataclass(frozen=True)
class Choice:
    """Weeks `first` to `last`, and the members of one grouping, or everybody where `kind` is empty."""

    first: int
    last: int
    kind: str = ""
    value: str = ""
    by_week: bool = False

    @property
    def group(self) -> str:
        """The grouping as it stands in the address."""
        return f"{self.kind}:{self.value}" if self.kind else ""


@dataclass
class Counted:
    """The posts (or drafts) of a scope, read once for a page, and what may be shown of them."""

    session: Session
    scope: Scope
    kind: str = "published"
    entries: list[Entry] = field(init=False)
    everybody: Series = field(init=False)

    def __post_init__(self) -> None:
        self.entries = series.posts(self.session, self.scope.departments, self.kind)
        self.everybody = tables.overall(self.entries)

    def by_department(self) -> Grouped:
        """Posts by the tree of departments: members ("tree", id) and ("own", id)."""
        entries = series.by_department(self.session, self.entries)
        return tables.grouped_in_tree(entries, self.everybody, self.scope.tree)

    def chosen(self, choice: Choice) -> Series:
        """The series that `choice` asks for, over its weeks."""
        return self._chosen(choice).between(choice.first, choice.last)

    def _chosen(self, choice: Choice) -> Series:
        if choice.kind == "department":
            return self.by_department().series(("tree", int(choice.value)))
        if choice.kind == "platform":
            return tables.grouped(self.entries, self.everybody).series(choice.value)
        if choice.kind == "profession":
            entries = series.by_profession(self.session, self.entries)
            return tables.grouped(entries, self.everybody).series(choice.value)
        return tables.weekly(self.entries, self.everybody) if choice.by_week else self.everybody


@dataclass(frozen=True)
class Options:
    """What can be chosen: (value, words) under each kind."""

    departments: list[tuple[str, str]]
    platforms: list[tuple[str, str]]
    professions: list[tuple[str, str]]

    def words(self, choice: Choice) -> str:
        """Whose posts a choice shows."""
        of = {"department": self.departments, "platform": self.platforms, "profession": self.professions}
        return dict(of.get(choice.kind, [])).get(choice.value, "")

    def of(self, kind: str) -> list[tuple[str, str]]:
        """The choices of one kind."""
        return {"department": self.departments, "platform": self.platforms, "profession": self.professions}[
            kind
        ]


def options(session: Session, scope: Scope) -> Options:
    """The departments, platforms and professions that a reader with `scope` can choose."""
    query = select(Person.profession).distinct()
    if scope.departments is not None:
        query = query.where(Person.department_id.in_(scope.departments))
    professions = sorted({profession or NO_PROFESSION for profession in session.scalars(query)})
    return Options(
        departments=_departments(scope, None, 0),
        platforms=list(PLATFORMS.items()),
        professions=[
            (one, "No registered profession" if one == NO_PROFESSION else one[:1].upper() + one[1:])
            for one in professions
        ],
    )


def _departments(scope: Scope, node: int | None, depth: int) -> list[tuple[str, str]]:
    found = []
    for child in scope.tree.get(node, []):
        found.append((str(child), "\u2003" * depth + scope.names[child]))
        found += _departments(scope, child, depth + 1)
    return found


def read_choice(given: Mapping[str, str], available: Options) -> Choice:
    """A choice from an address: `from` and `to` as 2026-W31, `of` as department:3, `step` as week.

    Raises Invalid, naming the field, for a week or a grouping that is not one.
    """
    now, start = weeks.this_week(), weeks.horizon()
    last = weeks.read(given["to"], "to") if given.get("to") else now
    first = weeks.read(given["from"], "from") if given.get("from") else max(start, last - USUAL_LENGTH + 1)
    if first > last:
        raise Invalid("The first week must not be after the last one. Change one of them.", "from")
    kind, value = _group(given, available)
    return Choice(
        max(first, start), max(start, min(last, now)), kind, value, by_week=given.get("step") == "week"
    )


def _group(given: Mapping[str, str], available: Options) -> tuple[str, str]:
    named = [(kind, given[kind]) for kind in KINDS if given.get(kind)]
    if given.get("of"):
        kind, _, value = given["of"].partition(":")
        named.append((kind, value))
    if not named:
        return "", ""
    if len(named) > 1:
        raise Invalid(
            "Choose one of department, platform and profession: together they could point to single people.",
            "of",
        )
    kind, value = named[0]
    if kind not in KINDS or value not in dict(available.of(kind)):
        raise Invalid("That group is not one that you can choose. Choose one from the list.", "of")
    return kind, value
