"""Finding accounts: one's own, those one answers for, what is due, and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, distinct, func, or_, select
from sqlalchemy.orm import Session, joinedload

from governance.accounts.models import AccountEvidence, SocialAccount
from governance.accounts.policy import LIVE, SEE_ALL, may_see
from governance.kernel.errors import Missing
from governance.people.models import Department, Person
from governance.people.queries import managed_by, manages, matches_words
from governance.people.roles import RoleName


@dataclass(frozen=True)
class RegisterFilter:
    """What a reader of the register looks for; empty fields do not narrow. `today` is London's day for what is due."""

    today: date
    words: str = ""
    platform: str = ""
    state: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class DepartmentCounts:
    """One department's accounts: `owners` are distinct people with an account that is pending or verified."""

    name: str
    owners: int
    pending: int
    verified: int
    overdue: int


def own_accounts(session: Session, person_id: int) -> list[SocialAccount]:
    """A person's own accounts, those in use first, then by registration."""
    in_use = case((SocialAccount.state.in_(LIVE), 0), else_=1)
    query = select(SocialAccount).where(SocialAccount.owner_id == person_id)
    return list(session.scalars(query.order_by(in_use, SocialAccount.registered_at, SocialAccount.id)))


def account_for(session: Session, person: Person, account_id: int) -> SocialAccount:
    """The account, if `person` may see it. Raises Missing alike where there is none and where they may not."""
    account = session.get(SocialAccount, account_id)
    if account is None or not may_see(person, account, manages=manages(person, account.owner)):
        raise Missing("There is no such account, or you may not see it.")
    return account


def evidence_of(account: SocialAccount, evidence_id: int) -> AccountEvidence:
    """One piece of an account's evidence that has a file. Raises Missing."""
    for evidence in account.evidence:
        if evidence.id == evidence_id and evidence.sha256 is not None:
            return evidence
    raise Missing("There is no such file.")


def registered_as(session: Session, platform: str, handle_key: str, url: str) -> SocialAccount | None:
    """The account in use that already has this handle on the platform, or this address."""
    same = or_(
        (SocialAccount.platform == platform) & (SocialAccount.handle_key == handle_key),
        func.lower(func.rtrim(SocialAccount.url, "/")) == url.rstrip("/").lower(),
    )
    return session.scalar(select(SocialAccount).where(SocialAccount.state.in_(LIVE), same).limit(1))


def register_of(person: Person, wanted: RegisterFilter) -> Select[SocialAccount]:
    """The register as far as `person` may see it, for `paginate`: by owner's name, then platform."""
    query = (
        select(SocialAccount)
        .join(SocialAccount.owner)
        .options(joinedload(SocialAccount.owner).joinedload(Person.department))
        .order_by(Person.name, SocialAccount.platform, SocialAccount.id)
    )
    if not person.role_names & SEE_ALL:
        query = query.where(SocialAccount.owner_id.in_(managed_by(person.id)))
    if wanted.words:
        words = wanted.words.strip().removeprefix("@")
        query = query.where(
            or_(
                matches_words(words),
                SocialAccount.handle.icontains(words, autoescape=True),
                SocialAccount.url.icontains(words, autoescape=True),
            )
        )
    if wanted.platform:
        query = query.where(SocialAccount.platform == wanted.platform)
    if wanted.state:
        query = query.where(SocialAccount.state == wanted.state)
    if wanted.overdue:
        query = query.where(SocialAccount.state.in_(LIVE), SocialAccount.privacy_review_due_on < wanted.today)
    return query


def waiting_for(person: Person) -> Select[SocialAccount]:
    """Accounts that `person` may confirm, the longest waiting first, for `paginate`."""
    query = (
        select(SocialAccount)
        .options(joinedload(SocialAccount.owner).joinedload(Person.department))
        .where(SocialAccount.state == "pending", SocialAccount.owner_id != person.id)
        .order_by(SocialAccount.registered_at, SocialAccount.id)
    )
    if RoleName.COMPLIANCE not in person.role_names:
        query = query.where(SocialAccount.owner_id.in_(managed_by(person.id)))
    return query


def how_many(session: Session, query: Select[SocialAccount]) -> int:
    """The number of accounts that `query` finds: for a line on a start page."""
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def counts_by_department(session: Session, department_ids: list[int], today: date) -> list[DepartmentCounts]:
    """Accounts in use in each of the departments, by name; departments without any are there with noughts."""
    live = SocialAccount.state.in_(LIVE)
    query = (
        select(
            Department.name,
            func.count(distinct(SocialAccount.owner_id)).filter(live),
            func.count().filter(SocialAccount.state == "pending"),
            func.count().filter(SocialAccount.state == "verified"),
            func.count().filter(live, SocialAccount.privacy_review_due_on < today),
        )
        .select_from(Department)
        .outerjoin(Person, Person.department_id == Department.id)
        .outerjoin(SocialAccount, SocialAccount.owner_id == Person.id)
        .where(Department.id.in_(department_ids))
        .group_by(Department.id, Department.name)
        .order_by(Department.name)
    )
    return [DepartmentCounts(*row) for row in session.execute(query)]


def seen_by(person: Person) -> Select[SocialAccount]:
    """Every account that `person` may see, their own among them. Twin of policy.may_see."""
    query = select(SocialAccount).options(joinedload(SocialAccount.owner))
    if person.role_names & SEE_ALL:
        return query
    own = SocialAccount.owner_id == person.id
    if not person.may("register.see"):
        return query.where(own)
    return query.where(or_(own, SocialAccount.owner_id.in_(managed_by(person.id))))
