"""Pictures that the words stand for: '[photo of the whiteboard]', '(pic)', and what is said to be in them."""

from __future__ import annotations

import re

from governance.scoring.facts import Facts, standing
from governance.scoring.text import Text

KINDS = {
    "picture_posted": "A picture, video or screenshot is posted with the words",
    "picture_of_record": "The picture shows a record, list, screen or label",
    "picture_of_person": "The picture shows a person or a part of them",
}

_PICTURE = re.compile(
    r"[\[(*](?:\w+ ){0,2}(?:photo(?:graph)?s?|pics?|pictures?|screen ?shots?|screen ?grabs?|images?|videos?|vids?|clips?|"
    r"snaps?|selfies?|gif|voice ?notes?|scans?|x-?rays?|forwarded)\b[^\])*\n]{0,120}[\])*]"
)
_RECORD = re.compile(
    r"\b(?:board|whiteboard|list|rota|screen|notes?|chart|label|labels|wristband|letter|handover|sheet|result|results|ecg|strip|"
    r"scan|x-?ray|ct|mri|trace|record|card|prescription|script|box|dosette|email|message|inbox|chat|dob|name|names|surname)\b"
)
_PERSON = re.compile(
    r"\b(?:patient|pt|resident|client|man|woman|lady|gent|boy|girl|baby|face|hand|hands|feet|foot|leg|wound|scar|back|arm|"
    r"his|her|him|them|us|child|lad|lass|mum|dad|couple|bed|bay|ulcer|sore|rash|hip|knee)\b"
)


def detect(text: Text, facts: Facts) -> None:
    """Add the pictures in brackets, and whether a record or a person is said to be in them."""
    low = text.low
    if "[" not in low and "(" not in low and "*" not in low:
        return
    for match in _PICTURE.finditer(low):
        facts.add(standing(text, "picture_posted", *match.span()))
        if _RECORD.search(match.group()):
            facts.add(standing(text, "picture_of_record", *match.span()))
        if _PERSON.search(match.group()):
            facts.add(standing(text, "picture_of_person", *match.span()))
