"""Posts as they were submitted, and drafts with what their approvers said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from governance.cli.seeding.cast import Cast
from governance.cli.seeding.demo_files import PostRow
from governance.cli.seeding.reporting import Follow, plan_report
from governance.cli.seeding.timetable import draw
from governance.people.models import Person
from governance.posts.models import Post
from governance.workflow.approve_draft import approve_draft
from governance.workflow.ask_changes import ask_changes
from governance.workflow.revise_post import revise_post
from governance.workflow.send_draft import send_draft
from governance.workflow.submit_post import Submitted, submit_post

Begin = Callable[[Cast, PostRow, Submitted], None]
"""What follows a submission: the case that it opened, or the story that expected one."""


def plan_submissions(cast: Cast, begin: Begin, follow: Follow) -> None:
    """Plan every post and draft; a published one is handed to `begin` once it is in, a reported one's case to `follow`."""
    for row in cast.files.posts:
        posted = cast.timetable.on(row["days_ago"], row["time"])
        if row["account"] is None:
            plan_report(cast, row, posted, follow)
        elif row["kind"] == "draft":
            _plan_draft(cast, row, posted)
        else:
            _plan_post(cast, row, posted, begin)


def _plan_post(cast: Cast, row: PostRow, posted: datetime, begin: Begin) -> None:
    told = min(posted + timedelta(minutes=2 + draw(row["key"], 50)), cast.timetable.now)

    def submit() -> None:
        account = cast.accounts[str(row["account"])]
        submitted = submit_post(
            cast.session,
            account.owner,
            account=account,
            text=row["text"],
            posted_at=posted,
            rulebook=cast.rulebook,
            url=row["url"],
            native_id=row["native_id"],
            audience=row["audience"],
            in_reply_to=row["in_reply_to"],
        )
        cast.counts[f"posts scored {submitted.assessed.assessment.severity}"] += 1
        begin(cast, row, submitted)

    cast.plan(told, f"posts: {row['key']}", submit)


def _plan_draft(cast: Cast, row: PostRow, sent: datetime) -> None:
    def send() -> None:
        account = cast.accounts[str(row["account"])]
        post = send_draft(
            cast.session,
            account.owner,
            account=account,
            text=row["text"],
            rulebook=cast.rulebook,
            audience=row["audience"],
            in_reply_to=row["in_reply_to"],
        )
        story = cast.files.stories.get(row["key"])
        if story is not None:
            _plan_approval(cast, post, story, sent)

    cast.plan(sent, f"drafts: {row['key']}", send)


def _plan_approval(cast: Cast, post: Post, story: dict[str, Any], sent: datetime) -> None:
    """The comment that asks for changes, the revision and the approval, as far as the story has them."""
    key, moment = story["post"], sent
    if "comment" in story:
        moment = cast.timetable.later(moment, story["comment_after_days"], f"{key} comment")
        cast.plan(moment, f"drafts given back: {key}", lambda: _ask(cast, post, story))
        moment = cast.timetable.later(moment, story["revised_after_days"], f"{key} revised")
        cast.plan(moment, f"drafts revised: {key}", lambda: _revise(cast, post, story))
    moment = cast.timetable.later(moment, story["approved_after_days"], f"{key} approved")
    cast.plan(moment, f"drafts approved: {key}", lambda: _approve(cast, post, story))


def _approver(cast: Cast, post: Post, story: dict[str, Any]) -> Person:
    """Whom the product asked, who is not always whom the story names."""
    cast.session.refresh(post)
    named = {story["approver"], story.get("approver_at_high_or_more", story["approver"])}
    approver = post.approver
    if approver is None:
        raise ValueError(f"stories.jsonl: nobody is asked about {story['post']} any more")
    if approver not in [cast.people[key] for key in named]:
        cast.fall_short("played by somebody else than the story names", f"{story['post']}: {approver.name}")
    return approver


def _ask(cast: Cast, post: Post, story: dict[str, Any]) -> None:
    ask_changes(
        cast.session,
        _approver(cast, post, story),
        post=post,
        version=post.version,
        comment=story["comment"],
    )


def _revise(cast: Cast, post: Post, story: dict[str, Any]) -> None:
    cast.session.refresh(post)
    revise_post(
        cast.session,
        post.author,
        post=post,
        text=story["revised_text"],
        version=post.version,
        rulebook=cast.rulebook,
    )


def _approve(cast: Cast, post: Post, story: dict[str, Any]) -> None:
    approve_draft(
        cast.session,
        _approver(cast, post, story),
        post=post,
        version=post.version,
        comment=story.get("approval_comment", ""),
    )
