"""What the API takes and gives. Unknown fields are refused, so that a typing error is not read as an empty answer.

No schema has a field for guards (protected disclosure, belief, union, own health) but the answer of POST /score, which
only the person who asks sees and nobody stores.
"""

from __future__ import annotations

from apiflask import Schema
from apiflask.fields import (
    AwareDateTime,
    Boolean,
    Date,
    DateTime,
    Dict,
    Float,
    Integer,
    List,
    Nested,
    Raw,
    String,
)
from apiflask.validators import Length, OneOf, Range
from marshmallow import RAISE

from governance.accounts.models import ACCOUNT_STATES
from governance.accounts.platforms import AUDIENCES, PLATFORMS
from governance.assessments.models import SEVERITIES
from governance.cases.models import CLOSURES, ORIGINS, OUTCOMES, ROUTES, STAGES
from governance.kernel.database import LARGEST_ID
from governance.kernel.text import LONGEST_POST
from governance.posts.models import DRAFT_STATES, KINDS, PROVENANCES
from governance.scoring.post import MOST_RECENT_POSTS

MOST_PER_PAGE = 100
LAST_PAGE = 1_000_000


class Strict(Schema):
    """A schema that refuses what it does not know."""

    class Meta:
        """Options of marshmallow."""

        unknown = RAISE


class ErrorOut(Schema):
    """The one shape of every error."""

    message = String(required=True, metadata={"description": "The HTTP status in words"})
    detail = String(required=True, metadata={"description": "What was wrong, and what to do"})


class PageQuery(Strict):
    """Which page of a list."""

    page = Integer(load_default=1, validate=Range(1, LAST_PAGE))
    per_page = Integer(load_default=25, validate=Range(1, MOST_PER_PAGE))


class AccountsQuery(PageQuery):
    """Which accounts."""

    platform = String(validate=OneOf(list(PLATFORMS)))
    state = String(validate=OneOf(ACCOUNT_STATES))


class PostsQuery(PageQuery):
    """Which posts."""

    account_id = Integer(validate=Range(1, LARGEST_ID))
    kind = String(validate=OneOf(KINDS))


class CasesQuery(PageQuery):
    """Which cases."""

    stage = String(validate=OneOf(STAGES))
    severity = String(validate=OneOf(SEVERITIES))


class LinksOut(Schema):
    """Where the neighbouring pages are; null where there is none."""

    self = String(required=True)
    first = String(required=True)
    last = String(required=True)
    next = String(required=True, allow_none=True)
    previous = String(required=True, allow_none=True)


class PageOut(Schema):
    """A page of a list."""

    page = Integer(required=True)
    per_page = Integer(required=True)
    pages = Integer(required=True)
    total = Integer(required=True)
    links = Nested(LinksOut, required=True)


class AccountOut(Schema):
    """A registered account."""

    id = Integer(required=True)
    owner_id = Integer(required=True)
    owner = String(required=True, attribute="owner.name")
    platform = String(required=True, validate=OneOf(list(PLATFORMS)))
    handle = String(required=True)
    url = String(required=True)
    purpose = String(required=True)
    default_audience = String(required=True, allow_none=True, validate=OneOf([*AUDIENCES]))
    state = String(required=True, validate=OneOf(ACCOUNT_STATES))
    registered_at = DateTime(required=True)
    confirmed_at = DateTime(required=True, allow_none=True)
    privacy_review_due_on = Date(required=True)


class AccountInListOut(AccountOut):
    """A registered account in a list. A schema of its own: APIFlask cannot name one that is both nested and whole."""


class AccountsOut(PageOut):
    """A page of accounts."""

    items = List(Nested(AccountInListOut), required=True)


class CategoryOut(Schema):
    """A category that applied. `score` is 100 times the probability that a reviewer would flag it."""

    id = String(required=True)
    score = Integer(required=True)
    severity = String(required=True, validate=OneOf(SEVERITIES))


class CiteOut(Schema):
    """A source. `paragraph` is null where it was not checked against the source's own text."""

    source = String(required=True)
    title = String(required=True)
    paragraph = String(required=True, allow_none=True)
    in_force = Boolean(required=True, allow_none=True)


class FindingOut(Schema):
    """A rule that fired. `start` and `end` count code points of the text, half-open; `quote` is that slice."""

    rule = String(required=True)
    category = String(required=True)
    severity = String(required=True, validate=OneOf(SEVERITIES))
    start = Integer(required=True)
    end = Integer(required=True)
    quote = String(required=True)
    message = String(required=True)
    advice = String(required=True)
    cites = List(Nested(CiteOut), required=True)


class AssessmentOut(Schema):
    """The engine's answer as it was stored."""

    score = Integer(required=True)
    severity = String(required=True, validate=OneOf(SEVERITIES))
    categories = List(Nested(CategoryOut), required=True)
    benefits = List(String(), required=True)
    rulebook = String(required=True)
    engine = String(required=True)
    assessed_at = DateTime(required=True)


class AssessmentWithFindingsOut(AssessmentOut):
    """The engine's answer with what it stands on."""

    findings = List(Nested(FindingOut), required=True)


class PostOut(Schema):
    """A post or draft in the words that stand now."""

    id = Integer(required=True)
    kind = String(required=True, validate=OneOf(KINDS))
    draft_state = String(required=True, allow_none=True, validate=OneOf([*DRAFT_STATES]))
    provenance = String(required=True, validate=OneOf(PROVENANCES))
    account_id = Integer(required=True, allow_none=True)
    author_id = Integer(required=True)
    platform = String(required=True, validate=OneOf(list(PLATFORMS)))
    audience = String(required=True, allow_none=True, validate=OneOf([*AUDIENCES]))
    in_reply_to = String(required=True, allow_none=True)
    url = String(required=True, allow_none=True)
    native_id = String(required=True, allow_none=True)
    posted_at = DateTime(required=True, allow_none=True)
    submitted_at = DateTime(required=True)
    version = Integer(required=True)
    text = String(required=True)
    assessment = Nested(AssessmentOut, required=True, allow_none=True)


class PostWithFindingsOut(PostOut):
    """A post with what its assessment stands on."""

    assessment = Nested(AssessmentWithFindingsOut, required=True, allow_none=True)


class PostsOut(PageOut):
    """A page of posts."""

    items = List(Nested(PostOut), required=True)


class CaseOut(Schema):
    """A case. Who holds and decides it is null in a case about oneself."""

    reference = String(required=True)
    origin = String(required=True, validate=OneOf(ORIGINS))
    stage = String(required=True, validate=OneOf(STAGES))
    severity = String(required=True, validate=OneOf(SEVERITIES))
    categories = List(String(), required=True)
    route = String(required=True, allow_none=True, validate=OneOf([*ROUTES]))
    post_id = Integer(required=True)
    subject_id = Integer(required=True)
    holder_id = Integer(required=True, allow_none=True)
    decider_id = Integer(required=True, allow_none=True)
    opened_at = DateTime(required=True)
    stage_since = DateTime(required=True)
    closed_at = DateTime(required=True, allow_none=True)
    closure = String(required=True, allow_none=True, validate=OneOf([*CLOSURES]))
    outcome = String(required=True, allow_none=True, validate=OneOf([*OUTCOMES]))


class CaseInListOut(CaseOut):
    """A case in a list (see AccountInListOut)."""


class CasesOut(PageOut):
    """A page of cases."""

    items = List(Nested(CaseInListOut), required=True)


def _text(*, required: bool = False, allow_none: bool = False) -> String:
    return String(required=required, allow_none=allow_none, validate=Length(max=LONGEST_POST))


class RecentPostIn(Strict):
    """An earlier post of the same author, for the mosaic."""

    id = String(load_default="", validate=Length(max=200))
    text = _text(required=True)


class PostIn(Strict):
    """A post to be scored: the fields of the score command. `audience` left out is unknown, and never taken for public."""

    id = Raw(allow_none=True, metadata={"description": "Comes back as it was given"})
    text = _text(required=True)
    platform = String(allow_none=True, validate=OneOf(list(PLATFORMS)))
    audience = String(allow_none=True, validate=OneOf(list(AUDIENCES)))
    in_reply_to = _text(allow_none=True)
    profession = String(allow_none=True, validate=Length(max=200))
    role = String(allow_none=True, validate=Length(max=200))
    place = String(allow_none=True, validate=Length(max=200))
    specialty = String(allow_none=True, validate=Length(max=200))
    declared_interests = List(String(validate=Length(max=200)), validate=Length(max=100))
    consents = List(String(validate=Length(max=200)), validate=Length(max=100))
    posted_at = AwareDateTime(allow_none=True, format="iso")
    attachments = List(_text(), validate=Length(max=10))
    recent_posts = List(Nested(RecentPostIn), validate=Length(max=MOST_RECENT_POSTS))


class ScoringOut(Schema):
    """The engine's answer. It was stored nowhere."""

    id = Raw(required=True, allow_none=True)
    score = Integer(required=True, validate=Range(0, 100))
    severity = String(required=True, validate=OneOf(SEVERITIES))
    categories = List(Nested(CategoryOut), required=True)
    benefits = List(String(), required=True)
    guards = List(String(), required=True)
    findings = List(Dict(), required=True)
    not_applied = List(Dict(), required=True)
    marks = Dict(required=True)
    jigsaw = Dict(required=True, allow_none=True)
    uncalibrated = Boolean(required=True)
    flagged = Float(required=True, validate=Range(0, 1))
    sure = String(required=True)
    rulebook = String(required=True)
    engine = String(required=True)
