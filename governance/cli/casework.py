"""`python -m governance casework --write|--check`: docs/casework.md, drawn from the table of stages itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from governance.cases.clocks.targets import UNVERIFIED
from governance.cases.outcomes import LADDER, consequences_of
from governance.kernel.paths import ROOT
from governance.people.roles import PERMISSIONS, ROLE_TITLES
from governance.workflow.acts import Act
from governance.workflow.stages import WAY

PAGE = ROOT / "docs" / "casework.md"

_TOP = """# Casework

Made from `governance/workflow/stages.py` by `python -m governance casework --write`; a test holds it true. Nothing else
says how a case moves.

"""

_SECOND = f"""
## The second person

Formal outcomes, critical cases and every case with a guard are not issued by one person. The product asks somebody new
to the case, who does not answer to the decider. They write their own outcome and reasons before they may read the
decision; neither page nor API shows it to them, nor to anybody else who may yet be asked.

- The same outcome: they read the decision and its reasons, and agree (it is issued) or send it back once.
- Another outcome: it goes back at once. The decider reads both, decides anew, and records what changed or why nothing did.
- The second time the second person has read everything. If they still differ, a third person who has not acted chooses
  one of the two outcomes: whatever is issued, two people stand behind it.

That somebody is asked at all tells them that the case is critical, touches something protected, or has a formal outcome.

An appeal is heard once, by somebody who has not acted in the case, and never makes the outcome heavier. The days for it
are our own figure ({UNVERIFIED}).
"""


def register(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true", help="write the page anew")
    what.add_argument("--check", action="store_true", help="say whether the page still tells the truth")


def run(options: argparse.Namespace, _application: Callable[..., Any]) -> int:
    """0 when the page is true (now), 1 when it is not."""
    text = page_now()
    true = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    if options.write and not true:
        PAGE.write_text(text, encoding="utf-8")
        print("docs/casework.md written.")
    elif not true:
        print(
            "docs/casework.md is out of date: run `python -m governance casework --write`.", file=sys.stderr
        )
    else:
        print("docs/casework.md is true.")
    return 1 if options.check and not true else 0


def page_now() -> str:
    """What docs/casework.md must say today."""
    return _TOP + diagram() + "\n" + acts() + _SECOND + "\n" + ladder()


def diagram() -> str:
    """The stages and what leads from one to another, as Mermaid draws it."""
    lines = ["## Stages", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{stage.title}" as {stage.name}' for stage in WAY.values()]
    lines += ["    [*] --> triage", "    [*] --> held"]
    for stage in WAY.values():
        for to in stage.leads_to:
            verbs = dict.fromkeys(act.verb for act in stage.acts if to in act.leads_to)
            lines.append(f"    {stage.name} --> {to} : {', '.join(verb.replace('_', ' ') for verb in verbs)}")
    return "\n".join([*lines, "    closed --> [*]", "```", ""])


def acts() -> str:
    """Who may do what where: role by verb by stage. A role opens the page; the last column says whom the policy lets act."""
    roles = list(ROLE_TITLES)
    lines = [
        "## Who does what, where",
        "",
        "A mark says that the role may open the page of the act. Who of them may do it to this case stands in the last",
        "column, and no role lets a person act in a case about their own post, one they reported, or one they stepped back from.",
        "",
        f"| stage | act | leads to | {' | '.join(ROLE_TITLES[role] for role in roles)} | who of them |",
        f"| --- | --- | --- | {' | '.join(':-:' for _ in roles)} | --- |",
    ]
    for stage in WAY.values():
        for act in stage.acts:
            marks = " | ".join("x" if role in PERMISSIONS[act.permission] else "" for role in roles)
            lines.append(f"| {stage.name} | `{act.verb}` | {_leads(act, stage.name)} | {marks} | {act.who} |")
    return "\n".join([*lines, ""])


def _leads(act: Act, stage: str) -> str:
    return ", ".join(to for to in act.leads_to if to != stage) or "stays"


def ladder() -> str:
    """The outcomes, from the least to the most."""
    lines = [
        "## Outcomes",
        "",
        "From the least to the most that it can mean for the author. Which are formal is our own reading (check local policy).",
        "",
        "| outcome | what it asks | can bear on | second person |",
        "| --- | --- | --- | --- |",
    ]
    for one in LADDER.values():
        kinds = ", ".join(consequences_of(one.id)) or "nothing"
        needed = "always" if one.formal else "critical cases, and where a guard is"
        lines.append(f"| {one.title} | {one.meaning} | {kinds} | {needed} |")
    return "\n".join([*lines, ""])
