"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")

PAGE_SIZE = 25  # rows


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Page `number` (from 1) of a list of `total` rows, `size` to a page. There may be `more` that nobody counted."""

    rows: list[Row]
    number: int
    size: int
    total: int
    more: bool = False

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The place in the whole list of this page's first row, from 1; 0 in an empty list."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The place in the whole list of this page's last row."""
        return (self.number - 1) * self.size + len(self.rows)


def paginate(
    session: Session,
    query: Select[Any],
    number: int,
    size: int = PAGE_SIZE,
    *,
    up_to: int | None = None,
    known: int | None = None,
) -> Page[Any]:
    """Page `number` of `query`'s first column or entity, in the query's own order; beyond the end, the last page.

    With `up_to` no more rows than that are counted, and pages end there: a long list is not counted at each look. Where
    the number is `known` nothing is counted at all.
    """
    counted = query.order_by(None)
    if up_to is not None:
        counted = counted.limit(up_to + 1)
    total = known
    if total is None:
        total = session.scalar(select(func.count()).select_from(counted.subquery())) or 0
    more = up_to is not None and total > up_to
    total = up_to if up_to is not None and more else total
    number = min(max(1, number), max(1, -(-total // size)))
    rows = session.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    return Page(list(rows), number, size, total, more)
