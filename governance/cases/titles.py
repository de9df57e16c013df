"""What stages, routes, outcomes and closures are called on pages, letters and charts."""

from __future__ import annotations

from governance.cases.outcomes import LADDER

STAGE_TITLES = {
    "held": "With the speak-up guardian",
    "triage": "First look",
    "review": "Being reviewed",
    "reply": "Waiting for the author's answer",
    "decision": "Waiting for a decision",
    "countersign": "With a second person",
    "issued": "Decision given",
    "appeal": "Being appealed",
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

OPINION_NAMES = {
    "clinical": "clinical opinion",
    "hr": "HR opinion",
    "data_protection": "data protection opinion",
}
"""An opinion's name within a sentence."""

OUTCOME_TITLES = {one.id: one.title for one in LADDER.values()}
OUTCOME_MEANINGS = {one.id: one.meaning for one in LADDER.values()}
"""From the least to the most that is asked."""

CLOSURE_TITLES = {
    "no_concern": "No concern",
    "not_theirs": "Not this person's account or words",
    "coaching": "Coaching offered",
    "outcome": "Outcome given",
    "speak_up_answered": "The concern raised was answered",
    "joined": "Joined with another case about the same words",
}

PART_TITLES = {
    "subject": "Author of the post",
    "reporter": "Reported it",
    "complainant": "Complained",
    "decider": "Decides",
    "opinion": "Wrote an opinion",
    "countersign": "Second person",
    "appeal": "Hears the appeal",
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

JUST_CULTURE = {
    "deliberate": "Was harm meant?",
    "health": "Did illness, exhaustion or distress play a part?",
    "foresight": "Did they go against guidance that they knew and could follow?",
    "others": "Would others in the same place have done the same?",
}
"""Four questions before anybody is judged. From the idea of the NHS just culture guide, in our own words: check local policy."""

JUST_CULTURE_ANSWERS = {"yes": "Yes", "no": "No", "unclear": "Cannot be told"}

REFERRAL_REASONS = {
    "serious_risk": "A serious risk to people or to the public's health that is hard to put right",
    "not_manageable_locally": "What can be done here is not enough to manage the risk",
    "public_confidence": "Trust in the profession, or its standards, would be harmed without it",
}
"""The three kinds of concern for which a regulator may be told, after the NMC's guidance for employers (check local policy)."""

SCHEME_TITLES = {
    "mhps": "Maintaining High Professional Standards (doctors and dentists in England)",
    "local": "The organisation's own disciplinary procedure",
}

APPEAL_RESULTS = {
    "upheld": "The decision stands",
    "varied": "A lighter outcome takes its place",
    "overturned": "The decision falls: no action",
}

COUNTERSIGN_ANSWERS = {"agreed": "Agrees", "differed": "Differs", "stepped_back": "Stepped back"}

BASIS_TITLES = {
    "first": "The decision",
    "anew": "Decided anew, after a second person differed",
    "settled": "Settled by a third person, after two differed twice",
    "appeal": "Decided on appeal",
}
