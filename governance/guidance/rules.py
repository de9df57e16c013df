"""Reads rule files: rules/<category>.toml, rules/guards.toml and rules/benefits.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from governance.guidance.conditions import Condition, ConditionError, Has, parse
from governance.guidance.documents import keys_wrong
from governance.guidance.rulebook import RANK, STATUSES, Cite, Example, Rule, Source, Step, Unless

SORTS: tuple[Literal["category", "guard", "benefit"], ...] = ("category", "guard", "benefit")
FEWEST_EXAMPLES = 3
_ALWAYS = {"id", "when", "status", "fires", "silent"}
_SPOKEN = {"severity", "message", "advice", "change", "cites"}
_MAY = {
    "mark", "unless", "mitigations", "aggravations", "safer", "replacement", "probability", "cites", "category", "guard",
    "benefit", "stands",
}  # fmt: skip


_WORDS = ("id", "message", "advice", "safer", "replacement", "change")
_LISTS = ("unless", "mitigations", "aggravations", "cites")


class RuleReader:
    """Reads the rule files of one layer at a time; what is wrong is added to `problems`."""

    def __init__(
        self, sources: Mapping[str, Source], labels: Mapping[str, Mapping[str, Any]], problems: list[str]
    ) -> None:
        self._sources = sources
        self._labels = labels
        self._problems = problems

    def read(self, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Rule]:
        """The rules of some files by id. The same id in two files is refused."""
        rules: dict[str, Rule] = {}
        for file, data in files.items():
            for key in sorted(set(data) - {"rule", "category"}):
                self._problems.append(f"{file}: unknown key '{key}' at the top; rules are [[rule]] tables")
            if not _is_list_of_tables(data.get("rule", [])):
                self._problems.append(f"{file}: rules are [[rule]] tables")
                continue
            for table in data.get("rule", []):
                rule = self._rule(
                    file, {**({"category": data["category"]} if "category" in data else {}), **table}
                )
                if rule is None:
                    continue
                if rule.id in rules:
                    self._problems.append(f"{rule.where}: this id is already used in {rules[rule.id].file}")
                rules[rule.id] = rule
        return rules

    def _rule(self, file: str, table: dict[str, Any]) -> Rule | None:
        where = f"{file}: {table.get('id', 'a rule without id')}"
        before = len(self._problems)
        sorts = [sort for sort in SORTS if sort in table]
        if len(sorts) != 1:
            self._problems.append(f"{where}: needs exactly one of category, guard or benefit")
            return None
        sort = sorts[0]
        needed = _ALWAYS | (_SPOKEN if sort == "category" else set())
        self._problems += keys_wrong(where, table, needed, _MAY if sort == "category" else _MAY | {"message"})
        self._problems += [
            f"{where}: '{name}' must be a list of tables"
            for name in _LISTS
            if not _is_list_of_tables(table.get(name, []))
        ]
        if len(self._problems) > before:
            return None
        self._check_plain(where, sort, table)
        parts = self._parts(where, table)
        if len(self._problems) > before or parts is None:
            return None
        when, mark, unless, mitigations, aggravations = parts
        return Rule(
            id=table["id"], sort=sort, serves=table[sort], status=table["status"],
            stands=table.get("stands", False) is True, severity=table.get("severity", "none"),
            probability=table.get("probability"),
            when=when, mark=mark, unless=unless, mitigations=mitigations, aggravations=aggravations,
            cites=tuple(Cite(c["source"], _number(c)) for c in table.get("cites", [])),
            message=table.get("message", ""), advice=table.get("advice", ""), safer=table.get("safer", ""),
            replacement=table.get("replacement"), change=table.get("change", ""),
            fires=tuple(_example(e) for e in table["fires"]), silent=tuple(_example(e) for e in table["silent"]),
            file=file,
        )  # fmt: skip

    def _check_plain(self, where: str, sort: str, table: Mapping[str, Any]) -> None:
        known, probability = self._labels[sort], table.get("probability")
        wrong = {
            f"{sort} {table[sort]!r} is not known": str(table[sort]) not in known,
            f"status must be one of {', '.join(STATUSES)}": table["status"] not in STATUSES,
            "stands must be true or false": not isinstance(table.get("stands", False), bool),
            "severity must be low, medium, high or critical": sort == "category"
            and RANK.get(str(table["severity"]), 0) == 0,
            "probability must be a number above 0 and below 1": probability is not None
            and not (isinstance(probability, float) and 0 < probability < 1),
        }
        self._problems += [f"{where}: {reason}" for reason, is_wrong in wrong.items() if is_wrong]
        self._problems += [
            f"{where}: '{n}' must be words" for n in _WORDS if not isinstance(table.get(n, ""), str)
        ]
        for cite in table.get("cites", []):
            self._check_cite(where, cite)
        for name in ("fires", "silent"):
            self._check_examples(where, name, table[name])

    def _check_cite(self, where: str, cite: Mapping[str, Any]) -> None:
        source = self._sources.get(cite.get("source", ""))
        if source is None:
            self._problems.append(f"{where}: cites {cite.get('source')!r}, which is not in sources.toml")
        elif _number(cite) is not None and _number(cite) not in {p.number for p in source.paragraphs}:
            self._problems.append(
                f"{where}: {source.id} has no paragraph {cite['paragraph']} that may be printed"
            )
        self._problems += keys_wrong(f"{where}: cites", cite, {"source"}, {"paragraph"})

    def _check_examples(self, where: str, name: str, examples: object) -> None:
        if not isinstance(examples, list) or len(examples) < FEWEST_EXAMPLES:
            self._problems.append(f"{where}: needs at least {FEWEST_EXAMPLES} examples in '{name}'")
            return
        for example in examples:
            if not isinstance(example, (str, dict)) or (isinstance(example, dict) and "text" not in example):
                self._problems.append(
                    f"{where}: an example in '{name}' is neither a text nor a table with 'text'"
                )
            elif isinstance(example, dict) and example.get("severity", "low") not in RANK:
                self._problems.append(
                    f"{where}: an example in '{name}' has the unknown severity {example['severity']!r}"
                )

    def _parts(
        self, where: str, table: Mapping[str, Any]
    ) -> tuple[Condition, tuple[str, ...], tuple[Unless, ...], tuple[Step, ...], tuple[Step, ...]] | None:
        try:
            mark = tuple(kind for m in table.get("mark", []) for kind in _has(parse(m)).kinds)
            unless = tuple(
                Unless(parse(u["when"]), u["why"])
                for u in self._clauses(where, table, "unless", {"when", "why"})
            )
            steps = [
                tuple(
                    Step(parse(s["when"]), s["severity"], s["why"])
                    for s in self._clauses(where, table, name, {"when", "why", "severity"})
                )
                for name in ("mitigations", "aggravations")
            ]
            return parse(table["when"]), mark, unless, steps[0], steps[1]
        except ConditionError as error:
            self._problems.append(f"{where}: {error}")
            return None

    def _clauses(
        self, where: str, table: Mapping[str, Any], name: str, keys: set[str]
    ) -> list[Mapping[str, Any]]:
        sound = []
        for clause in table.get(name, []):
            wrong = keys_wrong(f"{where}: {name}", clause, keys, set())
            if clause.get("severity", "none") not in RANK:
                wrong.append(f"{where}: {name}: unknown severity {clause['severity']!r}")
            self._problems += wrong
            sound += [] if wrong else [clause]
        return sound


def _is_list_of_tables(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(item, dict) for item in given)


def _has(condition: Condition) -> Has:
    if not isinstance(condition, Has):
        raise ConditionError("'mark' is a list of kinds of facts")
    return condition


def _number(cite: Mapping[str, Any]) -> str | None:
    return None if cite.get("paragraph") is None else str(cite["paragraph"])


def _example(given: str | dict[str, Any]) -> Example:
    if isinstance(given, str):
        return Example({"text": given}, None)
    return Example({k: v for k, v in given.items() if k != "severity"}, given.get("severity"))
