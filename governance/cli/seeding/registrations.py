"""Registering accounts, confirming them, reviewing their privacy settings, and retiring some."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from governance.accounts.models import SocialAccount
from governance.accounts.privacy import CHECKLIST, next_due
from governance.accounts.registration_numbers import Standing
from governance.cli.seeding.cast import Cast
from governance.cli.seeding.demo_files import AccountRow, PersonRow
from governance.cli.seeding.organisation import acknowledge
from governance.kernel import clock
from governance.workflow.confirm_account import confirm_account
from governance.workflow.register_account import register_account
from governance.workflow.reject_account import reject_account
from governance.workflow.retire_account import retire_account
from governance.workflow.review_privacy import review_privacy


def plan_registrations(cast: Cast) -> None:
    """Plan what happens to every account."""
    owners = {row["key"]: row for row in cast.files.people}
    for row in sorted(cast.files.accounts, key=lambda row: -row["registered_days_ago"]):
        _plan(cast, row, owners[row["owner"]])


def _plan(cast: Cast, row: AccountRow, owner: PersonRow) -> None:
    key, timetable = row["key"], cast.timetable
    registered = timetable.later(
        timetable.on(row["registered_days_ago"] + 1, "12:00"), 1, f"{key} registered"
    )
    cast.plan(
        registered - timedelta(minutes=20),
        f"acknowledgements: {key}",
        lambda: acknowledge(cast, row["owner"]),
    )
    cast.plan(registered, f"accounts: {key}", lambda: _register(cast, row, owner))
    if "verified_after_days" in row:
        confirmed = timetable.later(registered, row["verified_after_days"], f"{key} confirmed")
        cast.plan(confirmed, f"confirmations: {key}", lambda: _confirm(cast, row))
    if "rejected_after_days" in row:
        rejected = timetable.later(registered, row["rejected_after_days"], f"{key} rejected")
        cast.plan(rejected, f"rejections: {key}", lambda: _reject(cast, row))
    due = row["privacy_review_due_in_days"]
    if due is not None:
        _plan_review(cast, row, clock.local_date(timetable.now) + timedelta(days=due), registered)
    if "retired_days_ago" in row:
        retired = timetable.on(row["retired_days_ago"], "17:10")
        cast.plan(retired, f"retirements: {key}", lambda: _retire(cast, row))


def _register(cast: Cast, row: AccountRow, owner: PersonRow) -> None:
    standing = Standing(owner["profession"], owner["regulator"], owner["registration_number"])
    cast.accounts[row["key"]] = register_account(
        cast.session,
        cast.people[row["owner"]],
        platform=row["platform"],
        handle=row["handle"],
        url=row["url"],
        purpose=row["purpose"],
        audience=row["audience"],
        standing=standing,
    )


def _confirm(cast: Cast, row: AccountRow) -> None:
    account = _account(cast, row)
    confirm_account(cast.session, cast.people[row["confirmed_by"]], account, version=account.version)


def _reject(cast: Cast, row: AccountRow) -> None:
    account = _account(cast, row)
    reject_account(
        cast.session,
        cast.people[row["confirmed_by"]],
        account,
        reason=row["rejection_reason"],
        version=account.version,
    )


def _retire(cast: Cast, row: AccountRow) -> None:
    account = _account(cast, row)
    reason = row["retirement_reason"]
    retire_account(cast.session, account.owner, account, version=account.version, reason=reason)


def _plan_review(cast: Cast, row: AccountRow, due: date, registered: datetime) -> None:
    """The owner reviewed the settings on the day from which the next review falls due on `due`, or soon after registering."""
    day = next(day for day in _half_a_year_before(due) if next_due(day) <= due)
    day = max(day, clock.local_date(registered) + timedelta(days=1))
    moment = datetime(day.year, day.month, day.day, 19, 30, tzinfo=clock.LONDON)
    cast.plan(moment, f"privacy reviews: {row['key']}", lambda: _review(cast, row))


def _half_a_year_before(due: date) -> list[date]:
    return [due - timedelta(days=days) for days in range(178, 190)]


def _review(cast: Cast, row: AccountRow) -> None:
    account = _account(cast, row)
    review_privacy(cast.session, account.owner, account, checked=CHECKLIST, version=account.version)


def _account(cast: Cast, row: AccountRow) -> SocialAccount:
    account = cast.accounts[row["key"]]
    cast.session.refresh(account)
    return account
