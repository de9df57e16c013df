"""A broken rulebook is refused with file, rule and reason."""

import tomllib
from pathlib import Path

import pytest

from governance.guidance.loader import FOLDER, load_rulebook, shipped_rulebook
from governance.guidance.rulebook import RulebookError

RULE = """
[[rule]]
id = "unprofessional.example"
category = "unprofessional"
status = "live"
severity = "low"
when = ["laughter"]
cites = [{ source = "gmp-2024", paragraph = "81" }]
message = "Why."
advice = "What to do."
change = "What would change it."
fires = ["lol", "haha", "lmao"]
silent = ["a", "b", "c"]
"""


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> str:
    with pytest.raises(RulebookError) as refused:
        load_rulebook(path)
    assert refused.value.problems
    return str(refused.value)


def test_a_rule_file_is_laid_over_the_shipped_rulebook(tmp_path: Path) -> None:
    over = load_rulebook(written(tmp_path, RULE))
    assert set(over.rules) == set(shipped_rulebook().rules) | {"unprofessional.example"}
    assert over.id != shipped_rulebook().id


def test_a_rule_with_a_known_id_takes_its_place(tmp_path: Path) -> None:
    known = next(r for r in shipped_rulebook().rules.values() if r.serves == "unprofessional")
    over = load_rulebook(written(tmp_path, RULE.replace("unprofessional.example", known.id)))
    assert over.rules[known.id].message == "Why."
    assert len(over.rules) == len(shipped_rulebook().rules)


def test_a_folder_is_a_rulebook_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    written(tmp_path / "rules", RULE)
    assert list(load_rulebook(tmp_path).rules) == ["unprofessional.example"]


def test_comments_and_spacing_do_not_change_the_id(tmp_path: Path) -> None:
    first = load_rulebook(written(tmp_path, RULE))
    assert load_rulebook(written(tmp_path, "# a comment\n\n" + RULE)).id == first.id
    assert load_rulebook(written(tmp_path, RULE.replace('"Why."', '"Why?"'))).id != first.id


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"unprofessional"', '"untidy"', "category 'untidy' is not known"),
        ('severity = "low"', 'severity = "awful"', "severity must be"),
        ('severity = "low"', 'severity = "none"', "severity must be"),
        ('status = "live"', 'status = "on"', "status must be one of live, shadow, retired"),
        ('"gmp-2024"', '"my-nan"', "cites 'my-nan', which is not in sources.toml"),
        ('"81"', '"999"', "gmp-2024 has no paragraph 999"),
        ('fires = ["lol", "haha", "lmao"]', 'fires = ["lol"]', "at least 3 examples in 'fires'"),
        ('fires = ["lol", "haha", "lmao"]', 'fires = ["lol", "haha", 3]', "neither a text nor a table"),
        ('silent = ["a", "b", "c"]', "", "'silent' is missing"),
        ('message = "Why."', "", "'message' is missing"),
        ('message = "Why."', 'message = ""', "'message' is empty"),
        ('message = "Why."', "message = 3", "'message' must be words"),
        ('message = "Why."', 'message = "Why."\nmesage = "typo"', "unknown key 'mesage'"),
        ('when = ["laughter"]', "when = [3]", "neither a kind of fact, a list nor a table"),
        ('when = ["laughter"]', "when = [{ al = [] }]", "a condition cannot have the keys ['al']"),
        ('when = ["laughter"]', 'when = [{ at_least = 3, of = ["a", "b"] }]', "at_least must be a number from 1 to 2"),
        ('when = ["laughter"]', 'when = [{ within = 0, of = ["a", "b"] }]', "within must be a number of words"),
        ('when = ["laughter"]', 'when = ["laughter"]\nunless = [{ when = ["slur"] }]', "'why' is missing"),
        ('when = ["laughter"]', 'when = ["laughter"]\nunless = ["slur"]', "'unless' must be a list of tables"),
        ('when = ["laughter"]', 'when = ["laughter"]\nprobability = 3', "probability must be a number above 0 and below 1"),
        ('category = "unprofessional"', "", "needs exactly one of category, guard or benefit"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_file_rule_and_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    assert old in RULE
    said = problems(written(tmp_path, RULE.replace(old, new, 1)))
    assert "own.toml: unprofessional.example" in said
    assert reason in said


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = RULE.replace('"live"', '"on"').replace('"low"', '"awful"')
    with pytest.raises(RulebookError) as refused:
        load_rulebook(written(tmp_path, text))
    assert len(refused.value.problems) == 2


def test_an_id_may_be_used_once_in_a_layer(tmp_path: Path) -> None:
    assert "this id is already used in own.toml" in problems(written(tmp_path, RULE + RULE))


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "[[rule]\n")).startswith("own.toml: ")
    assert "own.toml: rules are [[rule]] tables" in problems(written(tmp_path, "rule = 3"))


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    assert "No such file" in problems(tmp_path / "absent.toml")
    assert "there are no rules" in problems(tmp_path)


@pytest.mark.parametrize(
    ("document", "old", "new", "reason"),
    [
        ("sources.toml",
         'status = "V2", says', 'number = "7", status = "V2", says', "only one that was read in its page (V) may"),
        ("sources.toml", "in_force_from = 2024-01-30", 'in_force_from = "soon"', "in_force_from must be a date"),
        ("sources.toml", 'id = "gmp-2024"', 'id = "gmc-social-media-2024"', "this id is given twice"),
        ("categories.toml", 'route = "hr"', 'route = "garden"', "route must be one of"),
        ("categories.toml", '"employment"', '"prison"', "consequences must be of"),
        ("guards.toml", "plain =", "plane =", "unknown key 'plane'"),
    ],
)  # fmt: skip
def test_a_broken_document_is_refused(tmp_path: Path, document: str, old: str, new: str, reason: str) -> None:
    (tmp_path / "rules").mkdir()
    written(tmp_path / "rules", RULE)
    text = (FOLDER / document).read_text(encoding="utf-8")
    assert old in text
    written(tmp_path, text.replace(old, new, 1), document)
    said = problems(tmp_path)
    assert document in said
    assert reason in said


def test_every_numbered_paragraph_was_read_in_its_page() -> None:
    data = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    numbered = [p for source in data["source"] for p in source.get("paragraph", []) if "number" in p]
    assert len(numbered) > 20
    assert {p["status"] for p in numbered} == {"V"}
