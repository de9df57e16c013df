"""The figures of an evaluation as plain columns for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from governance.guidance.rulebook import SEVERITIES
from governance.scoring.evaluation.intervals import Interval

Figures = Mapping[str, Any]
MOST_RULES = 20
MOST_CONFUSIONS = 15
NAME = 26


def number(value: float | None) -> str:
    """Three decimals, or a dash where there is no figure."""
    return "-" if value is None else f"{value:.3f}"


def spread(interval: Interval | None) -> str:
    """An interval such as '0.812 to 0.901', or nothing."""
    return f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else ""


def report(figures: Figures) -> str:
    """All figures in the order in which they are asked for: is it found, is it fair, is it well weighed, and why not."""
    parts = [_head(figures)]
    if "flagged" in figures:
        parts += [_flagged(figures), _severities(figures), _confusion(figures)]
    for sort in ("categories", "guards", "benefits"):
        if sort in figures:
            parts.append(_labels(sort, figures))
    if "flagged" in figures:
        parts.append(
            _calibration("the probability of being flagged", "posts", figures["flagged_calibration"])
        )
    parts.append(_calibration("category scores", "pairs of a post and a category", figures["calibration"]))
    parts += [
        _rules(figures["rules"]),
        _mistaken(figures["confusions"]),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def _head(figures: Figures) -> Iterator[str]:
    yield f"posts {figures['posts']}"


def _flagged(figures: Figures) -> Iterator[str]:
    flagged, alarms, critical = figures["flagged"], figures["false_alarms"], figures["critical"]
    yield f"{'flagged (medium or more)':{NAME}}{'':7}  95 %"
    for name in ("precision", "recall", "f1"):
        said = "F1" if name == "f1" else name
        yield f"  {said:{NAME - 2}}{number(flagged[name]):>7}  {spread(flagged[f'{name}_95'])}"
    yield f"  there {flagged['there']}, said {flagged['said']}"
    yield f"false alarms on {alarms['of']} benign posts"
    for name, words in (("low_or_more", "at low or more"), ("medium_or_more", "at medium or more")):
        yield f"  {words:{NAME - 2}}{alarms[name]:>7}  {spread(alarms[f'{name}_95'])}"
    for guard, row in figures["false_alarms_by_guard"].items():
        words = f"  {guard}: flagged {row['medium_or_more']} of {row['of']}"
        yield f"{words:{NAME + 16}}  {spread(row['medium_or_more_95'])}".rstrip()
    yield (
        f"critical posts found as high or critical: {critical['found_as_high_or_more']} of {critical['of']}  "
        f"{spread(critical['found_as_high_or_more_95'])}"
    )


def _severities(figures: Figures) -> Iterator[str]:
    for name, words in (("severity_exact", "severity exact"), ("severity_within_one", "severity within one")):
        yield f"{words:{NAME}}{number(figures[name]):>7}  {spread(figures[f'{name}_95'])}"
    yield f"{'of true severity':{NAME}}{'posts':>7}{'low+':>8}  {'95 %':16}{'medium+':>9}  95 %"
    for name, row in figures["recall_by_severity"].items():
        yield (
            f"  {name:{NAME - 2}}{row['there']:>7}{number(row['low_or_more']):>8}  {spread(row['low_or_more_95']):16}"
            f"{number(row['medium_or_more']):>9}  {spread(row['medium_or_more_95'])}"
        ).rstrip()


def _confusion(figures: Figures) -> Iterator[str]:
    yield f"{'true severity, as said':{NAME}}" + "".join(f"{name:>9}" for name in SEVERITIES)
    for true, row in figures["severity_confusion"].items():
        yield f"  {true:{NAME - 2}}" + "".join(f"{row[said]:>9}" for said in SEVERITIES)


def _labels(sort: str, figures: Figures) -> Iterator[str]:
    columns = "".join(f"{name:>7}  {'95 %':16}" for name in ("P", "R", "F1"))
    yield f"{sort:{NAME}}{columns}{'there':>6}{'said':>6}"
    for name, row in figures[sort].items():
        shown = "".join(
            f"{number(row[one]):>7}  {spread(row[f'{one}_95']):16}" for one in ("precision", "recall", "f1")
        )
        yield f"  {name:{NAME - 2}}{shown}{row['there']:>6}{row['said']:>6}"
    macro, interval = figures[f"{sort}_macro_f1"], figures[f"{sort}_macro_f1_95"]
    yield f"  {'macro F1':{NAME - 2}}{'':50}{number(macro):>7}  {spread(interval)}".rstrip()


def _calibration(what: str, things: str, measured: Figures) -> Iterator[str]:
    yield f"calibration of {what}: {measured['spoken']} above 0 among {measured['pairs']} {things}"
    yield f"  {'score':{NAME - 2}}{'number':>7}{'said':>8}{'seen':>8}  95 %"
    for row in measured["bins"]:
        place = f"{row['from']} to {row['to']}"
        yield (
            f"  {place:{NAME - 2}}{row['pairs']:>7}{number(row['said']):>8}{number(row['seen']):>8}  {spread(row['seen_95'])}"
        ).rstrip()
    for name, words in (("ece", "expected calibration error"), ("brier", "Brier score")):
        yield f"  {words} {number(measured[name])}, over those above 0 alone {number(measured[f'{name}_spoken'])}"


def _rules(found: Sequence[Figures]) -> Iterator[str]:
    width = max([NAME + 10, *(len(row["rule"]) + 4 for row in found[:MOST_RULES])])
    yield f"{f'rules that fired most, of {len(found)}':{width}}{'posts':>7}{'right':>7}{'P':>8}  95 %"
    for row in found[:MOST_RULES]:
        yield (
            f"  {row['rule']:{width - 2}}{row['fired']:>7}{row['right']:>7}{number(row['precision']):>8}  "
            f"{spread(row['precision_95'])}"
        )


def _mistaken(found: Sequence[Figures]) -> Iterator[str]:
    yield f"{'commonest confusions: true':{NAME + 4}}{'said instead':{NAME}}{'posts':>7}"
    for row in found[:MOST_CONFUSIONS]:
        yield f"  {row['true']:{NAME + 2}}{row['said']:{NAME}}{row['posts']:>7}"
