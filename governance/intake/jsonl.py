"""JSON lines: one object a line, UTF-8. Read as a stream, so that a file may be larger than the memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from governance.accounts.models import SocialAccount
from governance.intake.fields import entry
from governance.intake.record import Entry

LONGEST_LINE = 1_000_000  # bytes: 20,000 characters as \uXXXX pairs are 240,000


def entries(path: Path, account: SocialAccount) -> Iterator[Entry]:
    """One entry for each line that is not blank."""
    with path.open("rb") as stream:
        number = 0
        while raw := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(LONGEST_LINE)
                yield Entry(number, error=f"The line is longer than {LONGEST_LINE:,} bytes.")
                continue
            line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if line.strip():
                yield _entry(number, line, account)


def _entry(number: int, line: bytes, account: SocialAccount) -> Entry:
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Entry(
            number, error=f"Byte {error.start + 1} of the line is not UTF-8. Save the file as UTF-8."
        )
    except RecursionError:
        return Entry(number, error="The line is nested too deeply to be a post.")
    except ValueError as error:
        return Entry(number, error=f"The line is not a JSON object: {error}.")
    if not isinstance(given, dict):
        return Entry(number, error="The line is not a JSON object: it must stand in { }.")
    return entry(number, given, account)
