"""The guidance as a document: what each kind of concern means, the rules that stand on it, and their sources."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from governance.entrance.database import db
from governance.entrance.gate import permission
from governance.guidance.rulebook import Rule, Rulebook
from governance.insight.rule_use import rule_use, since
from governance.kernel.errors import Missing
from governance.rulebooks.in_use import rulebook_in_use

guidance = Blueprint("guidance", __name__, url_prefix="/guidance")

READING_WORDS = {
    "V": "Read in the source itself",
    "V2": "Read in another page that reports it",
    "T": "Read in the source; its number was not seen",
    "U": "General knowledge of the field; not read in the source",
}
CONSEQUENCE_WORDS = {
    "employment": "your employment",
    "regulatory": "your registration",
    "legal": "the law",
    "financial": "money",
}
ROUTE_WORDS = {
    "clinical": "a clinical lead",
    "hr": "HR",
    "both": "a clinical lead and HR",
    "data_protection": "the data protection officer",
}


@guidance.get("/")
@permission("guidance.see")
def index() -> ResponseReturnValue:
    """The rulebook from its beginning."""
    book = rulebook_in_use(db.session)
    counts = {category: len(live_rules(book, category)) for category in book.categories}
    return render_template("guidance/index.html", book=book, counts=counts, reading=READING_WORDS)


@guidance.get("/concerns/<category_id>")
@permission("guidance.see")
def category(category_id: str) -> ResponseReturnValue:
    """One kind of concern with its rules, and how often each spoke here."""
    book = rulebook_in_use(db.session)
    if category_id not in book.categories:
        raise Missing("There is no such kind of concern. Choose one from the guidance.")
    rules = live_rules(book, category_id)
    found = book.categories[category_id]
    return render_template(
        "guidance/category.html",
        book=book,
        category=found,
        concerns=[CONSEQUENCE_WORDS[one] for one in found.consequences],
        first_look=ROUTE_WORDS[found.route],
        rules=rules,
        use=rule_use(db.session, [rule.id for rule in rules]),
        since=since(),
        rule_title=rule_title,
    )


@guidance.get("/sources/<source_id>")
@permission("guidance.see")
def source(source_id: str) -> ResponseReturnValue:
    """One source: what it asks, in our words, and the rules that stand on it."""
    book = rulebook_in_use(db.session)
    if source_id not in book.sources:
        raise Missing("There is no such source. Choose one from the guidance.")
    citing = [
        (rule, sorted({cite.paragraph or "" for cite in rule.cites if cite.source == source_id}))
        for rule in book.rules.values()
        if rule.sort == "category"
        and rule.status == "live"
        and any(cite.source == source_id for cite in rule.cites)
    ]
    return render_template(
        "guidance/source.html",
        book=book,
        source=book.sources[source_id],
        citing=citing,
        reading=READING_WORDS,
        rule_title=rule_title,
    )


def live_rules(book: Rulebook, category_id: str) -> list[Rule]:
    """The rules of a kind of concern that speak today; those that are only being measured are left out."""
    return [
        rule
        for rule in book.rules.values()
        if rule.sort == "category" and rule.serves == category_id and rule.status == "live"
    ]


def rule_title(rule: Rule) -> str:
    """What a rule is called on a page: its name without the category."""
    return rule.id.partition(".")[2].replace("_", " ").capitalize() or rule.id
