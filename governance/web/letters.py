"""Your letters: those addressed to the person who is signed in, and one letter to read or print."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from governance.cases.sight import can_see
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Missing
from governance.letters.queries import letter_by_id, letters_to
from governance.letters.templates import letter_templates
from governance.workflow.read_letter import read_letter

letters = Blueprint("letters", __name__, url_prefix="/letters")


@letters.get("/")
@permission("letter.see")
def index() -> ResponseReturnValue:
    """The letters addressed to me, the newest first."""
    return render_template("letters/index.html", letters=letters_to(db.session, current_person()))


@letters.get("/<int:letter_id>")
@permission("letter.see", writes=True)
def show(letter_id: int) -> ResponseReturnValue:
    """One letter as it was sent. That its reader has opened it is kept."""
    person, letter = current_person(), letter_by_id(db.session, letter_id)
    if letter is None:
        raise Missing("There is no such letter, or none that you may read.")
    read_letter(db.session, person, letter=letter)
    db.session.flush()
    return render_template(
        "letters/show.html",
        letter=letter,
        mine=letter.recipient_id == person.id,
        sees_case=can_see(person, letter.case),
        title=letter_templates()[letter.kind].title,
    )
