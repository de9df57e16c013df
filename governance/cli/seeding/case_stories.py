"""From a flagged post to a closed case: every step of a story by its verb, as far as the story goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from governance.cases.models import Case
from governance.cases.policy import may_hold
from governance.cli.seeding import after_deciding
from governance.cli.seeding.beside import end_tasks
from governance.cli.seeding.case_letters import write_letter
from governance.cli.seeding.cast import Cast
from governance.cli.seeding.players import decider_for, opinion_writer
from governance.people.models import Person
from governance.workflow.answer_concern import answer_concern
from governance.workflow.close_case import close_case
from governance.workflow.decide import decide
from governance.workflow.give_opinion import give_opinion
from governance.workflow.hand_over import hand_over
from governance.workflow.recuse import recuse
from governance.workflow.release_from_hold import release_from_hold
from governance.workflow.reply import reply
from governance.workflow.triage import triage


@dataclass
class CaseStory:
    """One case on its way. After a step that a verb refused nothing more happens to it."""

    cast: Cast
    case: Case
    story: dict[str, Any]
    halted: bool = False

    @property
    def name(self) -> str:
        """The story, as it is named in the report."""
        return str(self.story["story"])

    def plan(self, opened: datetime) -> None:
        """Plan the steps that the story has, each counted from the one before."""
        later, story = self.cast.timetable.later, self.story
        moment = opened
        if "guardian" in story:
            moment = later(moment, story["guardian"]["after_days"], f"{self.name} guardian")
            self._at(moment, "guardian's answers", self.answer_concern)
        elif "waits_for" not in story:
            self._at(opened + timedelta(hours=2), "guardian's looks", self.release)
        if "recusal" in story:
            moment = later(moment, story["recusal"]["after_days"], f"{self.name} recusal")
            self._at(moment, "recusals", self.step_back)
        if "triage" in story:
            moment = later(moment, story["triage"]["after_days"], f"{self.name} triage")
            self._at(moment, "first looks", self.ask_for_review)
            self._plan_review(moment)
        elif "closed" in story:
            moment = later(moment, story["closed"]["after_days"], f"{self.name} closed")
            self._at(moment, "first looks", self.close_at_first_look)
        elif "waits_for" in story:
            self._at(moment + timedelta(hours=3), "waiting", self.look_who_waits)

    def _plan_review(self, moment: datetime) -> None:
        """What follows a first look at `moment` that asked for opinions."""
        later, story = self.cast.timetable.later, self.story
        for opinion in story.get("opinions", ()):
            moment = later(moment, opinion["after_days"], f"{self.name} {opinion['kind']}")
            self._at(moment, "opinions", partial(self.give_opinion, opinion))
        if "reply" in story:
            moment = later(moment, story["invited_after_days"], f"{self.name} invited")
            self._at(moment, "invitations", partial(self.write, "reply_invitation"))
            moment = later(moment, story["reply"]["after_days"], f"{self.name} reply")
            self._at(moment, "answers", self.answer)
        if "decision" in story:
            moment = later(moment, story["decision"]["after_days"], f"{self.name} decision")
            self._at(moment, "decisions", self.decide)
            if story["stage"] != "countersign_waiting":
                self._plan_second_person(moment, story["decision"])
                self._at(moment + timedelta(hours=6), "outcome letters", partial(self.write, "outcome"))
            if "appeal" in story:
                self._plan_appeal(moment, story["appeal"])
            if "closed" in story:
                moment = later(moment, story["closed"]["after_days"], f"{self.name} closed")
                self._at(moment, "closed cases", self.close)

    def _plan_second_person(self, moment: datetime, told: dict[str, Any]) -> None:
        """A second person, where the product asks for one."""
        steps = after_deciding.second_steps(self.cast.session, self.case, told, self._titles(told["sources"]))
        for hours, (what, step) in enumerate(steps, start=2):
            self._at(moment + timedelta(hours=hours), what, step)

    def _plan_appeal(self, moment: datetime, told: dict[str, Any]) -> None:
        later, session, case = self.cast.timetable.later, self.cast.session, self.case
        moment = later(moment, told["after_days"], f"{self.name} appeal")
        self._at(moment, "appeals", lambda: after_deciding.make_appeal(session, case, told))
        if "hearing" in told:
            moment = later(moment, told["hearing"]["after_days"], f"{self.name} hearing")
            self._at(moment, "appeals heard", lambda: after_deciding.hear(session, case, told["hearing"]))

    def _at(self, moment: datetime, what: str, step: Callable[[], None]) -> None:
        def play() -> None:
            if not self.halted:
                self.halted = not self.cast.act(f"{what}: {self.name}", step)

        self.cast.timetable.plan(moment, play)

    def release(self) -> None:
        """Where the engine heard somebody speaking up, the guardian reads first and lets the rest go on."""
        if self.case.stage == "held":
            release_from_hold(
                self.cast.session,
                self.case.holder,
                case=self.case,
                version=self.case.version,
                concern=self.cast.voice("guardian_concern", self.name),
                reason=self.cast.voice("guardian_release", self.name),
            )

    def answer_concern(self) -> None:
        """The guardian answers what was raised, and the case ends with that."""
        told = self.story["guardian"]
        self._give_to(told["by"])
        end_tasks(self.cast, self.case)
        answer_concern(
            self.cast.session,
            self.case.holder,
            case=self.case,
            version=self.case.version,
            concern=self.cast.voice("guardian_concern", self.name),
            answer=told["answer"],
        )

    def look_who_waits(self) -> None:
        """Nothing happens yet: only see that the case lies where the story says."""
        named = self.story["waits_for"]
        holds = (
            "hr" in self.case.holder.role_names
            if named == "hr"
            else self.case.holder is self.cast.people[named]
        )
        if not holds:
            self._played_by_another(self.case.holder)

    def step_back(self) -> None:
        """The holder declares a conflict of interest, and the case goes to the next."""
        self._give_to(self.story["recusal"]["by"])
        recuse(
            self.cast.session,
            self.case.holder,
            case=self.case,
            version=self.case.version,
            reason=self.story["recusal"]["reason"],
        )

    def ask_for_review(self) -> None:
        """The first look, which asks for opinions and names who decides."""
        told = self.story["triage"]
        self._give_to(told["by"])
        named = self.cast.people[told["decider"]]
        writers = [self.cast.people[one["by"]] for one in self.story.get("opinions", ())]
        decider = decider_for(self.cast.session, self.case, told["route"], named, writers)
        if decider is not named:
            self._played_by_another(decider)
        triage(
            self.cast.session,
            self.case.holder,
            case=self.case,
            version=self.case.version,
            identity="theirs",
            how_known=told.get("how_known") or self.cast.voice("how_known", self.name),
            outcome="review",
            reason=told["note"],
            route=told["route"],
            decider=decider,
        )

    def close_at_first_look(self) -> None:
        """The first look, with which it ends."""
        told = self.story["closed"]
        self._give_to(told["by"])
        close_at_first_look(
            self.cast,
            self.case,
            closure=told["closure"],
            reason=told["note"],
            salt=self.name,
            message=told.get("message"),
        )

    def give_opinion(self, told: dict[str, Any]) -> None:
        """One opinion, by who is named or by whoever may."""
        named = self.cast.people[told["by"]]
        writer = opinion_writer(self.cast.session, self.case, told["kind"], named)
        if writer is not named:
            self._played_by_another(writer)
        give_opinion(
            self.cast.session,
            writer,
            case=self.case,
            version=self.case.version,
            kind=told["kind"],
            seriousness=told["seriousness"],
            findings=told["findings"],
            mitigation=told["mitigation"],
            sources=self._titles(told["sources"]),
            just_culture=told.get("just_culture") or self.cast.files.voices["just_culture"],
        )

    def answer(self) -> None:
        """The author's answer."""
        told = self.story["reply"]
        reply(
            self.cast.session,
            self.case.subject,
            case=self.case,
            version=self.case.version,
            text=told["text"],
            companion=told["companion"] or "",
        )

    def write(self, kind: str) -> None:
        """A letter to the author, by whoever holds the case, or by its decider where it is decided."""
        sender = self._decider() if self.case.decision else self.case.holder
        write_letter(self.cast, self.case, sender, kind)

    def decide(self) -> None:
        """The decision, by whoever was named for it."""
        told = self.story["decision"]
        decide(
            self.cast.session,
            self._decider(),
            case=self.case,
            version=self.case.version,
            outcome=told["outcome"],
            reasons=told["reasons"],
            sources=self._titles(told["sources"]),
            proportionality=told.get("proportionality") or self.cast.files.voices["proportionality"],
        )

    def close(self) -> None:
        """Closing, once what was asked is done; an appeal has closed it before."""
        if self.case.stage == "closed":
            return
        reason = self.story["closed"]["note"]
        end_tasks(self.cast, self.case)
        close_case(
            self.cast.session, self._decider(), case=self.case, version=self.case.version, reason=reason
        )

    def _decider(self) -> Person:
        return self.case.decider or self.case.holder

    def _give_to(self, key: str) -> None:
        """Have the case held by whom the story names, if the product lets them hold it."""
        named = self.cast.people[key]
        if self.case.holder is named:
            return
        if may_hold(named, self.case) is not None:
            self._played_by_another(self.case.holder)
            return
        self.cast.counts["cases handed over"] += 1
        hand_over(
            self.cast.session,
            self.case.holder,
            case=self.case,
            version=self.case.version,
            part="holder",
            to=named,
            reason=self.cast.voice("handing_over", self.name),
        )

    def _played_by_another(self, person: Person) -> None:
        self.cast.fall_short("played by somebody else than the story names", f"{self.name}: {person.name}")

    def _titles(self, ids: list[str]) -> list[str]:
        return [self.cast.rulebook.sources[one].title for one in ids]


def close_at_first_look(
    cast: Cast, case: Case, *, closure: str, reason: str, salt: str, message: str | None = None
) -> None:
    """Close a case from triage. Coaching is for low harm: where the score is above that, it is no concern or nothing."""
    if closure == "coaching" and case.severity not in ("none", "low", "medium"):
        cast.fall_short("closed without coaching, since it scored too high for that", salt)
        closure = "no_concern"
    end_tasks(cast, case)
    triage(
        cast.session,
        case.holder,
        case=case,
        version=case.version,
        identity="theirs",
        how_known=cast.voice("how_known", salt),
        outcome=closure,
        reason=reason,
        message=message or cast.voice("coaching_message", salt),
    )
