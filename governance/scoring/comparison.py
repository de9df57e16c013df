"""What a changed rulebook would do: which rules differ, and over some posts where each would newly speak or fall silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from governance.guidance.conditions import kinds_in
from governance.guidance.rulebook import Rule, Rulebook
from governance.scoring.engine import score
from governance.scoring.evaluation.intervals import Interval, wilson
from governance.scoring.post import PostInput

Kind = Literal["new", "changed", "measured", "stopped"]
_NOW, _THEN = "now:", "then:"


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that differs. `now` is the rule as it speaks today, `then` as it would; None where it does not.

    'new' begins to speak, 'changed' speaks otherwise, 'stopped' speaks no longer; 'measured' is a shadow rule, looked at
    as if it spoke.
    """

    kind: Kind
    now: Rule | None
    then: Rule | None

    @property
    def rule(self) -> Rule:
        """The rule as it would be, or the one that stops."""
        found = self.then or self.now
        assert found is not None  # noqa: S101 - changes() makes none without a rule
        return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people found of a post.

    `labels` are the categories (or benefits and guards) that hold of it. A corpus has `exact` labels, so that a rule is
    right where its own label is among them; a decided case is upheld or not as a whole.
    """

    upheld: bool
    labels: frozenset[str]
    exact: bool = False

    def right(self, rule: Rule) -> bool:
        """Whether the rule is right to speak here."""
        return self.upheld and (not self.exact or rule.serves in self.labels)

    def expects(self, rule: Rule) -> bool:
        """Whether the rule should speak here."""
        return self.upheld and rule.serves in self.labels


@dataclass(frozen=True, slots=True)
class Known:
    """A post to try rules on: what it is called, who wrote it (any key), and the verdict of people, if there is one.

    `kinds` are the kinds of facts in it, where they are known already: a post without any that a rule looks for need not
    be scored.
    """

    name: str
    author: int
    post: PostInput
    verdict: Verdict | None
    kinds: frozenset[str] | None = None


@dataclass(slots=True)
class Effect:
    """What one change does over some posts. `newly` and `silent` name the posts; authors stand beside for suppression."""

    change: Change
    speaks: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    newly: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    authors: set[int] = field(default_factory=set)
    newly_by: set[int] = field(default_factory=set)
    silent_by: set[int] = field(default_factory=set)
    judged_by: set[int] = field(default_factory=set)

    @property
    def precision(self) -> Share:
        """Of the judged posts in which it speaks, those in which it is right."""
        return Share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Share:
        """Of the judged posts in which it should speak, those in which it does."""
        return Share(self.right, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where nothing was counted."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval; None where nothing was counted."""
        return wilson(self.hits, self.of)


def changes(in_use: Rulebook, candidate: Rulebook) -> list[Change]:
    """What differs for a post, in the order of ids. A shadow rule of the candidate is listed, even one that is not new."""
    found = []
    for rule_id in sorted(in_use.rules.keys() | candidate.rules.keys()):
        now, then = _live(in_use.rules.get(rule_id)), candidate.rules.get(rule_id)
        if now is None and then is not None and then.status == "shadow":
            found.append(Change("measured", None, then))
            continue
        then = _live(then)
        if now is None and then is not None:
            found.append(Change("new", None, then))
        elif now is not None and then is None:
            found.append(Change("stopped", now, None))
        elif now is not None and then is not None and replace(now, file="") != replace(then, file=""):
            found.append(Change("changed", now, then))
    return found


def _live(rule: Rule | None) -> Rule | None:
    return rule if rule is not None and rule.status == "live" else None


def compare(in_use: Rulebook, candidate: Rulebook, posts: Iterable[Known]) -> list[Effect]:
    """The effect of each change over `posts`, which come one by one and are not kept. Without a change none is scored."""
    effects = [Effect(change) for change in changes(in_use, candidate)]
    if not effects:
        return []
    probe = _probe(in_use, [effect.change for effect in effects])
    looked_for = {kind for rule in probe.rules.values() for kind in kinds_in(rule.when)}
    for known in posts:
        if known.kinds is not None and looked_for.isdisjoint(known.kinds):
            now = then = frozenset[str]()
        else:
            now, then = _spoken(known.post, probe, in_use, candidate)
        for effect in effects:
            rule_id = effect.change.rule.id
            _count(effect, known, now=rule_id in now, then=rule_id in then)
    return effects


def _probe(in_use: Rulebook, changed: list[Change]) -> Rulebook:
    """A rulebook of the changed rules alone, each as it is and as it would be: as shadow rules the engine names them all."""
    rules = {}
    for change in changed:
        for prefix, rule in ((_NOW, change.now), (_THEN, change.then)):
            if rule is not None:
                rules[prefix + rule.id] = replace(rule, id=prefix + rule.id, status="shadow")
    return replace(in_use, id=f"{in_use.id}+probe", rules=rules)


def _spoken(
    post: PostInput, probe: Rulebook, in_use: Rulebook, candidate: Rulebook
) -> tuple[frozenset[str], frozenset[str]]:
    """The changed rules that speak on `post` today, and those that would.

    Few posts hold the facts of a changed rule, and only those are scored by both rulebooks: what the engine makes of a
    rule beside all others is what the author would see. A guard or a benefit is shown as soon as its facts are there.
    """
    held = score(post, probe).shadow
    if not held:
        return frozenset(), frozenset()
    today, tomorrow = score(post, in_use), score(post, candidate)
    shown = {
        _NOW: {one.rule for one in today.findings},
        _THEN: {one.rule for one in tomorrow.findings} | set(tomorrow.shadow),
    }
    spoken: dict[str, set[str]] = {_NOW: set(), _THEN: set()}
    for name in held:
        prefix, rule_id = name[: name.index(":") + 1], name[name.index(":") + 1 :]
        if probe.rules[name].sort != "category" or rule_id in shown[prefix]:
            spoken[prefix].add(rule_id)
    return frozenset(spoken[_NOW]), frozenset(spoken[_THEN])


def _count(effect: Effect, known: Known, *, now: bool, then: bool) -> None:
    rule = effect.change.rule
    speaks = now if effect.change.kind == "stopped" else then
    if speaks:
        effect.speaks += 1
        effect.authors.add(known.author)
    if then and not now:
        effect.newly.append(known.name)
        effect.newly_by.add(known.author)
    if now and not then:
        effect.silent.append(known.name)
        effect.silent_by.add(known.author)
    if known.verdict is None:
        return
    if speaks:
        effect.judged_by.add(known.author)
        if known.verdict.right(rule):
            effect.right += 1
        else:
            effect.wrong += 1
    elif known.verdict.expects(rule):
        effect.judged_by.add(known.author)
        effect.missed += 1
