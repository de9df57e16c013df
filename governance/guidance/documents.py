"""Reads the documents that the rules stand on: sources, categories, guards and benefits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.guidance.rulebook import (
    CONSEQUENCES,
    READING,
    ROUTES,
    Category,
    Cite,
    Label,
    Paragraph,
    Source,
    WholeReading,
)  # fmt: skip


def keys_wrong(where: str, given: Mapping[str, Any], needed: set[str], allowed: set[str]) -> list[str]:
    """What is wrong with the keys of a table: one line each."""
    lines = [f"{where}: '{key}' is missing" for key in sorted(needed - set(given))]
    lines += [f"{where}: unknown key '{key}'" for key in sorted(set(given) - needed - allowed)]
    lines += [f"{where}: '{key}' is empty" for key in sorted(needed & set(given)) if given[key] in ("", [])]
    return lines


def tables(file: str, name: str, data: Mapping[str, Any], problems: list[str]) -> list[dict[str, Any]]:
    """The `[[name]]` tables of a document with distinct ids."""
    found = data.get(name, [])
    if not isinstance(found, list) or not found:
        problems.append(f"{file}: has no [[{name}]]")
        return []
    seen: set[object] = set()
    for table in found:
        if table.get("id") in seen:
            problems.append(f"{file}: {table.get('id')}: this id is given twice")
        seen.add(table.get("id"))
    return found


def read_sources(data: Mapping[str, Any], problems: list[str]) -> dict[str, Source]:
    """sources.toml. Only a paragraph that was read in its own page (V) may carry a number."""
    sources: dict[str, Source] = {}
    for table in tables("sources.toml", "source", data, problems):
        where = f"sources.toml: {table.get('id')}"
        wrong = keys_wrong(where, table, {"id", "title", "publisher"}, {"url", "in_force_from", "paragraph"})
        begins = table.get("in_force_from")
        if begins is not None and not isinstance(begins, date):
            wrong.append(f"{where}: in_force_from must be a date such as 2024-01-30")
        problems += wrong
        paragraphs = tuple(_paragraph(where, p, problems) for p in table.get("paragraph", []))
        if not wrong:
            sources[table["id"]] = Source(
                table["id"], table["title"], table["publisher"], table.get("url", ""), begins, paragraphs
            )
    return sources


def _paragraph(where: str, table: Mapping[str, Any], problems: list[str]) -> Paragraph:
    problems += keys_wrong(f"{where}: paragraph", table, {"says", "status"}, {"number"})
    number, status = table.get("number"), table.get("status")
    if status not in READING:
        problems.append(f"{where}: paragraph status must be one of {', '.join(READING)}, not {status!r}")
    if number is not None and status != "V":
        problems.append(
            f"{where}: paragraph {number} has a number, but only one that was read in its page (V) may"
        )
    return Paragraph(None if number is None else str(number), str(table.get("says", "")), str(status))


def read_categories(
    data: Mapping[str, Any], sources: Mapping[str, Source], problems: list[str]
) -> dict[str, Category]:
    """categories.toml, in its order: that order is the order on pages."""
    categories: dict[str, Category] = {}
    needed = {"id", "title", "plain", "not_when", "consequences", "route", "reading"}
    for table in tables("categories.toml", "category", data, problems):
        where = f"categories.toml: {table.get('id')}"
        wrong = keys_wrong(where, table, needed, set())
        if not set(table.get("consequences", [])) <= set(CONSEQUENCES):
            wrong.append(f"{where}: consequences must be of {', '.join(CONSEQUENCES)}")
        if table.get("route") not in ROUTES:
            wrong.append(f"{where}: route must be one of {', '.join(ROUTES)}, not {table.get('route')!r}")
        wrong += [] if wrong else _reading_wrong(where, table["reading"], sources)
        problems += wrong
        if not wrong:
            lists = {"consequences": tuple(table["consequences"]), "reading": _reading(table["reading"])}
            categories[table["id"]] = Category(**{**table, **lists})
    return categories


def _reading_wrong(where: str, table: Mapping[str, Any], sources: Mapping[str, Source]) -> list[str]:
    wrong = keys_wrong(f"{where}: reading", table, {"message", "advice", "safer", "cites"}, set())
    for cite in table.get("cites", []):
        source = sources.get(cite.get("source", ""))
        numbers = {p.number for p in source.paragraphs} if source else set()
        if source is None:
            wrong.append(f"{where}: reading cites {cite.get('source')!r}, which sources.toml does not have")
        elif cite.get("paragraph") is not None and cite["paragraph"] not in numbers:
            wrong.append(
                f"{where}: reading cites paragraph {cite['paragraph']} of {source.id}, which was not read there"
            )
    return wrong


def _reading(table: Mapping[str, Any]) -> WholeReading:
    cites = tuple(Cite(cite["source"], cite.get("paragraph")) for cite in table["cites"])
    return WholeReading(table["message"], table["advice"], table["safer"], cites)


def read_labels(file: str, name: str, data: Mapping[str, Any], problems: list[str]) -> dict[str, Label]:
    """guards.toml or benefits.toml."""
    labels: dict[str, Label] = {}
    for table in tables(file, name, data, problems):
        wrong = keys_wrong(f"{file}: {table.get('id')}", table, {"id", "title", "plain"}, {"handling"})
        problems += wrong
        if not wrong:
            labels[table["id"]] = Label(**table)
    return labels
