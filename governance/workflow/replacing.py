"""Taking a person's place in a case where they may not go on: the next holds it, and another is named to decide."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.cases.candidates import unwritable
from governance.cases.holder import next_decider, next_placement
from governance.cases.models import Case
from governance.cases.parts import name_decider
from governance.cases.standing import KIND_ROLES, part_of
from governance.cases.titles import OPINION_NAMES
from governance.kernel.errors import Conflict
from governance.people.models import Person
from governance.people.roles import ROLE_TITLES
from governance.workflow.newcomers import ask_another
from governance.workflow.steps import move, note


def replace(session: Session, case: Case, person: Person, verb: str) -> None:
    """Give what `person` holds, decides, countersigns or hears in `case` to the next who may; the events go by `verb`.

    They must be kept out of the case already (by a recusal or a part). Raises Conflict where nobody is left.
    """
    newcomer = (case.stage, part_of(person, case)) in (("countersign", "countersign"), ("appeal", "appeal"))
    if case.holder_id == person.id:
        _next_holder(session, case, verb)
    if case.decider_id == person.id:
        owed = owed_opinions(case)
        decider = next_decider(session, case, lambda one: unwritable(session, case, owed, one) is None)
        name_decider(session, case, decider)
        note(session, case, None, verb, field="decider", old=person.name, new=decider.name)
    if newcomer:
        ask_another(session, case, person)


def owed_opinions(case: Case) -> tuple[str, ...]:
    """The opinions that the case waits for. At any other stage they are asked for anew."""
    if case.stage != "review":
        return ()
    return tuple(opinion.kind for opinion in case.opinions if opinion.written_at is None)


def check_writers(session: Session, leaving: Person, case: Case, owed: tuple[str, ...]) -> None:
    """Nobody leaves behind an opinion that no one else could write: the case would wait for it for ever."""
    theirs = tuple(kind for kind in owed if KIND_ROLES[kind] in leaving.role_names)
    if case.decider_id == leaving.id or case.decider is None:
        return  # who decides writes none, and stands in nobody's place
    if kind := unwritable(session, case, theirs, case.decider):
        role = ROLE_TITLES[KIND_ROLES[kind]]
        raise Conflict(
            f"Nobody else could write the {OPINION_NAMES[kind]} in this case. {leaving.name} need not write it: ask your "
            f"administrator to give another person the role '{role}', then do this again."
        )


def _next_holder(session: Session, case: Case, verb: str) -> None:
    held, old = case.stage == "held", case.holder
    placed = next_placement(session, case)
    case.holder = placed.holder
    note(
        session,
        case,
        None,
        verb,
        field="guardian" if held else "holder",
        old=old.name,
        new=placed.holder.name,
    )
    if placed.stage != case.stage:
        move(session, case, None, "hold", stage=placed.stage)
