"""An organisation's own rules, as TOML text, laid over a rulebook.

    [status]                              # what is done with rules that are there already: live, shadow or retired
    "boundaries.gift" = "shadow"

    [[rule]]                              # a rule of its own, as in rules/*.toml; its id begins with org.
    id = "org.gift_cards"
    ...

What protects people (a guard) cannot be switched off.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from governance.guidance.rulebook import STATUSES, Rule, Rulebook, RulebookError
from governance.guidance.rules import RuleReader

LONGEST = 100_000  # characters: some hundreds of rules
OWN = "org."
_OWN_ID = re.compile(r"org(\.[a-z0-9_]+)+", re.ASCII)
_LONGEST_ID = 100


def lay_over(base: Rulebook, text: str, *, file: str, name: str, own: bool = True) -> Rulebook:
    """`base` with the rules and statuses of `text` over it; its id is base's, `name` and a hash of the content.

    `file` stands before each problem. `own` asks that every new rule is the organisation's and bears its prefix;
    without it a rule may take the place of one in `base`. Raises RulebookError.
    """
    data = _parsed(text, file)
    problems: list[str] = []
    statuses = data.get("status", {})
    if not isinstance(statuses, dict):
        problems.append(f"{file}: [status] must be a table of rules, each with live, shadow or retired")
        statuses = {}
    rules = _read(base, {key: value for key, value in data.items() if key != "status"}, file, problems)
    if own:
        problems += [line for rule in rules.values() for line in _not_own(rule)]
    together = {**base.rules, **rules}
    problems += [
        line for rule, given in statuses.items() for line in _wrong_status(together, rule, given, file)
    ]
    if problems:
        raise RulebookError(problems)
    for rule_id, status in statuses.items():
        together[rule_id] = replace(together[rule_id], status=status)
    return replace(base, id=f"{base.id}+{name}-{_fingerprint(data)}", rules=dict(sorted(together.items())))


def with_status(text: str, rule_id: str, status: str) -> str:
    """`text` with one line of its [status] table added or changed. Raises RulebookError where it cannot be read."""
    wanted = _parsed(text, "your rules")
    wanted["status"] = {**wanted.get("status", {}), rule_id: status}
    line = f'"{rule_id}" = "{status}"'
    without = (
        re.sub(rf'(?m)^[ \t]*"{re.escape(rule_id)}"[ \t]*=.*\n?', "", text) if _named(text, rule_id) else text
    )
    header = re.search(r"(?m)^[ \t]*\[status\][ \t]*(#.*)?$", without)
    if header:
        made = f"{without[: header.end()]}\n{line}{without[header.end() :]}"
    else:
        made = f"{without.rstrip()}\n\n[status]\n{line}\n".lstrip()
    if not _says(made, wanted):
        raise RulebookError([f"your rules: write {line} into the [status] table by hand"])
    return made


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _named(text: str, rule_id: str) -> bool:
    return rule_id in tomllib.loads(text).get("status", {})


def _parsed(text: str, file: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise RulebookError([f"{file}: {len(text):,} characters; write {LONGEST:,} at most"])
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deeply"
        raise RulebookError([f"{file}: {reason}"]) from error


def _read(base: Rulebook, data: Mapping[str, Any], file: str, problems: list[str]) -> dict[str, Rule]:
    labels = {"category": base.categories, "guard": base.guards, "benefit": base.benefits}
    reader = RuleReader(base.sources, labels, problems)
    try:
        return reader.read({file: data})
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError):
        # Text from a form can hold any value in any place; the reader names most of them, and this is the rest.
        problems.append(
            f"{file}: a rule holds a value of the wrong kind, such as a number or a list in place of words"
        )
        return {}


def _not_own(rule: Rule) -> list[str]:
    if not _OWN_ID.fullmatch(rule.id) or len(rule.id) > _LONGEST_ID:
        return [
            f"{rule.where}: an id of your own begins with org. and goes on with small letters, digits, _ and dots, "
            f"at most {_LONGEST_ID} characters; to change a rule that is there, write it into [status]"
        ]
    return []


def _wrong_status(rules: Mapping[str, Rule], rule_id: str, status: object, file: str) -> list[str]:
    if rule_id not in rules:
        return [f"{file}: [status] names {rule_id!r}, and there is no such rule"]
    if status not in STATUSES:
        return [f"{file}: [status] {rule_id}: write {', '.join(STATUSES)}, not {status!r}"]
    if rules[rule_id].sort == "guard" and not rule_id.startswith(OWN):
        return [f"{file}: [status] {rule_id} protects people and stays as it is"]
    return []


def _fingerprint(data: Mapping[str, Any]) -> str:
    """A hash of the content: comments and spacing do not change it."""
    content = json.dumps(data, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:12]
