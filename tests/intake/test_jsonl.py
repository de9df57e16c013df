"""JSON lines: each line stands alone, and what cannot be read is named by its number."""

from pathlib import Path

from governance.intake.jsonl import LONGEST_LINE
from tests.factories.imports import entries_of, json_lines, row


def test_lines_are_numbered_as_in_the_file_and_blank_ones_passed_over(tmp_path: Path):
    path = json_lines(tmp_path / "posts", [row(1), "", "   ", row(2), "{", row(3)])
    read = entries_of(path)
    assert [(one.line, one.error is None) for one in read] == [(1, True), (4, True), (5, False), (6, True)]


def test_each_sort_of_broken_line_is_named_and_the_others_are_read(tmp_path: Path):
    path = tmp_path / "posts.csv"
    good = b'{"text": "Good", "posted_at": "2025-03-04T19:12:05Z", "native_id": "%d"}\n'
    bad = [
        b'{"text": "\xff"}\n',
        b"[1, 2]\n",
        b'"text"\n',
        b'{"text": }\n',
        b'{"a":' * 100_000 + b"\n",
        b"{" + b" " * LONGEST_LINE + b"}\n",
    ]
    path.write_bytes(b"".join(good % number + line for number, line in enumerate(bad)) + good % 9)
    read = entries_of(path)
    errors = [one.error for one in read if one.error]
    assert [one.line for one in read if one.error] == [2, 4, 6, 8, 10, 12]
    assert sum(one.post is not None for one in read) == 7
    for error, words in zip(
        errors,
        ("not UTF-8", "{ }", "{ }", "not a JSON object", "nested too deeply", "longer than"),
        strict=True,
    ):
        assert words in error


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path):
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "Good", "posted_at": "2025-03-04T19:12:05Z"}\r\n')
    assert [one.error for one in entries_of(path)] == [None]
