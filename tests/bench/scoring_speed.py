"""How many posts the engine scores in a second of one core's time."""

import itertools
import time

from governance.guidance.loader import shipped_rulebook
from governance.scoring.engine import score
from governance.scoring.post import PostInput
from tests.bench.table import Figure
from tests.bench.texts import LENGTH, texts

WARM_UP = 100


def measure(posts: int) -> list[Figure]:
    """Score `posts` distinct texts after a warm-up; processor time, so that a busy machine tells the same."""
    rulebook = shipped_rulebook()
    given = [
        PostInput(text=text, platform="x", audience="public", profession="nurse")
        for text in itertools.islice(texts(), WARM_UP + posts)
    ]
    for post in given[:WARM_UP]:
        score(post, rulebook)
    started = time.process_time()
    flagged = sum(
        score(post, rulebook).severity in ("medium", "high", "critical") for post in given[WARM_UP:]
    )
    seconds = time.process_time() - started
    words = f"{posts:,} distinct texts of {LENGTH} characters, {flagged:,} flagged, rulebook {rulebook.id}"
    return [Figure("posts scored", posts / seconds, "a second on one core", words)]
