"""`python -m governance score [FILE|-]`: JSON lines in, JSON lines out, in the same order. Keeps no line in memory."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from governance.guidance.loader import load_rulebook, shipped_rulebook
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.scoring.engine import compiled, score
from governance.scoring.post import PostInput, PostInputError

BROKEN_LINES, NOT_STARTED = 1, 2


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", nargs="?", default="-", help="JSON lines with at least 'text'; '-' reads standard input"
    )
    parser.add_argument(
        "--rulebook", type=Path, metavar="FILE_OR_FOLDER",
        help="a rulebook folder, or one rule file laid over the shipped rulebook",
    )  # fmt: skip


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """Score every line. 0 when all were read, 1 when a line could not be read, 2 when nothing could start."""
    try:
        rulebook = load_rulebook(options.rulebook) if options.rulebook else shipped_rulebook()
        compiled(rulebook)
    except RulebookError as error:
        print(f"The rulebook is refused:\n{error}", file=sys.stderr)
        return NOT_STARTED
    try:
        if options.file == "-":
            return _score_stream(sys.stdin.buffer, rulebook)
        with Path(options.file).open("rb") as stream:
            return _score_stream(stream, rulebook)
    except BrokenPipeError:
        # The reader went away (`| head`): say nothing, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"Cannot read {options.file}: {error.strerror}", file=sys.stderr)
        return NOT_STARTED


def _score_stream(stream: BinaryIO, rulebook: Rulebook) -> int:
    status = 0
    for answer in answers(stream, rulebook):
        status = BROKEN_LINES if "error" in answer else status
        # ASCII only: a lone surrogate, which JSON can carry and UTF-8 cannot, comes out as it went in.
        sys.stdout.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()
    return status


def answers(raw_lines: Iterable[bytes], rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank."""
    for number, raw in enumerate(raw_lines, start=1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if line.strip():
            yield _answer(number, line, rulebook)


def _answer(number: int, line: bytes, rulebook: Rulebook) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return {"line": number, "error": f"not a JSON object: {_reason(error)}"}
    if not isinstance(given, dict):
        return {"line": number, "error": f"not a JSON object but a {type(given).__name__}"}
    known = {"id": given["id"]} if "id" in given else {}
    try:
        post = PostInput.from_mapping(given)
    except PostInputError as error:
        return {"line": number, **known, "error": str(error)}
    return {"id": given.get("id"), **score(post, rulebook).as_json()}


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is not UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error)
