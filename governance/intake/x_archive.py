"""The archive that X (Twitter) gives its users: JavaScript files that hold JSON, in a zip, a folder, or one alone.

What is known of the format, and from where: own posts stand in `data/tweets.js` and `tweets-partN.js` (older: `tweet.js`),
each `window.YTD.<name>.partN = [...]`, every number as a string, text escaped as HTML. Reposts have no mark but a text that
begins with 'RT @'. A long post is cut there and whole in `note-tweet.js`, joined by the same second and the same beginning.
Likes, messages, deleted posts and pictures are not read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.accounts.models import SocialAccount
from governance.intake.archive import Archive
from governance.intake.fields import entry
from governance.intake.record import Entry, Unreadable
from governance.kernel.errors import Invalid

POSTS = re.compile(r"(?:^|/)(tweets?(?:-part\d+)?\.js)$")
NOTES = re.compile(r"(?:^|/)note-tweet(?:-part\d+)?\.js$")
ACCOUNT = re.compile(r"(?:^|/)account\.js$")
BEGINS = re.compile(rb"\s*window\.YTD\.(\w+)\.part\d+\s*=\s*")
POSTS_NAME = re.compile(rb"tweets?")
CREATED = "%a %b %d %H:%M:%S %z %Y"  # Sat Feb 18 12:33:11 +0000 2023
REPOST, EDITED = "reposts of other people's words", "earlier versions of an edited post"


@dataclass(frozen=True, slots=True)
class _Note:
    """The whole text of a long post, and the second at which it was written."""

    second: datetime
    text: str


@dataclass(frozen=True, slots=True)
class _Export:
    """What a post is read beside: whose archive it is, the long texts, and the ids that are there."""

    username: str | None
    notes: list[_Note]
    present: set[str | None]
    account: SocialAccount


def holds_posts(names: list[str]) -> bool:
    """Whether an archive with these members is one of X's."""
    return any(POSTS.search(name) for name in names)


def owner(archive: Archive) -> str | None:
    """The handle that the archive says it belongs to, without @."""
    for name in archive.names():
        if ACCOUNT.search(name):
            for item in _items(archive.read(name), name):
                username = _under(item, "account").get("username")
                if isinstance(username, str) and re.fullmatch(r"\w{1,30}", username):
                    return username
    return None


def entries(archive: Archive, username: str | None, account: SocialAccount) -> Iterator[Entry]:
    """One entry for each post, in the order of the archive's files; `line` counts through all of them."""
    names = archive.names()
    notes = [note for name in names if NOTES.search(name) for note in _notes(archive.read(name), name)]
    tweets = [
        (f"{name.rpartition('/')[2]}, item {place}", _under(item, "tweet"))
        for name in sorted((name for name in names if POSTS.search(name)), key=_part)
        for place, item in enumerate(_items(archive.read(name), name), start=1)
    ]
    export = _Export(username, notes, {_id(tweet) for _, tweet in tweets}, account)
    for number, (where, tweet) in enumerate(tweets, start=1):
        try:
            made = _entry(number, tweet, export)
        except Unreadable as error:
            made = Entry(number, error=str(error))
        yield Entry(number, error=f"{where}: {made.error}") if made.error else made


def _entry(number: int, tweet: Mapping[str, Any], export: _Export) -> Entry:
    text = tweet.get("full_text", tweet.get("text"))
    if not isinstance(text, str):
        raise Unreadable("There is no full_text.")
    text = html.unescape(text)
    if text.startswith("RT @"):
        return Entry(number, left_out=REPOST)
    native_id = _id(tweet)
    if native_id is None:
        raise Unreadable("There is no id_str, so the post could not be recognised when it comes again.")
    if native_id != _last_edit(tweet, native_id, export.present):
        return Entry(number, left_out=EDITED)
    moment = _moment(tweet.get("created_at"))
    text = _whole(text, moment, export.notes)
    return entry(number, _fields(tweet, native_id, export.username, moment, text), export.account)


def _fields(
    tweet: Mapping[str, Any], native_id: str, username: str | None, moment: datetime, text: str
) -> dict[str, Any]:
    answered = tweet.get("in_reply_to_screen_name")
    return {
        "text": _as_seen(text, tweet),
        "posted_at": moment.isoformat(),
        "native_id": native_id,
        "url": f"https://x.com/{username or 'i'}/status/{native_id}",
        "in_reply_to": f"@{answered}" if isinstance(answered, str) and answered else None,
        "attachments": _alternative_texts(tweet),
    }


def _items(content: bytes, name: str) -> list[Any]:
    """The list after the first `=`; never run as a program."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    begins = BEGINS.match(content)
    if begins is None:
        raise Invalid(
            f"{name} cannot be read: it does not begin with window.YTD. Ask X for your archive again."
        )
    try:
        items = json.loads(content[begins.end() :].strip().removesuffix(b";"))
    except RecursionError:
        raise Invalid(f"{name} is nested too deeply to be a list of posts.") from None
    except ValueError as error:
        raise Invalid(f"{name} cannot be read: {error}. Download or copy the archive again.") from error
    if not isinstance(items, list):
        raise Invalid(f"{name} cannot be read: it holds no list. Ask X for your archive again.")
    return items


def _under(item: object, name: str) -> Mapping[str, Any]:
    """What an item holds: under its name, or (exports of 2019) bare."""
    inner = item.get(name, item) if isinstance(item, dict) else None
    return inner if isinstance(inner, dict) else {}


def _part(name: str) -> tuple[int, str]:
    number = re.search(r"-part(\d+)\.js$", name)
    return (int(number[1]) if number else 0, name)


def _id(tweet: Mapping[str, Any]) -> str | None:
    """The id as text. Some exports of 2018 give it as a float, whose last digits are lost: that is none."""
    for value in (tweet.get("id_str"), tweet.get("id")):
        if isinstance(value, str) and value.isdecimal():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _last_edit(tweet: Mapping[str, Any], native_id: str, present: set[str | None]) -> str:
    """The id under which the newest version stands in this archive."""
    info = tweet.get("edit_info")
    ids: list[str] = []
    if isinstance(info, dict):
        first = info.get("initial")
        later = info.get("edit", {}).get("editControlInitial") if isinstance(info.get("edit"), dict) else None
        for part in (first, later):
            if isinstance(part, dict) and isinstance(part.get("editTweetIds"), list):
                ids += [name for name in part["editTweetIds"] if isinstance(name, str) and name.isdecimal()]
    return max((name for name in {*ids, native_id} if name in present), key=int)


def _moment(value: object) -> datetime:
    try:
        return datetime.strptime(str(value), CREATED)  # noqa: DTZ007  (the form has %z)
    except ValueError:
        raise Unreadable(f"Its time {str(value)[:40]!r} is not one that X writes.") from None


def _notes(content: bytes, name: str) -> Iterator[_Note]:
    for item in _items(content, name):
        note = _under(item, "noteTweet")
        core = note.get("core", note.get("noteTweetResults"))
        text = core.get("text") if isinstance(core, dict) else None
        try:
            written = datetime.fromisoformat(str(note.get("createdAt")))
        except ValueError:
            continue  # without its time it cannot be joined to its post, which then keeps the text it has
        if isinstance(text, str) and written.tzinfo is not None:
            yield _Note(written.replace(microsecond=0), html.unescape(text))


def _whole(text: str, moment: datetime, notes: list[_Note]) -> str:
    """The whole text of a post that was cut, with an ellipsis, in tweets.js."""
    begins, cut, _ = text.rpartition("\u2026")
    if not cut:
        return text
    begins = begins.rstrip()
    return next((note.text for note in notes if note.second == moment and note.text.startswith(begins)), text)


def _as_seen(text: str, tweet: Mapping[str, Any]) -> str:
    """Links as readers saw where they lead, and without the one that X adds for each picture."""
    seen = text
    for group, shown in (("urls", "expanded_url"), ("media", None)):
        for link in _links(tweet, group):
            short, whole = link.get("url"), link.get(shown) if shown else ""
            if isinstance(short, str) and short.startswith("https://t.co/") and isinstance(whole, str):
                seen = seen.replace(short, whole)
    return seen.strip() or text  # a picture without words keeps its link: no words are put in anybody's mouth


def _links(tweet: Mapping[str, Any], group: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for place in ("entities", "extended_entities"):
        part = tweet.get(place)
        links = part.get(group) if isinstance(part, dict) else None
        found += [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []
    return found


def _alternative_texts(tweet: Mapping[str, Any]) -> list[str]:
    texts = (link.get("ext_alt_text") for link in _links(tweet, "media"))
    return list(dict.fromkeys(text for text in texts if isinstance(text, str) and text.strip()))
