"""People, for the administrator: who is here, where, in which roles, and whom they answer to. Read only."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import permission
from governance.kernel.database import LARGEST_ID
from governance.kernel.paging import paginate
from governance.people.queries import departments
from governance.people.queries import people as find_people
from governance.people.roles import ROLE_TITLES

people = Blueprint("people", __name__, url_prefix="/people")


@people.get("/")
@permission("people.see")
def index() -> ResponseReturnValue:
    """People by name, searched and filtered by the URL."""
    words, role = (
        request.args.get("words", "").strip()[:100].replace("\x00", ""),
        request.args.get("role", ""),
    )
    department_id = request.args.get("department", type=int)
    if department_id is not None and not 0 < department_id <= LARGEST_ID:
        department_id = None
    role = role if role in set(ROLE_TITLES) else ""
    page = paginate(
        db.session, find_people(words, role, department_id), request.args.get("page", 1, type=int)
    )
    return render_template(
        "people/index.html",
        page=page,
        words=words,
        role=role,
        department_id=department_id,
        roles=ROLE_TITLES,
        departments=departments(db.session),
        address=lambda number: url_for(
            "people.index", words=words or None, role=role or None, department=department_id, page=number
        ),
    )
