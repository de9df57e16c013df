"""The shipped rulebook does what each of its rules says, and reaches everything the guideline names."""

import re

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.guidance.rulebook import SEVERITIES, Rule
from governance.scoring.examples import failures

RULEBOOK = shipped_rulebook()
HARSH = re.compile(r"\b(offence|violation|guilty|suspect|offender|misconduct)\b", re.IGNORECASE)


def test_every_rule_does_what_its_examples_say() -> None:
    assert failures(RULEBOOK) == []


@pytest.mark.parametrize("category", RULEBOOK.categories)
@pytest.mark.parametrize("severity", SEVERITIES[1:])
def test_every_category_reaches_every_severity(category: str, severity: str) -> None:
    rules = [r for r in RULEBOOK.rules.values() if r.serves == category and r.status == "live"]
    shown = {example.severity for rule in rules for example in rule.fires}
    assert severity in shown


@pytest.mark.parametrize("label", [*RULEBOOK.guards, *RULEBOOK.benefits])
def test_every_guard_and_benefit_has_a_live_rule(label: str) -> None:
    assert any(r.serves == label and r.status == "live" for r in RULEBOOK.rules.values())


def test_the_guidelines_categories_guards_and_benefits_are_all_there() -> None:
    assert list(RULEBOOK.categories) == [
        "confidentiality", "misleading", "discrimination_harassment", "boundaries", "medical_advice",
        "conflict_of_interest", "complaint_response", "unprofessional", "employer_time",
    ]  # fmt: skip
    assert set(RULEBOOK.guards) == {
        "protected_disclosure",
        "protected_belief",
        "union_activity",
        "own_health",
    }
    assert set(RULEBOOK.benefits) == {
        "education", "awareness", "health_information", "engagement", "public_trust", "counter_misinformation",
        "professional_income",
    }  # fmt: skip


@pytest.mark.parametrize("rule", RULEBOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_speaks_kindly_and_stands_on_a_source(rule: Rule) -> None:
    words = f"{rule.message} {rule.advice} {rule.safer} {rule.change}"
    assert not HARSH.search(words)
    if rule.sort == "category":
        assert rule.cites
        assert rule.safer
