"""Taking a bundle of a case: made for its purpose, and written down who took it, when, for what and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from governance.audit.events import Event
from governance.audit.record import record
from governance.bundles.archive import as_zip
from governance.bundles.contents import Bundle, cleaned
from governance.bundles.gather import gather
from governance.bundles.models import FORMATS, PURPOSES, BundleExport
from governance.bundles.names import LONGEST_LIST, redactor_for
from governance.bundles.pdf import as_pdf
from governance.bundles.policy import can_export, seen_by
from governance.cases.models import Case
from governance.cases.sight import can_see
from governance.kernel import clock
from governance.kernel.errors import Invalid, Missing, Refused
from governance.kernel.text import required, storable
from governance.letters.queries import letters_of
from governance.people.models import Person
from governance.reports.queries import of_case


@dataclass(frozen=True)
class Exported:
    """The file, its name, and the row that says who took it."""

    row: BundleExport
    file_name: str
    content: bytes


def bundle_of(
    session: Session, actor: Person, *, case: Case, purpose: str, also_hide: Sequence[str] = ()
) -> Bundle:
    """The bundle as it goes out, with every name taken out that its purpose asks for."""
    viewer = seen_by(actor, case, purpose)
    letters = letters_of(session, viewer, case)
    redactor = redactor_for(case, letters, of_case(session, case), purpose, also_hide)
    return cleaned(gather(session, case, viewer, purpose), redactor.clean)


def export_bundle(
    session: Session,
    actor: Person,
    *,
    case: Case,
    purpose: str,
    file_format: str,
    reason: str,
    also_hide: Sequence[str] = (),
) -> Exported:
    """Make the file, and keep its custody. `also_hide` are names that are taken out beside those of the purpose.

    Raises Missing, Refused with what to do instead, or Invalid with the field to mend. It changes nothing in the case.
    """
    if not can_see(actor, case):
        raise Missing("There is no such case, or none that you may see.")
    if purpose not in PURPOSES:
        raise Invalid("Choose what the bundle is for.", "purpose")
    if file_format not in FORMATS:
        raise Invalid("Choose PDF or ZIP.", "file_format")
    if refusal := can_export(actor, case, purpose):
        raise Refused(refusal)
    reason = required(reason, "reason", "What the bundle is needed for", 1_000)
    names = _names(also_hide)
    bundle = bundle_of(session, actor, case=case, purpose=purpose, also_hide=names)
    content = as_pdf(bundle)
    if file_format == "zip":
        content = as_zip(bundle, content)
    digest = hashlib.sha256(content).hexdigest()
    row = BundleExport(
        case=case,
        purpose=purpose,
        format=file_format,
        made_by=actor,
        made_at=clock.now(),
        reason=reason,
        sha256=digest,
    )
    session.add(row)
    session.flush()
    record(session, Event.BUNDLE_EXPORTED, row.id, actor.id, case_id=case.id, purpose=purpose, sha256=digest)
    return Exported(row, f"{case.reference}-{purpose.replace('_', '-')}.{file_format}", content)


def _names(also_hide: Sequence[str]) -> list[str]:
    names = [" ".join(name.split()) for name in also_hide if name.strip()]
    if len(names) > LONGEST_LIST:
        raise Invalid(f"Give {LONGEST_LIST} names at most.", "also_hide")
    if any(len(name) < 2 for name in names):
        raise Invalid("A name to take out needs two letters or more.", "also_hide")
    return [storable(name, "also_hide", "A name to take out", 200) for name in names]
