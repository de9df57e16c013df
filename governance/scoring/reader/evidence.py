"""Which words a reading rests on, and what would change it: read off the sum, word by word."""

from __future__ import annotations

from governance.scoring.reader.judgement import UNSURE, judge_sum
from governance.scoring.reader.model import Reading
from governance.scoring.text import Text, is_end

MOST_SPANS = 4
MOST_WORDS_CHANGED = 6
# A word is telling where it adds at least so much of what the strongest word adds.
_SHARE = 0.4
_FLAGGED = "at least medium"


def spans(text: Text, reading: Reading, head: str) -> list[tuple[int, int]]:
    """Inner spans of the words that speak most for a head, the strongest first; neighbours are one span."""
    weights = reading.by_word(head)
    most = max(weights, default=0.0)
    if most <= 0:
        return []
    runs: list[list[int]] = []
    for at, weight in enumerate(weights):
        if weight < _SHARE * most or is_end(text.words[at]):
            continue
        if runs and at - runs[-1][-1] <= 2 and text.sentences[at] == text.sentences[runs[-1][-1]]:
            runs[-1].append(at)
        else:
            runs.append([at])
    runs.sort(key=lambda run: (-sum(weights[at] for at in run), run[0]))
    return [(text.starts[run[0]], text.end_of(run[-1])) for run in runs[:MOST_SPANS]]


def what_would_change_it(text: Text, reading: Reading) -> str:
    """One sentence: the fewest words without which a reviewer would probably not be asked to look."""
    weights = reading.by_word(_FLAGGED)
    by_weight = sorted((at for at, weight in enumerate(weights) if weight > 0), key=lambda at: -weights[at])
    strongest = by_weight[:MOST_WORDS_CHANGED]
    without: list[int] = []
    for at, left in zip(strongest, reading.without(strongest, _FLAGGED), strict=True):
        if not is_end(text.words[at]):
            without.append(at)
        if without and judge_sum(reading, left) < UNSURE[0]:
            words = dict.fromkeys(text.seen[text.starts[at] : text.end_of(at)] for at in sorted(without))
            return f"Put differently, without {_listed(list(words))}, it would probably not be flagged."
    return "No few words make the difference here: it is what the whole post says."


def _listed(words: list[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
