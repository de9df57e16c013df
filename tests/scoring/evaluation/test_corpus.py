"""The corpus: what is shipped is whole, and each way in which a line can be wrong is told with its place."""

import json
from pathlib import Path

import pytest

from governance.guidance.loader import shipped_rulebook
from governance.scoring.evaluation.corpus import SPLITS, CorpusError, files_of, lines, problems

GOOD = {
    "id": "tea-001", "text": "Mrs Hollins in bed 9 has had a stroke", "platform": "x", "audience": "public",
    "in_reply_to": None, "profession": "nurse", "categories": ["confidentiality"], "severity": "critical",
    "benefits": [], "guards": ["own_health"],
    "marks": [{"category": "confidentiality", "quote": "Mrs Hollins"}, {"guard": "own_health", "quote": "stroke"}],
    "hard": False, "pair": None,
}  # fmt: skip
BENIGN = GOOD | {
    "id": "tea-002", "text": "Tea.", "categories": [], "severity": "none", "guards": [], "marks": [], "pair": "tea-001",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "splits.toml").write_text('[splits]\ntune = ["cake"]\ntest = ["jam"]\n', encoding="utf-8")
    for topic in ("tea", "cake", "jam"):
        rows = [
            row | {"id": row["id"].replace("tea", topic), "text": f"{row['text']} {topic}", "pair": None}
            for row in (GOOD, BENIGN)
        ]
        write(tmp_path, topic, *rows)
    return tmp_path


def write(folder: Path, topic: str, *rows: dict[str, object]) -> None:
    (folder / f"{topic}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def test_the_shipped_corpus_is_whole():
    assert problems(shipped_rulebook()) == []


def test_the_shipped_splits_share_no_topic_and_leave_none_out():
    topics = {split: {path.stem for path in files_of(split)} for split in SPLITS}
    assert all(topics.values())
    assert sum(map(len, topics.values())) == len(set().union(*topics.values()))
    whole = {path.stem for path in files_of("train")[0].parent.glob("*.jsonl")}
    assert set().union(*topics.values()) == whole


def test_a_topic_without_a_name_is_train(folder):
    assert {split: [path.stem for path in files_of(split, folder)] for split in SPLITS} == {
        "train": ["tea"], "tune": ["cake"], "test": ["jam"],
    }  # fmt: skip
    assert [line.place for line in lines(files_of("tune", folder))] == [
        "cake.jsonl, line 1",
        "cake.jsonl, line 2",
    ]


def test_a_good_corpus_has_no_problems(folder):
    write(folder, "tea", GOOD, BENIGN)
    assert problems(shipped_rulebook(), folder) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"severity": "none"}, "categories must be empty where severity is none"),
        ({"categories": [], "marks": GOOD["marks"][1:]}, "categories must be empty where severity is none, and only there"),  # type: ignore[index]
        ({"severity": "awful"}, "severity has the unknown value 'awful'"),
        ({"platform": "myspace"}, "platform has the unknown value 'myspace'"),
        ({"categories": ["confidentiality", "gossip"]}, "categories has the unknown value 'gossip'"),
        ({"benefits": ["education", "education"]}, "benefits names one thing twice"),
        ({"guards": ["luck"]}, "guards has the unknown value 'luck'"),
        ({"marks": [{"category": "confidentiality", "quote": "mrs hollins"}]}, "is not an exact part of the text"),
        ({"marks": [{"category": "boundaries", "quote": "bed 9"}]}, "'boundaries', which the post does not carry"),
        ({"marks": []}, "own_health has no mark"),
        ({"marks": ["bed 9"]}, "marks must be a list of objects"),
        ({"pair": "tea-009"}, "its pair is not another post"),
        ({"pair": "tea-001"}, "its pair is not another post"),
        ({"id": "tea-002"}, "its id is used twice"),
        ({"text": "Tea."}, "its text is there twice"),
        ({"text": " "}, "text must be text, and not empty"),
        ({"in_reply_to": ""}, "in_reply_to must be text or null"),
        ({"hard": "no"}, "hard must be true or false"),
        ({"benefits": "education"}, "benefits must be a list of texts"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_and_without_the_post(folder, changed, fault):
    write(folder, "tea", GOOD | changed, BENIGN | {"pair": None})
    found = problems(shipped_rulebook(), folder)
    assert any(line.startswith("tea.jsonl, line 1: ") and fault in line for line in found), found
    assert "Hollins in bed" not in "".join(found)


def test_a_missing_field_is_named(folder):
    write(folder, "tea", {name: value for name, value in GOOD.items() if name not in ("hard", "pair")})
    assert problems(shipped_rulebook(), folder) == ["tea.jsonl, line 1: hard, pair missing"]


def test_a_line_that_is_not_json_stops_the_check_with_its_place(folder):
    (folder / "tea.jsonl").write_text(f"{json.dumps(GOOD)}\n\n{{broken", encoding="utf-8")
    (problem,) = problems(shipped_rulebook(), folder)
    assert problem.startswith("tea.jsonl, line 3: not a JSON object")


def test_splits_are_checked(folder):
    splits = folder / "splits.toml"
    splits.write_text('[splits]\ntune = ["cake", "scones"]\ntest = ["cake"]\n', encoding="utf-8")
    found = problems(shipped_rulebook(), folder)
    assert found == [
        "splits.toml: scones has no file scones.jsonl",
        "splits.toml: cake is in tune and in test",
    ]
    splits.write_text("[splits]\ntune = []\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="a list of topics for tune and for test"):
        files_of("train", folder)
    assert "splits.toml must have" in problems(shipped_rulebook(), folder)[0]
