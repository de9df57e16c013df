"""The sources that an opinion or a decision stands on, as words that can be read years later."""

from __future__ import annotations

from collections.abc import Sequence

from governance.cases.models import Case
from governance.kernel.errors import Invalid
from governance.kernel.text import storable

LONGEST_SOURCE = 500  # code points


def cited(sources: Sequence[str], field: str = "sources") -> list[str]:
    """`sources` without blanks and doubles. Raises Invalid where none is left: a judgement names what it stands on."""
    named = [
        storable(source.strip(), field, "A source", LONGEST_SOURCE) for source in sources if source.strip()
    ]
    if not named:
        raise Invalid("Choose or write at least one source that this stands on.", field)
    return list(dict.fromkeys(named))


def sources_of(case: Case) -> list[str]:
    """The sources that the findings of the case cite, each once, in the order of the findings."""
    found: dict[str, None] = {}
    for finding in (finding for check in case.checks for finding in check.findings):
        for cite in finding.cites:
            found[cite_words(str(cite.get("title") or cite.get("source")), cite.get("paragraph"))] = None
    return list(found)


def cite_words(title: str, paragraph: str | None) -> str:
    """A source in one line; the paragraph only where one is given."""
    return f"{title}, paragraph {paragraph}" if paragraph else title
