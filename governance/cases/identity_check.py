"""The question that comes first: is it really this person's account, and are these their words?"""

from __future__ import annotations

from governance.cases.models import Case

IDENTITY_TITLES = {
    "theirs": "Their account and their words",
    "hacked": "Their account, used by somebody else (hacked)",
    "fake": "A fake account in their name",
    "same_name": "Somebody else with the same name",
    "not_words": "Not these words: changed, invented or quoted",
}
"""The answers of the identity check at the first look."""

IDENTITY_ADVICE = {
    "hacked": (
        "Change the account's password, and the password of the e-mail address behind it.",
        "Sign out of all other devices, and turn on two-step sign-in.",
        "Tell the platform that the account was taken over, and ask it to remove what you did not write.",
        "Tell the people who may have had messages from it. If it was used for work, tell the IT desk too.",
    ),
    "fake": (
        "Report the account to the platform as impersonation. Most ask for its address and a proof of who you are.",
        "Keep its address and a picture of it. You need not write to it.",
        "If it speaks as a registered professional, tell your regulator's advice line that it is not you.",
        "Ask us if you would like help: we can report it as your employer.",
    ),
    "same_name": (
        "There is nothing for you to do. Your name was taken for somebody else's, and we are sorry.",
    ),
    "not_words": (
        "If you know where the changed words stand, you can report them to the platform as false.",
        "Keep the post as you wrote it, if you still have it.",
    ),
}
"""What the person is told to do next where it was not theirs. Our own words: check local policy."""


def identity_of(case: Case) -> str | None:
    """What the latest first look said of the account and the words; None before it."""
    said = [event.new for event in case.events if event.field == "identity"]
    return said[-1] if said else None
