"""The post as the engine sees it: the text and everything that is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PLATFORMS = (
    "x", "bluesky", "mastodon", "facebook", "instagram", "linkedin", "tiktok", "youtube", "threads", "reddit",
    "whatsapp", "blog", "other",
)  # fmt: skip
AUDIENCES = ("public", "followers", "closed_group", "direct")
MOST_RECENT_POSTS = 50


class PostInputError(ValueError):
    """What was given is not a post; the message names the field and says what it must be."""


@dataclass(frozen=True, slots=True)
class RecentPost:
    """An earlier post of the same author, for the mosaic (at most 50 of the last 90 days, newest first)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PostInput:
    """One post, draft, comment or message to be scored.

    `audience` None means unknown and is never taken for public. `profession` and `role` are the author's;
    `place` and `specialty` come from the profile (trust, ward) and feed the jigsaw. `declared_interests` are names
    of products or organisations on the register; `consents` are references of recorded consents that cover this post.
    """

    text: str
    platform: str | None = None
    audience: str | None = None
    in_reply_to: str | None = None
    profession: str | None = None
    role: str | None = None
    place: str | None = None
    specialty: str | None = None
    declared_interests: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    posted_at: datetime | None = None
    attachments: tuple[str, ...] = ()
    recent_posts: tuple[RecentPost, ...] = ()

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> PostInput:
        """A post from a decoded JSON object. Unknown fields are ignored; a field of the wrong type raises PostInputError.

        A platform or audience that is not listed does not stop a post from being read: it counts as unknown.
        """
        if not isinstance(given.get("text"), str):
            raise PostInputError("'text' is missing: give the post's text as a string")
        recent = _recent(given.get("recent_posts"))
        return cls(
            text=given["text"],
            platform=_listed(given, "platform", PLATFORMS),
            audience=_listed(given, "audience", AUDIENCES),
            in_reply_to=_string(given, "in_reply_to"),
            profession=_string(given, "profession"),
            role=_string(given, "role"),
            place=_string(given, "place"),
            specialty=_string(given, "specialty"),
            declared_interests=_strings(given, "declared_interests"),
            consents=_strings(given, "consents"),
            posted_at=_time(given),
            attachments=_strings(given, "attachments"),
            recent_posts=recent,
        )


def _string(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise PostInputError(f"'{name}' must be a string or null")
    return value


def _listed(given: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str | None:
    value = (_string(given, name) or "").strip().lower()
    return value if value in known else None


def _strings(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise PostInputError(f"'{name}' must be a list of strings")
    return tuple(value)


def _time(given: Mapping[str, Any]) -> datetime | None:
    value = _string(given, "posted_at")
    if not value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise PostInputError(
            "'posted_at' must be an ISO 8601 time such as 2026-03-01T09:30:00+00:00"
        ) from error


def _recent(value: object) -> tuple[RecentPost, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PostInputError("'recent_posts' must be a list of objects with id and text")
    posts = []
    for item in value[:MOST_RECENT_POSTS]:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise PostInputError("'recent_posts' must be a list of objects with id and text")
        posts.append(RecentPost(str(item.get("id", "")), item["text"]))
    return tuple(posts)
