"""The eight roles, and the first monitoring notice.

An organisation that adapts the notice publishes a newer number; this one stays as what was acknowledged then.

Revision: 8c4e19d2f7a6, after 5d1c0a77e9b2.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "8c4e19d2f7a6"
down_revision: str | Sequence[str] | None = "5d1c0a77e9b2"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROLES = ("staff", "manager", "clinical_lead", "hr", "compliance", "guardian", "dpo", "admin")
TITLE = "How your professional social media is looked at, and why"
BODY = """\
You may post as a professional. Most of what health staff post helps people, and this service counts the good as well as \
the risk. This notice says what is looked at, who sees it and what you can do about it.

## What is looked at
- The accounts that you register here yourself: platform, handle, address, purpose and privacy settings.
- Posts and drafts that you submit, and posts imported for an account you registered, after you read this notice.
- A post that a person reports, with what they saw. You are shown it and asked before anyone decides.
- A draft that you check before posting is private: it is not stored, and nobody else sees it.

## What is never done
- Nothing is collected in secret. This service has no switch for it.
- Private accounts, private messages and your family's accounts are not looked at. Nobody may ask for your passwords.
- Your union activity, your beliefs, your own health and your family life are not scored against you.
- Raising a concern about safety is not held against you. It goes to the Freedom to Speak Up guardian first.
- A score never decides anything. It is advice that shows the words and the guidance it stands on.

## Why
To protect patients and their confidentiality, to protect the public from unsafe health claims, and to help you before a \
post harms you or somebody else. Your organisation, as data controller, names its lawful basis in its own policy: check \
the local policy.

## Who sees what
- You see everything that is held about you, on the page 'Your record'.
- Your line manager, and the managers above them, see the accounts you register, the drafts you send for approval and a \
case that they hold.
- Clinical leads and HR see a case when it comes to them, not your other posts.
- Compliance officers and the data protection officer see the register of accounts, and counts in which small groups are \
hidden.
- Heads of department see counts only.
- The guardian sees a case that may be somebody speaking up, before anybody else does.
- Who opened a case about you is recorded, and you can see it.

## How long it is kept
As long as your organisation's retention policy says, and no longer: check the local policy, or ask the data protection \
officer.

## What you can do
- See it: open 'Your record' and download a copy at any time.
- Correct it: ask for what is wrong or out of date to be put right.
- Object: tell the data protection officer why, and they must answer.
- Answer first: if a post needs a look, you see the reason and give your answer before anybody decides. You may bring a \
companion or a union representative.
- Appeal: every decision is written, with its reasons and the name of the person who made it, and you can ask for it to be \
looked at again.
- Talk in confidence: the Freedom to Speak Up guardian is there for you.
- Stop: you can retire an account here whenever you no longer use it for work. You can complain to the Information \
Commissioner's Office.
"""

role = sa.table("role", sa.column("id", sa.Integer), sa.column("name", sa.String))
person_role = sa.table("person_role", sa.column("role_id", sa.Integer))
notice = sa.table(
    "notice",
    sa.column("id", sa.Integer),
    sa.column("number", sa.Integer),
    sa.column("title", sa.String),
    sa.column("body", sa.Text),
    sa.column("published_at", sa.DateTime(timezone=True)),
)
acknowledgement = sa.table("acknowledgement", sa.column("notice_id", sa.Integer))


def upgrade() -> None:
    bind = op.get_bind()
    held = set(bind.scalars(sa.select(role.c.name)))
    missing = [{"name": name} for name in ROLES if name not in held]
    if missing:
        op.bulk_insert(role, missing)
    if bind.scalar(sa.select(sa.func.count()).where(notice.c.number == 1)) == 0:
        first = {"number": 1, "title": TITLE, "body": BODY, "published_at": datetime.now(UTC)}
        op.bulk_insert(notice, [first])


def downgrade() -> None:
    # What somebody holds or has acknowledged stays: it is theirs, and going up again finds it.
    op.execute(sa.delete(role).where(role.c.id.not_in(sa.select(person_role.c.role_id))))
    op.execute(
        sa.delete(notice).where(
            notice.c.number == 1, notice.c.body == BODY, notice.c.id.not_in(sa.select(acknowledgement.c.notice_id))
        )
    )
