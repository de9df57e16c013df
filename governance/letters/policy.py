"""Who may write and read which letter. Pure: None where it is allowed, or the reason why not, in words for a page."""

from __future__ import annotations

from governance.cases.models import Case
from governance.cases.sight import can_see, can_see_guards, may_know_reporters
from governance.cases.standing import is_subject, kept_out
from governance.letters.models import LETTER_KINDS, Letter
from governance.letters.templates import letter_templates
from governance.people.models import Person

LEARNING = frozenset({"supportive_conversation", "reflection", "learning"})


def can_send_any(person: Person, case: Case) -> str | None:
    """Whoever holds or decides a case, or hears its appeal, writes its letters, at any stage: harm is stopped at once."""
    if kept := kept_out(person, case):
        return kept
    if person.id == case.holder_id and person.may("letter.send"):
        return None
    if case.stage != "held" and person.id == case.decider_id and person.may("letter.send"):
        return None
    if case.appeal is not None and person.id == case.appeal.hearer_id and person.may("letter.send"):
        return None
    return f"{case.holder.name} holds this case and writes its letters."


def can_send(person: Person, case: Case, kind: str) -> str | None:
    """Whether this kind can be sent in this case now, by this person."""
    if reason := can_send_any(person, case) or too_early(case, kind):
        return reason
    if letter_templates()[kind].to == "reporter" and not may_know_reporters(person, case):
        return "HR writes to whoever reported the post: they are not named to anybody else."
    return None


def too_early(case: Case, kind: str) -> str | None:
    """Why a kind of letter does not fit where the case stands, if it does not."""
    decided = case.decision is not None  # the one that was issued and is in force
    reasons = {
        "edit_request": None
        if case.stage != "closed"
        else "The case is closed: nothing more is asked of the author.",
        "reply_invitation": _no_invitation(case),
        "outcome": None if decided else "There is no decision to tell of yet.",
        "appeal_acknowledged": None if case.appeal is not None else "Nobody has appealed in this case.",
        "appeal_outcome": None
        if case.appeal is not None and case.appeal.result is not None
        else "No appeal has been answered in this case.",
        "coaching_note": None
        if case.closure == "coaching"
        or (decided and case.decision is not None and case.decision.outcome in LEARNING)
        else "A coaching note follows an offer of coaching, or a decision that asks for learning.",
        "reporter_acknowledgement": None
        if reporter_of(case) is not None
        else "Nobody in the organisation reported this post.",
    }
    return reasons[kind]


def _no_invitation(case: Case) -> str | None:
    """An invitation names the last day to answer, so there must be one."""
    if case.stage != "reply":
        return "The author is invited once every opinion is written."
    if case.paused_since is not None:
        return "The case's clock stands still, so there is no last day to name. Let it run again first."
    return None


def offered(person: Person, case: Case) -> list[str]:
    """The kinds that this person can send in this case now."""
    return [kind for kind in LETTER_KINDS if can_send(person, case, kind) is None]


def recipient_of(case: Case, kind: str) -> Person | None:
    """Whom a letter of this kind goes to."""
    return case.subject if letter_templates()[kind].to == "author" else reporter_of(case)


def reporter_of(case: Case) -> Person | None:
    """The colleague who reported the post, if one did."""
    return next((part.person for part in case.parts if part.part == "reporter"), None)


def may_read(person: Person, letter: Letter) -> bool:
    """The person it is addressed to, and those who see the case. The author never sees a letter to somebody else."""
    if not person.active:
        return False
    if letter.recipient_id == person.id:
        return True
    if is_subject(person, letter.case) or not can_see(person, letter.case):
        return False
    if letter_templates()[letter.kind].to == "reporter" and not may_know_reporters(person, letter.case):
        return letter.sender_id == person.id
    return not letter.while_held or can_see_guards(person, letter.case)
