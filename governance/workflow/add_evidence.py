"""The owner of an account adds what shows that it is theirs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from governance.accounts.models import AccountEvidence, SocialAccount
from governance.accounts.policy import is_owner
from governance.accounts.proof import check_evidence_file
from governance.audit.events import Event
from governance.audit.record import record
from governance.kernel import clock
from governance.kernel.errors import Conflict, Invalid, Refused
from governance.kernel.text import required
from governance.people.models import Person

LONGEST_NOTE = 2_000  # characters
MOST_EVIDENCE = 5  # pieces an account


def add_evidence(
    session: Session,
    actor: Person,
    account: SocialAccount,
    *,
    note: str,
    file_name: str | None = None,
    content: bytes | None = None,
) -> AccountEvidence:
    """Add a note, perhaps with a small PNG, JPEG or PDF, to an account that waits to be confirmed.

    Raises Refused for anybody but the owner, Conflict once it is decided, Invalid at `note` or `file`.
    """
    if not is_owner(actor, account):
        raise Refused("Only the owner of an account can add evidence to it.")
    if account.state != "pending":
        raise Conflict("This account no longer waits to be confirmed, so nothing can be added to it.")
    if len(account.evidence) >= MOST_EVIDENCE:
        raise Invalid(
            f"There are already {MOST_EVIDENCE} pieces of evidence, which is as many as are kept.", "file"
        )
    words = required(note.strip(), "note", "A note that says what this shows", LONGEST_NOTE)
    file = check_evidence_file(file_name or "", content) if content is not None else None
    evidence = AccountEvidence(
        account=account,
        added_by=actor,
        added_at=clock.now(),
        note=words,
        file_name=file.name if file else None,
        media_type=file.media_type if file else None,
        sha256=file.sha256 if file else None,
        content=file.content if file else None,
    )
    session.add(evidence)
    session.flush()
    record(
        session,
        Event.ACCOUNT_EVIDENCE_ADDED,
        account.id,
        actor.id,
        evidence_id=evidence.id,
        sha256=evidence.sha256,
    )
    return evidence
