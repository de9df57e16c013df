"""The comparisons of `make bench` measure what they say."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from governance.kernel.paths import ROOT
from tests.bench import beside_presidio, timed_engine
from tests.bench.table import as_table
from tests.bench.texts import LENGTH, texts
from tests.bench.time_by_room import OUTSIDE, by_room, measure


def test_an_engine_is_timed_in_a_process_of_its_own(tmp_path: Path):
    file = tmp_path / "texts.json"
    file.write_text(json.dumps(list(itertools.islice(texts(), timed_engine.WARM_UP + 20))), encoding="utf-8")
    run = beside_presidio.timed(Path(sys.executable), "probity", file)
    assert len(run["times"]) == 20
    assert all(0 < seconds < 1 for seconds in run["times"])
    assert 0 < run["start"] < 60
    assert 10_000 < run["resting_kib"] <= run["peak_kib"] < 1_000_000
    shown = as_table(beside_presidio.figures("Probity", run))
    assert "Probity: a post, 99th percentile" in shown
    assert "engine " in shown


def test_texts_are_distinct_and_of_one_length():
    given = list(itertools.islice(texts(), 500))
    assert len(set(given)) == 500
    assert {len(text) for text in given} == {LENGTH}


def test_where_presidio_cannot_be_had_ours_stands_alone_with_a_word(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(beside_presidio, "PLACE", ROOT / "var" / "absent")
    monkeypatch.setattr(beside_presidio.venv, "create", lambda *_, **__: None)
    said = subprocess.CompletedProcess(
        [], 1, "", "ERROR: No matching distribution found for presidio-analyzer\n"
    )
    run = {"words": "ours", "times": [0.001, 0.002], "start": 0.5, "resting_kib": 1, "peak_kib": 2}
    monkeypatch.setattr(beside_presidio, "timed", lambda *_: run)
    monkeypatch.setattr(beside_presidio.subprocess, "run", lambda *_, **__: said)
    *ours, theirs = beside_presidio.measure(1, tmp_path)
    assert [one.what.partition(":")[0] for one in ours] == ["Probity"] * 5
    assert theirs.unit == "not measured"
    assert "No matching distribution found" in theirs.words


def test_an_engine_that_fails_says_why(tmp_path: Path):
    with pytest.raises(beside_presidio.Unavailable, match="FileNotFoundError"):
        beside_presidio.timed(Path(sys.executable), "probity", tmp_path / "absent.json")


def test_the_library_works_for_whoever_asked_it():
    ours, theirs = (str(ROOT / "governance/scoring/text.py"), 1, "words"), ("~", 0, "<len>")
    outer = ("/usr/lib/python3/re.py", 5, "compile")
    stats = {
        ours: (1, 1, 2.0, 5.0, {}),
        theirs: (4, 4, 3.0, 3.0, {ours: (2, 2, 1.0, 1.0), outer: (2, 2, 2.0, 2.0)}),
        outer: (1, 1, 0.5, 2.5, {}),
    }
    assert by_room(stats) == {"scoring.text": 3.0, OUTSIDE: 2.5}


def test_rooms_are_ranked_and_their_shares_make_no_more_than_all():
    shares = [one.value for one in measure(20)]
    assert shares == sorted(shares, reverse=True)
    assert 50 < sum(shares) <= 100.001
