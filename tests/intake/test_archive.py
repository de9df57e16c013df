"""Zips and folders: nothing is extracted, and what cannot be trusted is refused by name."""

import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from governance.intake import archive
from governance.intake.archive import Folder, Zip
from governance.kernel.errors import Invalid
from tests.factories.imports import zipped

TWEETS = "data/tweets.js"


def with_link(path: Path) -> None:
    info = zipfile.ZipInfo(TWEETS)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info, "/etc/passwd")


def with_twins(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(TWEETS, "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr(TWEETS, "two")


def with_flag(path: Path) -> None:
    """The same zip with the mark of encryption in both of its headers."""
    zipped(path, {TWEETS: "secret"})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))


def with_lie(path: Path) -> None:
    """Says that 300 kB are ten bytes."""
    zipped(path, {TWEETS: bytes(range(256)) * 4 * 1200})
    raw = bytearray(path.read_bytes())
    struct.pack_into("<I", raw, raw.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(bytes(raw))


def with_bomb(path: Path) -> None:
    zipped(path, {TWEETS: b" " * 50_000_000})


def with_names(*names: str) -> Callable[[Path], None]:
    return lambda path: zipped(path, dict.fromkeys(names, "x")) and None


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (with_names("../../evil.txt"), "leads out of the archive"),
        (with_names("..\\..\\evil.txt"), "leads out of the archive"),
        (with_names("/etc/cron.d/evil"), "absolute path"),
        (with_names("C:/evil.txt"), "absolute path"),
        (with_names("data\\tweets.js"), "backslash"),
        (with_names("data/tweets.js", "inner.ZIP"), "archive inside the archive"),
        (with_link, "symbolic link"),
        (with_twins, "holds 'data/tweets.js' 2 times"),
        (with_flag, "is encrypted"),
        (with_bomb, "zip bomb"),
    ],
)
def test_hostile_zips_are_refused_by_name(tmp_path: Path, make: Callable[[Path], None], words: str):
    make(tmp_path / "x.zip")
    with pytest.raises(Invalid, match=r"x\.zip is refused") as refused:
        Zip(tmp_path / "x.zip")
    assert words in refused.value.message
    assert list(tmp_path.iterdir()) == [tmp_path / "x.zip"]


def test_a_lie_about_the_size_is_met_at_the_latest_when_reading(tmp_path: Path):
    with_lie(tmp_path / "x.zip")
    with pytest.raises(Invalid, match=r"lies about its size|does not agree"):
        Zip(tmp_path / "x.zip").read(TWEETS)


def test_a_broken_zip_is_refused(tmp_path: Path):
    path = zipped(tmp_path / "x.zip", {TWEETS: "x" * 5000})
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(Invalid, match=r"x\.zip is a broken zip"):
        Zip(path)


def test_a_broken_member_is_refused(tmp_path: Path):
    path = zipped(tmp_path / "x.zip", {TWEETS: bytes(range(256)) * 40})
    raw = bytearray(path.read_bytes())
    raw[60:70] = b"\xff" * 10
    path.write_bytes(bytes(raw))
    with pytest.raises(Invalid, match="is broken"):
        Zip(path).read(TWEETS)


def test_more_members_than_any_archive_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 20)
    path = zipped(tmp_path / "x.zip", {f"d/{number}": "" for number in range(21)})
    with pytest.raises(Invalid, match="more than 20"):
        Zip(path)


def test_what_is_read_is_capped_for_one_file_and_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 100)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 150)
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, size in (("a", 100), ("b", 60), ("c", 101)):
        (folder / name).write_text("x" * size, encoding="ascii")
    opened = Folder(folder)
    assert len(opened.read("a")) == len(opened.read("a")) == 100  # read twice, counted once
    with pytest.raises(Invalid, match="together"):
        opened.read("b")
    with pytest.raises(Invalid, match="most that is read of one file"):
        Folder(folder).read("c")


def test_members_of_a_good_zip_without_what_a_mac_adds(tmp_path: Path):
    names = (TWEETS, "__MACOSX/data/._tweets.js", "data/._tweets.js", "data/.DS_Store", "assets/")
    opened = Zip(zipped(tmp_path / "x.zip", dict.fromkeys(names, "")))
    assert opened.names() == [TWEETS]


def test_links_of_a_folder_are_not_followed(tmp_path: Path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("k", encoding="ascii")
    folder = tmp_path / "export"
    (folder / "data").mkdir(parents=True)
    (folder / TWEETS).write_text("x", encoding="ascii")
    (folder / "data" / "link.js").symlink_to(tmp_path / "secret" / "key")
    (folder / "more").symlink_to(tmp_path / "secret")
    assert Folder(folder).names() == [TWEETS]
