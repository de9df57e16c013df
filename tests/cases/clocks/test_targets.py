"""Targets as data: whole, labelled, and laid over by an organisation's own."""

import pytest

from governance.assessments.models import SEVERITIES
from governance.cases.clocks.targets import (
    UNVERIFIED,
    read_targets,
    shipped_targets,
    targets_in_use,
    use_targets,
    with_targets,
)
from governance.cases.models import STAGES
from governance.kernel.errors import SettingsError


def test_every_open_stage_has_a_target_for_every_severity_and_says_where_from():
    for stage in STAGES:
        for severity in SEVERITIES:
            target = shipped_targets().of_stage(stage, severity)
            assert (target is None) == (stage == "closed"), stage
            assert target is None or target.source == UNVERIFIED


def test_worse_cases_never_have_longer():
    for stage in STAGES[:-1]:
        days = [shipped_targets().of_stage(stage, severity) for severity in SEVERITIES]
        lengths = [one.length * (1 if one.unit == "hours" else 24) for one in days]
        assert lengths == sorted(lengths, reverse=True), stage


def test_the_author_has_as_long_whatever_the_severity():
    assert {shipped_targets().of_stage("reply", one).length for one in SEVERITIES} == {10}


def own(tmp_path, text):
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_organisation_says_only_what_differs(tmp_path):
    path = own(tmp_path, 'calendar = "scotland"\n[stages.triage]\nhigh = { hours = 8, warn = 2 }\n')
    targets = read_targets(path)
    assert targets.nation == "scotland"
    assert (targets.of_stage("triage", "high").length, targets.of_stage("triage", "high").unit) == (
        8,
        "hours",
    )
    assert (
        targets.of_stage("triage", "critical").length
        == shipped_targets().of_stage("triage", "critical").length
    )
    assert targets.of_stage("triage", "high").source == "the organisation's own figure"
    assert targets.of_stage("reply", "high") == shipped_targets().of_stage("reply", "high")


def test_any_takes_the_place_of_every_figure_of_its_stage(tmp_path):
    targets = read_targets(own(tmp_path, "[stages.triage]\nany = { working_days = 3 }\n"))
    assert {targets.of_stage("triage", one).length for one in SEVERITIES} == {3}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('calendar = "france"', "calendar must be one of"),
        ("colour = 1", "unknown entry colour"),
        ("[stages.court]\nany = { hours = 1 }", "unknown entry in stages"),
        ("[stages.triage]\nsevere = { hours = 1 }", "unknown entry severe"),
        ("[stages.triage]\nhigh = { weeks = 1 }", "stages.triage.high"),
        ("[stages.triage]\nhigh = { hours = 1, working_days = 1 }", "stages.triage.high"),
        ("[stages.triage]\nhigh = { hours = 0 }", "from 1 to 1,000"),
        ("[stages.triage]\nhigh = { hours = 2, warn = 3 }", "from 1 to 1,000"),
        ("[stages.triage]\nhigh = { hours = true }", "from 1 to 1,000"),
        ("[stages.triage]\nhigh = 3", "stages.triage.high"),
        ("stages = 3", "unknown entry in stages"),
        ("[tasks.data_breach]\ntarget = { hours = 96 }", "72 hours by law"),
        ("[tasks.data_breach]\ntarget = { working_days = 3 }", "72 hours by law"),
        ("[tasks.takedown]\nany = { hours = 1 }", "unknown entry any in tasks.takedown"),
        ("[tasks.lunch]\ntarget = { hours = 1 }", "unknown entry in tasks"),
        ("[stages]\ntriage = 3", "must be a table"),
        ("[stages", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, said):
    with pytest.raises(SettingsError, match=said):
        read_targets(own(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nothing\.toml cannot be read"):
        use_targets(tmp_path / "nothing.toml")


def test_a_process_works_with_the_figures_it_was_given(tmp_path):
    other = read_targets(own(tmp_path, 'calendar = "wales"'))
    with with_targets(other):
        assert targets_in_use() is other
    assert targets_in_use() is shipped_targets()
