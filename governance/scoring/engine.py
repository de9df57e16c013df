"""The engine: `score(post, rulebook)` is a pure function. Same post and rulebook, same answer, on any machine.

Facts are drawn, rules speak over them, and the reader weighs facts, rules and words together. A rule's finding counts where
the reader's judgement of the whole post bears it out, or where the rule stands by itself: its facts need no weighing, or it
is an organisation's own rule, which the reader never learned. Where the judgement goes beyond all rules, the reader speaks.
"""

from __future__ import annotations

from functools import lru_cache

from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import RANK, Rule, Rulebook
from governance.scoring import findings
from governance.scoring.answer import CategoryScore, Finding, LabelFound, NotApplied, Scoring
from governance.scoring.bands import PROBABILITY, category_score, overall_score, sureness
from governance.scoring.findings import Whole
from governance.scoring.lexicon import shipped
from governance.scoring.matcher import Match, Matcher, Silenced
from governance.scoring.post import PostInput
from governance.scoring.reader import model
from governance.scoring.reader.judgement import CategoryJudged, Judgement, judge
from governance.scoring.reading import read, vocabulary
from governance.scoring.text import Text

VERSION = "2.0"
FEWEST_WORDS = 3  # with fewer words that it knows, the reader would be guessing: only a rule may speak
NOTHING = Judgement(flagged=0.0, severity="none", categories=(), labels=frozenset())
NOT_BORNE_OUT = "Some of its words are here, but the post as a whole does not read like one that reviewers would flag for it."


@lru_cache(maxsize=1)
def engine_id() -> str:
    """The engine's version with a hash of its lexicons and one of the reader's weights: a new word is a new engine."""
    return f"{VERSION}-{shipped().fingerprint}-{model.shipped().fingerprint}"


@lru_cache(maxsize=8)
def compiled(rulebook: Rulebook) -> Matcher:
    """A rulebook ready for use, made once. Raises RulebookError where a rule names an unknown fact."""
    return Matcher(rulebook, vocabulary())


def score(post: PostInput, rulebook: Rulebook) -> Scoring:
    """Score one post. Any string is scored; an empty one answers none."""
    matcher = compiled(rulebook)
    text = Text(post.text)
    facts, picture = read(post, text)
    matches, silenced = matcher.match(facts)
    live = [match for match in matches if match.rule.status == "live"]
    reading = model.read(model.shipped(), text, facts, known_to_reader(live))
    judgement = judge(reading) if live or len(reading.near) >= FEWEST_WORDS else NOTHING
    found, left_out = _findings(Whole(post, text, rulebook, reading), judgement, live)
    categories = _categories(found, judgement, live)
    severity = found[0].severity if found else "none"
    judged = {one.id for one in judgement.categories}
    labels = _labels(text, reading, judgement, live)
    return Scoring(
        score=overall_score(severity, judgement.flagged),
        severity=severity,
        categories=categories,
        benefits=tuple(found for found in labels if found.id in rulebook.benefits),
        guards=tuple(found for found in labels if found.id in rulebook.guards),
        findings=tuple(found),
        not_applied=(*_silenced(silenced), *left_out),
        jigsaw=picture,
        rulebook=rulebook.id,
        engine=engine_id(),
        uncalibrated=any(one.id not in judged for one in categories),
        shadow=tuple(match.rule.id for match in matches if match.rule.status == "shadow"),
        flagged=round(judgement.flagged, 3),
        sure=sureness(judgement.flagged),
    )


def known_to_reader(live: list[Match]) -> list[Match]:
    """The rules that the reader has learned to weigh: the shipped ones."""
    return [match for match in live if not _own(match.rule)]


def _own(rule: Rule) -> bool:
    """Whether it is an organisation's own rule: new, or a shipped one said otherwise."""
    known = shipped_rulebook().rules.get(rule.id)
    return known is not rule and (known is None or known.when != rule.when)


def _findings(
    whole: Whole, judgement: Judgement, live: list[Match]
) -> tuple[list[Finding], list[NotApplied]]:
    """The findings, the worst first, and the rules that the whole post does not bear out."""
    judged = {one.id: one for one in judgement.categories}
    found: list[Finding] = []
    left_out: list[NotApplied] = []
    for match in live:
        rule = match.rule
        if rule.sort != "category":
            continue
        borne_out = judged.get(rule.serves)
        if rule.stands or _own(rule):
            found.append(findings.of_rule(whole, match, match.severity))
        elif borne_out:
            found.append(findings.of_rule(whole, match, findings.milder(match.severity, borne_out.severity)))
        else:
            left_out.append(NotApplied(rule.id, NOT_BORNE_OUT))
    found += [findings.of_reader(whole, one) for one in judged.values() if _goes_beyond(one, found)]
    found.sort(key=lambda one: (-RANK[one.severity], one.rule))
    return found, left_out


def _goes_beyond(judged: CategoryJudged, found: list[Finding]) -> bool:
    """Whether no finding of the category is as severe as the judgement of the whole post."""
    reached = [RANK[one.severity] for one in found if one.category == judged.id]
    return max(reached, default=-1) < RANK[judged.severity]


def _categories(found: list[Finding], judgement: Judgement, live: list[Match]) -> tuple[CategoryScore, ...]:
    """Each category that has a finding, in the order of the findings, with its worst severity."""
    judged = {one.id: one.flagged for one in judgement.categories}
    scores = []
    for name in dict.fromkeys(one.category for one in found):
        worst = max((one.severity for one in found if one.category == name), key=RANK.__getitem__)
        own = [
            _estimate(match)
            for match in live
            if match.rule.serves == name and (match.rule.stands or _own(match.rule))
        ]
        scores.append(CategoryScore(name, category_score([judged.get(name, 0.0), *own]), worst))
    return tuple(scores)


def _estimate(match: Match) -> float:
    """The rule's own estimate where it speaks at its own severity, else that of the severity it came to."""
    if match.rule.probability is not None and match.severity == match.rule.severity:
        return match.rule.probability
    return PROBABILITY[match.severity]


def _labels(text: Text, reading: model.Reading, judgement: Judgement, live: list[Match]) -> list[LabelFound]:
    """Guards and benefits: those of the judgement, and those of an organisation's own rules."""
    speaking: dict[str, list[Match]] = {}
    for match in live:
        if match.rule.sort != "category":
            speaking.setdefault(match.rule.serves, []).append(match)
    own = {name for name, matches in speaking.items() if any(_own(match.rule) for match in matches)}
    return [
        findings.label(text, reading, name, speaking.get(name, [])) for name in sorted(judgement.labels | own)
    ]


def _silenced(silenced: list[Silenced]) -> list[NotApplied]:
    shown = [s for s in silenced if s.rule.status == "live" and s.rule.sort == "category"]
    return [NotApplied(s.rule.id, s.why) for s in shown]
