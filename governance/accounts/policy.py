"""Who may see an account and do what with it. Pure: `manages` says whether the owner answers to the person."""

from __future__ import annotations

from governance.accounts.models import SocialAccount
from governance.people.models import Person
from governance.people.roles import RoleName

SEE_ALL = frozenset({RoleName.COMPLIANCE, RoleName.DPO})
LIVE = ("pending", "verified")


def may_see(person: Person, account: SocialAccount, *, manages: bool) -> bool:
    """The owner, a manager up the owner's line, compliance and data protection; nobody else."""
    if not person.active:
        return False
    if account.owner_id == person.id or person.role_names & SEE_ALL:
        return True
    return manages and person.may("register.see")


def may_confirm(person: Person, account: SocialAccount, *, manages: bool) -> bool:
    """A manager up the owner's line, or compliance; never the owner."""
    if account.owner_id == person.id or not person.may("account.confirm"):
        return False
    return manages or RoleName.COMPLIANCE in person.role_names


def why_not_confirm(person: Person, account: SocialAccount, *, manages: bool) -> str | None:
    """Why this person may not confirm or reject, in words for a page; None where they may."""
    if account.owner_id == person.id:
        return "You cannot confirm your own account. Your manager or a compliance officer looks at it."
    if not may_confirm(person, account, manages=manages):
        return "Only a manager of the account's owner, or a compliance officer, can confirm an account."
    return None


def is_owner(person: Person, account: SocialAccount) -> bool:
    """Whether the account is this person's own: evidence and the privacy review are the owner's alone."""
    return person.active and account.owner_id == person.id


def may_retire(person: Person, account: SocialAccount) -> bool:
    """The owner, or compliance where the owner has left."""
    if is_owner(person, account):
        return True
    return person.active and RoleName.COMPLIANCE in person.role_names and not account.owner.active
