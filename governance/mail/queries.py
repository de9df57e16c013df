"""What the administrator sees of the outbox: numbers, and the mails that could not be sent yet.

Who was written to is not listed: it would tell who has to do with a case.
"""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from governance.mail.models import OutgoingMail


def in_trouble() -> Select[OutgoingMail]:
    """Mails that were given up, then those whose last try did not go well, the newest first; for `paginate`."""
    return (
        select(OutgoingMail)
        .where(
            or_(
                OutgoingMail.state == "failed",
                (OutgoingMail.state == "waiting") & OutgoingMail.error.is_not(None),
            )
        )
        .order_by(OutgoingMail.state, OutgoingMail.id.desc())
        .options(joinedload(OutgoingMail.person))
    )
