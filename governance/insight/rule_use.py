"""How often each rule of the guidance spoke in this organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from governance.assessments.models import Assessment, Finding
from governance.insight import weeks
from governance.insight.series import latest_assessments
from governance.insight.suppression import FEWEST
from governance.posts.models import Post


@dataclass(frozen=True)
class RuleUse:
    """Published posts in which a rule spoke; None where fewer than five people wrote them."""

    posts: int | None


def rule_use(session: Session, rules: list[str]) -> dict[str, RuleUse]:
    """For each of `rules` that spoke since `since()`: in how many posts, by the latest assessment of each."""
    chosen = select(Finding.rule, func.count(distinct(Post.id)), func.count(distinct(Post.author_id)))
    query = latest_assessments(chosen.select_from(Post))
    query = query.join(Finding, Finding.assessment_id == Assessment.id)
    query = query.where(Post.kind == "published", Post.local_date >= since(), Finding.rule.in_(rules))
    return {
        rule: RuleUse(posts if people >= FEWEST else None)
        for rule, posts, people in session.execute(query.group_by(Finding.rule))
    }


def since() -> date:
    """The first day that is counted: as far as trends look back."""
    return weeks.monday(weeks.horizon())
