"""Who should look at a case first: a suggestion by category, which triage may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from governance.assessments.models import SEVERITIES
from governance.cases.models import OPINION_KINDS

RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}

OPINIONS_OF: Mapping[str, tuple[str, ...]] = {
    "clinical": ("clinical",),
    "hr": ("hr",),
    "both": ("clinical", "hr"),
    "data_protection": ("data_protection",),
}
"""The opinions that each route asks for."""

CASE_SEVERITY = "medium"
"""From here on a published post opens a case."""


def opens_case(severity: str) -> bool:
    """Whether a score of `severity` opens a case."""
    return RANK[severity] >= RANK[CASE_SEVERITY]


def suggest_route(categories: Iterable[tuple[str, str]], route_of: Mapping[str, str]) -> str:
    """The route for (category, severity) pairs, by the worst of them; `route_of` gives each category's own.

    Where the worst have several routes, a possible leak of personal data goes first, since its harm runs on;
    clinical and HR together are both. A category that `route_of` does not know asks for both.
    """
    pairs = list(categories)
    if not pairs:
        return "both"
    worst = max(RANK[severity] for _, severity in pairs)
    routes = {route_of.get(category, "both") for category, severity in pairs if RANK[severity] == worst}
    if "data_protection" in routes:
        return "data_protection"
    return routes.pop() if len(routes) == 1 else "both"


def kinds_of(route: str) -> tuple[str, ...]:
    """The opinions that `route` asks for, in the order in which pages show them."""
    return tuple(kind for kind in OPINION_KINDS if kind in OPINIONS_OF[route])
