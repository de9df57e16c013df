"""Whose posts a person's trends count: the whole organisation's, or those of the departments that they head."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.people.models import Department, DepartmentHead, Person
from governance.people.roles import RoleName

SEES_ALL = frozenset({RoleName.COMPLIANCE, RoleName.DPO, RoleName.HR})


@dataclass(frozen=True)
class Scope:
    """Departments whose people are counted (None: all of them), the tree to show, and every department's name."""

    departments: frozenset[int] | None
    tree: dict[int | None, list[int]]
    names: dict[int, str]

    @property
    def nobody(self) -> bool:
        """Whether there is nothing this person may count."""
        return self.departments is not None and not self.departments

    @property
    def words(self) -> str:
        """Whose posts these are, for a page."""
        if self.departments is None:
            return "the whole organisation"
        return " and ".join(self.names[root] for root in self.tree.get(None, []))


def scope_of(session: Session, person: Person) -> Scope:
    """What `person` may count. Compliance, data protection and HR: all. Others: the departments they head."""
    rows = session.execute(
        select(Department.id, Department.parent_id, Department.name).order_by(Department.name)
    ).all()
    names = {row.id: row.name for row in rows}
    children: dict[int | None, list[int]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row.id)
    if person.role_names & SEES_ALL:
        return Scope(None, children, names)
    headed = set(
        session.scalars(select(DepartmentHead.department_id).where(DepartmentHead.person_id == person.id))
    )
    below = {root: _below(root, children) for root in headed}
    roots = [root for root in headed if not any(root in below[other] for other in headed - {root})]
    seen = frozenset().union(*(below[root] for root in roots)) if roots else frozenset()
    tree: dict[int | None, list[int]] = {node: kids for node, kids in children.items() if node in seen}
    tree[None] = sorted(roots, key=names.__getitem__)
    return Scope(seen, tree, names)


def _below(root: int, children: dict[int | None, list[int]]) -> frozenset[int]:
    found, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += children.get(node, [])
    return frozenset(found)
