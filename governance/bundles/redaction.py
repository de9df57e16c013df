"""Taking names out of text. Pure, and always over the whole of a bundle: no part of it goes out unread."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST_PART = 3  # letters of a first name or a surname that is looked for by itself
HYPHENS = r"\-\u2010\u2011\u2013"
"""The hyphen-minus, the hyphen, the one that does not break, and the dash that people type for them; in brackets."""
ORDINARY = frozenset(
    {
        *(
            "art",
            "bell",
            "bill",
            "black",
            "brown",
            "chase",
            "cook",
            "dawn",
            "day",
            "dean",
            "faith",
            "field",
            "ford",
        ),
        *(
            "grace",
            "green",
            "grove",
            "hall",
            "hill",
            "hope",
            "hunt",
            "jack",
            "joy",
            "june",
            "king",
            "lane",
            "long",
        ),
        *(
            "love",
            "mark",
            "marsh",
            "may",
            "moss",
            "page",
            "park",
            "pat",
            "pearl",
            "penny",
            "ray",
            "reed",
            "rich",
        ),
        *("rob", "rose", "rush", "sharp", "short", "small", "stone", "sue", "swift", "ward", "white", "will"),
        *("wise", "wood", "young"),
        *(
            "anonymous",
            "daughter",
            "family",
            "father",
            "member",
            "mother",
            "patient",
            "public",
            "relative",
            "son",
        ),
    }
)
"""Names that are words too: alone they are looked for with a capital letter only."""


@dataclass(frozen=True)
class Hidden:
    """A name that is taken out, and what stands in its place. `parts`: its first name and surname alone are too."""

    name: str
    instead: str
    parts: bool = True


class Redactor:
    """Replaces every hidden name in a text. `kept` are names that stay, even where they share a part with a hidden one."""

    def __init__(self, hidden: Iterable[Hidden], kept: Iterable[str] = ()) -> None:
        self._instead: dict[str, str] = {}
        whole: list[str] = []
        parts: list[str] = []
        for one in hidden:
            name = _plain(one.name)
            if not name:
                continue
            whole.append(self._group(_loose(name), one.instead))
            alone = _parts(name) if one.parts else []
            parts += [self._group(_alone(part), one.instead) for part in alone]
        keeping = [f"(?:{_loose(_plain(name))})" for name in kept if _plain(name)]
        # The longest first: a kept name as a whole stands before the parts of a hidden one.
        choices = sorted(keeping + whole, key=len, reverse=True) + sorted(parts, key=len, reverse=True)
        self._pattern = re.compile("|".join(choices)) if whole else None

    def _group(self, pattern: str, instead: str) -> str:
        key = f"h{len(self._instead)}"
        self._instead[key] = instead
        return f"(?P<{key}>{pattern})"

    def clean(self, text: str) -> str:
        """`text` without the hidden names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(self._replaced, _plain_forms(text))

    def _replaced(self, match: re.Match[str]) -> str:
        return self._instead[match.lastgroup] if match.lastgroup else match.group()


def hidden_names(names: Mapping[str, str], emails: Mapping[str, str] | None = None) -> list[Hidden]:
    """Hidden names from name -> instead, and addresses, which are only looked for as a whole."""
    return [Hidden(name, instead) for name, instead in names.items()] + [
        Hidden(email, instead, parts=False) for email, instead in (emails or {}).items()
    ]


def _plain_forms(text: str) -> str:
    """Letters in their composed form, without characters that are not seen: they would part a name."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if unicodedata.category(char) != "Cf" or char == "\u200d")


def _plain(name: str) -> str:
    return " ".join(_plain_forms(name).split())


def _parts(name: str) -> list[str]:
    named = not name.islower()  # of 'a daughter of Ann Fell' only the names are looked for alone
    return [
        part
        for part in re.split(rf"[\s.'\u2019{HYPHENS}]+", name)
        if len(part) >= SHORTEST_PART and part.isalpha() and not (named and part.islower())
    ]


def _loose(name: str) -> str:
    """The whole name in any case, with whatever white space or hyphens stand between its parts."""
    spaced = rf"[\s_.{HYPHENS}]+".join(re.escape(part) for part in re.split(rf"[\s{HYPHENS}]+", name))
    return rf"(?<!\w)(?i:{spaced})(?!\w)"


def _alone(part: str) -> str:
    if part.lower() in ORDINARY:
        return rf"(?<!\w)(?:{re.escape(part.capitalize())}|{re.escape(part.upper())})(?!\w)"
    return rf"(?<!\w)(?i:{re.escape(part)})(?!\w)"
