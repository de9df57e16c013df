"""Reading a case for a bundle, as far as the person through whose eyes it is made may read it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.assessments.models import Assessment
from governance.bundles.contents import Bundle, Item, Section, Step, given, moment_words
from governance.bundles.decided import decision_items
from governance.bundles.policy import PURPOSE_TITLES
from governance.cases.models import Case, Opinion
from governance.cases.sight import can_see_guards, may_know_reporters, may_see_opinion, versions_of
from governance.cases.standing import KIND_ROLES, is_subject
from governance.cases.timeline import Entry, entries
from governance.cases.titles import (
    CLOSURE_TITLES,
    GUARD_TITLES,
    OPINION_TITLES,
    ORIGIN_TITLES,
    STAGE_TITLES,
)
from governance.letters.models import Letter
from governance.letters.queries import letters_of
from governance.people.models import Person
from governance.people.roles import ROLE_TITLES
from governance.posts.models import PostVersion


def gather(session: Session, case: Case, viewer: Person, purpose: str) -> Bundle:
    """The bundle of `case` through the eyes of `viewer`, nothing taken out yet."""
    told = entries(viewer, case)
    letters = letters_of(session, viewer, case)
    return Bundle(
        reference=case.reference,
        purpose=purpose,
        title=f"{case.reference}: case bundle",
        intro=f"{PURPOSE_TITLES[purpose]}. It holds the case as far as it may be read for this purpose. A case is a question "
        "about a post; what was decided stands under 'Decision', and who decided it.",
        sections=(
            Section("case", "The case", (_case(case, viewer),), ""),
            Section("evidence", "What was posted, and why it was flagged", tuple(_evidence(case)), ""),
            Section("answers", "What the author said", tuple(_answers(case)), "The author has not answered."),
            Section("opinions", "What others thought", tuple(_opinions(case, viewer)), "No opinion can be read yet."),
            Section("decision", "Decision", tuple(decision_items(case, viewer)), "Nothing is decided."),
            Section("letters", "Letters", tuple(_letter(one, n) for n, one in enumerate(letters, 1)), "No letter was sent."),
        ),
        timeline=tuple(_step(entry) for entry in told),
        as_of=_newest(case, told, letters),
    )  # fmt: skip


def _newest(case: Case, told: list[Entry], letters: list[Letter]) -> datetime:
    return max([case.opened_at, *(entry.at for entry in told), *(letter.sent_at for letter in letters)])


def _case(case: Case, viewer: Person) -> Item:
    guards = (
        ", ".join(GUARD_TITLES[guard.guard] for guard in case.guards)
        if can_see_guards(viewer, case)
        else None
    )
    reporter = None
    if may_know_reporters(viewer, case):
        reporter = ", ".join(part.person.name for part in case.parts if part.part == "reporter")
    return Item(
        "case",
        case.reference,
        given(
            ("Author of the post", case.subject.name),
            ("Profession", case.subject.profession),
            ("Opened by", ORIGIN_TITLES[case.origin]),
            ("Opened", moment_words(case.opened_at)),
            ("Reported by", reporter),
            ("Stands at", STAGE_TITLES[case.stage]),
            ("Since", moment_words(case.stage_since)),
            ("Severity", case.severity),
            ("Holds the case", case.holder.name),
            ("Decides", case.decider.name if case.decider else None),
            ("Closed", moment_words(case.closed_at) if case.closed_at else None),
            ("Closed as", CLOSURE_TITLES.get(case.closure or "")),
            ("Protected", guards),
        ),
    )


def _evidence(case: Case) -> list[Item]:
    post = case.post
    items = [_version(case, version) for version in versions_of(case)]
    if post.in_reply_to:
        items.append(Item("answered-to", "What the post answered", (), post.in_reply_to))
    return items + [_check(check) for check in case.checks]


def _version(case: Case, version: PostVersion) -> Item:
    post = case.post
    return Item(
        f"post-version-{version.number}",
        f"The post, version {version.number}",
        given(
            ("Platform", PLATFORMS[post.platform]),
            ("Seen by", AUDIENCES.get(post.audience or "", "Not known")),
            ("Posted", moment_words(post.posted_at) if post.posted_at else None),
            ("Kept", moment_words(version.written_at)),
            ("Address", post.url),
            ("SHA-256 of the words", hashlib.sha256(version.text.encode()).hexdigest()),
            ("Text read from attachments", version.attachments_text),
        ),
        version.text,
    )


def _check(check: Assessment) -> Item:
    lines = []
    for number, found in enumerate(check.findings, start=1):
        cites = "; ".join(
            f"{cite['title']}{', paragraph ' + cite['paragraph'] if cite.get('paragraph') else ''}"
            for cite in found.cites
        )
        lines.append(
            f"{number}. '{found.quote}' ({found.severity})\n{found.message}\n{found.advice}\nGuidance: {cites or 'none named'}"
        )
    return Item(
        f"check-{check.id}",
        f"Why version {check.post_version.number} was flagged on {moment_words(check.assessed_at)}",
        given(
            ("Score", f"{check.score} of 100"),
            ("Severity", check.severity),
            ("Rulebook", check.rulebook),
            ("Engine", check.engine),
        ),
        "\n\n".join(lines) or "No finding.",
    )


def _answers(case: Case) -> list[Item]:
    return [
        Item(
            f"answer-{number}",
            f"Answer {number}",
            given(("Written", moment_words(one.written_at)), ("With", one.companion)),
            one.text,
        )
        for number, one in enumerate(case.statements, start=1)
    ]


def _opinions(case: Case, viewer: Person) -> list[Item]:
    return [_opinion(case, viewer, one) for one in case.opinions if may_see_opinion(viewer, case, one)]


def _opinion(case: Case, viewer: Person, one: Opinion) -> Item:
    by = None if is_subject(viewer, case) or one.author is None else one.author.name
    return Item(
        f"opinion-{one.kind}",
        OPINION_TITLES[one.kind],
        given(
            ("By", by or ROLE_TITLES[KIND_ROLES[one.kind]]),
            ("Written", moment_words(one.written_at) if one.written_at else None),
            ("Seriousness", one.seriousness),
            ("What speaks for the author", one.mitigation),
            ("Stands on", "; ".join(one.sources or ())),
        ),
        one.findings or "",
    )


def _letter(letter: Letter, number: int) -> Item:
    return Item(
        f"letter-{number}",
        letter.heading,
        given(
            ("To", letter.recipient.name),
            ("From", letter.sender.name),
            ("Sent", moment_words(letter.sent_at)),
            ("SHA-256 of the letter", hashlib.sha256(letter.body.encode()).hexdigest()),
        ),
        letter.body,
    )


def _step(entry: Entry) -> Step:
    changes = [
        f"{one.field}: {one.old} → {one.new}" if one.old else f"{one.field}: {one.new}"
        for one in entry.changes
    ]
    return Step(entry.at, entry.who, entry.what, "\n".join([*changes, *entry.reasons]))  # fmt: skip
