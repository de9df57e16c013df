"""Decides which rules speak. Compiled once; a rule is looked at only when a fact that it cannot do without is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from governance.guidance.conditions import AtLeast, Condition, Every, Has, Some, Together, Without, kinds_in
from governance.guidance.rulebook import RANK, Rule, Rulebook, RulebookError
from governance.scoring.facts import Fact, Facts

# What a condition answers: the facts it rests on (perhaps none), or None where it does not hold.
Test = Callable[[Facts], list[Fact] | None]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that speaks: its severity after mitigation, the facts it rests on, and what changed the severity."""

    rule: Rule
    severity: str
    evidence: tuple[Fact, ...]
    mitigated_by: tuple[str, ...]
    raised_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silenced:
    """A rule whose facts were there, and why it is silent all the same."""

    rule: Rule
    why: str


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    test: Test
    unless: tuple[tuple[Test, str], ...]
    mitigations: tuple[tuple[Test, str, str], ...]
    aggravations: tuple[tuple[Test, str, str], ...]


class Matcher:
    """A compiled rulebook. Raises RulebookError where a rule names a fact that no detector knows."""

    def __init__(self, rulebook: Rulebook, vocabulary: Mapping[str, str]) -> None:
        problems: list[str] = []
        self._by_kind: dict[str, list[_Compiled]] = {}
        for rule in rulebook.rules.values():
            if rule.status == "retired":
                continue
            problems += [
                f"{rule.where}: no detector knows the fact '{k}'" for k in _unknown(rule, vocabulary)
            ]
            needed = _cannot_do_without(rule.when)
            if needed is None:
                problems.append(f"{rule.where}: 'when' must name at least one fact that has to be there")
                continue
            compiled = _compile(rule)
            for kind in needed:
                self._by_kind.setdefault(kind, []).append(compiled)
        if problems:
            raise RulebookError(problems)

    def match(self, facts: Facts) -> tuple[list[Match], list[Silenced]]:
        """The rules that speak and those that were silenced, each in the order of their ids."""
        candidates: dict[str, _Compiled] = {}
        for kind in facts.by_kind.keys() & self._by_kind.keys():
            for compiled in self._by_kind[kind]:
                candidates[compiled.rule.id] = compiled
        matches: list[Match] = []
        silenced: list[Silenced] = []
        for rule_id in sorted(candidates):
            outcome = _outcome(candidates[rule_id], facts)
            if isinstance(outcome, Match):
                matches.append(outcome)
            elif outcome is not None:
                silenced.append(outcome)
        return matches, silenced


def _outcome(compiled: _Compiled, facts: Facts) -> Match | Silenced | None:
    evidence = compiled.test(facts)
    if evidence is None:
        return None
    rule = compiled.rule
    for test, why in compiled.unless:
        if test(facts) is not None:
            return Silenced(rule, why)
    severity = rule.severity
    raised, mitigated = [], []
    for test, to, why in compiled.aggravations:
        if RANK[to] > RANK[severity] and test(facts) is not None:
            severity = to
            raised.append(why)
    for test, to, why in compiled.mitigations:
        if RANK[to] < RANK[severity] and test(facts) is not None:
            severity = to
            mitigated.append(why)
    if rule.sort == "category" and severity == "none":
        return Silenced(rule, mitigated[-1])
    if rule.mark:
        evidence = [fact for kind in rule.mark for fact in facts.of(kind)] or evidence
    return Match(rule, severity, tuple(_placed(evidence)), tuple(mitigated), tuple(raised))


def _placed(evidence: Iterable[Fact]) -> list[Fact]:
    """The facts that can be marked, once each, in the order in which they stand."""
    distinct = {(fact.start, fact.end, fact.kind): fact for fact in evidence if fact.has_place}
    return [distinct[key] for key in sorted(distinct)]


def _unknown(rule: Rule, vocabulary: Mapping[str, str]) -> list[str]:
    steps = (*rule.mitigations, *rule.aggravations)
    conditions = [rule.when, *(clause.when for clause in rule.unless), *(step.when for step in steps)]
    named = {kind for condition in conditions for kind in kinds_in(condition)} | set(rule.mark)
    return sorted(kind for kind in named if not known(kind, vocabulary))


def known(kind: str, vocabulary: Mapping[str, str]) -> bool:
    """Whether a detector can find this kind, prefixes taken off."""
    for prefix in ("reply:", "attachment:", "not:", "quoted:"):
        kind = kind.removeprefix(prefix)
    return kind in vocabulary


def _cannot_do_without(condition: Condition) -> frozenset[str] | None:
    """Kinds of which at least one must be there for the condition to hold; None where it could hold on nothing."""
    if isinstance(condition, (Has, AtLeast)):
        return frozenset(condition.kinds)
    if isinstance(condition, Together):
        return min((frozenset(group) for group in condition.groups), key=_commonness)
    if isinstance(condition, Every):
        parts = [needed for part in condition.parts if (needed := _cannot_do_without(part)) is not None]
        return min(parts, key=_commonness) if parts else None
    if isinstance(condition, Some):
        alternatives = [_cannot_do_without(part) for part in condition.parts]
        if any(needed is None for needed in alternatives):
            return None
        return frozenset(kind for needed in alternatives if needed is not None for kind in needed)
    return None


def _commonness(kinds: frozenset[str]) -> tuple[bool, int]:
    """Circumstances hold for many posts: look for words first; then for the fewest kinds."""
    return any(":" in kind or kind == "whole_text" for kind in kinds), len(kinds)


def _compile(rule: Rule) -> _Compiled:
    return _Compiled(
        rule,
        compile_condition(rule.when),
        tuple((compile_condition(u.when), u.why) for u in rule.unless),
        tuple((compile_condition(s.when), s.severity, s.why) for s in rule.mitigations),
        tuple((compile_condition(s.when), s.severity, s.why) for s in rule.aggravations),
    )


def compile_condition(condition: Condition) -> Test:
    """A condition as a function of the facts."""
    if isinstance(condition, Has):
        return _has(condition.kinds)
    if isinstance(condition, AtLeast):
        return _at_least(condition.count, condition.kinds)
    if isinstance(condition, Together):
        return (
            _same_sentence(condition.groups)
            if condition.words is None
            else _within(condition.words, condition.groups)
        )
    tests = [compile_condition(part) for part in condition.parts]
    if isinstance(condition, Every):
        return _every(tests)
    if isinstance(condition, Some):
        return _some(tests)
    assert isinstance(condition, Without)  # noqa: S101 - the last of the six; mypy sees that nothing is left out
    return lambda facts: None if any(test(facts) is not None for test in tests) else []


def _has(kinds: tuple[str, ...]) -> Test:
    def test(facts: Facts) -> list[Fact] | None:
        found = [fact for kind in kinds for fact in facts.by_kind.get(kind, ())]
        return found or None

    return test


def _at_least(count: int, kinds: tuple[str, ...]) -> Test:
    def test(facts: Facts) -> list[Fact] | None:
        present = [kind for kind in kinds if kind in facts.by_kind]
        if len(present) < count:
            return None
        return [fact for kind in present for fact in facts.by_kind[kind]]

    return test


def _every(tests: list[Test]) -> Test:
    def test(facts: Facts) -> list[Fact] | None:
        evidence: list[Fact] = []
        for part in tests:
            found = part(facts)
            if found is None:
                return None
            evidence.extend(found)
        return evidence

    return test


def _some(tests: list[Test]) -> Test:
    def test(facts: Facts) -> list[Fact] | None:
        held = [found for part in tests if (found := part(facts)) is not None]
        return [fact for found in held for fact in found] if held else None

    return test


def _same_sentence(groups: tuple[tuple[str, ...], ...]) -> Test:
    def test(facts: Facts) -> list[Fact] | None:
        by_group = []
        for group in groups:
            found = [fact for kind in group for fact in facts.by_kind.get(kind, ()) if fact.has_place]
            if not found:
                return None
            by_group.append(found)
        shared = set.intersection(*({fact.sentence for fact in found} for found in by_group))
        if not shared:
            return None
        return [fact for found in by_group for fact in found if fact.sentence in shared]

    return test


def _within(words: int, groups: tuple[tuple[str, ...], ...]) -> Test:
    def test(facts: Facts) -> list[Fact] | None:
        placed = [
            (fact.word, number, fact)
            for number, group in enumerate(groups)
            for kind in group
            for fact in facts.by_kind.get(kind, ())
            if fact.has_place
        ]
        if len({number for _, number, _ in placed}) < len(groups):
            return None
        placed.sort(key=lambda item: item[:2])
        return _windows(placed, words, len(groups))

    return test


def _windows(placed: list[tuple[int, int, Fact]], words: int, groups: int) -> list[Fact] | None:
    """The facts of every window of so many words in which each group has one; one pass over the facts."""
    last_seen: dict[int, tuple[int, Fact]] = {}
    evidence: list[Fact] = []
    for word, number, fact in placed:
        last_seen[number] = (word, fact)
        if len(last_seen) == groups and word - min(at for at, _ in last_seen.values()) <= words:
            evidence.extend(seen for _, seen in last_seen.values())
    return evidence or None
