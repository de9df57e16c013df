"""Runs the rules' own examples: what `guidance check` and the tests stand on."""

from __future__ import annotations

from governance.guidance.rulebook import Example, Rule, Rulebook
from governance.scoring.engine import compiled
from governance.scoring.matcher import Match
from governance.scoring.post import PostInput
from governance.scoring.reading import read
from governance.scoring.text import Text


def failures(rulebook: Rulebook) -> list[str]:
    """One line for every example that does not do what it says. Raises RulebookError for unknown facts."""
    lines: list[str] = []
    for rule in rulebook.rules.values():
        if rule.status == "retired":
            continue
        for number, example in enumerate(rule.fires, start=1):
            lines += _fires(rulebook, rule, number, example)
        for number, example in enumerate(rule.silent, start=1):
            if matched(rulebook, rule, example) is not None:
                lines.append(f"{rule.where}: silent example {number} fires: {example.given['text']!r}")
    return lines


def matched(rulebook: Rulebook, rule: Rule, example: Example) -> Match | None:
    """How the rule answers to an example, or None where it is silent."""
    post = PostInput.from_mapping(example.given)
    facts, _ = read(post, Text(post.text))
    matches, _ = compiled(rulebook).match(facts)
    return next((match for match in matches if match.rule.id == rule.id), None)


def _fires(rulebook: Rulebook, rule: Rule, number: int, example: Example) -> list[str]:
    match = matched(rulebook, rule, example)
    if match is None:
        return [f"{rule.where}: fires example {number} is silent: {example.given['text']!r}"]
    if example.severity is not None and match.severity != example.severity:
        return [f"{rule.where}: fires example {number} came to {match.severity}, not {example.severity}"]
    return []
