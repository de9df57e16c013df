"""What the explanation cards show: one view-model for the check page, a post, a draft to approve and a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from governance.assessments.models import Assessment
from governance.assessments.stored import scoring_of
from governance.guidance.rulebook import Rulebook
from governance.scoring.answer import CiteShown, Finding, LabelFound, NotApplied, Scoring
from governance.scoring.explanation import Segment, segments
from governance.scoring.jigsaw import Factor, Jigsaw
from governance.scoring.reading import vocabulary
from governance.web.rewording import Rewording, rewording

CONSEQUENCE_WORDS = {
    "employment": "your employment",
    "regulatory": "your registration",
    "legal": "the law",
    "financial": "money",
}

BENEFIT_WORDS = {
    "education": "it teaches well",
    "awareness": "it makes an issue known",
    "health_information": "it gives people useful health information",
    "engagement": "it reaches people who seldom seek care",
    "public_trust": "it shows the human side of your profession",
    "counter_misinformation": "it puts a false claim right",
    "professional_income": "it earns openly",
}

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as it is printed. `older_than_source` says that the post was made before the source was in force."""

    source: str
    title: str
    publisher: str
    url: str
    paragraph: str | None
    in_force_from: date | None
    older_than_source: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One finding. `number` joins it to its marks in the text; `quotes` are the words it rests on, each once."""

    number: int
    rule: str
    category: str
    category_title: str
    severity: str
    quotes: tuple[str, ...]
    message: str
    advice: str
    safer: str
    rewording: Rewording | None
    change: str
    mitigated_by: tuple[str, ...]
    raised_by: tuple[str, ...]
    references: tuple[Reference, ...]
    concerns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text; `numbers` mark it, and those in `ends` end with it: there the number is printed."""

    text: str
    numbers: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Titled:
    """A benefit or guard in plain words, with the words that show it."""

    id: str
    title: str
    plain: str
    handling: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the jigsaw: a sort of detail, its words, the share of people it leaves (None: no figure is held)."""

    detail: str
    words: str
    share: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Picture:
    """How many people could this describe: the sentence, the facts and the arithmetic."""

    sentence: str
    few: bool
    start: int
    start_words: str
    steps: tuple[Step, ...]
    used_posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything there is to show about one scoring of one text. `assessed_at` None: it was not stored."""

    summary: str
    severity: str
    score: int
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    benefits: tuple[Titled, ...]
    guards: tuple[Titled, ...]
    picture: Picture | None
    not_applied: tuple[NotApplied, ...]
    rulebook: str
    engine: str
    uncalibrated: bool
    how_sure: str
    assessed_at: datetime | None


# By Scoring.sure; an answer kept before the engine said how sure it was has none.
HOW_SURE = {
    "sure": "It is sure: it expects that {} in 100 reviewers would want to see this.",
    "fairly sure": "It is fairly sure: it expects that {} in 100 reviewers would want to see this.",
    "unsure": "It is not sure: it expects that {} in 100 reviewers would want to see this, and careful readers may differ.",
}


def explain(
    text: str,
    scoring: Scoring,
    rulebook: Rulebook,
    assessed_at: datetime | None = None,
    *,
    when: str = " before you post",
) -> Explanation:
    """The explanation of `scoring`, which was made from `text` as received; `when` ends the summary."""
    return Explanation(
        summary=_summary(scoring, when),
        severity=scoring.severity,
        score=scoring.score,
        pieces=_pieces(segments(text, scoring)),
        cards=tuple(_card(number, one, rulebook) for number, one in enumerate(scoring.findings, start=1)),
        benefits=tuple(_titled(one, rulebook, "benefits") for one in scoring.benefits),
        guards=tuple(_titled(one, rulebook, "guards") for one in scoring.guards),
        picture=_picture(scoring.jigsaw) if scoring.jigsaw else None,
        not_applied=scoring.not_applied,
        rulebook=scoring.rulebook,
        engine=scoring.engine,
        uncalibrated=scoring.uncalibrated,
        how_sure=HOW_SURE.get(scoring.sure, "").format(round(100 * scoring.flagged)),
        assessed_at=assessed_at,
    )


def explain_stored(assessment: Assessment, rulebook: Rulebook) -> Explanation:
    """The explanation as it was that day. Guards are not in it: a case shows its own to those who may see them."""
    version = assessment.post_version
    when = "" if version.post.kind == "published" else " before it goes out"
    return explain(version.text, scoring_of(assessment), rulebook, assessment.assessed_at, when=when)


def category_title(rulebook: Rulebook, category: str) -> str:
    """A category in words; one that the rulebook no longer has keeps its id."""
    known = rulebook.categories.get(category)
    return known.title if known else category.replace("_", " ")


def benefit_titles(rulebook: Rulebook, benefits: list[str]) -> list[str]:
    """Benefits in words, in the order of the rulebook."""
    return [label.title for name, label in rulebook.benefits.items() if name in benefits]


def _summary(scoring: Scoring, when: str) -> str:
    """One line: how many things to look at, and the good it does."""
    good = [BENEFIT_WORDS[label.id] for label in scoring.benefits if label.id in BENEFIT_WORDS]
    does = f"{', '.join(good[:-1])} and {good[-1]}" if len(good) > 1 else "".join(good)
    count = len(scoring.findings)
    if not count:
        return f"Nothing was flagged, and {does}." if does else "Nothing was flagged."
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    things = f"{number} thing{'' if count == 1 else 's'} to look at{when}"
    return f"{things}; {does.replace('it ', 'it also ', 1)}." if does else f"{things}."


def _pieces(cut: list[Segment]) -> tuple[Piece, ...]:
    following = [set(piece.numbers) for piece in cut[1:]] + [set()] * bool(cut)  # an empty text has no piece
    return tuple(
        Piece(piece.text, piece.numbers, tuple(n for n in piece.numbers if n not in after))
        for piece, after in zip(cut, following, strict=True)
    )


def _card(number: int, finding: Finding, rulebook: Rulebook) -> Card:
    category = rulebook.categories.get(finding.category)
    return Card(
        number=number,
        rule=finding.rule,
        category=finding.category,
        category_title=category_title(rulebook, finding.category),
        severity=finding.severity,
        quotes=tuple(dict.fromkeys(mark.quote for mark in finding.evidence if mark.quote)),
        message=finding.message,
        advice=finding.advice,
        safer=finding.safer,
        rewording=rewording(finding),
        change=finding.change,
        mitigated_by=finding.mitigated_by,
        raised_by=finding.raised_by,
        references=tuple(_reference(cite, rulebook) for cite in finding.cites),
        concerns=tuple(CONSEQUENCE_WORDS[one] for one in category.consequences) if category else (),
    )


def _reference(cite: CiteShown, rulebook: Rulebook) -> Reference:
    source = rulebook.sources.get(cite.source)
    return Reference(
        source=cite.source,
        title=cite.title,
        publisher=source.publisher if source else "",
        url=source.url if source else "",
        paragraph=cite.paragraph,
        in_force_from=source.in_force_from if source else None,
        older_than_source=cite.in_force is False,
    )


def _titled(found: LabelFound, rulebook: Rulebook, kind: str) -> Titled:
    label = (rulebook.benefits if kind == "benefits" else rulebook.guards).get(found.id)
    quotes = tuple(dict.fromkeys(mark.quote for mark in found.marks if mark.quote))
    if label is None:
        return Titled(found.id, found.id.replace("_", " "), "", "", quotes)
    return Titled(found.id, label.title, label.plain, label.handling, quotes)


def _picture(jigsaw: Jigsaw) -> Picture | None:
    if not jigsaw.details:
        return None
    return Picture(
        sentence=jigsaw.sentence,
        few=jigsaw.people is not None and jigsaw.people <= 100,
        start=jigsaw.start,
        start_words=jigsaw.start_words,
        steps=tuple(_step(factor) for factor in jigsaw.factors),
        used_posts=jigsaw.used_posts,
    )


def _step(factor: Factor) -> Step:
    """A detail without a figure goes by the name of its fact: say that in words."""
    words = factor.words if factor.share is not None else vocabulary().get(factor.words, factor.words)
    return Step(factor.detail, words[:1].lower() + words[1:], _share(factor.share), factor.source)


def _share(share: float | None) -> str | None:
    """A share of people as words: 1 in 40; about half stays a percentage."""
    if share is None:
        return None
    return f"1 in {round(1 / share):,}" if share <= 1 / 3 else f"{share:.0%}"
