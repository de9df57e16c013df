"""Who could be given a part in a case: for the choices on a form, and so that no case waits for nobody."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from governance.cases.appealing import may_hear
from governance.cases.countersigning import may_countersign
from governance.cases.desk.policy import may_help
from governance.cases.holder import line_above
from governance.cases.models import Case
from governance.cases.policy import may_decide, may_hold
from governance.cases.restriction.policy import could_see
from governance.cases.standing import KIND_ROLES, kept_out, part_of
from governance.people.models import Person, Role
from governance.people.roles import PERMISSIONS, REVIEWING, RoleName


def possible_holders(session: Session, case: Case) -> list[Person]:
    """Who could hold the case instead of its holder: the line above the author first, then by name."""
    permission = "case.guard" if case.stage == "held" else "case.triage"
    people = _with_roles(session, PERMISSIONS[permission])
    return _nearest_first(
        case, [one for one in people if one.id != case.holder_id and not may_hold(one, case)]
    )


def possible_helpers(session: Session, case: Case, asker: Person) -> list[Person]:
    """Whom `asker` could ask about the case, by name."""
    people = _with_roles(session, PERMISSIONS["case.recuse"])
    return [one for one in people if may_help(one, case, asker) is None]


def possible_deciders(session: Session, case: Case) -> list[Person]:
    """Who could be named to decide the case: the holder and the line above the author first, then by name."""
    people = _with_roles(session, PERMISSIONS["case.decide"])
    return _nearest_first(case, [one for one in people if may_decide(one, case) is None])


def possible_seconds(session: Session, case: Case) -> list[Person]:
    """Who could countersign the case: by name."""
    people = _with_roles(session, PERMISSIONS["case.countersign"])
    return [one for one in people if may_countersign(one, case) is None]


def possible_hearers(session: Session, case: Case) -> list[Person]:
    """Who could hear the appeal: the line above the author first, then by name."""
    people = _with_roles(session, PERMISSIONS["case.hear_appeal"])
    named = case.appeal.hearer_id if case.appeal else None
    return _nearest_first(case, [one for one in people if one.id != named and may_hear(one, case) is None])


def possible_investigators(session: Session, case: Case) -> list[Person]:
    """Who could be named in a formal investigation: whoever has a role beside staff and is not kept out, by name."""
    people = _with_roles(session, REVIEWING)
    return [one for one in people if kept_out(one, case) is None]


def unwritable(session: Session, case: Case, kinds: tuple[str, ...], decider: Person) -> str | None:
    """The first of `kinds` that nobody could write if `decider` decides, or None where all can be written."""
    for kind in kinds:
        writers = [
            person
            for person in _with_roles(session, frozenset({KIND_ROLES[kind]}))
            if person.id != decider.id and _could_write(person, case)
        ]
        if not writers:
            return kind
    return None


def possible_writers(session: Session, case: Case) -> list[Person]:
    """Who may be asked for an opinion that is not written yet, by name."""
    kinds = {opinion.kind for opinion in case.opinions if opinion.written_at is None}
    if case.stage != "review" or not kinds:
        return []
    people = _with_roles(session, frozenset(KIND_ROLES[kind] for kind in kinds))
    return [one for one in people if one.id != case.decider_id and _could_write(one, case)]


def _could_write(person: Person, case: Case) -> bool:
    """Whether nothing keeps them from writing an opinion: no part, no conflict, no restriction."""
    return kept_out(person, case) is None and part_of(person, case) is None and could_see(person, case)


def _with_roles(session: Session, roles: frozenset[RoleName]) -> list[Person]:
    names = [role.value for role in roles]
    query = (
        select(Person)
        .where(Person.active, Person.roles.any(Role.name.in_(names)))
        .options(joinedload(Person.department))
        .order_by(Person.name, Person.id)
    )
    return list(session.scalars(query))


def _nearest_first(case: Case, people: list[Person]) -> list[Person]:
    near = [case.holder_id, *(person.id for person in line_above(case.subject))]
    return sorted(people, key=lambda person: near.index(person.id) if person.id in near else len(near))
