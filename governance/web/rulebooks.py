"""The organisation's own rules: write, try, put in shadow, publish by two people, roll back; and how often reviewers agree."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import current_person, permission
from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import RulebookError
from governance.insight import agreement as agreed
from governance.insight import backtest
from governance.insight.suppression import FEWEST
from governance.insight.verdicts import DEFINITION
from governance.kernel.errors import Invalid
from governance.rulebooks.in_use import rulebook_in_use, rulebook_of, trouble
from governance.rulebooks.models import OrganisationRulebook
from governance.rulebooks.policy import (
    changes_what_speaks,
    why_not_agree,
    why_not_decline,
    why_not_propose,
    why_not_shadow,
)
from governance.rulebooks.queries import all_versions, last_step, published_version, version_numbered
from governance.scoring.comparison import changes
from governance.scoring.reading import vocabulary
from governance.web.forms.rulebooks import ShelveForm, StepForm, WriteForm
from governance.web.nhs import blame
from governance.web.trial import KIND_WORDS, Trial, try_rules
from governance.workflow.agree_rulebook import agree_rulebook
from governance.workflow.decline_rulebook import decline_rulebook
from governance.workflow.propose_rulebook import propose_rulebook
from governance.workflow.shadow_rulebook import shadow_rulebook
from governance.workflow.shelve_rule import shelve_rule
from governance.workflow.write_rulebook import write_rulebook

rulebooks = Blueprint("rulebooks", __name__, url_prefix="/guidance/rules")


@rulebooks.get("/")
@permission("rulebook.see")
def index() -> ResponseReturnValue:
    """Every version, the one in use, and what waits."""
    return render_template(
        "rulebooks/index.html",
        versions=all_versions(db.session),
        book=rulebook_in_use(db.session),
        trouble=trouble(db.session),
    )


@rulebooks.route("/new", methods=["GET", "POST"])
@permission("rulebook.write")
def write() -> ResponseReturnValue:
    """A new version, begun from the published one or from the one that `from` names."""
    form = WriteForm()
    if form.is_submitted() and form.validate():
        try:
            made = write_rulebook(
                db.session,
                current_person(),
                toml=form.toml.data or "",
                reason=form.reason.data or "",
                seen=form.seen.data,
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(f"Version {made.number} is kept as a draft. Nothing speaks by it yet.")
            return redirect(url_for("rulebooks.show", number=made.number), 303)
    if not form.is_submitted():
        form.toml.data = _begun_from(request.args.get("from", type=int))
        form.seen.data = last_step(db.session)
    return _writing(form, None), 422 if form.is_submitted() else 200


@rulebooks.post("/check")
@permission("rulebook.write", writes=False)
def check() -> ResponseReturnValue:
    """Try what is written. Nothing is stored."""
    form = WriteForm()
    form.validate()
    return _writing(form, try_rules(db.session, form.toml.data or ""))


def _begun_from(number: int | None) -> str:
    version = version_numbered(db.session, number) if number else published_version(db.session)
    return version.toml if version else ""


def _writing(form: WriteForm, trial: Trial | None) -> str:
    return render_template(
        "rulebooks/write.html",
        form=form,
        trial=trial,
        facts=vocabulary(),
        sources=shipped_rulebook().sources,
        **_limits(),
    )


def _limits() -> dict[str, object]:
    return {"since": backtest.since(), "most": backtest.MOST_ON_A_PAGE, "fewest": FEWEST}


@rulebooks.get("/<int:number>")
@permission("rulebook.see")
def show(number: int) -> ResponseReturnValue:
    """One version: what it would change, its text, its history, and what this person may do with it."""
    form = StepForm()
    form.seen.data = last_step(db.session)
    return _page(version_numbered(db.session, number), form)


@rulebooks.get("/<int:number>/measure")
@permission("rulebook.see")
def measure(number: int) -> ResponseReturnValue:
    """One version, tried on the corpus and on stored posts."""
    version = version_numbered(db.session, number)
    trial = try_rules(db.session, version.toml)
    return render_template("rulebooks/measure.html", version=version, trial=trial, **_limits())


@rulebooks.post("/<int:number>/shadow")
@permission("rulebook.write")
def shadow(number: int) -> ResponseReturnValue:
    """Measure it, and show it to nobody."""
    return _step(
        number, shadow_rulebook, lambda _: f"Version {number} is in shadow: measured, and shown to nobody."
    )


@rulebooks.post("/<int:number>/propose")
@permission("rulebook.write")
def propose(number: int) -> ResponseReturnValue:
    """Publish it, or ask for a second person to."""

    def said(version: OrganisationRulebook) -> str:
        if version.status == "published":
            return (
                f"Version {number} is in use. No post is answered otherwise by it, so nobody else was asked."
            )
        return (
            f"Version {number} waits for a second person: a clinical lead, HR or another compliance officer."
        )

    return _step(number, propose_rulebook, said)


@rulebooks.post("/<int:number>/agree")
@permission("rulebook.agree")
def agree(number: int) -> ResponseReturnValue:
    """The second person publishes it."""
    return _step(number, agree_rulebook, lambda _: f"Version {number} is in use from now on.")


@rulebooks.post("/<int:number>/decline")
@permission("rulebook.agree")
def decline(number: int) -> ResponseReturnValue:
    """It is not published."""
    return _step(
        number, decline_rulebook, lambda _: f"Version {number} was sent back. The rules in use stay."
    )


def _step(
    number: int, verb: Callable[..., OrganisationRulebook], said: Callable[[OrganisationRulebook], str]
) -> ResponseReturnValue:
    version, form = version_numbered(db.session, number), StepForm()
    if form.validate():
        try:
            verb(
                db.session,
                current_person(),
                version=version,
                reason=form.reason.data or "",
                seen=form.seen.data,
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(said(version))
            return redirect(url_for("rulebooks.show", number=number), 303)
    return _page(version, form), 422


def _page(version: OrganisationRulebook, form: StepForm) -> str:
    person, in_use = current_person(), rulebook_in_use(db.session)
    try:
        made, problems = rulebook_of(version), []
    except RulebookError as error:
        made, problems = in_use, error.problems
    writes, agrees = person.may("rulebook.write"), person.may("rulebook.agree")
    return render_template(
        "rulebooks/show.html",
        version=version,
        problems=problems,
        made=made,
        changed=changes(in_use, made),
        kinds=KIND_WORDS,
        two=changes_what_speaks(in_use, made),
        again=any(step.status == "superseded" for step in version.steps),
        form=form,
        may={
            "shadow": writes and not problems and why_not_shadow(version) is None,
            "propose": writes and not problems and why_not_propose(version) is None,
            "agree": agrees and not problems and why_not_agree(person, version) is None,
            "decline": agrees and why_not_decline(version) is None,
        },
        why_not_agree=why_not_agree(person, version) if agrees else None,
    )


@rulebooks.get("/agreement")
@permission("rulebook.write")
def agreement() -> ResponseReturnValue:
    """How often reviewers agreed with each rule here, and which rules might rest."""
    form = ShelveForm()
    form.seen.data = last_step(db.session)
    return _agreement(form)


@rulebooks.post("/agreement")
@permission("rulebook.write")
def shelve() -> ResponseReturnValue:
    """A draft in which one rule is in shadow."""
    form = ShelveForm()
    if form.validate():
        try:
            made = shelve_rule(
                db.session,
                current_person(),
                rule_id=form.rule.data or "",
                reason=form.reason.data or "",
                seen=form.seen.data,
            )
        except Invalid as error:
            blame(form, error)
        else:
            flash(
                f"Version {made.number} is kept as a draft, with {form.rule.data} in shadow. Nothing has changed yet."
            )
            return redirect(url_for("rulebooks.show", number=made.number), 303)
    return _agreement(form), 422


def _agreement(form: ShelveForm) -> str:
    found = agreed.agreements(db.session, rulebook_in_use(db.session))
    return render_template(
        "rulebooks/agreement.html",
        form=form,
        found=found,
        proposed=[one for one in found if one.hardly_ever],
        definition=DEFINITION,
        floor=agreed.FLOOR,
        fewest_decisions=agreed.FEWEST_DECISIONS,
        fewest=FEWEST,
    )
