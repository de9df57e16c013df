"""Reads a post: draws every fact once, from its text, what it answers, its attachments and its circumstances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from governance.scoring import jigsaw
from governance.scoring.facts import Fact, Facts, standing
from governance.scoring.lexicon import shipped
from governance.scoring.polarity import settle
from governance.scoring.post import AUDIENCES, PLATFORMS, PostInput
from governance.scoring.signals import (
    ages,
    aimed,
    amounts,
    called,
    codes,
    identifiers,
    labels,
    names,
    pictures,
    places,
    together,
    voice,
    wording,
)
from governance.scoring.text import Text

Detector = Callable[[Text, Facts], None]
# In the order in which they run: a later one may build on what an earlier one found.
SIGNALS = (wording, identifiers, names, called, ages, places, voice, pictures, amounts, labels, codes, aimed)

CIRCUMSTANCES: Mapping[str, str] = MappingProxyType(
    {
        "whole_text": "Any text at all",
        "is_reply": "It answers somebody",
        "has_attachment": "It has an attachment whose words were read",
        "consent_recorded": "A recorded consent covers this post",
        "interest_mentioned": "It names a product or organisation that the author declared an interest in",
        **{f"audience:{name}": f"Who sees it: {name}" for name in AUDIENCES},
        **{f"platform:{name}": f"Where: {name}" for name in PLATFORMS},
        "profession:known": "The author's profession is known",
    }
)


@cache
def vocabulary() -> Mapping[str, str]:
    """Every kind of fact there is, with its meaning in plain words."""
    kinds: dict[str, str] = {}
    for signal in SIGNALS:
        kinds.update(signal.KINDS)
    return MappingProxyType({**kinds, **together.KINDS, **jigsaw.KINDS, **CIRCUMSTANCES})


def read_text(text: Text) -> Facts:
    """The facts of one text, denied and quoted ones set apart."""
    facts = Facts()
    for signal in SIGNALS:
        signal.detect(text, facts)
    return settle(text, facts, shipped().entries)


@lru_cache(maxsize=512)
def _read_earlier(text: str) -> Facts:
    """The facts of an earlier post, kept for a while: an import meets each again with the next fifty. Only to be read."""
    return read_text(Text(text))


def read(post: PostInput, text: Text) -> tuple[Facts, jigsaw.Jigsaw | None]:
    """The facts of a post (`text` is its text, made ready) and how many people it could describe."""
    facts = read_text(text)
    if post.in_reply_to:
        facts.state("is_reply")
        facts.quote_from(read_text(Text(post.in_reply_to)), "reply:")
    for attachment in post.attachments:
        facts.state("has_attachment")
        facts.quote_from(read_text(Text(attachment)), "attachment:")
    recent = [(earlier.id, _read_earlier(earlier.text)) for earlier in post.recent_posts]
    together.detect(facts)
    picture = jigsaw.estimate(facts, recent, post.place)
    _state_circumstances(post, text, facts)
    return facts, picture


def _state_circumstances(post: PostInput, text: Text, facts: Facts) -> None:
    if text.words:
        facts.add(Fact("whole_text", 0, len(text.seen.rstrip()), 0, 0))
    if post.audience:
        facts.state(f"audience:{post.audience}")
    if post.platform:
        facts.state(f"platform:{post.platform}")
    if post.profession:
        facts.state("profession:known", post.profession)
    if post.consents:
        facts.state("consent_recorded", post.consents[0])
    for interest in post.declared_interests:
        at = text.low.find(interest.strip().lower())
        if interest.strip() and at >= 0:
            facts.add(standing(text, "interest_mentioned", at, at + len(interest.strip())))
