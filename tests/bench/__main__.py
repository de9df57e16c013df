"""`make bench`: what the machine at hand does with the product. Everything is thrown away afterwards.

make bench ARGS="--only scoring"            one part, or several: scoring, rooms, presidio, import, pages, cases
make bench ARGS="--posts 5000 --rounds 10"  fewer posts, fewer rounds
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import beside_presidio, case_pages, import_speed, page_times, scoring_speed, time_by_room
from tests.bench.table import Figure, as_table

PARTS = ("scoring", "rooms", "presidio", "import", "pages", "cases")


def main(arguments: list[str]) -> int:
    """Measure the parts that are asked for, all without a word, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="a part to measure; all where none is given"
    )
    parser.add_argument("--texts", type=int, default=2_000, help="texts to score")
    parser.add_argument("--rows", type=int, default=2_000, help="rows to import")
    parser.add_argument(
        "--posts", type=int, default=20_000, help="posts in the database for the second look at the pages"
    )
    parser.add_argument("--rounds", type=int, default=25, help="requests for each page; the median counts")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="probity-bench-") as name:
        for part in PARTS:
            if not options.only or part in options.only:
                sys.stderr.write(f"Measuring: {part} ...\n")
                figures += measured(part, options, Path(name))
    seconds = time.monotonic() - started
    sys.stdout.write(
        f"\n{as_table(figures)}\n\nPython {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, {seconds:.0f} s in all\n"
    )
    return 0


def measured(part: str, options: argparse.Namespace, folder: Path) -> list[Figure]:
    """The figures of one part."""
    if part == "scoring":
        return scoring_speed.measure(options.texts)
    if part == "rooms":
        return time_by_room.measure(options.texts)
    if part == "presidio":
        return beside_presidio.measure(options.texts, folder)
    if part == "import":
        return import_speed.measure(options.rows, folder)
    if part == "cases":
        return case_pages.measure(options.rounds, folder)
    return page_times.measure(options.posts, options.rounds, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
