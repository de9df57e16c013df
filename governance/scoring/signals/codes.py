"""Words in capitals that buy something: a discount code (`code NURSE20`), a word to comment or to message (`DM me SLIM`)."""

from __future__ import annotations

from governance.scoring.facts import Fact, Facts
from governance.scoring.text import Text, is_end

KINDS = {
    "code_in_capitals": "A discount code in capitals",
    "word_to_send": "A word in capitals that readers are to comment or to send",
}

REACH = 4  # words between what makes a code of it and the code
SHORTEST = 3
_SEND = frozenset(
    {
        "comment",
        "dm",
        "message",
        "msg",
        "type",
        "text",
        "inbox",
        "pm",
        "drop",
        "send",
        "whatsapp",
        "word",
        "mention",
    }
)
_BUYS = frozenset({"gets", "saves", "takes", "knocks"})
_CODE = frozenset({"code", "codes", "use", "using", "with", "via", "enter", "quote", "w"})
_WORTH = frozenset(
    {
        "off",
        "gets",
        "saves",
        "takes",
        "knocks",
        "checkout",
        "discount",
        "gives",
        "%",
        "percent",
        "quid",
        "third",
        "free",
        "£",
    }
)


def detect(text: Text, facts: Facts) -> None:
    """Add each word in capitals that stands near a word of sending or of a discount; texts all in capitals have none."""
    send, worth = text.vocabulary & _SEND, text.vocabulary & (_WORTH | {"code", "codes"})
    if not (send or worth) or text.seen.isupper():
        return
    for at, word in enumerate(text.words):
        if len(word) < SHORTEST or not word[0].isalpha():
            continue
        start = text.starts[at]
        if not _in_capitals(text.seen[start : start + len(word)]):
            continue
        before = _near(text, range(at - 1, max(at - 1 - REACH, -1), -1))
        after = _near(text, range(at + 1, min(at + 1 + REACH, len(text.words))))
        if _is_code(before, after):
            facts.add(Fact("code_in_capitals", start, text.end_of(at), at, text.sentences[at]))
        elif before & _SEND:
            facts.add(Fact("word_to_send", start, text.end_of(at), at, text.sentences[at]))


def _is_code(before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether the words around one in capitals make a discount code of it."""
    if after & _BUYS:
        return True
    return bool(before & {"code", "codes"} or (before & _CODE and (before | after) & _WORTH))


def _in_capitals(word: str) -> bool:
    return word.isupper() and sum(c.isalpha() for c in word) >= SHORTEST


def _near(text: Text, places: range) -> frozenset[str]:
    """The words at these places, up to the end of the sentence; other words in capitals are passed over."""
    near = []
    for place in places:
        if is_end(text.words[place]):
            break
        near.append(text.words[place])
    return frozenset(near)
