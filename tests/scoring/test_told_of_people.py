"""Names and pictures by the way they are written, and the plain facts of contact, hours, answers and guards."""

from __future__ import annotations

import pytest

from governance.scoring.reading import read_text
from governance.scoring.text import Text


def _has(text: str, kind: str) -> bool:
    return read_text(Text(text)).has(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Poor Osric in bed four asked for jam", "called_by_name"),
        ("We have read Osric's notes", "called_by_name"),
        ("Osric, 71, went dancing", "called_by_name"),
        ("We sat with Osric Featherby all night", "name_pair"),
        ("Osric, you know that is wrong", "addressed_by_name"),
        ("[photo of the drug chart] busy night", "picture_of_record"),
        ("My view (pic of his foot)", "picture_of_person"),
        ("The lad who runs the bakery came in", "known_locally"),
        ("You'll never guess who rang", "tells_gossip"),
        ("She'd kill me for this one", "not_asked"),
        ("All names changed and dates altered", "names_kept_out"),
        ("I never post about patients", "holds_back"),
        ("Shared with her written permission", "agreed_to_this"),
        ("A retired piper today sang for us. Had a lady this morning", "person_today"),
        ("Your record shows otherwise", "record_cited"),
        ("You refused the scan", "patient_conduct"),
        ("Got your number off the referral form", "found_you"),
        ("Please don't tell the ward sister", "keep_it_secret"),
        ("Come round to mine on Saturday", "come_to_me"),
        ("I can't stop thinking about you", "longing"),
        ("One of my Monday ladies waved", "my_own_people"),
        ("I accepted her request", "social_link"),
        ("He slipped me a tenner", "given_thing_told"),
        ("I can't accept gifts, it went to the team", "keeps_distance"),
        ("Live from the sluice", "at_the_post"),
        ("One eye on the telly while she sleeps", "care_beside"),
        ("The buzzers can wait", "care_kept_waiting"),
        ("Supposed to be counting sheets", "meant_to_be"),
        ("A dance in between calls", "between_care"),
        ("On my lunch break in my own time", "time_of_own"),
        ("Zero stars, nobody answered", "grievance"),
        ("We don't recognise this version of events", "says_who_was_right"),
        ("Funny how nobody else minded", "scorns_critic"),
        ("Our solicitors will write", "threatens_critic"),
        ("Please contact our complaints team", "answers_well"),
        ("I told the matron and the CQC", "told_officially"),
        ("The suction on the trolley has failed", "care_endangered"),
        ("I don't share the idea, it is a matter of conscience", "conviction_told"),
        ("I'm voting yes and so is our branch", "union_deed"),
        ("Nine years sober today", "own_illness_told"),
    ],
)
def test_a_fact_is_drawn(text: str, kind: str) -> None:
    assert _has(text, kind), sorted(read_text(Text(text)).by_kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("OUR WARD IN BED FOUR", "called_by_name"),
        ("Happy Christmas, everyone", "called_by_name"),
        ("We met on Boxing Day at Mercy Street", "addressed_by_name"),
        ("Today, you rest", "addressed_by_name"),
        ("A photo finish (brackets of nothing)", "picture_posted"),
        ("Three nurses came in at six", "longing"),
        ("Two of us went to a wedding", "come_to_me"),
        ("Please wait here", "care_kept_waiting"),
        ("Five patients went home", "grievance"),
    ],
)
def test_a_neighbour_is_not(text: str, kind: str) -> None:
    assert not _has(text, kind)
