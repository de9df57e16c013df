"""Whether the address of a post is one: safe to print as a link, and on the platform of its account."""

from __future__ import annotations

import unicodedata
from urllib.parse import SplitResult, urlsplit

from governance.accounts.models import SocialAccount
from governance.accounts.platform_forms import FORMS
from governance.accounts.platforms import PLATFORMS
from governance.kernel.errors import Invalid
from governance.kernel.text import storable

LONGEST_URL = 1_000  # characters: the column's width
COPY_IT = "Open the post, and copy its address from the top of your browser."

_ALSO = {
    "youtube": ("youtu.be",),
    "reddit": ("redd.it", "new.reddit.com"),
    "facebook": ("fb.watch", "web.facebook.com"),
}
"""Hosts that a platform uses for posts and not for profiles."""


def check_post_address(url: str, account: SocialAccount) -> str:
    """The address without blanks around it. Raises Invalid at `url`.

    Only http and https, no user name, password or port, and a host of the account's platform; where the platform is any
    website (Mastodon, blogs), the account's own host.
    """
    url = storable(url.strip(), "url", "The post's address", LONGEST_URL)
    host = _host(_split(url))
    platform = account.platform
    known = (*FORMS[platform].hosts, *_ALSO.get(platform, ()))
    if known:
        fits = host in known or (FORMS[platform].subdomains and host.endswith(f".{known[0]}"))
        where = PLATFORMS[platform]
    else:
        own = _bare(urlsplit(account.url).hostname or "")
        fits = _bare(host) == own or host.endswith(f".{own}")
        where = own
    if not fits:
        raise Invalid(f"That address is on {host}, but this account is on {where}. {COPY_IT}", "url")
    return url


def check_web_address(url: str) -> str:
    """The address of a post on an account that nobody may have registered, without blanks around it.

    Only http and https, with the full name of a website, and no user name, password or port. Raises Invalid at `url`.
    """
    url = storable(url.strip(), "url", "The post's address", LONGEST_URL)
    _host(_split(url))
    return url


def _split(url: str) -> SplitResult:
    if any(char <= " " or char in '\\"<>`{}|^' or unicodedata.category(char)[0] == "C" for char in url):
        raise Invalid(f"The post's address has characters that an address cannot have. {COPY_IT}", "url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Invalid(f"That is not a web address. {COPY_IT}", "url") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise Invalid(f"The post's address must start with https://. {COPY_IT}", "url")
    if parts.username is not None or parts.password is not None or port is not None:
        raise Invalid(
            "The post's address must not hold a user name, a password or a port number before or after the site's name. "
            + COPY_IT,
            "url",
        )
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    if "." not in host or not host.isascii():
        raise Invalid(f"The post's address needs the full name of a website. {COPY_IT}", "url")
    return host


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
