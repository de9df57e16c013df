"""The archive of X: whole texts, no reposts, the newest of edited posts, and the words as readers saw them."""

from pathlib import Path
from typing import Any

import pytest

from governance.intake.record import Entry
from governance.intake.x_archive import EDITED, REPOST
from governance.kernel.errors import Invalid
from tests.factories.imports import FIRST, entries_of, tweet, x_file, x_folder, x_members, zipped


def read(tmp_path: Path, *tweets: dict[str, Any], **more: str) -> list[Entry]:
    return entries_of(x_folder(tmp_path / "export", x_members(list(tweets), **more)))


def texts(entries: list[Entry]) -> list[str | None]:
    return [one.post.text if one.post else one.left_out or one.error for one in entries]


def test_a_post_is_read_with_its_id_address_and_time(tmp_path: Path):
    (one,) = read(tmp_path, tweet(1, "Nights &amp; days &lt;3", in_reply_to_screen_name="colleague"))
    assert one.post is not None
    assert one.post.text == "Nights & days <3"
    assert one.post.native_id == "1897000000000000001"
    assert one.post.url == "https://x.com/ward_nurse/status/1897000000000000001"
    assert (one.post.posted_at - FIRST).total_seconds() == 3600
    assert (one.post.in_reply_to, one.post.audience) == ("@colleague", None)


def test_zip_folder_other_root_and_the_file_alone_give_the_same(tmp_path: Path):
    members = x_members([tweet(1), tweet(2, "RT @other: theirs"), tweet(3)])
    ways = [
        x_folder(tmp_path / "folder", members),
        zipped(tmp_path / "a.zip", members),
        zipped(tmp_path / "b.zip", {f"twitter-2025/{name}": content for name, content in members.items()}),
        x_folder(tmp_path / "alone", {"my tweets (1).txt": members["data/tweets.js"]}) / "my tweets (1).txt",
    ]
    identities = [
        [one.post.identity if one.post else one.left_out for one in entries_of(way)] for way in ways
    ]
    assert identities[0] == ["n:1897000000000000001", REPOST, "n:1897000000000000003"]
    assert all(found == identities[0] for found in identities)


def test_parts_are_read_in_order_and_counted_through(tmp_path: Path):
    more = {f"tweets_part{n}": x_file([tweet(n, f"part {n}")], part=n) for n in (1, 2, 10)}
    entries = read(tmp_path, tweet(99, "part 0"), **more)
    assert [(one.line, text) for one, text in zip(entries, texts(entries), strict=True)] == [
        (1, "part 0"),
        (2, "part 1"),
        (3, "part 2"),
        (4, "part 10"),
    ]


def test_a_long_post_is_joined_with_its_whole_text(tmp_path: Path):
    whole = "Teamwork under pressure &amp; kindness. " * 12
    note = {"noteTweet": {"createdAt": "2025-03-04T20:12:05.000Z", "core": {"text": whole}}}
    other = {"noteTweet": {"createdAt": "2025-03-04T20:12:05.000Z", "core": {"text": "Another one."}}}
    cut = whole[:240] + "\u2026 https://t.co/Abc"
    entries = read(
        tmp_path,
        tweet(1, cut),
        tweet(2, cut),
        note_tweet=x_file([other, note, {"noteTweet": {}}], "note_tweet"),
    )
    assert texts(entries)[0] == whole.replace("&amp;", "&").strip()
    assert (texts(entries)[1] or "").startswith("Teamwork")  # another second: it keeps what it has
    assert "\u2026" in (texts(entries)[1] or "")


def test_of_an_edited_post_the_newest_version_is_read(tmp_path: Path):
    ids = ["1897000000000000001", "1897000000000000002"]
    first = tweet(1, "Jan Smyth", edit_info={"initial": {"editTweetIds": ids}})
    second = tweet(2, "Jan Smith", edit_info={"edit": {"editControlInitial": {"editTweetIds": ids}}})
    assert texts(read(tmp_path, first, second)) == [EDITED, "Jan Smith"]


def test_an_edited_post_whose_newest_version_is_gone_is_still_read(tmp_path: Path):
    ids = ["1897000000000000001", "1897000000000000002"]
    assert texts(read(tmp_path, tweet(1, "Jan", edit_info={"initial": {"editTweetIds": ids}}))) == ["Jan"]


def test_links_lead_where_readers_saw_and_pictures_tell_their_words(tmp_path: Path):
    link = {"url": "https://t.co/A", "expanded_url": "https://www.nhs.uk/flu"}
    picture = {"url": "https://t.co/B", "ext_alt_text": "Board with names"}
    (one, bare) = read(
        tmp_path,
        tweet(1, "Read https://t.co/A https://t.co/B", entities={"urls": [link], "media": [picture]},
              extended_entities={"media": [picture]}),
        tweet(2, "https://t.co/B", entities={"media": [picture]}),
    )  # fmt: skip
    assert one.post is not None
    assert (one.post.text, one.post.attachments_text) == ("Read https://www.nhs.uk/flu", "Board with names")
    assert bare.post is not None
    assert bare.post.text == "https://t.co/B"  # no words are put in anybody's mouth


def test_older_exports(tmp_path: Path):
    bare = tweet(1, "of 2019")["tweet"]
    old = x_folder(tmp_path / "old", {"data/tweet.js": x_file([bare], "tweet") + ";\n"})
    assert texts(entries_of(old)) == ["of 2019"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id_str": None, "id": 1.897e18}, "no id_str"),
        ({"created_at": "2025-03-04"}, "not one that X writes"),
        ({"created_at": None}, "not one that X writes"),
        ({"full_text": None}, "no full_text"),
        ({"full_text": " "}, "Enter the words"),
        ({"full_text": "a\x00b"}, "NUL"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_item(tmp_path: Path, fields: dict[str, Any], words: str):
    good, bad = read(tmp_path, tweet(1), tweet(2, **fields))
    assert good.post is not None
    assert (bad.error or "").startswith("tweets.js, item 2: ")
    assert words in (bad.error or "")


@pytest.mark.parametrize("item", [None, 5, [], "tweet", {"tweet": None}, {"tweet": {"edit_info": 3}}])
def test_items_of_any_shape_are_named_and_stop_nothing(tmp_path: Path, item: Any):
    read_of = read(tmp_path, item, tweet(2))
    assert read_of[0].error is not None
    assert read_of[1].post is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("window.YTD.tweets.part0 = [{]", "cannot be read"),
        ("window.YTD.tweets.part0 = {}", "holds no list"),
        ("alert(1)", "does not begin with window.YTD"),
        ("window.YTD.tweets.part0 = " + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_list_is_refused_and_never_run(tmp_path: Path, content: str, words: str):
    with pytest.raises(Invalid, match=words):
        read(tmp_path, tweets=content)
