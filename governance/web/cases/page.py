"""One case, in reading order."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import find
from governance.web.cases.reading import page as case_page
from governance.web.cases.sections import SECTIONS
from governance.workflow.show_words import show_words


@cases.get("/<reference>")
@permission("case.see", writes=True)
def show(reference: str) -> ResponseReturnValue:
    """What was posted, why it was flagged, what was said, and what happens next."""
    case, person = find(reference), current_person()
    shown = {name: value for section in SECTIONS for name, value in section(person, case).items()}
    if asked := request.args.get("show") == "words":
        show_words(db.session, person, case=case)
    return case_page("cases/show.html", case, words_asked=asked, **shown)
