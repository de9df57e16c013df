"""Every event the audit trail knows, with the exact keys of its payload."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """What can happen, as thing.what; `record` refuses a payload with other keys than KEYS names."""

    PERSON_ADDED = "person.added"
    STANDING_STATED = "person.standing_stated"
    RECORD_DOWNLOADED = "person.record_downloaded"
    NOTICE_ACKNOWLEDGED = "notice.acknowledged"
    ACCOUNT_REGISTERED = "account.registered"
    ACCOUNT_EVIDENCE_ADDED = "account.evidence_added"
    ACCOUNT_CONFIRMED = "account.confirmed"
    ACCOUNT_REJECTED = "account.rejected"
    ACCOUNT_RETIRED = "account.retired"
    ACCOUNT_PRIVACY_REVIEWED = "account.privacy_reviewed"
    ACCOUNTS_EXPORTED = "account.accounts_exported"
    POST_SUBMITTED = "post.submitted"
    POST_VERSION_ADDED = "post.version_added"
    POST_IMPORTED = "post.imported"
    DRAFT_APPROVED = "post.draft_approved"
    DRAFT_CHANGES_ASKED = "post.draft_changes_asked"
    DRAFT_WITHDRAWN = "post.draft_withdrawn"
    DRAFT_PUBLISHED = "post.draft_published"
    POST_ASSESSED = "post.assessed"
    CASE_OPENED = "case.opened"
    CASE_TRIAGED = "case.triaged"
    CASE_OPINION_GIVEN = "case.opinion_given"
    CASE_REPLY_INVITED = "case.reply_invited"
    CASE_REPLIED = "case.replied"
    CASE_REPLY_TIME_ENDED = "case.reply_time_ended"
    CASE_DECISION_PROPOSED = "case.decision_proposed"
    CASE_SECOND_OPINION_GIVEN = "case.second_opinion_given"
    CASE_COUNTERSIGNED = "case.countersigned"
    CASE_SENT_BACK = "case.sent_back"
    CASE_DECIDED = "case.decided"
    CASE_APPEALED = "case.appealed"
    CASE_APPEAL_HEARER_NAMED = "case.appeal_hearer_named"
    CASE_APPEAL_ANSWERED = "case.appeal_answered"
    CASE_APPEAL_HEARD = "case.appeal_heard"
    CASE_REOPENED = "case.reopened"
    CASE_UNDONE = "case.undone"
    CASE_CLOSED = "case.closed"
    CASE_RECUSED = "case.recused"
    CASE_HANDED_OVER = "case.handed_over"
    CASE_RELEASED_BY_GUARDIAN = "case.released_by_guardian"
    CASE_VIEWED = "case.viewed"
    LETTER_SENT = "letter.sent"
    LETTER_READ = "letter.read"
    BUNDLE_EXPORTED = "bundle.exported"
    EQUALITY_SUPPLIED = "equality_supply.supplied"
    MAIL_TRIED_AGAIN = "outgoing_mail.tried_again"
    CASE_WORDS_SHOWN = "case.words_shown"
    CASE_CLAIMED = "case.claimed"
    CASE_PUT_BACK = "case.put_back"
    CASE_DEFERRED = "case.deferred"
    CASE_TAKEN_UP = "case.taken_up"
    CASE_HELP_ASKED = "case.help_asked"
    CASE_HELP_ANSWERED = "case.help_answered"
    CASE_JOINED = "case.joined"
    CASE_OBJECTED = "case.objected"
    CASE_OBJECTION_DECIDED = "case.objection_decided"
    CASE_RESTRICTED = "case.restricted"
    CASE_RESTRICTION_LIFTED = "case.restriction_lifted"
    CASE_REPORT_JOINED = "case.report_joined"
    CONCERN_RECORDED = "concern.recorded"
    CONCERN_FOLLOWED = "concern.followed"
    CONCERN_TOUCHES = "concern.touches"
    CONCERN_CLOSED = "concern.closed"
    CONCERN_CHECKED = "concern.checked"
    REPORT_MADE = "report.made"
    REPORT_PLACED = "report.placed"
    REPORT_SET_ASIDE = "report.set_aside"
    REPORT_EVIDENCE_VIEWED = "report.evidence_viewed"
    CASE_CLOCK_PAUSED = "case.clock_paused"
    CASE_CLOCK_RESUMED = "case.clock_resumed"
    CLOCK_WARNED = "clock.warned"
    CLOCK_ESCALATED = "clock.escalated"
    TASK_OPENED = "task.opened"
    TASK_ASSIGNED = "task.assigned"
    TASK_DONE = "task.done"
    TASK_REPORT_DECIDED = "task.report_decided"
    TASK_CANCELLED = "task.cancelled"
    TASK_VIEWED = "task.viewed"
    RULEBOOK_DRAFTED = "organisation_rulebook.drafted"
    RULEBOOK_SHADOWED = "organisation_rulebook.shadowed"
    RULEBOOK_PROPOSED = "organisation_rulebook.proposed"
    RULEBOOK_PUBLISHED = "organisation_rulebook.published"
    RULEBOOK_DECLINED = "organisation_rulebook.declined"
    RULEBOOK_SUPERSEDED = "organisation_rulebook.superseded"
    IMPORT_STARTED = "import_run.import_started"
    IMPORT_FINISHED = "import_run.import_finished"
    TOKEN_CREATED = "token.created"  # noqa: S105  (an event's name)
    TOKEN_REVOKED = "token.revoked"  # noqa: S105  (as above)
    SIGNED_IN = "person.signed_in"
    REFUSED = "endpoint.refused"
    DEMO_SEEDED = "demo.seeded"

    @property
    def thing(self) -> str:
        """The kind of thing it happens to."""
        return self.value.partition(".")[0]


KEYS: dict[Event, frozenset[str]] = {
    Event.PERSON_ADDED: frozenset({"roles"}),
    Event.STANDING_STATED: frozenset({"regulator"}),
    Event.RECORD_DOWNLOADED: frozenset(),
    Event.NOTICE_ACKNOWLEDGED: frozenset({"person_id"}),
    Event.ACCOUNT_REGISTERED: frozenset({"owner_id", "platform"}),
    Event.ACCOUNT_EVIDENCE_ADDED: frozenset({"evidence_id", "sha256"}),
    Event.ACCOUNT_CONFIRMED: frozenset({"owner_id"}),
    Event.ACCOUNT_REJECTED: frozenset({"owner_id"}),
    Event.ACCOUNT_RETIRED: frozenset({"owner_id"}),
    Event.ACCOUNT_PRIVACY_REVIEWED: frozenset({"due_on"}),
    Event.ACCOUNTS_EXPORTED: frozenset({"rows"}),
    Event.POST_SUBMITTED: frozenset({"author_id", "account_id", "version", "text_hash"}),
    Event.POST_VERSION_ADDED: frozenset({"version", "text_hash"}),
    Event.POST_IMPORTED: frozenset({"author_id", "account_id", "run_id", "text_hash"}),
    Event.DRAFT_APPROVED: frozenset({"version"}),
    Event.DRAFT_CHANGES_ASKED: frozenset({"version"}),
    Event.DRAFT_WITHDRAWN: frozenset({"version"}),
    Event.DRAFT_PUBLISHED: frozenset({"version", "as_approved"}),
    Event.POST_ASSESSED: frozenset({"assessment_id", "rulebook", "severity"}),
    Event.CASE_OPENED: frozenset({"post_id", "assessment_id", "holder_id", "stage"}),
    Event.CASE_TRIAGED: frozenset({"route", "decider_id"}),
    Event.CASE_OPINION_GIVEN: frozenset({"opinion_id", "kind"}),
    Event.CASE_REPLY_INVITED: frozenset({"subject_id"}),
    Event.CASE_REPLIED: frozenset({"statement_id"}),
    Event.CASE_REPLY_TIME_ENDED: frozenset({"subject_id"}),
    Event.CASE_DECISION_PROPOSED: frozenset({"decision_id"}),
    Event.CASE_SECOND_OPINION_GIVEN: frozenset({"countersignature_id"}),
    Event.CASE_COUNTERSIGNED: frozenset({"countersignature_id", "decision_id"}),
    Event.CASE_SENT_BACK: frozenset({"countersignature_id", "decision_id"}),
    Event.CASE_DECIDED: frozenset({"decision_id", "outcome"}),
    Event.CASE_APPEALED: frozenset({"appeal_id", "hearer_id"}),
    Event.CASE_APPEAL_HEARER_NAMED: frozenset({"appeal_id", "hearer_id"}),
    Event.CASE_APPEAL_ANSWERED: frozenset({"appeal_id"}),
    Event.CASE_APPEAL_HEARD: frozenset({"appeal_id", "result"}),
    Event.CASE_REOPENED: frozenset({"stage"}),
    Event.CASE_UNDONE: frozenset({"verb", "stage"}),
    Event.CASE_CLOSED: frozenset({"closure"}),
    Event.CASE_RECUSED: frozenset({"person_id"}),
    Event.CASE_HANDED_OVER: frozenset({"from_id", "to_id"}),
    Event.CASE_RELEASED_BY_GUARDIAN: frozenset({"holder_id"}),
    Event.CASE_VIEWED: frozenset({"viewer_id"}),
    Event.LETTER_SENT: frozenset({"case_id", "kind", "to_id"}),
    Event.LETTER_READ: frozenset({"case_id"}),
    Event.BUNDLE_EXPORTED: frozenset({"case_id", "purpose", "sha256"}),
    Event.EQUALITY_SUPPLIED: frozenset({"people", "unknown"}),
    Event.MAIL_TRIED_AGAIN: frozenset({"person_id"}),
    Event.CASE_WORDS_SHOWN: frozenset({"viewer_id"}),
    Event.CASE_CLAIMED: frozenset({"what", "hours"}),
    Event.CASE_PUT_BACK: frozenset({"person_id"}),
    Event.CASE_DEFERRED: frozenset({"until"}),
    Event.CASE_TAKEN_UP: frozenset(),
    Event.CASE_HELP_ASKED: frozenset({"request_id", "asked_id"}),
    Event.CASE_HELP_ANSWERED: frozenset({"request_id"}),
    Event.CASE_JOINED: frozenset({"into_id"}),
    Event.CASE_OBJECTED: frozenset({"person_id"}),
    Event.CASE_OBJECTION_DECIDED: frozenset({"person_id", "upheld"}),
    Event.CASE_RESTRICTED: frozenset({"people"}),
    Event.CASE_RESTRICTION_LIFTED: frozenset(),
    Event.CASE_REPORT_JOINED: frozenset({"report_id"}),
    Event.CONCERN_RECORDED: frozenset({"raised_by_id", "case_id"}),
    Event.CONCERN_FOLLOWED: frozenset({"step_id", "kind"}),
    Event.CONCERN_TOUCHES: frozenset({"person_id"}),
    Event.CONCERN_CLOSED: frozenset(),
    Event.CONCERN_CHECKED: frozenset({"viewer_id"}),
    Event.REPORT_MADE: frozenset({"way", "desk", "files"}),
    Event.REPORT_PLACED: frozenset({"case_id"}),
    Event.REPORT_SET_ASIDE: frozenset(),
    Event.REPORT_EVIDENCE_VIEWED: frozenset({"evidence_id", "sha256"}),
    Event.CASE_CLOCK_PAUSED: frozenset({"clock_id"}),
    Event.CASE_CLOCK_RESUMED: frozenset({"clock_id"}),
    Event.CLOCK_WARNED: frozenset({"case_id", "told"}),
    Event.CLOCK_ESCALATED: frozenset({"case_id", "told"}),
    Event.TASK_OPENED: frozenset({"case_id", "kind"}),
    Event.TASK_ASSIGNED: frozenset({"case_id", "to_id"}),
    Event.TASK_DONE: frozenset({"case_id"}),
    Event.TASK_REPORT_DECIDED: frozenset({"case_id", "report"}),
    Event.TASK_CANCELLED: frozenset({"case_id"}),
    Event.TASK_VIEWED: frozenset({"viewer_id"}),
    Event.RULEBOOK_DRAFTED: frozenset({"number"}),
    Event.RULEBOOK_SHADOWED: frozenset({"number"}),
    Event.RULEBOOK_PROPOSED: frozenset({"number"}),
    Event.RULEBOOK_PUBLISHED: frozenset({"number"}),
    Event.RULEBOOK_DECLINED: frozenset({"number"}),
    Event.RULEBOOK_SUPERSEDED: frozenset({"number"}),
    Event.IMPORT_STARTED: frozenset({"account_id", "sha256"}),
    Event.IMPORT_FINISHED: frozenset({"added", "changed", "known", "unreadable"}),
    Event.TOKEN_CREATED: frozenset({"person_id", "scopes"}),
    Event.TOKEN_REVOKED: frozenset({"person_id"}),
    Event.SIGNED_IN: frozenset(),
    Event.REFUSED: frozenset({"endpoint", "method"}),
    Event.DEMO_SEEDED: frozenset({"people", "posts", "cases"}),
}
