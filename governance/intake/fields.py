"""One post given as named fields (a JSON object, a row of a table), checked into an ImportedPost.

Fields are those of PostInput that belong to a post, with `native_id` and `url`. What PostInput says of the author
(profession, role, interests) is not read: the house knows its people. Unknown fields are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.intake.record import Entry, Unreadable
from governance.kernel.errors import Invalid
from governance.kernel.text import required, storable
from governance.posts.checks import check_posted_at, check_whereabouts
from governance.posts.identity import identity
from governance.workflow.sifting import ImportedPost


def entry(line: int, given: Mapping[str, Any], account: SocialAccount) -> Entry:
    """The entry for `given`, which stands on `line`."""
    try:
        moment, assumed = _posted_at(given.get("posted_at"))
        return Entry(line, post=_post(given, moment, account), assumed_utc=assumed)
    except (Unreadable, Invalid) as error:
        return Entry(line, error=str(error))


def _post(given: Mapping[str, Any], posted_at: datetime, account: SocialAccount) -> ImportedPost:
    _check_platform(_string(given, "platform"), account)
    text = required(_string(given, "text", blank=True), "text", "The words of the post")
    url, native_id = check_whereabouts(_string(given, "url"), _native_id(given), account)
    check_posted_at(posted_at)
    in_reply_to = _string(given, "in_reply_to")
    attachments = _attachments(given)
    return ImportedPost(
        identity=identity(native_id=native_id, url=url, posted_at=posted_at, text=text),
        text=text,
        posted_at=posted_at,
        audience=_audience(_string(given, "audience")),
        in_reply_to=storable(in_reply_to, "in_reply_to", "in_reply_to") if in_reply_to else None,
        native_id=native_id,
        url=url,
        attachments_text=storable(attachments, "attachments", "attachments") if attachments else None,
    )


def _string(given: Mapping[str, Any], name: str, *, blank: bool = False) -> str | None:
    """The field as text; None where it is missing, null or (unless `blank`) nothing but white space."""
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(f"'{name}' must be text, not {_kind(value)}.")
    return value if blank or value.strip() else None


def _native_id(given: Mapping[str, Any]) -> str | None:
    value = given.get("native_id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        raise Unreadable(
            "'native_id' is a decimal number, so its last digits are lost. Export the file again with ids as text."
        )
    return _string(given, "native_id")


def _posted_at(value: object) -> tuple[datetime, bool]:
    """The time, and whether it said no zone and was taken as UTC."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise Unreadable(
            "'posted_at' is missing: give the time of the post, such as 2026-03-01T09:30:00+00:00."
        )
    try:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise Unreadable("'posted_at' must be an ISO 8601 time such as 2026-03-01T09:30:00+00:00.")
    try:
        return (
            (moment.replace(tzinfo=UTC), True) if moment.tzinfo is None else (moment.astimezone(UTC), False)
        )
    except OverflowError:
        raise Unreadable("'posted_at' is outside the calendar.") from None


def _audience(value: str | None) -> str | None:
    if value is None:
        return None
    name = value.strip().lower()
    if name not in AUDIENCES:
        raise Unreadable(
            f"'audience' must be one of {', '.join(AUDIENCES)}, or left empty. It is {_shown(value)}."
        )
    return name


def _check_platform(value: str | None, account: SocialAccount) -> None:
    if value is None:
        return
    name = value.strip().lower()
    if name not in PLATFORMS:
        raise Unreadable(f"'platform' must be one of {', '.join(PLATFORMS)}. It is {_shown(value)}.")
    if name != account.platform:
        raise Unreadable(
            f"This post is on {PLATFORMS[name]}, and the account is on {PLATFORMS[account.platform]}. "
            "Import it for the account it was posted on."
        )


def _attachments(given: Mapping[str, Any]) -> str | None:
    """The text in pictures: a list of texts (as PostInput has it), or one text."""
    value = given.get("attachments")
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise Unreadable("'attachments' must be a list of texts.")
        return "\n\n".join(item for item in value if item.strip()) or None
    return _string(given, "attachments")


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else f"{value[:40]}...")


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)
