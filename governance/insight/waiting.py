"""What waits for a person: the queries behind the start page. They only read, and only what is the person's to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.accounts.policy import LIVE
from governance.accounts.queries import how_many, waiting_for
from governance.assessments.models import Assessment, AssessmentBenefit
from governance.cases.clocks.timing import last_day
from governance.cases.desk.views import Filters, queue, view_counts
from governance.cases.models import Case
from governance.cases.objection.queries import with_open_objections
from governance.insight.series import latest_assessments
from governance.kernel import clock
from governance.letters.queries import letters_to
from governance.people.models import Person
from governance.people.queries import has_acknowledged_current
from governance.posts.models import Post
from governance.posts.queries import drafts_for
from governance.reports.queries import how_many_wait
from governance.rulebooks.policy import why_not_agree
from governance.rulebooks.queries import waiting_versions

SHOWN = 5  # rows of each list; the rest is a link away
REVIEW_NOTICE = timedelta(days=14)  # how long before its day a privacy review is spoken of


@dataclass(frozen=True)
class Task:
    """One thing that a person is asked to do: the words of its link, why, by when, and the page where it is done."""

    text: str
    why: str
    endpoint: str
    values: Mapping[str, int | str] = field(default_factory=dict)
    due: date | None = None

    def overdue(self) -> bool:
        """Whether its last day is past."""
        return self.due is not None and self.due < today()


@dataclass(frozen=True)
class Month:
    """A person's own posts of this month and the good they did: (benefit id, posts), most first."""

    first: date
    posts: int
    benefits: list[tuple[str, int]]


@dataclass(frozen=True)
class CaseWork:
    """Cases that wait for a person (the first few) and how many there are in each view of the queue."""

    cases: list[Case]
    counts: dict[str, int]


@dataclass(frozen=True)
class DraftWork:
    """Drafts that wait for a person's approval: the first few, and how many there are."""

    drafts: list[Post]
    total: int


def today() -> date:
    """The day in London."""
    return clock.local_date(clock.now())


def own_tasks(session: Session, person: Person) -> list[Task]:
    """What the person is asked to do, cases and drafts of others apart: what is due first, then what has no day."""
    tasks = [
        *_replies(session, person),
        *_letters(session, person),
        *_accounts(session, person),
        *_drafts(session, person),
        *_rules(session, person),
        *_reports(session, person),
        *_objections(session, person),
    ]
    if not has_acknowledged_current(session, person.id):
        tasks.append(
            Task(
                "Read what is looked at, and why",
                "Before you register an account or record a post.",
                "notice.show",
            )
        )
    return sorted(tasks, key=lambda task: (task.due is None, task.due or today()))


def _letters(session: Session, person: Person) -> list[Task]:
    unread = [letter for letter in letters_to(session, person) if letter.reading is None]
    return [
        Task("Read your letter", letter.heading, "letters.show", {"letter_id": letter.id})
        for letter in unread[:SHOWN]
    ]


def _replies(session: Session, person: Person) -> list[Task]:
    query = select(Case.reference, Case.due_at).where(Case.subject_id == person.id, Case.stage == "reply")
    return [
        Task(
            f"Give your answer in {reference}",
            "Nothing is decided before you had your time to answer.",
            "cases.show",
            {"reference": reference},
            last_day(due) if due else None,
        )
        for reference, due in session.execute(query)
    ]


def _accounts(session: Session, person: Person) -> list[Task]:
    query = (
        select(SocialAccount)
        .where(SocialAccount.owner_id == person.id, SocialAccount.state.in_(LIVE))
        .order_by(SocialAccount.privacy_review_due_on)
    )
    tasks = []
    for account in session.scalars(query):
        where: Mapping[str, int | str] = {"account_id": account.id}
        if account.state == "pending":
            text = f"Show that {account.handle} is yours"
            tasks.append(
                Task(
                    text, "Place the code in its profile; somebody then confirms it.", "accounts.show", where
                )
            )
        if account.privacy_review_due_on <= today() + REVIEW_NOTICE:
            text = f"Look through the privacy settings of {account.handle}"
            why = "Platforms change them. It takes five minutes, twice a year."
            tasks.append(Task(text, why, "accounts.show", where, account.privacy_review_due_on))
    return tasks


def _drafts(session: Session, person: Person) -> list[Task]:
    query = (
        select(Post.id, Post.platform, Post.draft_state)
        .where(
            Post.author_id == person.id,
            Post.kind == "draft",
            Post.draft_state.in_(("changes_asked", "approved")),
        )
        .order_by(Post.id)
    )
    words = {
        "changes_asked": (
            "Look at the changes asked for",
            "Your draft was read; a change or two and it can go.",
        ),
        "approved": ("Post your approved draft, and record it", "It was approved as it stands."),
    }
    return [
        Task(*words[str(state)], "posts.show", {"post_id": post_id})
        for post_id, _platform, state in session.execute(query)
    ]


def _rules(session: Session, person: Person) -> list[Task]:
    """Versions of the organisation's rules to which this person may agree as the second."""
    if not person.may("rulebook.agree"):
        return []
    return [
        Task(
            f"Agree to version {version.number} of your organisation's rules, or send it back",
            f"{version.steps[-1].person.name} asked for it to be published, and two people publish a rule.",
            "rulebooks.show",
            {"number": version.number},
        )
        for version in waiting_versions(session)
        if why_not_agree(person, version) is None
    ]


def _reports(session: Session, person: Person) -> list[Task]:
    """Reports that wait for somebody like this person to find out more."""
    number = how_many_wait(session, person) if person.may("report.handle") else 0
    if not number:
        return []
    text = "Look after a report that waits" if number == 1 else f"Look after {number} reports that wait"
    return [Task(text, "Somebody has to find out whose post it is, or what is new in it.", "reports.waiting")]


def _objections(session: Session, person: Person) -> list[Task]:
    """Objections of authors that this person may decide; whom they are about does nothing until then."""
    return [
        Task(
            f"Decide an objection in {case.reference}",
            "Until then the person whom it is to cannot go on in the case.",
            "cases.decide_objection",
            {"reference": case.reference},
        )
        for case in with_open_objections(session, person)
    ]


def own_accounts(session: Session, person: Person) -> list[SocialAccount]:
    """The person's accounts that are in use."""
    query = select(SocialAccount).where(SocialAccount.owner_id == person.id, SocialAccount.state.in_(LIVE))
    return list(session.scalars(query.order_by(SocialAccount.registered_at, SocialAccount.id)))


def own_cases(session: Session, person: Person) -> list[Case]:
    """Open cases about the person's posts, the longest open first."""
    query = select(Case).where(Case.subject_id == person.id, Case.stage != "closed").order_by(Case.opened_at)
    return list(session.scalars(query))


def own_month(session: Session, person: Person) -> Month:
    """The person's posts since the first of the month."""
    first = today().replace(day=1)
    start = datetime.combine(first, time(), clock.LONDON)
    mine = (Post.author_id == person.id, Post.kind == "published", Post.posted_at >= start)
    posts = session.scalar(select(func.count()).select_from(Post).where(*mine)) or 0
    query = latest_assessments(select(AssessmentBenefit.benefit, func.count()).select_from(Post))
    query = query.join(AssessmentBenefit, AssessmentBenefit.assessment_id == Assessment.id).where(*mine)
    rows = session.execute(query.group_by(AssessmentBenefit.benefit)).all() if posts else []
    return Month(
        first, posts, sorted(((name, count) for name, count in rows), key=lambda row: (-row[1], row[0]))
    )


def case_work(session: Session, person: Person) -> CaseWork:
    """Cases in which the person is the one to act, worst and longest waiting first."""
    counts = view_counts(session, person)
    waiting = (
        session.scalars(queue(person, Filters(view="mine")).limit(SHOWN)).unique() if counts["mine"] else ()
    )
    return CaseWork(list(waiting), counts)


def draft_work(session: Session, person: Person) -> DraftWork:
    """Drafts that wait for the person's approval, the oldest first."""
    waiting = drafts_for(person.id, answered=False)
    total = session.scalar(select(func.count()).select_from(waiting.order_by(None).subquery())) or 0
    return DraftWork(list(session.scalars(waiting.limit(SHOWN)).unique()) if total else [], total)


def accounts_to_confirm(session: Session, person: Person) -> int:
    """How many registered accounts wait for somebody like this person to confirm them."""
    return how_many(session, waiting_for(person))


def without_line_manager(session: Session) -> int:
    """Active people above whom nobody is entered: their drafts and cases go to HR."""
    query = select(func.count()).select_from(Person)
    return session.scalar(query.where(Person.active, Person.line_manager_id.is_(None))) or 0
