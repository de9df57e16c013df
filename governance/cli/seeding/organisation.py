"""Departments, heads, people and their keys to the door."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from governance.cli.seeding.cast import Cast
from governance.cli.seeding.demo_files import PersonRow
from governance.entrance.models import User
from governance.kernel import clock
from governance.people.models import Department, DepartmentHead
from governance.people.queries import current_notice
from governance.workflow.acknowledge_notice import acknowledge_notice
from governance.workflow.add_person import add_person


def found_organisation(cast: Cast, hashed_password: str) -> None:
    """Add the departments (which have no verb), then everybody, line managers first, on the first day.

    The notice was published the day before: the migration dates it to the day of the installation.
    """
    with clock.at(cast.first_day):
        current_notice(cast.session).published_at = cast.first_day
        departments = _departments(cast)
        names = {key: department.name for key, department in departments.items()}
        for row in managers_first(cast.files.people):
            _join(cast, row, names[row["department"]], hashed_password)
            if row["head_of"]:
                head = DepartmentHead(department=departments[row["head_of"]], person=cast.people[row["key"]])
                cast.session.add(head)
        cast.session.flush()
        for row in cast.files.people:
            if row.get("demo_sign_in"):
                cast.act("acknowledgements", partial(acknowledge, cast, row["key"]))


def acknowledge(cast: Cast, person_key: str) -> None:
    """A person reads the notice, at the time that the clock is set to."""
    acknowledge_notice(cast.session, cast.people[person_key], number=current_notice(cast.session).number)


def managers_first(rows: list[PersonRow]) -> Iterator[PersonRow]:
    """The rows in an order in which every line manager comes before those who answer to them."""
    waiting, placed = list(rows), set[str]()
    while waiting:
        ready = [row for row in waiting if row["line_manager"] is None or row["line_manager"] in placed]
        if not ready:
            raise ValueError(
                f"people.jsonl: no line manager stands at the top of {[row['key'] for row in waiting]}"
            )
        yield from ready
        placed |= {row["key"] for row in ready}
        waiting = [row for row in waiting if row["key"] not in placed]


def _departments(cast: Cast) -> dict[str, Department]:
    made: dict[str, Department] = {}
    for row in cast.files.departments:
        parent = row.get("parent")
        made[row["key"]] = Department(name=row["name"], parent=made[parent] if parent else None)
    cast.session.add_all(made.values())
    cast.session.flush()
    return made


def _join(cast: Cast, row: PersonRow, department: str, hashed_password: str) -> None:
    manager = row["line_manager"]
    person = add_person(
        cast.session,
        None,
        name=row["name"],
        email=row["email"],
        department=department,
        roles=row["roles"],
        profession=row["profession"],
        role_title=row["role_title"],
        line_manager_email=cast.people[manager].email if manager else None,
    )
    cast.people[row["key"]] = person
    cast.counts["people"] += 1
    if row.get("has_sign_in", True):
        cast.session.add(User(person_id=person.id, email=person.email, password=hashed_password))
