"""What a handle and a profile's address look like on each platform."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PlatformForm:
    """One platform's form.

    `handle` is matched against the handle as it is compared; `paths` against the decoded path, each with a group
    `handle` where the address itself holds it. No `hosts` means any public website. `free` handles are names in any
    script. `subdomains` also lets in those of the first host.
    """

    example: str
    hint: str
    handle: re.Pattern[str]
    paths: tuple[re.Pattern[str], ...]
    hosts: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()
    free: bool = False
    subdomains: bool = False
    handle_label: str = field(default="Handle")


def _named(prefix: str, handle: str) -> re.Pattern[str]:
    return re.compile(rf"{prefix}(?P<handle>{handle})/?", re.IGNORECASE)


DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
ANY_NAME = re.compile(r".{1,100}", re.DOTALL)
ANY_PATH = (re.compile(r"/?.*"),)

FORMS: dict[str, PlatformForm] = {
    "x": PlatformForm(
        example="https://x.com/yourname",
        hint="It has up to 15 letters, numbers and underscores, such as @ward_nurse.",
        handle=re.compile(r"[a-z0-9_]{1,15}"),
        paths=(_named("/", "[a-z0-9_]{1,15}"),),
        hosts=("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
        reserved=frozenset(
            {"home", "explore", "search", "settings", "messages", "notifications", "i", "login", "intent"}
        ),
    ),
    "bluesky": PlatformForm(
        example="https://bsky.app/profile/yourname.bsky.social",
        hint="It is written like a web address, such as ward-nurse.bsky.social.",
        handle=re.compile(DOMAIN),
        paths=(_named("/profile/", DOMAIN),),
        hosts=("bsky.app",),
    ),
    "mastodon": PlatformForm(
        example="https://mastodon.example/@yourname",
        hint="It has two parts, such as @ward_nurse@mastodon.example.",
        handle=re.compile(rf"[a-z0-9_.-]+@{DOMAIN}"),
        paths=(_named("/@", r"[a-z0-9_.-]+"), _named("/users/", r"[a-z0-9_.-]+")),
    ),
    "facebook": PlatformForm(
        example="https://www.facebook.com/yourname",
        hint="Use the last part of the profile's address, or the name of the page or group.",
        handle=ANY_NAME,
        paths=(
            re.compile(r"/groups/[a-z0-9._-]+/?", re.IGNORECASE),
            re.compile(r"/people/[^/]+/[0-9]+/?", re.IGNORECASE),
            re.compile(r"/p/[^/]+/?", re.IGNORECASE),
            _named("/", r"[a-z0-9.]{5,50}"),
        ),
        hosts=("facebook.com", "www.facebook.com", "m.facebook.com", "en-gb.facebook.com"),
        reserved=frozenset(
            {"login", "login.php", "settings", "messages", "marketplace", "watch", "friends", "groups"}
        ),
        free=True,
        handle_label="Name in the address, or name of the page or group",
    ),
    "instagram": PlatformForm(
        example="https://www.instagram.com/yourname/",
        hint="It has up to 30 letters, numbers, full stops and underscores, such as @ward.nurse.",
        handle=re.compile(r"[a-z0-9._]{1,30}"),
        paths=(_named("/", r"[a-z0-9._]{1,30}"),),
        hosts=("instagram.com", "www.instagram.com"),
        reserved=frozenset({"explore", "reels", "accounts", "direct", "p", "stories"}),
    ),
    "linkedin": PlatformForm(
        example="https://www.linkedin.com/in/your-name",
        hint="Use the last part of your profile's address, such as sam-example-nurse.",
        handle=re.compile(r"[^/@\s]{3,100}"),
        paths=(
            _named("/in/", r"[^/]{3,100}"),
            _named("/company/", r"[^/]{2,100}"),
            _named("/school/", r"[^/]{2,100}"),
        ),
        hosts=("linkedin.com", "www.linkedin.com"),
        free=True,
        subdomains=True,  # uk.linkedin.com and those of other countries
        handle_label="Last part of the profile's address",
    ),
    "tiktok": PlatformForm(
        example="https://www.tiktok.com/@yourname",
        hint="It has 2 to 24 letters, numbers, full stops and underscores, such as @ward.nurse.",
        handle=re.compile(r"[a-z0-9_.]{2,24}"),
        paths=(_named("/@", r"[a-z0-9_.]{2,24}"),),
        hosts=("tiktok.com", "www.tiktok.com", "m.tiktok.com"),
    ),
    "youtube": PlatformForm(
        example="https://www.youtube.com/@yourname",
        hint="It has 3 to 30 letters, numbers, full stops, hyphens and underscores, such as @WardNurse.",
        handle=re.compile(r"[\w.·-]{3,30}"),
        paths=(
            _named("/@", r"[\w.·-]{3,30}"),
            re.compile(r"/channel/UC[A-Za-z0-9_-]{22}/?"),
            _named("/c/", r"[\w.·-]{1,100}"),
            _named("/user/", r"[\w.·-]{1,100}"),
        ),
        hosts=("youtube.com", "www.youtube.com", "m.youtube.com"),
    ),
    "threads": PlatformForm(
        example="https://www.threads.com/@yourname",
        hint="It has up to 30 letters, numbers, full stops and underscores, such as @ward.nurse.",
        handle=re.compile(r"[a-z0-9._]{1,30}"),
        paths=(_named("/@", r"[a-z0-9._]{1,30}"),),
        hosts=("threads.com", "www.threads.com", "threads.net", "www.threads.net"),
    ),
    "reddit": PlatformForm(
        example="https://www.reddit.com/user/yourname",
        hint="It has 3 to 20 letters, numbers, hyphens and underscores, such as u/ward_nurse.",
        handle=re.compile(r"[a-z0-9_-]{3,20}"),
        paths=(_named("/user/", r"[a-z0-9_-]{3,20}"), _named("/u/", r"[a-z0-9_-]{3,20}")),
        hosts=("reddit.com", "www.reddit.com", "old.reddit.com", "new.reddit.com"),
    ),
    "whatsapp": PlatformForm(
        example="https://wa.me/447700900123",
        hint="Give the number, or the name of the group or channel.",
        handle=ANY_NAME,
        paths=(
            _named("/", r"[0-9]{7,15}"),
            re.compile(r"/[A-Za-z0-9]{16,30}/?"),  # an invitation to a group
            re.compile(r"/channel/[A-Za-z0-9]{16,40}/?"),
        ),
        hosts=("wa.me", "chat.whatsapp.com", "whatsapp.com", "www.whatsapp.com"),
        free=True,
        handle_label="Number, or name of the group or channel",
    ),
    "blog": PlatformForm(
        example="https://your-blog.example/",
        hint="Give the blog's name or its address, such as your-blog.example.",
        handle=ANY_NAME,
        paths=ANY_PATH,
        free=True,
        handle_label="Name of the blog or website",
    ),
    "other": PlatformForm(
        example="https://platform.example/yourname",
        hint="Give the name that others see there.",
        handle=ANY_NAME,
        paths=ANY_PATH,
        free=True,
        handle_label="Name of the account",
    ),
}
