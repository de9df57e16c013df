"""Rules tried on the posts that are stored: what would newly be flagged, and what would no longer be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from governance.guidance.rulebook import Rulebook
from governance.insight import weeks
from governance.insight.suppression import FEWEST
from governance.insight.verdicts import verdicts
from governance.people.models import Person
from governance.posts.described import describe_version
from governance.posts.models import Post, PostVersion
from governance.posts.queries import latest_number, recent_posts
from governance.scoring.comparison import Change, Effect, Known, Share, compare

MOST_ON_A_PAGE = 1_000
"""Stored posts that a page tries rules on, the newest: two or three seconds. The command tries all of them."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """What may be shown of an effect on colleagues' posts. Counts are whole fives, None where too few people stand behind.

    A draft may be changed at will, and two that differ in a word could be subtracted from each other: hence the fives.
    """

    change: Change
    speaks: int | None
    newly: int | None
    silent: int | None
    precision: float | None
    recall: float | None


def backtest(session: Session, in_use: Rulebook, candidate: Rulebook, since: date) -> list[Effect]:
    """The effect of every change and shadow rule of `candidate` on all published posts since `since`, latest words."""
    return compare(in_use, candidate, stored(session, since))


def preview(session: Session, in_use: Rulebook, candidate: Rulebook) -> list[Preview]:
    """The same for a page: on the newest posts, with small numbers hidden and no post named."""
    posts = stored(session, since(), MOST_ON_A_PAGE)
    return [_shown(effect) for effect in compare(in_use, candidate, posts)]


def since() -> date:
    """The first day that pages look back to: as far as trends do."""
    return weeks.monday(weeks.horizon())


def stored(session: Session, first_day: date, most: int | None = None) -> Iterator[Known]:
    """Published posts since `first_day` with the words that stand now, as the engine is told of them, the newest first.

    They come one by one: twenty thousand do not stand in memory together.
    """
    known = verdicts(session)
    ids = list(
        session.scalars(
            select(Post.id)
            .where(Post.kind == "published", Post.local_date >= first_day)
            .order_by(Post.posted_at.desc(), Post.id.desc())
            .limit(most)
        )
    )
    for start in range(0, len(ids), _CHUNK):
        for version in _versions(session, ids[start : start + _CHUNK]):
            post = version.post
            moment = post.posted_at or version.written_at
            recent = recent_posts(session, post.author_id, moment, leaving_out=post.id)
            yield Known(str(post.id), post.author_id, describe_version(version, recent), known.get(post.id))


def _versions(session: Session, ids: list[int]) -> list[PostVersion]:
    query = (
        select(PostVersion)
        .join(PostVersion.post)
        .where(Post.id.in_(ids), PostVersion.number == latest_number())
        .options(joinedload(PostVersion.post).joinedload(Post.author).joinedload(Person.department))
        .order_by(Post.posted_at.desc(), Post.id.desc())
    )
    return list(session.scalars(query))


def _shown(effect: Effect) -> Preview:
    judged = len(effect.judged_by) >= FEWEST
    return Preview(
        effect.change,
        speaks=_fives(effect.speaks, effect.authors),
        newly=_fives(len(effect.newly), effect.newly_by),
        silent=_fives(len(effect.silent), effect.silent_by),
        precision=_tenths(effect.precision) if judged else None,
        recall=_tenths(effect.recall) if judged else None,
    )


def _fives(count: int, people: set[int]) -> int | None:
    """The count as whole fives, or None for fewer than five people. Nought counts as too few: it would say 'not these'."""
    return None if len(people) < FEWEST else FEWEST * round(count / FEWEST)


def _tenths(share: Share) -> float | None:
    return None if share.value is None else round(share.value, 1)
