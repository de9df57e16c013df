"""The scoring card and the datasheet tell the truth, and the engine keeps what it once could."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from governance.__main__ import main
from governance.cli import scoring_card
from governance.guidance.loader import shipped_rulebook
from governance.kernel.paths import ROOT
from governance.scoring.evaluation.corpus import files_of, lines

FLOORS = tomllib.loads((ROOT / "tests/scoring/evaluation/floors.toml").read_text(encoding="utf-8"))["tune"]
REMAKE = "run `python -m governance scoring-card --write`"


@pytest.fixture(scope="module")
def figures():
    return scoring_card.tune_figures(shipped_rulebook())


@pytest.fixture
def pages(tmp_path: Path, monkeypatch) -> Path:
    """The command writes into a folder of the test's own."""
    monkeypatch.setattr(scoring_card, "ROOT", tmp_path)
    monkeypatch.setattr(scoring_card, "CARD", tmp_path / "card.md")
    monkeypatch.setattr(scoring_card, "DATASHEET", tmp_path / "data.md")
    return tmp_path


def test_the_card_says_what_a_fresh_run_says():
    assert scoring_card.CARD.read_text("utf-8") == scoring_card.card_now(shipped_rulebook()), REMAKE


def test_the_datasheet_counts_what_is_there():
    assert scoring_card.DATASHEET.read_text("utf-8") == scoring_card.datasheet_now(shipped_rulebook()), REMAKE


@pytest.mark.parametrize("name", ["flagged_f1", "categories_macro_f1"])
def test_the_engine_keeps_its_floor_on_the_tune_split(figures, name):
    reached = figures["flagged"]["f1"] if name == "flagged_f1" else figures[name]
    assert reached >= FLOORS[name]


def test_the_figures_of_the_card_are_those_of_evaluate(figures, capsys):
    assert main(["evaluate", "--split", "tune", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["flagged"] == json.loads(json.dumps(figures["flagged"]))
    assert f"{answer['flagged']['f1']:.2f} (" in scoring_card.CARD.read_text("utf-8")


def test_no_post_of_the_corpus_stands_on_either_page():
    shown = scoring_card.CARD.read_text("utf-8") + scoring_card.DATASHEET.read_text("utf-8")
    texts = [line.row["text"] for line in lines(files_of("tune"))]
    telling = [text for text in texts if len(text.split()) > 4]
    assert telling
    assert [text for text in telling if text in shown] == []


def test_check_tells_what_is_out_of_date_and_write_puts_it_right(pages, capsys):
    assert main(["scoring-card", "--check"]) == 1
    assert capsys.readouterr().err.count("is out of date: run") == 2
    assert main(["scoring-card", "--write"]) == 0
    assert capsys.readouterr().out == "card.md written.\ndata.md written.\n"
    assert main(["scoring-card", "--check"]) == 0
    card = pages / "card.md"
    card.write_text(re.sub(r"0\.\d\d \(", "0.99 (", card.read_text("utf-8"), count=1), encoding="utf-8")
    assert main(["scoring-card", "--check"]) == 1
    assert "card.md is out of date" in capsys.readouterr().err


def test_a_second_labelling_is_shown_where_there_is_one(pages, monkeypatch, capsys):
    agreement = pages / "agreement.json"
    monkeypatch.setattr(scoring_card, "AGREEMENT", agreement)
    main(["scoring-card", "--write"])
    assert "has been labelled again by others yet" in (pages / "card.md").read_text("utf-8")
    told = {"about": "Drawn by lot.", "posts": 123, "figures": {"flagged, Cohen's kappa": 0.815}}
    agreement.write_text(json.dumps(told), encoding="utf-8")
    main(["scoring-card", "--write"])
    assert "123 posts were labelled again, blind" in (pages / "card.md").read_text("utf-8")
    assert "| flagged, Cohen's kappa | 0.81 |" in (pages / "data.md").read_text("utf-8")
    agreement.write_text('{"posts": 3}', encoding="utf-8")
    capsys.readouterr()
    assert main(["scoring-card", "--check"]) == 2
    assert "must hold about, posts and figures" in capsys.readouterr().err


def test_a_broken_corpus_stops_it(pages, monkeypatch, capsys):
    monkeypatch.setattr(scoring_card, "problems", lambda _: ["tea.jsonl, line 3: its id is used twice"])
    assert main(["scoring-card", "--write"]) == 2
    assert "tea.jsonl, line 3: its id is used twice\nPut these lines" in capsys.readouterr().err
    assert list(pages.iterdir()) == []
