"""Distinct texts of one length, cut from the posts of the demo organisation: words as people write them."""

import itertools
from collections.abc import Iterator

from governance.cli.seeding.demo_files import demo_files

LENGTH = 250  # characters
STEP = (
    37  # characters between two cuts: a prime that does not divide the whole, so that no cut comes twice soon
)


def texts() -> Iterator[str]:
    """Texts without end, each with a number of its own, so that no two are the same."""
    whole = "  ".join(row["text"] for row in demo_files().posts)
    whole += whole[:LENGTH]
    span = len(whole) - LENGTH
    for number in itertools.count(1):
        start = number * STEP % span
        yield f"{number} {whole[start:]}"[:LENGTH]
