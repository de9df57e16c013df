"""Ways in beside the score: reporting a post, what became of it, and the reports that wait for somebody to find out more."""

from __future__ import annotations

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.concerns.queries import raised_by
from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Missing, Refused
from governance.kernel.paging import paginate
from governance.people.models import Person
from governance.people.queries import person_by_email
from governance.reports.models import Report
from governance.reports.policy import can_handle, may_follow, may_know_complainant, may_know_reporter
from governance.reports.queries import (
    earlier_reports,
    how_many_wait,
    made_by,
    person_named,
    report_for,
    waiting_for,
)
from governance.reports.titles import SENT_BY, WAY_TITLES, told_reporter
from governance.rulebooks.in_use import rulebook_in_use
from governance.web.forms.reports import PlaceForm, ReportForm, SetAsideForm
from governance.web.nhs import blame
from governance.workflow.place_report import place_report
from governance.workflow.report_post import Reported, report_post
from governance.workflow.set_aside_report import set_aside_report
from governance.workflow.view_report_evidence import view_report_evidence

reports = Blueprint("reports", __name__, url_prefix="/reports")


@reports.get("/")
@permission("report.see")
def index() -> ResponseReturnValue:
    """What this person reported, and whether it is still being looked at."""
    person = current_person()
    page = paginate(db.session, made_by(person), request.args.get("page", 1, type=int))
    return render_template(
        "reports/index.html",
        page=page,
        ways=WAY_TITLES,
        platforms=PLATFORMS,
        told=told_reporter,
        concerns=raised_by(db.session, person),
        waiting=how_many_wait(db.session, person) if person.may("report.handle") else None,
        address=lambda number: url_for("reports.index", page=number),
    )


@reports.route("/new", methods=["GET", "POST"])
@permission("report.make")
def make() -> ResponseReturnValue:
    """Report a post: whose, where, when, the words, what was seen, and why it worries."""
    form = ReportForm()
    form.offer(current_person())
    if form.is_submitted() and form.validate():
        try:
            report = _report(form)
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"Thank you. Your report is {report.reference}, and it is being looked at.")
            return redirect(url_for("reports.show", report_id=report.id), 303)
    today = clock.local_date(clock.now()).isoformat()
    return render_template("reports/make.html", form=form, today=today), _status()


def _report(form: ReportForm) -> Report:
    way, words = form.way.data or "", (form.about_whom.data or "").strip()
    person, account = _named(form, words) if way != "self_report" else (None, None)
    complainant = (form.complainant.data or "").strip()
    works_here = person_by_email(db.session, complainant) if complainant else None
    if complainant and works_here is None:
        raise Invalid("Nobody here has this e-mail address. Check it, or leave it empty.", "complainant")
    told = Reported(
        way=way,
        platform=form.platform.data or "",
        text=form.text.words,
        worry=form.worry.data or "",
        posted_at=form.moment(),
        url=form.url.data or "",
        audience=form.audience.data or None,
        person=person,
        account=account,
        about_whom=words,
        may_name=bool(form.may_name.data),
        from_whom=form.from_whom.data or "",
        their_reference=form.their_reference.data or "",
        complainant=works_here,
        files=[(one.filename or "", one.read()) for one in form.file.data or () if one and one.filename],
    )
    return report_post(db.session, current_person(), told=told, rulebook=rulebook_in_use(db.session))


def _named(form: ReportForm, words: str) -> tuple[Person | None, SocialAccount | None]:
    person, account = person_named(db.session, form.platform.data or "", words)
    if person is not None and person.id == current_person().id and form.way.data == "report":
        raise Invalid(
            "That is you. Choose 'A post of your own' above: telling us yourself counts for you.", "way"
        )
    return person, account


@reports.get("/<int:report_id>")
@permission("report.see")
def show(report_id: int) -> ResponseReturnValue:
    """One report: for whoever sent it in what became of it, for whoever looks after it all of it."""
    person = current_person()
    report = report_for(db.session, person, report_id)
    own = may_follow(person, report)
    return render_template(
        "reports/show.html",
        report=report,
        own=own,
        told=told_reporter(report),
        handles=report.state == "waiting" and can_handle(person, report) is None,
        earlier=None if own else earlier_reports(db.session, report),
        **_words(person, report),
    )


@reports.get("/<int:report_id>/evidence/<int:evidence_id>")
@permission("report.see", writes=True)
def evidence(report_id: int, evidence_id: int) -> ResponseReturnValue:
    """A file that was sent with it, always as a download: a browser never shows it as a page of ours."""
    report = db.session.get(Report, report_id)
    if report is None:
        raise Missing("There is no such file.")
    file = view_report_evidence(db.session, current_person(), report=report, evidence_id=evidence_id)
    answer = send_file(
        io.BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.file_name
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@reports.get("/waiting")
@permission("report.handle")
def waiting() -> ResponseReturnValue:
    """Reports that wait for somebody to find out whose post it is, or what is new in it."""
    person = current_person()
    page = paginate(db.session, waiting_for(person), request.args.get("page", 1, type=int))
    return render_template(
        "reports/waiting.html",
        page=page,
        ways=SENT_BY,
        platforms=PLATFORMS,
        knows=lambda report: may_know_reporter(person, report),
        address=lambda number: url_for("reports.waiting", page=number),
    )


@reports.route("/<int:report_id>/place", methods=["GET", "POST"])
@permission("report.handle")
def place(report_id: int) -> ResponseReturnValue:
    """Say whose post it is, and open or join its case."""
    person, report = current_person(), _to_handle(report_id)
    form = PlaceForm(version=report.version, person=str(report.person_id or ""))
    form.offer(_everybody(leaving_out={person.id, report.complainant_id}))
    if form.is_submitted() and form.validate():
        try:
            case = place_report(
                db.session,
                person,
                report=report,
                version=form.version.data,
                person=_chosen(form.person.data),
                reason=form.reason.data or "",
                rulebook=rulebook_in_use(db.session),
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"{report.reference} is in {case.reference} now, whose holder takes the first look.")
            return redirect(url_for("reports.waiting"), 303)
    return render_template(
        "reports/place.html", form=form, report=report, **_words(person, report)
    ), _status()


@reports.route("/<int:report_id>/set-aside", methods=["GET", "POST"])
@permission("report.handle")
def set_aside(report_id: int) -> ResponseReturnValue:
    """No case comes of it."""
    person, report = current_person(), _to_handle(report_id)
    form = SetAsideForm(version=report.version)
    if form.is_submitted() and form.validate():
        try:
            set_aside_report(
                db.session, person, report=report, version=form.version.data, reason=form.reason.data or ""
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"{report.reference} is set aside, with your reason.")
            return redirect(url_for("reports.waiting"), 303)
    words = _words(person, report)
    return render_template("reports/set_aside.html", form=form, report=report, **words), _status()


def _to_handle(report_id: int) -> Report:
    """A report that this person may look after. Raises Missing, Refused, or Conflict where it no longer waits."""
    person = current_person()
    report = report_for(db.session, person, report_id)
    if request.method == "GET" and (reason := can_handle(person, report)):
        raise Refused(reason)
    if request.method == "GET" and report.state != "waiting":
        raise Conflict("Somebody has looked after this report already.")
    return report


def _everybody(leaving_out: set[int | None]) -> list[Person]:
    query = select(Person).where(Person.active).options(joinedload(Person.department))
    people = db.session.scalars(query.order_by(Person.name, Person.id))
    return [one for one in people if one.id not in leaving_out]


def _chosen(value: str | None) -> Person | None:
    if value is None or not value.isdecimal() or len(value) > 9:
        return None
    return db.session.scalar(select(Person).where(Person.id == int(value), Person.active))


def _words(person: Person, report: Report) -> dict[str, object]:
    """What every page about a report shows, as far as `person` may know it."""
    return {
        "way": WAY_TITLES[report.way],
        "sent_by": report.made_by.name if may_know_reporter(person, report) else SENT_BY[report.way],
        "from_whom": report.from_whom if may_know_complainant(person, report) else None,
        "platform": PLATFORMS[report.platform],
        "audience": AUDIENCES.get(report.audience or "", "Not known"),
    }


def _status() -> int:
    """422 where a form was sent and is shown again."""
    return 422 if request.method == "POST" else 200
