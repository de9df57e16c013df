"""Taking a bundle of the case, and who took one before."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue

from governance.bundles.policy import PURPOSE_HINTS, PURPOSE_TITLES, can_export_any, purposes_for
from governance.bundles.queries import exports_of
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel.errors import Invalid, Refused
from governance.web.cases.blueprint import cases
from governance.web.cases.reading import find, page
from governance.web.forms.bundles import BundleForm
from governance.web.nhs import blame
from governance.workflow.export_bundle import Exported
from governance.workflow.export_bundle import export_bundle as export

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@cases.route("/<reference>/bundle", methods=["GET", "POST"])
@permission("bundle.export", writes=True)
def export_bundle(reference: str) -> ResponseReturnValue:
    """What it is for and why, then the file."""
    case, person = find(reference), current_person()
    if reason := can_export_any(person, case):
        raise Refused(reason)
    form = BundleForm()
    form.offer([(purpose, PURPOSE_TITLES[purpose]) for purpose in purposes_for(person, case)])
    if form.validate_on_submit():
        try:
            return _file(
                export(
                    db.session,
                    person,
                    case=case,
                    purpose=form.purpose.data or "",
                    file_format=form.file_format.data or "",
                    reason=form.reason.data or "",
                    also_hide=(form.also_hide.data or "").splitlines(),
                )
            )
        except Invalid as error:
            blame(form, error)
    return page(
        "cases/export_bundle.html",
        case,
        form=form,
        hints=PURPOSE_HINTS,
        purposes=PURPOSE_TITLES,
        exports=exports_of(db.session, case),
    )


def _file(exported: Exported) -> Response:
    answer = Response(exported.content, content_type=TYPES[exported.row.format])
    answer.headers["Content-Disposition"] = f"attachment; filename={exported.file_name}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
