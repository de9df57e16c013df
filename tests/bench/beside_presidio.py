"""Probity beside Microsoft's Presidio, the open engine that finds personal data: same texts, same run, a process each.

They do different work: Presidio looks for personal data alone, Probity for nine kinds of concern, guards and benefits.
The ratio says whether ours is affordable, not which is better.
"""

import itertools
import json
import math
import os
import statistics
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path
from typing import Any

from governance.kernel.paths import PYPROJECT, ROOT
from tests.bench import timed_engine
from tests.bench.table import Figure
from tests.bench.texts import LENGTH, texts

PLACE = ROOT / ".venv" / "presidio"
"""Presidio has an environment of its own: it is large, and the product and its tests do without it."""
LONGEST_INSTALL = 900  # seconds


class Unavailable(Exception):
    """Presidio cannot be measured here; the message says why."""


def measure(posts: int, folder: Path) -> list[Figure]:
    """Speed, spread, memory and start of both; ours alone, with a word, where Presidio cannot be installed."""
    file = folder / "texts.json"
    file.write_text(
        json.dumps(list(itertools.islice(texts(), timed_engine.WARM_UP + posts))), encoding="utf-8"
    )
    ours = timed(Path(sys.executable), "probity", file)
    try:
        theirs = timed(installed(), "presidio", file)
    except Unavailable as error:
        return [*figures("Probity", ours), Figure("Presidio", math.nan, "not measured", str(error))]
    ratio = speed(ours) / speed(theirs)
    return [
        *figures("Probity", ours),
        *figures("Presidio", theirs),
        Figure(
            "Probity to Presidio",
            ratio,
            "times the posts a second",
            f"texts of {LENGTH} characters, one core each",
        ),
    ]


def timed(python: Path, engine: str, file: Path) -> dict[str, Any]:
    """One engine's run; `start` is the seconds from nothing to the first text scored. Raises Unavailable."""
    began = time.monotonic()
    command = [str(python), timed_engine.__file__, engine, str(file)]
    environment = os.environ | {"PYTHONPATH": str(ROOT) if engine == "probity" else ""}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    if done.returncode:
        raise Unavailable(f"{engine} did not run: {last_line(done.stderr)}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer | {"start": answer["ready"] - began}


def installed() -> Path:
    """The Python of an environment with the dependency group `presidio`, made on the first call. Raises Unavailable."""
    python = PLACE / "bin" / "python"
    if works(python):
        return python
    wanted = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["dependency-groups"]["presidio"]
    sys.stderr.write(
        f"  installing {', '.join(wanted)} in {PLACE.relative_to(ROOT)} (about 400 MB, once) ...\n"
    )
    try:
        venv.create(PLACE, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_INSTALL)
    except (OSError, subprocess.SubprocessError) as error:
        raise Unavailable(f"it cannot be installed here: {error}") from error
    if not works(python):
        raise Unavailable(f"it cannot be installed here: {last_line(done.stderr)}")
    return python


def works(python: Path) -> bool:
    """Does this Python have Presidio?"""
    if not python.exists():
        return False
    return not subprocess.run(
        [str(python), "-c", "import presidio_analyzer"], capture_output=True, check=False
    ).returncode


def last_line(words: str) -> str:
    """What a program said last."""
    return (words.strip().splitlines() or ["it said nothing"])[-1]


def speed(run: dict[str, Any]) -> float:
    """Texts in a second of processor time."""
    return len(run["times"]) / sum(run["times"])


def figures(name: str, run: dict[str, Any]) -> list[Figure]:
    """One engine's rows of the table."""
    hundredths = statistics.quantiles(run["times"], n=100)
    return [
        Figure(f"{name}: posts", speed(run), "a second on one core", run["words"]),
        Figure(f"{name}: a post, median", 1000 * hundredths[49], "ms"),
        Figure(f"{name}: a post, 99th percentile", 1000 * hundredths[98], "ms"),
        Figure(
            f"{name}: memory",
            run["peak_kib"] / 1024,
            "MiB",
            f"{run['resting_kib'] / 1024:.0f} MiB after the first post",
        ),
        Figure(f"{name}: start", 1000 * run["start"], "ms", "from nothing to the first post scored"),
    ]
