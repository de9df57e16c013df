"""Where scoring spends its time: cProfile's seconds by module. What a module asks of Python's library is its work."""

import cProfile
import itertools
import pstats
from collections import Counter
from pathlib import Path

from governance.guidance.loader import shipped_rulebook
from governance.kernel.paths import ROOT
from governance.scoring.engine import score
from governance.scoring.post import PostInput
from tests.bench.table import Figure
from tests.bench.texts import texts

ROOMS_SHOWN = 12
OUTSIDE = "Python's own library"
WARM_UP = 100

Function = tuple[str, int, str]


def measure(posts: int) -> list[Figure]:
    """The share of the time of each of the slowest rooms, in per cent. A profile slows small functions more than large ones."""
    rulebook = shipped_rulebook()
    given = [PostInput(text=text) for text in itertools.islice(texts(), WARM_UP + posts)]
    for post in given[:WARM_UP]:
        score(post, rulebook)
    profile = cProfile.Profile()
    profile.enable()
    for post in given[WARM_UP:]:
        score(post, rulebook)
    profile.disable()
    seconds = by_room(pstats.Stats(profile).stats)  # type: ignore[attr-defined]
    whole = sum(seconds.values())
    return [
        Figure(
            f"time in {room}",
            100 * spent / whole,
            "% of scoring",
            f"{1000 * spent / posts:.3f} ms a post, profiled",
        )
        for room, spent in seconds.most_common(ROOMS_SHOWN)
    ]


def by_room(
    stats: dict[Function, tuple[int, int, float, float, dict[Function, tuple[int, int, float, float]]]],
) -> Counter[str]:
    """Seconds by room, from the table of pstats: each function's own time, and that of the library for whoever called it."""
    seconds: Counter[str] = Counter()
    for function, (_, _, own, _, callers) in stats.items():
        room = room_of(function)
        if room != OUTSIDE or not callers:
            seconds[room] += own
            continue
        for caller, (_, _, share, _) in callers.items():
            seconds[room_of(caller)] += share
    return seconds


def room_of(function: Function) -> str:
    """The module that a function is in, as `scoring.phrases`; OUTSIDE where it is none of ours."""
    path = Path(function[0])
    if not path.is_relative_to(ROOT / "governance"):
        return OUTSIDE
    return ".".join(path.relative_to(ROOT / "governance").with_suffix("").parts)
