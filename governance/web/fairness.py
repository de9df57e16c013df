"""Fairness, for compliance: what groups of people meet, beside each other; and the file that HR supplies for it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.equality.csv_rows import HEADER
from governance.equality.models import CHARACTERISTICS
from governance.equality.queries import newest_supply
from governance.guidance.loader import shipped_rulebook
from governance.insight.report import Figure
from governance.insight.report_fairness import fairness_figures
from governance.insight.report_second_opinions import second_opinion_figures
from governance.kernel.errors import Invalid, Missing
from governance.kernel.spreadsheet import csv_text
from governance.web.forms.fairness import SupplyForm
from governance.web.nhs import blame
from governance.workflow.supply_equality import supply_equality

fairness = Blueprint("fairness", __name__, url_prefix="/fairness")

GROUPING_TITLES = {
    "profession": "Profession",
    "department": "Department",
    "grade": "Grade",
    "qualified_in": "Place of qualification",
    "ethnicity": "Ethnicity",
}


@fairness.get("/")
@permission("fairness.see")
def index() -> ResponseReturnValue:
    """Four figures by one grouping."""
    by = request.args.get("by", "profession")
    if by not in GROUPING_TITLES:
        raise Missing("People are not compared by that. Open the page and choose again.")
    figures = fairness_figures(db.session, by)
    if request.args.get("format") == "csv":
        return _exported(figures, f"fairness-{by}")
    return render_template(
        "fairness/index.html",
        by=by,
        title=GROUPING_TITLES[by],
        pages=[
            (url_for("fairness.index", by=name), title, name == by) for name, title in GROUPING_TITLES.items()
        ],
        figures=figures,
        supplied=by in CHARACTERISTICS,
        supply=newest_supply(db.session),
        columns=HEADER,
        address_of_csv=lambda figure: url_for("fairness.index", by=by, format="csv", figure=figure.id),
    )


@fairness.get("/agreement")
@permission("fairness.see")
def agreement() -> ResponseReturnValue:
    """How two people agree who judged the same case, by pair and by kind of concern."""
    titles = {one.id: one.title for one in shipped_rulebook().categories.values()}
    figures = second_opinion_figures(db.session, titles)
    if request.args.get("format") == "csv":
        return _exported(figures, "agreement")
    return render_template(
        "fairness/agreement.html",
        figures=figures,
        address_of_csv=lambda figure: url_for("fairness.agreement", format="csv", figure=figure.id),
    )


def _exported(figures: list[Figure], name: str) -> Response:
    wanted = request.args.get("figure", "")
    table = next((figure.table for figure in figures if figure.id == wanted), None)
    if table is None:
        raise Missing("There is no such figure, or nothing to export. Open the page and choose again.")
    return Response(
        csv_text(table.header, table.exported()),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}-{wanted}.csv"},
    )


@fairness.route("/supply", methods=["GET", "POST"])
@permission("fairness.supply")
def supply() -> ResponseReturnValue:
    """The file with grade, place of qualification and ethnicity."""
    form = SupplyForm()
    if form.validate_on_submit():
        try:
            made = supply_equality(
                db.session, current_person(), content=form.file.data.read() if form.file.data else b""
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(
                f"The figures of {made.people:,} people are in. {made.unknown:,} addresses belong to nobody here."
            )
            return redirect(url_for("fairness.supply"), 303)
    page = render_template(
        "fairness/supply.html", form=form, columns=HEADER, newest=newest_supply(db.session)
    )
    return page, 422 if request.method == "POST" else 200
