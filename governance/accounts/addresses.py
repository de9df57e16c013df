"""Whether a handle and a profile address fit the platform they are said to be on.

The forms are those that the platforms' own profile pages have. What a form cannot tell (a blog's name, a Facebook
profile known by number) is left to the person who confirms the account.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from governance.accounts.platform_forms import FORMS, PlatformForm
from governance.accounts.platforms import PLATFORMS
from governance.kernel.errors import Invalid
from governance.kernel.text import required

LONGEST_URL = 500  # characters, as in the database
LONGEST_HANDLE = 100
HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
PATH = re.compile(r"[A-Za-z0-9._~@%+/-]*")


@dataclass(frozen=True)
class Address:
    """A checked account: `handle` as typed without blanks around it, `handle_key` as it is compared, `url` in one form."""

    platform: str
    handle: str
    handle_key: str
    url: str


def check_address(platform: str, handle: str, url: str) -> Address:
    """The address, checked against the platform's form.

    Raises Invalid at `platform`, `handle` or `url`, saying what a right one looks like.
    """
    form = check_platform(platform)
    handle = required(handle.strip(), "handle", "The name or handle of the account", LONGEST_HANDLE)
    key = handle_key(platform, handle)
    if not form.handle.fullmatch(key) or (form.free and not _readable(handle)):
        raise Invalid(
            f"The name or handle does not look like one on {PLATFORMS[platform]}. {form.hint}", "handle"
        )
    parts = _split(url)
    host = _host(parts)
    _refuse_wrong_host(platform, form, host)
    in_address = _handle_in(platform, form, host, parts)
    if in_address is not None and handle_key(platform, in_address) != key:
        raise Invalid(
            f"The address belongs to '{in_address}', but the name or handle you gave is '{handle}'. Make the two agree.",
            "url",
        )
    return Address(platform, handle, key, _one_form(form, host, parts))


def check_platform(platform: str) -> PlatformForm:
    """The form of a listed platform. Raises Invalid for any other."""
    if platform not in PLATFORMS:
        raise Invalid(
            "Choose the platform from the list. If it is not there, choose 'Another platform'.", "platform"
        )
    return FORMS[platform]


def handle_key(platform: str, handle: str) -> str:
    """How a handle is compared: without @ or u/, folded case, compatible characters as one."""
    key = unicodedata.normalize("NFKC", handle).strip().casefold()
    if platform == "reddit":
        key = re.sub(r"\A/?u/", "", key)
    if platform == "whatsapp" and re.fullmatch(r"[+0-9 ()-]+", key):
        return re.sub(r"[^0-9]", "", key)
    if platform in ("blog", "other"):
        key = re.sub(r"\A(?:https://)?(?:www\.)?", "", key).rstrip("/")
    return " ".join(key.removeprefix("@").split())


def _readable(text: str) -> bool:
    """Whether every character is one that can be seen, or joins two that can: no control, no change of direction."""
    joiners = "\u200c\u200d\ufe0f"
    return all(unicodedata.category(char)[0] != "C" or char in joiners for char in text)


def _split(url: str) -> SplitResult:
    url = required(url.strip(), "url", "The address of the profile", LONGEST_URL)
    if not url.isascii() or any(char <= " " or char in '\\"<>`{}|^\x7f' for char in url):
        raise Invalid(
            "The address has characters that an address cannot have. Copy it from the top of your browser.",
            "url",
        )
    if re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE) is None:
        url = f"https://{url}"  # people copy it without
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Invalid("That is not a web address. Copy it from the top of your browser.", "url") from None
    if parts.scheme.lower() != "https":
        raise Invalid("The address must start with https://", "url")
    if parts.username is not None or parts.password is not None:
        raise Invalid("The address must not hold a user name or password before the site's name.", "url")
    if port is not None:
        raise Invalid("The address must not hold a port number after the site's name.", "url")
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    if not HOST.fullmatch(host) or host.endswith((".local", ".internal", ".localhost")):
        raise Invalid("The address needs the full name of a public website, such as example.org.", "url")
    if any(label.startswith("xn--") for label in host.split(".")):
        raise Invalid(
            "The site's name is written with letters that can imitate others (it starts with xn--). "
            "Use an address in plain letters.",
            "url",
        )
    if not PATH.fullmatch(parts.path) or ".." in parts.path.split("/"):
        raise Invalid(
            "The address has characters that an address cannot have. Copy it from the top of your browser.",
            "url",
        )
    return host


def _refuse_wrong_host(platform: str, form: PlatformForm, host: str) -> None:
    if form.hosts:
        if host not in form.hosts and not (form.subdomains and host.endswith(f".{form.hosts[0]}")):
            raise Invalid(
                f"That address is not on {PLATFORMS[platform]}. It should look like {form.example}", "url"
            )
        return
    for other, its_form in FORMS.items():
        if any(host == its or host.endswith(f".{its}") for its in its_form.hosts):
            raise Invalid(
                f"That address is on {PLATFORMS[other]}. Go back and choose {PLATFORMS[other]}.", "url"
            )


def _handle_in(platform: str, form: PlatformForm, host: str, parts: SplitResult) -> str | None:
    """The handle that the address itself holds, or None where this form of address holds none."""
    if platform == "facebook" and parts.path.rstrip("/") == "/profile.php":
        if not re.fullmatch(r"id=[0-9]{5,20}(?:&.*)?", parts.query):
            raise Invalid(
                f"That address does not lead to a profile. It should look like {form.example}", "url"
            )
        return None
    path = unquote(parts.path)
    found = next((match for path_form in form.paths if (match := path_form.fullmatch(path))), None)
    if found is None:
        raise Invalid(
            f"That address does not lead to a profile on {PLATFORMS[platform]}. It should look like {form.example}",
            "url",
        )
    handle = found.groupdict().get("handle")
    if handle is not None and handle.casefold() in form.reserved:
        raise Invalid(
            f"That address leads to a page of the platform itself. It should look like {form.example}", "url"
        )
    if platform == "mastodon" and handle is not None:
        return f"{handle}@{host}"
    return handle


def _one_form(form: PlatformForm, host: str, parts: SplitResult) -> str:
    """The address without what differs between two copies of it: tracking, fragment, letter case of the host."""
    query = (
        f"?{parts.query.partition('&')[0]}" if parts.path.rstrip("/") == "/profile.php" and form.hosts else ""
    )
    path = parts.path if parts.path not in ("", "/") else "/"
    return f"https://{host}{path}{query}"
