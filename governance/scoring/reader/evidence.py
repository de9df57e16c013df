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
    return [(text.starts[run[0]], text.end_of(run[-1])) for run in _runs(text, reading, head)]


def _runs(text: Text, reading: Reading, head: str) -> list[list[int]]:
    """The words that speak most for a head, the strongest first, neighbours together."""
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
    return runs[:MOST_SPANS]


def what_would_change_it(text: Text, reading: Reading, head: str) -> str:
    """One sentence: the fewest words without which a reviewer would probably not be asked to look.

    The words that are marked for this head are tried first, so that a finding speaks of what it shows.
    """
    weights = reading.by_word(_FLAGGED)
    adding = [at for at, weight in enumerate(weights) if weight > 0 and not is_end(text.words[at])]
    adding.sort(key=lambda at: -weights[at])
    marked = {at for run in _runs(text, reading, head) for at in range(run[0], run[-1] + 1)}
    for words in ([at for at in adding if at in marked], adding):
        without = _fewest(reading, words[:MOST_WORDS_CHANGED])
        if without:
            said = dict.fromkeys(text.seen[text.starts[at] : text.end_of(at)] for at in without)
            return f"Put differently, without {_listed(list(said))}, it would probably not be flagged."
    return "No few words make the difference here: it is what the whole post says."


def _fewest(reading: Reading, strongest: list[int]) -> list[int]:
    """The fewest of these words, in their order in the text, without which it would not be flagged; none where none do."""
    for number, left in enumerate(reading.without(strongest, _FLAGGED), start=1):
        if judge_sum(reading, left) < UNSURE[0]:
            return sorted(strongest[:number])
    return []


def _listed(words: list[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
