"""As many cases as wanted: each is a copy of one that the verbs themselves brought to its stage, with people of its own.

What verbs wrote is read row by row and written many times over in bulk, with new keys, other people and other days. So
the copies have everything that a case has, whatever is added to cases later.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Table, insert, select, text
from sqlalchemy.orm import Session

from governance.cases.models import Case
from governance.kernel.database import Base, writing_session
from governance.people.roles import RoleName
from governance.workflow.close_case import close_case
from tests.factories.cases import case_at, issue
from tests.fixtures.organisation import Organisation, add_person, found_organisation

OF_A_CASE = (
    "post",
    "post_version",
    "assessment",
    "assessment_category",
    "finding",
    "case_file",
    "case_part",
    "case_event",
    "opinion",
    "statement",
    "decision",
    "issued_decision",
    "just_culture",
    "clock",
)
"""The tables that hold a case, each after those it refers to."""
OPEN_STAGES = ("triage", "review", "reply", "decision", "issued")
LIKELY = ("medium", "high", "medium", "critical")
MANAGERS, NURSES = 40, 400
STEP = 1_000_000  # keys of copies begin here, far above those of the cases they are copied from
CHUNK = 200  # copies written at once
Row = dict[str, Any]


@dataclass
class Originals:
    """The rows of the cases that are copied, by table; `closed` tells which of them are over."""

    rows: list[dict[str, list[Row]]]
    closed: list[bool]


@dataclass
class Crowd:
    """Keys of people: `nurse` and `manager` of the originals, in whose place many others stand in the copies."""

    nurse: int
    manager: int
    hr: int
    managers: list[int]
    nurses: list[int]


def settle(engine: Engine) -> tuple[Crowd, Originals]:
    """An organisation in an empty database, and one case at each stage and of each severity."""
    with writing_session(engine) as session:
        people = found_organisation(session)
        managers = [
            add_person(
                session,
                f"Manager {n}",
                RoleName.MANAGER,
                department=people.ward,
                line_manager=people.director,
            ).id
            for n in range(MANAGERS)
        ]
        nurses = [
            add_person(session, f"Nurse {n}", department=people.ward, line_manager=people.manager).id
            for n in range(NURSES)
        ]
        made = [
            case_at(session, people, stage, severity=severity)
            for stage in OPEN_STAGES
            for severity in LIKELY[:3]
        ]
        over = [_closed(session, people, severity) for severity in LIKELY[:3]]
        crowd = Crowd(people.nurse.id, people.manager.id, people.hr.id, managers, nurses)
        session.commit()
        rows = [_rows_of(session, case) for case in (*made, *over)]
        return crowd, Originals(rows, [False] * len(made) + [True] * len(over))


def copy(
    engine: Engine, crowd: Crowd, originals: Originals, *, first: int, still_open: int, closed: int
) -> None:
    """Write `still_open` and `closed` further cases, numbered from `first`."""
    opens = itertools.cycle(place for place, over in enumerate(originals.closed) if not over)
    overs = itertools.cycle(place for place, over in enumerate(originals.closed) if over)
    wanted = [next(opens) for _ in range(still_open)] + [next(overs) for _ in range(closed)]
    numbers = itertools.count(first)
    with engine.begin() as connection:
        for chunk in _chunks(wanted):
            copies: dict[str, list[Row]] = {name: [] for name in OF_A_CASE}
            for place in chunk:
                number = next(numbers)
                for name, rows in _copied(originals.rows[place], crowd, number, over=originals.closed[place]):
                    copies[name] += rows
            for name, rows in copies.items():
                if rows:
                    connection.execute(insert(Base.metadata.tables[name]), rows)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # what the server's own autovacuum does


def _closed(session: Session, people: Organisation, severity: str) -> Case:
    case = case_at(session, people, "decision", severity=severity)
    issue(session, case)
    close_case(session, case.holder, case=case, version=case.version, reason="Done.")
    return case


def _rows_of(session: Session, case: Case) -> dict[str, list[Row]]:
    keys = {"post": {case.post_id}, "case_file": {case.id}}
    found: dict[str, list[Row]] = {}
    for name in OF_A_CASE:
        table = Base.metadata.tables[name]
        parent = next((key for key in table.foreign_keys if key.column.table.name in keys), None)
        wanted = (
            table.c.id.in_(keys[name])
            if name in keys or parent is None
            else parent.parent.in_(keys[parent.column.table.name])
        )
        found[name] = [dict(row) for row in session.execute(select(table).where(wanted)).mappings()]
        if "id" in table.c:
            keys[name] = {row["id"] for row in found[name]}
    return found


def _copied(
    rows: dict[str, list[Row]], crowd: Crowd, number: int, *, over: bool
) -> Iterator[tuple[str, list[Row]]]:
    instead = {
        crowd.nurse: crowd.nurses[number % len(crowd.nurses)],
        crowd.manager: crowd.managers[number % len(crowd.managers)],
    }
    back = timedelta(days=30 + number % 1000) if over else timedelta(hours=number % 400)
    new_keys: dict[str, dict[int, int]] = {}
    for name, of_table in rows.items():
        table = Base.metadata.tables[name]
        if "id" in table.c:
            new_keys[name] = {row["id"]: STEP + number * 50 + place for place, row in enumerate(of_table)}
        yield name, [_one(table, row, new_keys, instead, back, number) for row in of_table]


def _one(
    table: Table,
    row: Row,
    keys: dict[str, dict[int, int]],
    people: dict[int, int],
    back: timedelta,
    number: int,
) -> Row:
    copied = {}
    for column in table.columns:
        value = row[column.name]
        for key in column.foreign_keys:
            known = people if key.column.table.name == "person" else keys.get(key.column.table.name, {})
            value = known.get(value, value)
        if column.name == "id":
            value = keys[table.name][value]
        elif isinstance(value, datetime):
            value -= back
        copied[column.name] = value
    if table.name == "case_file":
        copied["reference"] = f"CASE-2025-{number:06d}"
    return copied


def _chunks(wanted: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]
