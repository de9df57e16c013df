"""Opening a letter: the first time its own reader does, that is kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record, wait_turn
from governance.kernel import clock
from governance.kernel.errors import Missing
from governance.letters.models import Letter, LetterReading
from governance.letters.policy import may_read
from governance.people.models import Person


def read_letter(session: Session, actor: Person, *, letter: Letter) -> Letter:
    """Note that `actor`, to whom it is addressed, has opened the letter. Raises Missing for whoever may not read it."""
    if not may_read(actor, letter):
        raise Missing("There is no such letter, or none that you may read.")
    if letter.recipient_id != actor.id:
        return letter
    wait_turn(session)
    session.expire(letter, ["reading"])
    if letter.reading is None:
        session.add(LetterReading(letter=letter, read_at=clock.now()))
        record(session, Event.LETTER_READ, letter.id, actor.id, case_id=letter.case_id)
    return letter
