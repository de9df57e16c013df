"""Which figures may be shown: a small group is known by its neighbour (DESIGN, trap 13).

A *cell* is a group of posts in one block of weeks. It is shown when at least FEWEST distinct people stand behind it.
Where a total is known, what is hidden under it could be found by subtraction: then further cells are hidden until
at least two are, with FEWEST people behind them together.

Across filters the same must hold, for two totals can be subtracted from each other as well. Three rules see to it:
1. blocks of weeks never move with the filter (insight/weeks.py), and each kind of table has one length of block;
2. a total over time adds up the blocks that are shown and leaves out the hidden ones, so that a longer period less a
   shorter one gives nothing but blocks that are shown anyway;
3. one grouping at a time (department or platform or profession), decided for all its members together: what one
   filter would show is what the table of all of them shows.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

FEWEST = 5  # distinct people
WHY = "Hidden: fewer than five people stand behind it, or it would show what is hidden beside it."

Key = TypeVar("Key", bound=Hashable)


@dataclass
class Cell:
    """A group of posts: who wrote them, how many there are, how many were flagged, how many did some good."""

    people: set[int] = field(default_factory=set)
    posts: int = 0
    flagged: int = 0
    good: int = 0

    def add(self, other: Cell) -> None:
        """Take in the posts of another cell."""
        self.people |= other.people
        self.posts += other.posts
        self.flagged += other.flagged
        self.good += other.good

    @property
    def share(self) -> float | None:
        """Flagged posts of all posts, from 0 to 1; None without posts."""
        return self.flagged / self.posts if self.posts else None


def union(cells: Iterable[Cell]) -> Cell:
    """One cell of all of them."""
    whole = Cell()
    for cell in cells:
        whole.add(cell)
    return whole


def too_small(cell: Cell) -> bool:
    """Whether a cell is hidden for its own sake. An empty one tells of nobody."""
    return 0 < len(cell.people) < FEWEST


def hidden_in_line(line: Mapping[Key, Cell], also: Collection[Key] = ()) -> frozenset[Key]:
    """The members of `line` to hide, where the line's total is known. Those in `also` are hidden for a reason of their own.

    Beside the small ones, the smallest others are hidden until what is missing from the total is at least two
    cells with FEWEST people together. The choice depends on nothing but the line.
    """
    hidden = {key for key, cell in line.items() if too_small(cell) or key in also}
    if not hidden:
        return frozenset()
    others = sorted(
        (key for key, cell in line.items() if cell.people and key not in hidden),
        key=lambda key: (len(line[key].people), line[key].posts, str(key)),
    )
    people = set().union(*(line[key].people for key in hidden))
    for key in others:
        if len(hidden) >= 2 and len(people) >= FEWEST:
            break
        hidden.add(key)
        people |= line[key].people
    return frozenset(hidden)


def hidden_in_tree(
    own: Mapping[int, Cell], children: Mapping[int | None, list[int]]
) -> frozenset[tuple[str, int]]:
    """What to hide in a tree of departments where the total of the roots (the children of None) is known.

    `own` are the cells of the departments themselves. Answers ("tree", id) for a department with all below it and
    ("own", id) for itself alone. Under a hidden department everything is hidden.
    """
    trees: dict[int, Cell] = {}
    _grow(None, own, children, trees)
    hidden: set[tuple[str, int]] = set()
    _descend(None, own, children, trees, hidden)
    return frozenset(hidden)


def _grow(
    node: int | None,
    own: Mapping[int, Cell],
    children: Mapping[int | None, list[int]],
    trees: dict[int, Cell],
) -> Cell:
    whole = Cell()
    if node is not None and node in own:
        whole.add(own[node])
    for child in children.get(node, []):
        whole.add(_grow(child, own, children, trees))
    if node is not None:
        trees[node] = whole
    return whole


def _descend(
    node: int | None,
    own: Mapping[int, Cell],
    children: Mapping[int | None, list[int]],
    trees: Mapping[int, Cell],
    hidden: set[tuple[str, int]],
) -> None:
    line = {("tree", child): trees[child] for child in children.get(node, [])}
    if node is not None:
        line["own", node] = own.get(node, Cell())
    found = hidden_in_line(line) if ("tree", node) not in hidden else frozenset(line)
    hidden |= found
    for child in children.get(node, []):
        _descend(child, own, children, trees, hidden)
