"""The OpenAPI document holds: schemathesis asks whatever it allows and forbids, with seeded ids and wrong tokens."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from sqlalchemy import select
from sqlalchemy.orm import Session

from governance.accounts.models import SocialAccount
from governance.cases.models import Case as CaseFile
from governance.posts.models import Post
from tests.factories.posts import make_draft, submit, words
from tests.fixtures.organisation import Organisation

SPEC = "/api/v1/openapi.json"
EXAMPLES = 25  # for each operation and mode: the whole takes well under a minute
pytestmark = [pytest.mark.parametrize("database_url", ["sqlite"], indirect=True), pytest.mark.slow]

# An unknown parameter whose value is an empty list is never sent, and is then rightly not refused.
LOST_ON_THE_WAY = [negative_data_rejection]
PATHS = {
    "/api/v1/accounts",
    "/api/v1/accounts/{account_id}",
    "/api/v1/posts",
    "/api/v1/posts/{post_id}",
    "/api/v1/cases",
    "/api/v1/cases/{reference}",
    "/api/v1/score",
}


@pytest.fixture
def seeded(session: Session, organisation: Organisation) -> dict[str, list[Any]]:
    """Things to find, by the name of the path's parameter that names them."""
    submit(session, organisation.nurse, words("high"))
    submit(session, organisation.colleague)
    make_draft(session, organisation.nurse)
    session.commit()
    found = {
        "account_id": list(session.scalars(select(SocialAccount.id))),
        "post_id": list(session.scalars(select(Post.id))),
        "reference": list(session.scalars(select(CaseFile.reference))),
    }
    session.rollback()
    assert all(found.values())
    return found


@pytest.fixture
def operations(app: Flask) -> list[APIOperation]:
    schema = schemathesis.openapi.from_wsgi(SPEC, app)
    return [found.ok() for found in schema.get_all_operations()]


def bounded(examples: int) -> settings:
    """As many examples each time, and none kept between runs: the database behind them is new."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_the_document_is_openapi_3_1_of_the_api_alone(app: Flask):
    schema = schemathesis.openapi.from_wsgi(SPEC, app)
    schema.validate()
    document = schema.raw_schema
    assert document["openapi"] == "3.1.0"
    assert document["paths"].keys() == PATHS
    schemes = document["components"]["securitySchemes"]
    assert [(one["type"], one["scheme"]) for one in schemes.values()] == [("http", "bearer")]
    for path in document["paths"].values():
        for operation in path.values():
            ((scheme, scopes),) = operation["security"][0].items()
            assert scheme in schemes
            assert len(scopes) == 1
            errors = {status for status in operation["responses"] if status >= "4"}
            assert {"401", "403"} <= errors
            shapes = {str(operation["responses"][status]["content"]) for status in errors}
            assert len(shapes) == 1


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_the_document_promises(
    operations: list[APIOperation],
    seeded: dict[str, list[Any]],
    organisation: Organisation,
    token: Callable[..., str],
    mode: GenerationMode,
):
    headers = {"Authorization": f"Bearer {token(organisation.manager)}"}
    statuses: set[int] = set()
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
            continue  # every text is a well-formed reference: there is nothing to forbid

        @bounded(EXAMPLES)
        @given(case=operation.as_strategy(generation_mode=mode, headers=headers), known=st.data())
        def ask(case: Case, known: st.DataObject) -> None:
            if mode is GenerationMode.POSITIVE:
                for name in case.path_parameters or {}:
                    if known.draw(st.booleans()):
                        case.path_parameters[name] = known.draw(st.sampled_from(seeded[name]))
            reply = case.call()
            case.validate_response(reply, excluded_checks=LOST_ON_THE_WAY if case.method == "GET" else [])
            statuses.add(reply.status_code)

        ask()
    assert statuses == {200, 404} if mode is GenerationMode.POSITIVE else 422 in statuses


def test_a_wrong_token_gets_nothing_whatever_is_asked(
    operations: list[APIOperation],
    seeded: dict[str, list[Any]],
    token: Callable[..., str],
    organisation: Organisation,
):
    ended, narrow = token(organisation.manager, days=-1), token(organisation.manager, "nothing")
    answers: set[int] = set()
    for operation in operations:

        @bounded(5)
        @given(case=operation.as_strategy(), secret=st.sampled_from([None, "", "wrong", ended, ended[:-1]]))
        def ask(case: Case, secret: str | None) -> None:
            case.headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
            reply = case.call()
            case.validate_response(reply, excluded_checks=[positive_data_acceptance])
            answers.add(reply.status_code)

        ask()
        case = operation.Case(
            path_parameters={name: seeded[name][0] for name in seeded if name in operation.path}
        )
        case.headers = {"Authorization": f"Bearer {narrow}"}
        answers.add(case.call().status_code)
    assert answers == {401, 403}
