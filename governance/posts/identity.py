"""How a post is recognised when it comes again, from a form, an import or a report."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

LONGEST_IDENTITY = 1_100  # characters: the column's width

_SAME_HOST = {
    "twitter.com": "x.com",
    "mobile.twitter.com": "x.com",
    "mobile.x.com": "x.com",
    "m.facebook.com": "facebook.com",
    "m.youtube.com": "youtube.com",
    "old.reddit.com": "reddit.com",
    "threads.com": "threads.net",
}
_CARRIES_NO_CONTENT = re.compile(
    r"utm_\w+|fbclid|gclid|igsh|igshid|si|s|t|ref_src|ref_url|feature|mibextid|rcm|trackingid|is_from_webapp"
    r"|sender_device|xmt|share_id",
    re.IGNORECASE,
)
"""Query parameters that say how somebody came to a post, not which post it is."""

_ID_IN_ADDRESS = (
    re.compile(r"^x\.com/[^/]+/status/(\d+)"),
    re.compile(r"^tiktok\.com/@[^/]+/video/(\d+)"),
    re.compile(r"^youtube\.com/shorts/([\w-]{11})"),
    re.compile(r"^youtube\.com/watch\?(?:.*&)?v=([\w-]{11})"),
    re.compile(r"^youtu\.be/([\w-]{11})"),
)
"""Platforms whose exports give the same id that stands in the address, so that both ways in meet."""


def identity(*, native_id: str | None, url: str | None, posted_at: datetime, text: str) -> str:
    """What makes a published post the same post on one account.

    `n:` and the platform's own id (given, or read from the address where the platform puts it there), else `u:` and the
    plain form of the address, else `t:` with the time in UTC and the SHA-256 of the text. Case and letters of an id
    are kept as they are.
    """
    native_id = (native_id or "").strip()
    plain = plain_address(url) if url and url.strip() else ""
    if not native_id and plain:
        native_id = next((found[1] for form in _ID_IN_ADDRESS if (found := form.match(plain))), "")
    if native_id:
        return _fitting(f"n:{native_id}")
    if plain:
        return _fitting(f"u:{plain}")
    moment = posted_at.astimezone(UTC).isoformat(timespec="seconds")
    words = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"t:{moment}|{words}"


def draft_identity() -> str:
    """A draft's own identity: nothing outside can be the same draft. It changes when the draft is posted."""
    return f"d:{secrets.token_hex(16)}"


def plain_address(url: str) -> str:
    """An address without scheme, `www.`, fragment, trailing slash and the parameters that only say how one came there.

    It identifies a post and is not for opening. Raises ValueError for text that is no address at all.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    host = _SAME_HOST.get(host, host)
    kept = [(k, v) for k, v in parse_qsl(parts.query) if not _CARRIES_NO_CONTENT.fullmatch(k)]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _fitting(name: str) -> str:
    if len(name) <= LONGEST_IDENTITY:
        return name
    return f"{name[:2]}sha256:{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}"
