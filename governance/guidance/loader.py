"""Reads a rulebook from TOML and checks every word of it; whatever is wrong is refused with file, rule and reason.

A rulebook is a folder with rulebook.toml, sources.toml, categories.toml, guards.toml, benefits.toml and rules/*.toml;
what a folder leaves out (but the rules) is taken from the shipped one. A single rule file is laid over the shipped
rulebook (overlay.py): a rule with a known id takes its place, others are added.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from governance.guidance.documents import read_categories, read_labels, read_sources
from governance.guidance.overlay import lay_over
from governance.guidance.rulebook import Rulebook, RulebookError
from governance.guidance.rules import RuleReader

FOLDER = Path(__file__).parent
_DOCUMENTS = ("rulebook", "sources", "categories", "guards", "benefits")


@cache
def shipped_rulebook() -> Rulebook:
    """The rulebook of this project, read once a process."""
    return load_rulebook(FOLDER)


def load_rulebook(path: Path) -> Rulebook:
    """Read a rulebook folder, or one rule file laid over the shipped rulebook. Raises RulebookError."""
    if not path.is_dir():
        return lay_over(shipped_rulebook(), _text(path), file=path.name, name="file", own=False)
    problems: list[str] = []
    documents = {name: _document(path, name, problems) for name in _DOCUMENTS}
    files = sorted((path / "rules").glob("*.toml"))
    if not files:
        problems.append(f"{path.name}: there are no rules in its folder 'rules'")
    rules = {file.name: _parsed(file, problems) for file in files}
    if problems:
        raise RulebookError(problems)
    return _build(documents, rules, problems)


def _build(
    documents: dict[str, dict[str, Any]], files: dict[str, dict[str, Any]], problems: list[str]
) -> Rulebook:
    sources = read_sources(documents["sources"], problems)
    categories = read_categories(documents["categories"], sources, problems)
    guards = read_labels("guards.toml", "guard", documents["guards"], problems)
    benefits = read_labels("benefits.toml", "benefit", documents["benefits"], problems)
    reader = RuleReader(sources, {"category": categories, "guard": guards, "benefit": benefits}, problems)
    rules = reader.read(files)
    version = documents["rulebook"].get("version")
    if not isinstance(version, str) or not version:
        problems.append("rulebook.toml: version is missing")
    if problems:
        raise RulebookError(problems)
    return Rulebook(
        id=f"{version}-{_fingerprint(documents, files)}",
        version=str(version),
        sources=sources,
        categories=categories,
        guards=guards,
        benefits=benefits,
        rules=dict(sorted(rules.items())),
    )


def _document(folder: Path, name: str, problems: list[str]) -> dict[str, Any]:
    path = folder / f"{name}.toml"
    return _parsed(path if path.exists() else FOLDER / f"{name}.toml", problems)


def _parsed(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        problems.append(f"{path}: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: {error}")
    return {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RulebookError([f"{path}: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise RulebookError([f"{path.name}: {error}"]) from error


def _fingerprint(documents: dict[str, dict[str, Any]], files: dict[str, dict[str, Any]]) -> str:
    """A hash of the content: the order of files, comments and spacing do not change it."""
    content = json.dumps([documents, [files]], sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:12]
