"""No hidden figure can be worked out from the shown ones: not in a line, not in a tree, not across filters."""

from collections import defaultdict
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.insight import tables, weeks
from governance.insight.suppression import FEWEST, Cell, hidden_in_line, hidden_in_tree, too_small, union
from governance.insight.tables import Entry

FIRST = 1392  # a week at which a block of every length but the longest begins
TREE = {None: [1], 1: [2, 3, 4], 2: [5, 6], 3: [7]}
DEPARTMENTS = (1, 2, 3, 4, 5, 6, 7)


def cell(people, posts=None):
    return Cell(set(people), len(list(people)) if posts is None else posts)


lines = st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 30), max_size=12).map(cell), max_size=8)


@given(lines)
def test_in_a_line_nothing_small_is_shown_and_the_rest_is_not_small_either(line):
    hidden = hidden_in_line(line)
    assert not [key for key in line if key not in hidden and too_small(line[key])]
    rest = union(line[key] for key in hidden)
    if hidden and len(union(line.values()).people) >= FEWEST:
        assert len(rest.people) >= FEWEST
        others = [key for key, one in line.items() if one.people and key not in hidden]
        assert len(hidden) >= 2 or not others


@given(lines)
def test_an_empty_cell_is_never_hidden(line):
    assert all(line[key].people for key in hidden_in_line(line))


def test_the_smallest_neighbour_is_hidden_with_a_small_cell():
    line = {"a": cell(range(3)), "b": cell(range(10, 16)), "c": cell(range(20, 40))}
    assert hidden_in_line(line) == {"a", "b"}


def test_several_small_cells_hide_another_while_they_are_few_together():
    line = {"a": cell([1]), "b": cell([2]), "c": cell(range(10, 16)), "d": cell(range(20, 40))}
    assert hidden_in_line(line) == {"a", "b", "c"}
    line = {"a": cell([1, 2, 3]), "b": cell([4, 5]), "c": cell(range(10, 16))}
    assert hidden_in_line(line) == {"a", "b"}


def test_under_a_hidden_department_everything_is_hidden():
    own = {5: cell(range(3)), 6: cell(range(10, 20)), 7: cell(range(20, 40)), 4: cell(range(50, 60))}
    hidden = hidden_in_tree(own, TREE)
    assert {("tree", 5), ("own", 5), ("tree", 6), ("own", 6)} <= hidden
    assert ("tree", 2) not in hidden
    alone = {5: cell(range(3)), 7: cell(range(20, 40)), 4: cell(range(50, 60))}
    assert {("tree", 2), ("tree", 5), ("own", 5), ("tree", 4), ("own", 4)} <= hidden_in_tree(alone, TREE)


posts = st.lists(
    st.tuples(
        st.integers(0, 23),  # week
        st.integers(0, 24),  # person
        st.sampled_from(["x", "bluesky", "blog"]),
    ),
    min_size=1,
    max_size=120,
)


def department_of(person):
    return DEPARTMENTS[person % 3 + (person // 3) % 5]


class Known:
    """Linear sums over unknown cells that a reader knows; `gives` says whether another sum follows from them."""

    def __init__(self, unknowns):
        self._place = {one: index for index, one in enumerate(unknowns)}
        self._rows = []

    def _reduced(self, cells):
        vector = [Fraction(0)] * len(self._place)
        for one in cells:
            vector[self._place[one]] += 1
        for lead, row in self._rows:
            if vector[lead]:
                factor = vector[lead]
                vector = [a - factor * b for a, b in zip(vector, row, strict=True)]
        return vector

    def learn(self, cells):
        vector = self._reduced(cells)
        lead = next((index for index, value in enumerate(vector) if value), None)
        if lead is not None:
            self._rows.append((lead, [value / vector[lead] for value in vector]))

    def gives(self, cells):
        return not any(self._reduced(cells))


@settings(max_examples=60, deadline=None)
@given(posts)
def test_across_all_tables_and_filters_no_hidden_cell_follows_from_the_shown(said):
    said = [(FIRST + week, person, platform) for week, person, platform in said]
    rows = [Entry(week, person, platform, 1, 0, 0) for week, person, platform in said]
    everybody = tables.overall(rows)
    by_week = tables.weekly(rows, everybody)
    platforms = tables.grouped(rows, everybody)
    in_tree = [Entry(e.week, e.person, department_of(e.person), 1, 0, 0) for e in rows]
    departments = tables.grouped_in_tree(in_tree, everybody, TREE)

    # What is unknown: the posts of each week, department and platform. Empty ones are known to be nought.
    unknown = sorted({(week, department_of(person), platform) for week, person, platform in said})
    known = Known(unknown)
    secrets = defaultdict(list)

    def publish(name, series, belongs):
        for block in series.cells:
            cells = [u for u in unknown if weeks.block(u[0], series.unit) == block and belongs(u)]
            if block in series.hidden:
                secrets[name, block] = cells
            else:
                known.learn(cells)

    def anybody(_):
        return True

    # A grouping leaves out what is hidden for everybody.
    def open_for_all(u):
        return weeks.block(u[0], everybody.unit) not in everybody.hidden

    publish("everybody", everybody, anybody)
    publish("by week", by_week, anybody)
    for platform, series in platforms.members.items():
        publish(platform, series, lambda u, p=platform: u[2] == p and open_for_all(u))
    below = {1: set(DEPARTMENTS), 2: {2, 5, 6}, 3: {3, 7}, 4: {4}, 5: {5}, 6: {6}, 7: {7}}
    for (kind, node), series in departments.members.items():
        members = below[node] if kind == "tree" else {node}
        publish((kind, node), series, lambda u, m=members: u[1] in m and open_for_all(u))
    for name, cells in secrets.items():
        assert cells
        assert not known.gives(cells), f"{name} follows from what is shown"


@settings(max_examples=100, deadline=None)
@given(posts, st.integers(0, 23), st.integers(0, 23), st.integers(0, 23))
def test_a_longer_period_less_a_shorter_one_gives_only_what_is_shown(said, first, middle, last):
    first, middle, last = sorted((first, middle, last))
    rows = [Entry(FIRST + week, person, platform, 1, 0, 0) for week, person, platform in said]
    everybody = tables.overall(rows)
    for series in [everybody, *tables.grouped(rows, everybody).members.values()]:
        longer = series.between(FIRST + first, FIRST + last)
        shorter = series.between(FIRST + first, FIRST + middle)
        gained = set(longer.cells) - set(shorter.cells)
        difference = longer.total.posts - shorter.total.posts
        shown = [series.cells[block].posts for block in gained if block not in series.hidden]
        assert difference == sum(shown)
        assert not [b for b in longer.cells if b not in longer.hidden and too_small(longer.cells[b])]
