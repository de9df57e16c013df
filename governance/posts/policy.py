"""Who may do what with a post or draft. Pure: each answers None where it is allowed, or why not, in words for a page."""

from __future__ import annotations

from governance.accounts.models import SocialAccount
from governance.accounts.policy import LIVE
from governance.people.models import Person
from governance.posts.models import Post, PostVersion

_NOT_OURS = "Only its author can do this."


def can_post_on(person: Person, account: SocialAccount) -> str | None:
    """Whether `person` may record posts or send drafts for `account`: their own, and still in use."""
    if account.owner_id != person.id:
        return "This account is not registered as yours."
    if account.state not in LIVE:
        return f"This account is {account.state}, so nothing new is recorded for it. Choose or register another one."
    return None


def can_see(person: Person, post: Post) -> bool:
    """The author, who approves or has looked at the draft. Others see a post only in a case of theirs."""
    if not person.active:
        return False
    return (
        post.author_id == person.id
        or (post.kind == "draft" and post.approver_id == person.id)
        or any(approval.reviewer_id == person.id for approval in post.approvals)
    )


def versions_seen(person: Person, post: Post) -> list[PostVersion]:
    """The versions of a post that `can_see` lets `person` read: whoever answered a draft reads no words that came later.

    Later words are a matter for who approves it then, or for a case, which the approver may have no part in.
    """
    if post.author_id == person.id or (post.kind == "draft" and post.approver_id == person.id):
        return list(post.versions)
    answered = [one.post_version.number for one in post.approvals if one.reviewer_id == person.id]
    return [version for version in post.versions if version.number <= max(answered, default=0)]


def can_review(person: Person, post: Post) -> str | None:
    """Whether `person` may approve this draft or ask for changes; its state is looked at by the verb."""
    if post.author_id == person.id:
        return "Nobody approves their own draft."
    if post.approver_id != person.id:
        return "This draft waits for somebody else."
    return None if person.may("draft.review") else "Your role does not approve drafts."


def can_revise(person: Person, post: Post) -> str | None:
    """Whether `person` may give new words to this post or draft."""
    if post.author_id != person.id:
        return _NOT_OURS
    if post.kind == "draft" and post.draft_state == "withdrawn":
        return "This draft was withdrawn. Check the words again and send them as a new draft."
    return None


def can_withdraw(person: Person, post: Post) -> str | None:
    """Whether `person` may take this draft back."""
    if post.author_id != person.id:
        return _NOT_OURS
    if post.kind != "draft":
        return "This has been posted. Delete it on the platform if you want it gone there."
    return "This draft is withdrawn already." if post.draft_state == "withdrawn" else None


def can_publish(person: Person, post: Post) -> str | None:
    """Whether `person` may record this draft as posted."""
    if post.author_id != person.id:
        return _NOT_OURS
    if post.kind != "draft":
        return "This is recorded as posted already."
    return None if post.draft_state == "approved" else "This draft has not been approved."
