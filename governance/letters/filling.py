"""What a case gives to its letters: values by name, None where the case does not have one yet."""

from __future__ import annotations

from datetime import date, datetime

from governance.accounts.platforms import PLATFORMS
from governance.cases.appealing import last_day
from governance.cases.clocks.words import reply_by
from governance.cases.models import Case
from governance.cases.titles import APPEAL_RESULTS, OUTCOME_MEANINGS, OUTCOME_TITLES
from governance.guidance.rulebook import Rulebook
from governance.kernel import clock
from governance.people.models import Person


def values_of(
    case: Case, rulebook: Rulebook, *, sender: Person, recipient: Person, today: date
) -> dict[str, str | None]:
    """Names and words for the templates. Nothing here tells of a guard or of who reported."""
    decision, appeal = case.decision, case.appeal
    until = last_day(case)
    answer_by = reply_by(case) if case.stage == "reply" else None
    return {
        "reference": case.reference,
        "recipient": recipient.name,
        "sender": sender.name,
        "sender_role": sender.role_title or (sender.role_titles[-1] if sender.role_titles else None),
        "platform": PLATFORMS[case.post.platform],
        "posted_on": _day(case.post.posted_at or case.post.submitted_at),
        "post_address": case.post.url,
        "concern": _concern(case, rulebook),
        "holder": case.holder.name,
        "decider": case.decider.name if case.decider else None,
        "reply_by": _long(answer_by) if answer_by else None,
        "outcome": OUTCOME_TITLES[decision.outcome] if decision else None,
        "outcome_meaning": OUTCOME_MEANINGS[decision.outcome] if decision else None,
        "reasons": decision.reasons if decision else None,
        "sources": "\n".join(f"- {source}" for source in decision.sources) if decision else None,
        "decided_on": _day(decision.decided_at) if decision else None,
        "appeal_until": _long(until) if until else None,
        "appealed_on": _day(appeal.made_at) if appeal else None,
        "appealed_decision_on": _day(appeal.decision.decided_at) if appeal else None,
        "hearer": appeal.hearer.name if appeal and appeal.hearer else None,
        "appeal_result": APPEAL_RESULTS[appeal.result] if appeal and appeal.result else None,
        "appeal_reasons": appeal.reasons if appeal else None,
        "appeal_conditions": appeal.conditions if appeal else None,
        "new_outcome": _outcome(appeal.new_decision.outcome) if appeal and appeal.new_decision else None,
        "today": _long(today),
    }


def _concern(case: Case, rulebook: Rulebook) -> str | None:
    """The kinds of concern of the newest check, the worst first, as the case's page names them."""
    rows = sorted(case.checks[-1].categories, key=lambda row: -row.score)
    titles = [rulebook.categories[row.category].title for row in rows if row.category in rulebook.categories]
    return ", ".join(title[:1].lower() + title[1:] for title in titles) or None


def _outcome(outcome: str) -> str:
    return f"{OUTCOME_TITLES[outcome]}. {OUTCOME_MEANINGS[outcome]}"


def _day(moment: datetime | None) -> str | None:
    return _long(clock.local_date(moment)) if moment else None


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
