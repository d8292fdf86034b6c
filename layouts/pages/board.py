"""The board: how the West Midlands stands against the 12 missions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from layouts.addresses import mission_address
from layouts.page import Page, Region
from layouts.pages.held import Held, board_metrics, read_held
from layouts.pages.metric_rows import MetricRow, metric_rows
from layouts.pages.standing import (
    MEANINGS,
    Tally,
    comparison_in_short,
    comparison_sentence,
    tally,
    verdicts_sentence,
)
from layouts.request import PageRequest
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Role
from metrics.measures.results import AreaFacts, ClauseSummary
from metrics.mission import Clause, Mission

QUESTION = "How does the West Midlands stand against the 12 missions?"


@dataclass(frozen=True, slots=True)
class MissionBlock:
    """One mission on the board. `rows` have figures; `not_held` say why they have none.

    `computed` are worked out here, and say from what.
    """

    mission: Mission
    address: str
    clauses: tuple[tuple[Clause, ClauseSummary], ...]
    tallies: tuple[Tally, ...]
    rows: tuple[MetricRow, ...]
    computed: tuple[MetricRow, ...]
    not_held: tuple[MetricRow, ...]
    # How the region compares with England on the rows, in a few words.
    beside: str


def build(request: PageRequest) -> Page:
    """The page at `/`."""
    catalogue = request.catalogue
    chosen = {number: board_metrics(catalogue, number) for number in catalogue.missions}
    held = read_held(request.store, [metric for several in chosen.values() for metric in several])
    blocks = [_block(mission, catalogue, held) for mission in catalogue.missions.values()]
    summaries = [summary for block in blocks for _, summary in block.clauses]
    answer = verdicts_sentence("the 12 missions", summaries)
    compared = [facts for block in blocks for facts in _combined(block.rows, held)]
    opening = render(
        "board.html",
        question=QUESTION,
        answer=answer,
        comparison=comparison_sentence(compared, "series below that stand for a mission"),
        blocks=blocks,
        framework=catalogue.framework,
    )
    return Page(
        title=QUESTION,
        description=answer,
        parts=(
            Region("board", opening),
            *(
                Region(f"block-{block.mission.number}", render("board_mission.html", block=block))
                for block in blocks
            ),
            Region("key", render("verdict_key.html", meanings=MEANINGS)),
        ),
    )


def _block(mission: Mission, catalogue: Catalogue, held: Held) -> MissionBlock:
    clauses = tuple((clause, held.summary(clause)) for clause in mission.clauses)
    rows = metric_rows(board_metrics(catalogue, mission.number), held)
    return MissionBlock(
        mission,
        mission_address(mission),
        clauses,
        tally(summary for _, summary in clauses),
        tuple(row for row in rows if not row.why),
        tuple(row for row in rows if row.why and row.metric.figures == "computed"),
        tuple(row for row in rows if row.why and row.metric.figures != "computed"),
        comparison_in_short(_combined(rows, held)),
    )


def _combined(rows: Iterable[MetricRow], held: Held) -> list[AreaFacts | None]:
    """What is known of the combined authority in each row with figures of the mission's own.

    A metric that stands in for another is left out: what it says is not what the mission asks.
    """
    return [
        held.combined.get((row.metric.id, row.breakdown))
        for row in rows
        if not row.why and row.metric.role is not Role.REPLACEMENT
    ]
