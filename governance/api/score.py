"""Scoring over the API: the same answer as the score command's, and nothing of it is stored."""

from __future__ import annotations

from typing import Any

from governance.api.bearer import scope
from governance.api.blueprint import api
from governance.api.schemas import PostIn, ScoringOut
from governance.entrance.database import db
from governance.rulebooks.in_use import rulebook_in_use
from governance.scoring import engine
from governance.scoring.post import PostInput, RecentPost


@api.post("/score")
@scope("score", writes=False)
@api.input(PostIn, arg_name="given")
@api.output(ScoringOut)
@api.doc(tags=["score"], summary="Score a post or draft; nothing is stored", responses=[400, 413, 415])
def score(given: dict[str, Any]) -> dict[str, Any]:
    """Any text of up to 20,000 characters is scored, an empty one as none."""
    recent = tuple(RecentPost(one["id"], one["text"]) for one in given.pop("recent_posts", ()))
    name = given.pop("id", None)
    lists = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    post = PostInput(**{**given, **lists}, recent_posts=recent)
    return {"id": name, **engine.score(post, rulebook_in_use(db.session)).as_json()}
