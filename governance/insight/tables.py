"""From counted entries to what may be shown: series over blocks of weeks, for everybody or by the members of a grouping."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from governance.insight import weeks
from governance.insight.suppression import Cell, hidden_in_line, hidden_in_tree, too_small, union

SHOWN_ENOUGH = 0.8  # of the posts that the coarsest blocks show
Member = Hashable
Tree = Mapping[int | None, list[int]]
Table = TypeVar("Table")
Lines = dict[int, dict[Member, Cell]]
"""By week or block, the cells of a grouping's members."""


class Entry(NamedTuple):
    """What one person's posts of one week come to, within one member of a grouping."""

    week: int
    person: int
    member: Member
    posts: int
    flagged: int
    good: int


@dataclass(frozen=True)
class Series:
    """Cells by block; those in `hidden` may not be shown. Its total adds up the shown ones alone."""

    unit: int
    cells: Mapping[int, Cell]
    hidden: frozenset[int]

    def between(self, first: int, last: int) -> Series:
        """The blocks that weeks `first` to `last` touch: a period grows to whole blocks."""
        low, high = weeks.block(first, self.unit), weeks.block(last, self.unit)
        return Series(
            self.unit,
            {block: cell for block, cell in self.cells.items() if low <= block <= high},
            frozenset(block for block in self.hidden if low <= block <= high),
        )

    def coarser(self, unit: int) -> Series:
        """The same in longer blocks, each the sum of what is shown. A block with nothing to show is hidden."""
        made: dict[int, Cell] = defaultdict(Cell)
        empty: set[int] = set()
        for block, cell in self.cells.items():
            target = weeks.block(weeks.first_week(block, self.unit), unit)
            made[target].add(Cell() if block in self.hidden else cell)
            empty |= {target} if block in self.hidden else set()
        return Series(unit, dict(made), frozenset(block for block in empty if not made[block].posts))

    def rows(self) -> list[tuple[int, Cell | None]]:
        """Every block from the first to the last that has posts, in order of time; None where it is hidden."""
        if not self.cells:
            return []
        blocks = range(min(self.cells), max(self.cells) + 1)
        return [(b, None if b in self.hidden else self.cells.get(b, Cell())) for b in blocks]

    @property
    def total(self) -> Cell:
        """The shown cells as one."""
        return union(cell for block, cell in self.cells.items() if block not in self.hidden)

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last week of the blocks; None without any."""
        if not self.cells:
            return None
        first = weeks.first_week(min(self.cells), self.unit)
        return first, weeks.first_week(max(self.cells) + 1, self.unit) - 1


@dataclass(frozen=True)
class Grouped:
    """A series for each member of a grouping (of a tree: ("tree", id) and ("own", id))."""

    unit: int
    members: Mapping[Member, Series]

    def between(self, first: int, last: int) -> Grouped:
        """The blocks that weeks `first` to `last` touch."""
        cut = {member: series.between(first, last) for member, series in self.members.items()}
        return Grouped(self.unit, {member: series for member, series in cut.items() if series.cells})

    def series(self, member: Member) -> Series:
        """The member's series; one without cells where it has no posts."""
        return self.members.get(member, Series(self.unit, {}, frozenset()))


def overall(entries: Iterable[Entry]) -> Series:
    """Everybody's posts, in the finest blocks that show enough of them."""
    by_week = _cells((entry.week, entry) for entry in entries)
    return _finest(weeks.UNITS, lambda unit: _overall(by_week, unit), lambda series: series.total.posts)


def weekly(entries: Iterable[Entry], series: Series) -> Series:
    """`series` week by week. The totals of its blocks are known, so each block is a line of its own."""
    cells = _cells((entry.week, entry) for entry in entries)
    lines: dict[int, dict[int, Cell]] = defaultdict(dict)
    for week, cell in cells.items():
        lines[weeks.block(week, series.unit)][week] = cell
    hidden: set[int] = set()
    for block, line in lines.items():
        hidden |= set(line) if block in series.hidden else hidden_in_line(line)
    return Series(1, cells, frozenset(hidden))


def grouped(entries: Iterable[Entry], everybody: Series) -> Grouped:
    """A flat grouping. In each block the total is known from `everybody`; what that hides is left out."""
    return _grouped(entries, everybody, None)


def grouped_in_tree(entries: Iterable[Entry], everybody: Series, tree: Tree) -> Grouped:
    """A grouping whose members (ids) form a tree: `tree` gives the children of each, and the roots under None."""
    return _grouped(entries, everybody, tree)


def _grouped(entries: Iterable[Entry], everybody: Series, tree: Tree | None) -> Grouped:
    lines: Lines = defaultdict(lambda: defaultdict(Cell))
    for entry in entries:
        if weeks.block(entry.week, everybody.unit) not in everybody.hidden:
            _put(lines[entry.week][entry.member], entry)
    units = [unit for unit in weeks.UNITS if unit >= everybody.unit]

    def make(unit: int) -> Grouped:
        merged = _merged(lines, unit)
        return _flat(merged, unit) if tree is None else _treed(merged, unit, tree)

    return _finest(units, make, _shown)


def _overall(by_week: Mapping[int, Cell], unit: int) -> Series:
    cells: dict[int, Cell] = defaultdict(Cell)
    for week, cell in by_week.items():
        cells[weeks.block(week, unit)].add(cell)
    return Series(unit, dict(cells), frozenset(block for block, cell in cells.items() if too_small(cell)))


def _flat(lines: Lines, unit: int) -> Grouped:
    hidden: set[tuple[int, Member]] = set()
    for block, line in lines.items():
        hidden |= {(block, member) for member in hidden_in_line(line)}
    return _turned(unit, lines, hidden)


def _treed(lines: Lines, unit: int, tree: Tree) -> Grouped:
    hidden: set[tuple[int, Member]] = set()
    cells: Lines = {}
    for block, line in lines.items():
        departments = {int(str(member)): cell for member, cell in line.items()}
        hidden |= {(block, key) for key in hidden_in_tree(departments, tree)}
        cells[block] = {}
        for root in tree.get(None, []):
            _add_trees(root, departments, tree, cells[block])
    return _turned(unit, cells, hidden)


def _add_trees(node: int, own: Mapping[int, Cell], tree: Tree, into: dict[Member, Cell]) -> Cell:
    parts = [_add_trees(child, own, tree, into) for child in tree.get(node, [])]
    if node in own:
        into["own", node] = own[node]
    whole = union([*parts, own.get(node, Cell())])
    if whole.posts:
        into["tree", node] = whole
    return whole


def _merged(by_week: Lines, unit: int) -> Lines:
    """Lines of weeks as lines of blocks."""
    blocks: Lines = defaultdict(lambda: defaultdict(Cell))
    for week, line in by_week.items():
        target = blocks[weeks.block(week, unit)]
        for member, cell in line.items():
            target[member].add(cell)
    return blocks


def _turned(unit: int, lines: Lines, hidden: set[tuple[int, Member]]) -> Grouped:
    members: dict[Member, dict[int, Cell]] = defaultdict(dict)
    for block, line in lines.items():
        for member, cell in line.items():
            members[member][block] = cell
    return Grouped(
        unit,
        {
            member: Series(unit, own, frozenset(block for block in own if (block, member) in hidden))
            for member, own in members.items()
        },
    )


def _cells(placed: Iterable[tuple[int, Entry]]) -> dict[int, Cell]:
    cells: dict[int, Cell] = defaultdict(Cell)
    for place, entry in placed:
        _put(cells[place], entry)
    return dict(cells)


def _put(cell: Cell, entry: Entry) -> None:
    cell.people.add(entry.person)
    cell.posts += entry.posts
    cell.flagged += entry.flagged
    cell.good += entry.good


def _shown(table: Grouped) -> int:
    """Posts that a grouping shows, each once: those of a tree by its single departments."""
    return sum(
        series.total.posts
        for member, series in table.members.items()
        if not isinstance(member, tuple) or member[0] == "own"
    )


def _finest(units: Sequence[int], make: Callable[[int], Table], shown: Callable[[Table], int]) -> Table:
    """The table of the finest unit that shows SHOWN_ENOUGH of what the coarsest shows."""
    coarsest = make(units[-1])
    enough = SHOWN_ENOUGH * shown(coarsest)
    return next((one for one in map(make, units[:-1]) if shown(one) >= enough), coarsest)
