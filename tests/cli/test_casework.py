"""docs/casework.md: drawn from the table, and the table tried against the policies with every role at every stage."""

import re

import pytest

from governance.__main__ import main
from governance.cases.models import STAGES
from governance.cli.casework import PAGE, acts, diagram, page_now
from governance.kernel.errors import GovernanceError
from governance.people.roles import PERMISSIONS, ROLE_TITLES, RoleName
from governance.workflow.stages import WAY
from governance.workflow.steps import begin
from tests.factories.cases import case_at
from tests.fixtures.organisation import add_person


def test_the_page_is_true(capsys):
    assert PAGE.read_text(encoding="utf-8") == page_now()
    assert main(["casework", "--check"]) == 0
    assert "true" in capsys.readouterr().out


def test_an_old_page_is_told(capsys, monkeypatch, tmp_path):
    page = tmp_path / "casework.md"
    page.write_text("old", encoding="utf-8")
    monkeypatch.setattr("governance.cli.casework.PAGE", page)
    assert main(["casework", "--check"]) == 1
    assert "--write" in capsys.readouterr().err
    assert main(["casework", "--write"]) == 0
    assert page.read_text(encoding="utf-8") == page_now()


def test_the_diagram_has_every_stage_and_every_way():
    arrows = set(re.findall(r"^    (\w+) --> (\w+) :", diagram(), re.MULTILINE))
    assert arrows == {(stage.name, to) for stage in WAY.values() for to in stage.leads_to}
    assert all(f"as {stage}\n" in diagram() for stage in STAGES)


def test_the_table_has_a_line_for_each_act():
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in acts().splitlines() if "`" in line]
    assert [(row[0], row[1].strip("`")) for row in rows] == [
        (stage.name, act.verb) for stage in WAY.values() for act in stage.acts
    ]
    for row in rows:
        act = next(act for act in WAY[row[0]].acts if act.verb == row[1].strip("`"))
        marked = {role for role, mark in zip(ROLE_TITLES, row[3:-1], strict=True) if mark == "x"}
        assert marked == PERMISSIONS[act.permission]


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_outside_the_table_may_do_it(session, organisation, stage):
    """Every role, at every stage, tries every verb: whoever the policy lets act has a mark in the table."""
    guards = ["protected_disclosure"] if stage == "held" else []
    case = case_at(session, organisation, stage, guards=guards)
    people = [organisation.in_role(role) for role in RoleName]
    people += [organisation.director, organisation.colleague, case.holder]
    people += [add_person(session, f"New {role}", role) for role in RoleName if role is not RoleName.STAFF]
    verbs = {act.verb: act for one in WAY.values() for act in one.acts}
    here = {act.verb: act for act in WAY[stage].acts}
    for person in people:
        for verb in verbs:
            try:
                begin(session, person, case, verb, case.version)
            except GovernanceError:
                continue
            assert verb in here, (person.name, verb, stage)
            assert person.may(here[verb].permission), (person.name, verb, stage)
