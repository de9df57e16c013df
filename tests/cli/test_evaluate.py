"""The evaluate command: blocks, bad lines, splits, progress, and figures that agree with the score command."""

import json
import re
import shutil
from pathlib import Path

import pytest

from governance.__main__ import main
from governance.cli import evaluate
from governance.guidance.loader import shipped_rulebook
from governance.kernel.paths import ROOT
from governance.scoring.engine import score
from governance.scoring.evaluation.corpus import CORPUS, files_of
from governance.scoring.post import PostInput

RULES = ROOT / "governance" / "guidance" / "rules"
POSTS = [
    {"id": "a", "text": "Mrs Hollins in bed 9 has had a stroke", "categories": ["confidentiality"], "severity": "critical",
     "benefits": [], "guards": []},
    {"id": "b", "text": "Tea and toast.", "categories": [], "severity": "none", "benefits": [], "guards": []},
    {"id": "c", "text": "Went for a walk.", "categories": ["unprofessional"], "severity": "low", "benefits": [], "guards": []},
]  # fmt: skip


def written(path: Path, *rows: object) -> str:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_a_file_is_measured_in_columns_and_in_json(tmp_path, capsys):
    file = written(tmp_path / "posts.jsonl", *POSTS)
    assert main(["evaluate", file]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{file}  (engine ")
    assert "posts 3" in shown
    assert "critical posts found as high or critical: " in shown
    assert main(["evaluate", "--json", file]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["name"], answer["posts"], answer["unread"]) == (file, 3, 0)
    assert answer["flagged"]["there"] == 1
    for post in POSTS:
        said = score(PostInput.from_mapping(post), shipped_rulebook()).severity
        assert answer["severity_confusion"][post["severity"]][said] == 1
    assert answer["categories"]["unprofessional"]["there"] == 1
    assert {row["rule"] for row in answer["rules"]} == {
        finding.rule
        for post in POSTS
        for finding in score(PostInput.from_mapping(post), shipped_rulebook()).findings
    }


def test_a_line_that_cannot_be_measured_is_told_and_the_rest_is_measured(tmp_path, capsys):
    file = tmp_path / "posts.jsonl"
    lines = [
        b"\xef\xbb\xbf" + json.dumps(POSTS[0]).encode(), b"", b"{broken", b"[1]", b'{"text": "x", "categories": ["gossip"]}',
        b'{"text": "x", "categories": [], "severity": "dire"}', b'{"text": "x"}', b'{"categories": []}',
        json.dumps(POSTS[0]).encode(), b'{"id": "\xff"}', b'{"text": "x", "categories": "none"}', json.dumps(POSTS[1]).encode(),
    ]  # fmt: skip
    file.write_bytes(b"\n".join(lines))
    assert main(["evaluate", "--json", str(file)]) == 1
    said = capsys.readouterr()
    assert (json.loads(said.out)["posts"], json.loads(said.out)["unread"]) == (2, 9)
    told = said.err.splitlines()
    assert [line.split("line ")[1].split(":")[0] for line in told] == [
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
    ]
    assert "'categories' has gossip: known are confidentiality" in told[2]
    assert "'severity' must be one of none, low" in told[3]
    assert "'categories' is missing" in told[4]
    assert "stands on an earlier line" in told[6]
    assert "Hollins" not in said.err


def test_each_file_and_each_of_a_folder_is_a_block(tmp_path, capsys):
    folder = tmp_path / "many"
    folder.mkdir()
    names = [
        written(folder / "one.jsonl", {"text": "Tea.", "categories": []}),
        written(folder / "two.jsonl", *POSTS),
        written(tmp_path / "three.jsonl", POSTS[1]),
    ]
    written(folder / "notes.txt", "not a post")
    assert main(["evaluate", "--json", str(folder), names[2]]) == 0
    blocks = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(block["name"], block["posts"]) for block in blocks] == [
        (names[0], 1),
        (names[1], 3),
        (names[2], 1),
    ]
    assert "flagged" not in blocks[0]


def test_a_split_of_the_corpus_is_one_block(capsys):
    assert main(["evaluate", "--json", "--split", "tune"]) == 0
    answer = json.loads(capsys.readouterr().out)
    lines = sum(len(path.read_bytes().splitlines()) for path in files_of("tune"))
    assert (answer["name"], answer["posts"], answer["unread"]) == ("split tune", lines, 0)


def test_another_rulebook_may_be_measured(tmp_path, capsys):
    file = written(tmp_path / "posts.jsonl", *POSTS)
    assert main(["evaluate", "--json", file]) == 0
    shipped = json.loads(capsys.readouterr().out)
    folder = tmp_path / "rulebook"
    shutil.copytree(RULES.parent, folder)
    rules = folder / "rules" / "confidentiality.toml"
    mine = set(re.findall(r'^id = "(.+)"', rules.read_text("utf-8"), re.MULTILINE))
    rules.write_text(
        rules.read_text("utf-8").replace('status = "live"', 'status = "shadow"'), encoding="utf-8"
    )
    assert main(["evaluate", "--json", file, "--rulebook", str(folder)]) == 0
    other = json.loads(capsys.readouterr().out)
    assert mine & {row["rule"] for row in shipped["rules"]}
    assert not mine & {row["rule"] for row in other["rules"]}
    assert other["rulebook"] != shipped["rulebook"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["absent.jsonl"], "absent.jsonl"),
        ([], "Name a file of labelled posts, or a split of the corpus: --split train|tune|test"),
        (["--rulebook", "absent", str(CORPUS)], "The rulebook is refused"),
    ],
)
def test_what_cannot_start_says_why(arguments, words, capsys):
    assert main(["evaluate", *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


def test_an_empty_folder_is_told(tmp_path, capsys):
    assert main(["evaluate", str(tmp_path)]) == 2
    assert "holds no *.jsonl file" in capsys.readouterr().err


def test_a_file_without_posts_has_no_figures(tmp_path, capsys):
    assert main(["evaluate", written(tmp_path / "none.jsonl")]) == 0
    assert "posts 0" in capsys.readouterr().out


def test_progress_is_told_when_it_takes_long(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(evaluate, "PATIENCE", -1.0)
    assert main(["evaluate", written(tmp_path / "posts.jsonl", *POSTS)]) == 0
    assert "  3 posts read ..." in capsys.readouterr().err
