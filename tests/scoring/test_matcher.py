"""Conditions over facts, and rules that are mitigated, raised or silenced."""

from pathlib import Path

import pytest

from governance.guidance.conditions import parse
from governance.guidance.loader import load_rulebook
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.scoring.engine import compiled, score
from governance.scoring.facts import Fact, Facts
from governance.scoring.matcher import Match, Silenced, compile_condition
from governance.scoring.post import PostInput
from governance.scoring.reading import read
from governance.scoring.text import Text


def facts(*places: tuple[str, int, int]) -> Facts:
    found = Facts()
    for kind, word, sentence in places:
        found.add(Fact(kind, word * 10, word * 10 + 5, word, sentence))
    return found


THREE = facts(("a", 0, 0), ("b", 3, 0), ("c", 9, 1))


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("a", True),
        ("d|a", True),
        ("d", False),
        (["a", "b"], True),
        (["a", "d"], False),
        ({"any": ["d", "c"]}, True),
        ({"any": ["d", "e"]}, False),
        ({"none": ["d", "e"]}, True),
        ({"none": ["d", "a"]}, False),
        ({"all": ["a", {"none": ["d"]}]}, True),
        ({"at_least": 2, "of": ["a", "d", "c"]}, True),
        ({"at_least": 3, "of": ["a", "d", "c"]}, False),
        ({"same_sentence": ["a", "b"]}, True),
        ({"same_sentence": ["a", "c"]}, False),
        ({"same_sentence": ["a", "d"]}, False),
        ({"within": 3, "of": ["a", "b"]}, True),
        ({"within": 3, "of": ["b", "a"]}, True),
        ({"within": 2, "of": ["a", "b"]}, False),
        ({"within": 9, "of": ["a", "b", "c"]}, True),
        ({"within": 8, "of": ["a", "b", "c"]}, False),
    ],
)
def test_conditions(condition: object, holds: bool) -> None:
    assert (compile_condition(parse(condition))(THREE) is not None) is holds


RULE = """
[[rule]]
id = "unprofessional.example"
category = "unprofessional"
status = "live"
severity = "medium"
when = ["laughter"]
unless = [{ when = ["fictional_case"], why = "Made up." }]
mitigations = [{ when = ["consent_stated"], severity = "low", why = "Agreed." }]
aggravations = [{ when = ["patient_reference"], severity = "high", why = "A patient." }]
cites = [{ source = "gmp-2024", paragraph = "81" }]
message = "Why."
advice = "What to do."
change = "What would change it."
fires = ["lol", "haha", "lmao"]
silent = ["a", "b", "c"]
"""


@pytest.fixture
def only(tmp_path: Path):  # type: ignore[no-untyped-def]
    def load(text: str):  # type: ignore[no-untyped-def]
        folder = tmp_path / "book"
        (folder / "rules").mkdir(parents=True, exist_ok=True)
        (folder / "rules" / "own.toml").write_text(text, encoding="utf-8")
        return load_rulebook(folder)

    return load


def matched(text: str, book: Rulebook) -> tuple[list[Match], list[Silenced]]:
    drawn, _ = read(PostInput(text=text), Text(text))
    return compiled(book).match(drawn)


def test_a_rule_at_its_own_severity(only) -> None:  # type: ignore[no-untyped-def]
    text = "What a day lol"
    ((match,), _) = matched(text, only(RULE))
    assert (match.rule.id, match.severity) == ("unprofessional.example", "medium")
    assert [text[fact.start : fact.end] for fact in match.evidence] == ["lol"]


def test_raised_and_mitigated_say_why(only) -> None:  # type: ignore[no-untyped-def]
    book = only(RULE)
    raised = matched("my patient lol", book)[0][0]
    assert (raised.severity, raised.raised_by, raised.mitigated_by) == ("high", ("A patient.",), ())
    both = matched("my patient lol, she consented", book)[0][0]
    assert (both.severity, both.mitigated_by) == ("low", ("Agreed.",))


def test_silenced_says_why(only) -> None:  # type: ignore[no-untyped-def]
    matches, silenced = matched("A fictional case lol", only(RULE))
    assert matches == []
    assert [(one.rule.id, one.why) for one in silenced] == [("unprofessional.example", "Made up.")]


def test_a_shadow_rule_is_measured_and_not_shown(only) -> None:  # type: ignore[no-untyped-def]
    scoring = score(PostInput(text="lol"), only(RULE.replace('"live"', '"shadow"')))
    assert scoring.shadow == ("unprofessional.example",)
    assert "shadow" not in scoring.as_json()
    assert "unprofessional.example" not in str(scoring.as_json())


def test_a_retired_rule_is_silent(only) -> None:  # type: ignore[no-untyped-def]
    scoring = score(PostInput(text="lol"), only(RULE.replace('"live"', '"retired"')))
    assert scoring.shadow == ()
    assert "unprofessional.example" not in {finding.rule for finding in scoring.findings}


def test_a_rule_of_ones_own_speaks_whatever_the_whole_post_reads_like(only) -> None:  # type: ignore[no-untyped-def]
    scoring = score(PostInput(text="Lovely walk with the dog lol"), only(RULE))
    finding = next(f for f in scoring.findings if f.rule == "unprofessional.example")
    assert (finding.severity, finding.quote) == ("medium", "lol")
    assert 30 <= scoring.score <= 54


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            '["laughter"]',
            '["laugter"]',
            "own.toml: unprofessional.example: no detector knows the fact 'laugter'",
        ),
        ('["laughter"]', '[{ none = ["laughter"] }]', "must name at least one fact that has to be there"),
    ],
)
def test_a_rule_that_can_never_be_right_is_refused(only, old: str, new: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RulebookError) as refused:
        compiled(only(RULE.replace(old, new, 1)))
    assert reason in str(refused.value)
