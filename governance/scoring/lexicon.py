"""The lexicons: words and phrases kept as data under lexicons/, read once.

A `.toml` file has `about`, optionally `source`, word classes and facts:

    [classes]
    family = ["mum", "dad"]
    medicine = { file = "medicines.txt" }            # one word or phrase a line, '#' begins a comment

    [facts.friend_request]
    about = "A friend or follow request"             # plain words: they are shown to reviewers
    despite = ["negation", "quotation"]              # still counts when denied or quoted (default: neither)
    capital = true                                   # only where its first letter is a capital (names, towns)
    phrases = ["friend (request|requests)"]          # the language is in phrases/language.py
    file = "towns.txt"                               # and/or the lines of a file
"""

from __future__ import annotations

import gc
import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from governance.scoring.phrases.finder import Phrases
from governance.scoring.phrases.language import PhraseError

FOLDER = Path(__file__).parent / "lexicons"
_KEYS = {"about", "source", "despite", "capital", "phrases", "file"}
_DESPITE = {"negation", "quotation"}


class LexiconError(ValueError):
    """A lexicon that cannot be read; the message names the file, the fact and the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a lexicon says about one kind of fact."""

    about: str
    despite: frozenset[str]
    capital: bool


@dataclass(slots=True)
class Lexicon:
    """All lexicon files together: the kinds, their phrases, the word classes, and a hash of the content."""

    entries: dict[str, Entry] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=lambda: Phrases({}))
    fingerprint: str = ""


@cache
def shipped() -> Lexicon:
    """The lexicon of this project, read once a process."""
    gc.disable()  # nothing of the many small parts is garbage yet: looking for it would take a third of the time
    try:
        lexicon = read(FOLDER)
    finally:
        gc.enable()
    gc.freeze()  # the phrases live as long as the process: the collector need not walk them again and again
    return lexicon


def read(folder: Path) -> Lexicon:
    """Read every lexicon file of a folder. Raises LexiconError with one line for each thing that is wrong."""
    contents = {
        path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in {".toml", ".txt"}
    }
    files = {name: _parsed(name, content) for name, content in contents.items() if name.endswith(".toml")}
    lexicon = Lexicon(fingerprint=hashlib.sha256(b"".join(contents.values())).hexdigest()[:8])
    _add_classes(lexicon, folder, files)
    lexicon.phrases = Phrases(lexicon.classes)
    problems = []
    for name, data in files.items():
        for kind, body in data.get("facts", {}).items():
            try:
                _add(lexicon, folder, name, kind, body)
            except LexiconError as error:
                problems.append(str(error))
    if problems:
        raise LexiconError("\n".join(problems))
    return lexicon


def _add_classes(lexicon: Lexicon, folder: Path, files: dict[str, dict[str, Any]]) -> None:
    for name, data in files.items():
        for word_class, words in data.get("classes", {}).items():
            if word_class in lexicon.classes:
                raise LexiconError(f"{name}: the word class {word_class} is already in another file")
            lexicon.classes[word_class] = frozenset(
                w.lower() for w in _words(folder, name, word_class, words)
            )


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{name}: {error}") from error
    unknown = set(data) - {"about", "source", "classes", "facts"}
    if unknown or "about" not in data:
        raise LexiconError(
            f"{name}: needs 'about' and knows only about, source, classes, facts; got {sorted(data)}"
        )
    return data


def _words(folder: Path, name: str, word_class: str, words: object) -> list[str]:
    if isinstance(words, dict) and set(words) == {"file"}:
        words = lines(folder / str(words["file"]))
    if not isinstance(words, list) or not all(isinstance(w, str) and w and " " not in w for w in words):
        raise LexiconError(f"{name}: class {word_class} must be a list of single words or {{ file = ... }}")
    return words


def lines(path: Path) -> list[str]:
    """The lines of a word list without comments and blanks. Raises LexiconError."""
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError(f"{path.name}: {error.strerror}") from error
    return [line for raw in content.splitlines() if (line := raw.split("#", 1)[0].strip())]


def _add(lexicon: Lexicon, folder: Path, name: str, kind: str, body: dict[str, Any]) -> None:
    where = f"{name}: fact {kind}"
    unknown, despite = set(body) - _KEYS, frozenset(body.get("despite", []))
    if unknown or despite - _DESPITE or not body.get("about"):
        raise LexiconError(
            f"{where}: needs 'about'; unknown keys {sorted(unknown)}; despite is of {sorted(_DESPITE)}"
        )
    if kind in lexicon.entries or not kind.replace("_", "").isalnum():
        raise LexiconError(f"{where}: already in another file, or not a plain name of letters, digits and _")
    phrases = [*body.get("phrases", []), *(lines(folder / body["file"]) if "file" in body else [])]
    if not phrases:
        raise LexiconError(f"{where}: no phrases")
    lexicon.entries[kind] = Entry(str(body["about"]), despite, bool(body.get("capital", False)))
    for phrase in phrases:
        try:
            lexicon.phrases.add(phrase, kind)
        except PhraseError as error:
            raise LexiconError(f"{where}: {error}") from error
