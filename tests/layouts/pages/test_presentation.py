"""The steps of the presentation are the board, every mission, and the headline measures held."""

from __future__ import annotations

import pytest

from layouts.pages.presentation import Step, steps_of
from metrics.catalogue import load_catalogue


@pytest.fixture(scope="module")
def steps() -> tuple[Step, ...]:
    return steps_of(load_catalogue())


def test_it_begins_with_the_board_and_has_every_mission_in_order(steps):
    assert steps[0].address == "/present"
    missions = [step.mission.number for step in steps if step.mission and not step.metric]
    assert missions == list(range(1, 13))


def test_only_measures_with_figures_have_a_step_and_each_once(steps):
    measures = [step.metric for step in steps if step.metric]
    assert measures
    assert all(metric.figures == "held" and metric.role == "headline" for metric in measures)
    assert len({step.address for step in steps}) == len(steps)


def test_each_step_leads_to_the_page_behind_it(steps):
    for step in steps:
        expected = "/" if step.mission is None else "/metrics/" if step.metric else "/missions/"
        assert step.page.startswith(expected)
