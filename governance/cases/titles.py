"""What stages, routes, outcomes and closures are called on pages, letters and charts."""

from __future__ import annotations

STAGE_TITLES = {
    "held": "With the speak-up guardian",
    "triage": "First look",
    "review": "Being reviewed",
    "reply": "Waiting for the author's answer",
    "decision": "Waiting for a decision",
    "issued": "Decision given",
    "closed": "Closed",
}

ORIGIN_TITLES = {
    "score": "The check of a post",
    "report": "A colleague's report",
    "self_report": "The author's own report",
    "patient_complaint": "A patient's complaint",
    "regulator_letter": "A regulator's letter",
}

ROUTE_TITLES = {
    "clinical": "Clinical opinion",
    "hr": "HR opinion",
    "both": "Clinical and HR opinions",
    "data_protection": "Data protection opinion",
}

OPINION_TITLES = {
    "clinical": "Clinical opinion",
    "hr": "HR opinion",
    "data_protection": "Data protection opinion",
}

OUTCOME_TITLES = {
    "no_action": "No action",
    "supportive_conversation": "A supportive conversation",
    "reflection": "A written reflection",
    "learning": "Learning",
    "edit_or_takedown": "Edit the post or take it down",
    "declaration_of_interest": "Declare an interest",
    "informal_resolution": "Informal resolution",
}

OUTCOME_MEANINGS = {
    "no_action": "Nothing further is asked of the author.",
    "supportive_conversation": "Somebody the author trusts talks it through with them. No record beyond this case.",
    "reflection": "The author writes what they would do another time, and keeps it for their own portfolio.",
    "learning": "The author takes up agreed learning.",
    "edit_or_takedown": "The author is asked to change the post, or to remove it.",
    "declaration_of_interest": "The author adds the missing declaration to the post and to the register.",
    "informal_resolution": "The people concerned put it right between them, with help.",
}
"""Informal outcomes only, from the least to the most that is asked."""

CLOSURE_TITLES = {
    "no_concern": "No concern",
    "not_theirs": "Not this person's account or words",
    "coaching": "Coaching offered",
    "outcome": "Outcome given",
    "speak_up_answered": "The concern raised was answered",
}

PART_TITLES = {
    "subject": "Author of the post",
    "reporter": "Reported it",
    "decider": "Decides",
    "opinion": "Wrote an opinion",
}

GUARD_TITLES = {
    "protected_disclosure": "A concern raised in the public interest",
    "protected_belief": "A religious or philosophical belief",
    "union_activity": "Union activity",
    "own_health": "The author's own health",
}
"""What is protected, as others than the author read it; the author reads the rulebook's words, which speak to them."""

PROPORTIONALITY = {
    "tone": "What was the tone, and was it aimed at a person?",
    "reach": "Whom did it reach, and did it name the organisation or a patient?",
    "capacity": "Did they speak for themselves, or in their role?",
    "remorse": "What has the author said or done since?",
    "role": "How does it bear on the work they do?",
    "harm": "What harm was done, or was likely? What shows it?",
    "lesser_step": "What is the least step that would answer it, and why is that enough or not?",
}
"""The questions of the form that a guard asks for, after Higgs v Farmor's School [2025] EWCA Civ 109 (check local policy)."""
