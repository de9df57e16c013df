"""CSV: whichever separator, encoding and line ends, and broken rows by their number."""

from pathlib import Path

import pytest

from governance.kernel.errors import Invalid
from tests.factories.imports import entries_of

WHEN = "2025-03-04T19:12:05Z"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "posts.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str):
    text = (
        separator.join(["Posted At", "TEXT", "native_id"])
        + "\r\n"
        + separator.join([WHEN, "Zoë 😀", "007"])
        + "\r\n"
    )
    (read,) = entries_of(written(tmp_path, text, encoding))
    assert read.post is not None
    assert (read.post.text, read.post.native_id) == ("Zoë 😀", "007")


def test_excel_may_name_its_separator_first(tmp_path: Path):
    (read,) = entries_of(written(tmp_path, f"sep=;\ntext;posted_at\na,b;{WHEN}\n"))
    assert read.post is not None
    assert (read.line, read.post.text) == (3, "a,b")


def test_quoted_text_may_hold_lines_and_quotes(tmp_path: Path):
    read = entries_of(written(tmp_path, f'text,posted_at\n"One\n""two"", three",{WHEN}\nfour,{WHEN}\n'))
    assert [(one.line, one.post.text if one.post else None) for one in read] == [
        (2, 'One\n"two", three'),
        (4, "four"),
    ]


def test_pictures_may_be_a_list_or_one_text(tmp_path: Path):
    text = f'text,posted_at,attachments\na,{WHEN},"[""Bay 4"", ""Bed 2""]"\nb,{WHEN},[not a list\nc,{WHEN},\n'
    read = entries_of(written(tmp_path, text))
    assert [one.post.attachments_text if one.post else one.error for one in read] == [
        "Bay 4\n\nBed 2",
        "[not a list",
        None,
    ]


def test_broken_rows_are_named_and_the_others_read(tmp_path: Path):
    path = written(tmp_path, f"text,posted_at\ngood,{WHEN}\ntoo,many,{WHEN}\n\nshort\nbetter,{WHEN}\n")
    path.write_bytes(
        path.read_bytes() + b"caf\xe9," + WHEN.encode() + b"\n" + b'"never closed,' + WHEN.encode()
    )
    read = entries_of(path)
    assert [one.line for one in read if one.post] == [2, 6]
    errors = {one.line: one.error or "" for one in read if one.error}
    assert "3 cells under 2 columns" in errors[3]
    assert "'posted_at' is missing" in errors[5]
    assert "not UTF-8" in errors[7]
    assert "not CSV" in errors[8]
    assert errors.keys() == {3, 5, 7, 8}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Body,Sent Date,native_id", "Missing: text, posted_at. Found: body, sent_date, native_id"),
        ("text,Text,posted_at", "more than one column named text"),
        ('"text,posted_at', "is not CSV"),
        ("Dear all", "Found: dear_all"),
    ],
)
def test_a_header_that_cannot_serve_is_refused_by_name(tmp_path: Path, header: str, words: str):
    with pytest.raises(Invalid, match=words):
        entries_of(written(tmp_path, f"{header}\na,b,c\n"))
