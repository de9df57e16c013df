"""The scoring card: the hand-written prose with the figures of the tune split in their places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from governance.guidance.rulebook import SEVERITIES, Rulebook
from governance.scoring.engine import engine_id, score
from governance.scoring.evaluation.intervals import ROUNDS
from governance.scoring.evaluation.tables import plain, share, sure, table, two
from governance.scoring.post import PostInput

PROSE = Path(__file__).with_name("prose")
Figures = Mapping[str, Any]


def scoring_card(
    figures: Figures, rulebook: Rulebook, *, topics: int, failures: str, agreement: Figures | None
) -> str:
    """The card as Markdown. `figures` are of the tune split (figures.py), `topics` its number of files.

    `failures` is the hand-written list; `agreement` the figures of a second, blind labelling, None where there is none yet.
    """
    measured, alarms, whole = figures["calibration"], figures["false_alarms"], figures["flagged_calibration"]
    return Template((PROSE / "card.md").read_text(encoding="utf-8")).substitute(
        how=(PROSE / "engine.md").read_text(encoding="utf-8").strip(),
        engine=engine_id(),
        rulebook=rulebook.id,
        calibrated=_calibrated(rulebook),
        posts=figures["posts"],
        topics=topics,
        risk=share(figures["posts"] - alarms["of"], figures["posts"]).removesuffix(" %"),
        rounds=ROUNDS,
        flagged=_flagged(figures),
        by_guard=_by_guard(figures),
        recall=_recall(figures),
        confusion=_confusion(figures),
        **{sort: _labels(sort, figures) for sort in ("categories", "guards", "benefits")},
        **{name: two(measured[name]) for name in ("ece", "ece_spoken", "brier", "brier_spoken")},
        pairs=f"{measured['pairs']:,}",
        spoken=f"{measured['spoken']:,}",
        curve=_curve(measured),
        post_ece=two(whole["ece"]),
        post_brier=two(whole["brier"]),
        post_curve=_curve(whole),
        failures=failures.strip(),
        agreement_short=_labelled_again(agreement),
    )


def _calibrated(rulebook: Rulebook) -> str:
    if score(PostInput(text=""), rulebook).uncalibrated:
        return "Its probabilities are its authors' estimates, not calibrated, and each answer says so."
    return "Its probabilities are calibrated on posts of the corpus that it had not learned from."


def _labelled_again(agreement: Figures | None) -> str:
    if agreement is None:
        return "No share of the posts has been labelled again by others yet, so how far two careful readers agree is not known."
    return f"{agreement['posts']} posts were labelled again, blind: no engine can be held to more than two readers agree on."


def _flagged(figures: Figures) -> str:
    flagged, alarms, critical = figures["flagged"], figures["false_alarms"], figures["critical"]
    rows = [
        [name, sure(flagged[key], flagged[f"{key}_95"])]
        for name, key in (
            ("flagged: precision", "precision"),
            ("flagged: recall", "recall"),
            ("flagged: F1", "f1"),
        )
    ]
    for key, level in (("low_or_more", "low or more"), ("medium_or_more", "medium or more")):
        words = f"false alarms: benign posts said to be {level}, {alarms[key]} of {alarms['of']}"
        rows.append([words, sure(alarms[key] / alarms["of"], alarms[f"{key}_95"])])
    found = critical["found_as_high_or_more"]
    words = f"critical posts said to be high or critical, {found} of {critical['of']}"
    rows.append([words, sure(found / critical["of"], critical["found_as_high_or_more_95"])])
    for key, words in (
        ("severity_exact", "severity exact"),
        ("severity_within_one", "severity within one level"),
    ):
        rows.append([words, sure(figures[key], figures[f"{key}_95"])])
    rows.append(
        ["categories: macro F1", sure(figures["categories_macro_f1"], figures["categories_macro_f1_95"])]
    )
    return table(["figure", "value (95 %)"], rows)


def _by_guard(figures: Figures) -> str:
    return table(
        ["guard on a harmless post", "posts", "flagged (95 %)"],
        [
            [
                plain(guard),
                row["of"],
                sure(row["medium_or_more"] / row["of"] if row["of"] else None, row["medium_or_more_95"]),
            ]
            for guard, row in figures["false_alarms_by_guard"].items()
        ],
    )


def _recall(figures: Figures) -> str:
    alarms = figures["false_alarms"]
    fine = {"there": alarms["of"]} | {
        key: value
        for level in ("low_or_more", "medium_or_more")
        for key, value in ((level, alarms[level] / alarms["of"]), (f"{level}_95", alarms[f"{level}_95"]))
    }
    return table(
        ["true severity", "posts", "said low or more (95 %)", "said medium or more (95 %)"],
        [
            [
                name,
                row["there"],
                *(sure(row[one], row[f"{one}_95"]) for one in ("low_or_more", "medium_or_more")),
            ]
            for name, row in {"none": fine, **figures["recall_by_severity"]}.items()
        ],
    )


def _confusion(figures: Figures) -> str:
    rows = figures["severity_confusion"]
    return table(
        ["true", *SEVERITIES], [[true, *(row[said] for said in SEVERITIES)] for true, row in rows.items()]
    )


def _labels(sort: str, figures: Figures) -> str:
    rows = [
        [
            plain(name),
            *(sure(row[one], row[f"{one}_95"]) for one in ("precision", "recall", "f1")),
            row["there"],
            row["said"],
        ]
        for name, row in figures[sort].items()
    ]
    macro = sure(figures[f"{sort}_macro_f1"], figures[f"{sort}_macro_f1_95"])
    head = [sort, "precision (95 %)", "recall (95 %)", "F1 (95 %)", "there", "said"]
    return table(head, [*rows, ["mean (macro F1)", "", "", macro, "", ""]])


def _curve(measured: Figures) -> str:
    return table(
        ["score", "number", "said, on average", "seen by people (95 %)"],
        [
            [
                f"{row['from']} to {row['to']}",
                row["pairs"],
                two(row["said"]),
                sure(row["seen"], row["seen_95"]),
            ]
            for row in measured["bins"]
        ],
    )
