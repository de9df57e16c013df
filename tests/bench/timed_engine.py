"""One engine on given texts, in a process of its own: `python timed_engine.py probity|presidio TEXTS.json` prints its times.

Standard library alone at the top: Presidio runs this file in an environment that has nothing of ours.
"""

import json
import logging
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

WARM_UP = 50
MODEL = "en_core_web_sm"


def main(arguments: list[str]) -> int:
    """Start the engine, warm it up, time every other text, and print one JSON object."""
    name, file = arguments
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    words, act = {"probity": probity, "presidio": presidio}[name]()
    act(given[0])
    ready = time.monotonic()
    resting = memory()
    for text in given[:WARM_UP]:
        act(text)
    times = []
    for text in given[WARM_UP:]:
        began = time.process_time_ns()
        act(text)
        times.append((time.process_time_ns() - began) / 1e9)
    answer = {"words": words, "ready": ready, "times": times, "resting_kib": resting, "peak_kib": memory()}
    sys.stdout.write(json.dumps(answer))
    return 0


def memory() -> int:
    """The most memory (RSS, KiB) that this process has held; getrusage would count its parent's as well. Linux alone."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[0])


def probity() -> tuple[str, Callable[[str], object]]:
    """Our engine with the shipped rulebook."""
    from governance.guidance.loader import shipped_rulebook
    from governance.scoring.engine import engine_id, score
    from governance.scoring.post import PostInput

    rulebook = shipped_rulebook()
    return f"engine {engine_id()}", lambda text: score(
        PostInput(text=text, platform="x", audience="public", profession="nurse"), rulebook
    )


def presidio() -> tuple[str, Callable[[str], object]]:
    """Presidio's analyser with all its English recognisers: with spaCy's small model where it is installed, else without."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    logging.disable(logging.WARNING)
    # Its e-mail recogniser would fetch the list of public suffixes from the network; the list that it ships serves as well.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    with_model = spacy.util.is_package(MODEL)
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": MODEL if with_model else "blank"}])
    if not with_model:
        engine.nlp = {"en": spacy.blank("en")}
    analyser = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    words = (
        f"with {MODEL}"
        if with_model
        else "WITHOUT its language model: its patterns alone, no names or places"
    )
    return words, lambda text: analyser.analyze(text, language="en")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
