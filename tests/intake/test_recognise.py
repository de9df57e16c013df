"""Formats are recognised by structure, and what is not one says what to do."""

from pathlib import Path

import pytest

from governance.intake.recognise import recognise
from governance.kernel.errors import Invalid
from tests.factories.imports import json_lines, row, tweet, x_file, x_folder, x_members, zipped


def test_the_name_of_a_file_says_nothing(tmp_path: Path):
    lines = json_lines(tmp_path / "tweets.js.zip.csv", [row()])
    table = tmp_path / "posts.jsonl"
    table.write_text("text,posted_at\na,2025-03-04\n", encoding="utf-8")
    archive = zipped(tmp_path / "export.csv", x_members([tweet()]))
    assert [recognise(path).reader for path in (lines, table, archive)] == ["jsonl", "csv", "x"]


def test_an_archive_says_whose_it_is(tmp_path: Path):
    named = recognise(zipped(tmp_path / "a.zip", x_members([tweet()], username="somebody")))
    unnamed = recognise(zipped(tmp_path / "b.zip", {"data/tweets.js": x_file([tweet()])}))
    strange = recognise(zipped(tmp_path / "c.zip", x_members([tweet()], username="<script>")))
    assert (named.platform, named.owner, unnamed.owner, strange.owner) == ("x", "somebody", None, None)


def test_the_same_content_has_the_same_sum_wherever_it_stands(tmp_path: Path):
    members = x_members([tweet()])
    one, two = x_folder(tmp_path / "one", members), x_folder(tmp_path / "two", members)
    (two / "data" / "like.js").write_text("window.YTD.like.part0 = []", encoding="utf-8")
    assert recognise(one).sha256 == recognise(two).sha256
    (two / "data" / "tweets.js").write_text(x_file([tweet(text="Other words.")]), encoding="utf-8")
    assert recognise(one).sha256 != recognise(two).sha256


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b'[{"text": "a"}]', "an object on a line of its own"),
        (b"<html><body>Your posts</body>", "Export it again as JSON or CSV"),
        (b"window.YTD.like.part0 = []", "holds no posts"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither text nor a zip"),
        (b"PK\x03\x04 and no more", "broken zip"),
        (b"Dear all,\nplease find", "must name its columns"),
    ],
)
def test_what_is_no_export_is_refused_with_what_to_do(tmp_path: Path, content: bytes, words: str):
    path = tmp_path / "export"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=words):
        recognise(path)


def test_an_archive_without_posts_says_where_they_would_be(tmp_path: Path):
    members = {"Shares_.csv": "a", "activity/tweets.json": "[]", "x.js/data/nottweets.js": "a"}
    for path in (
        zipped(tmp_path / "a.zip", members),
        x_folder(tmp_path / "b", members),
        zipped(tmp_path / "c.zip", {}),
    ):
        with pytest.raises(Invalid, match=r"no posts in .*data/tweets\.js"):
            recognise(path)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(Invalid, match=r"There is no file gone\.csv"):
        recognise(tmp_path / "gone.csv")
