"""How a notice is written down: paragraphs between blank lines, '## ' before a heading, '- ' before a point."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One part of a notice: `kind` is heading, paragraph or points; `lines` has one entry unless it is points."""

    kind: str
    lines: tuple[str, ...]


def blocks(body: str) -> list[Block]:
    """The parts of `body` in order. Text alone: what looks like HTML stays text."""
    made: list[Block] = []
    points: list[str] = []
    paragraph: list[str] = []

    def finish() -> None:
        if points:
            made.append(Block("points", tuple(points)))
        if paragraph:
            made.append(Block("paragraph", (" ".join(paragraph),)))
        points.clear()
        paragraph.clear()

    for line in (raw.strip() for raw in body.splitlines()):
        if not line or line.startswith("## ") or (bool(points) != line.startswith("- ")):
            finish()
        if line.startswith("## "):
            made.append(Block("heading", (line[3:],)))
        elif line.startswith("- "):
            points.append(line[2:])
        elif line:
            paragraph.append(line)
    finish()
    return made
