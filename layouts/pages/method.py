"""How the figures are judged: every rule, what each verdict means, and what cannot be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from data.reads import read_measures
from data.tables import BLANK_STATUSES, STATUS_LETTERS
from layouts.addresses import mission_address
from layouts.page import Page, Region
from layouts.pages.clause_words import KIND_WORDS
from layouts.pages.method_examples import make_examples
from layouts.pages.method_stored import read_stored
from layouts.pages.standing import DIFFERING_WORDS, MEANINGS
from layouts.request import PageRequest
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.measures.results import Cause, ClauseSummary, Verdict
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_count

TITLE = "How the figures are judged"
# What stands behind "Cannot be shown", by the words that follow it.
CAUSE_MEANINGS: dict[Cause, str] = {
    Cause.INTERVAL: "The margins of error are too wide to tell which way it goes.",
    Cause.PACE: "It is getting better, beyond the margin of error; whether fast enough to be there "
    "by the date is within it.",
    Cause.BASELINE: "Counted from before the pandemic the answer is one, counted from the White "
    "Paper it is another. Both are given.",
    Cause.NO_BASELINE: "The figures do not go back far enough to count a change from.",
    Cause.NOMINAL: "The figures are in the money of each year, so a rise may be nothing but "
    "inflation.",
    Cause.FEW_POINTS: "There are too few figures that can be compared with each other.",
    Cause.TIES: "The answer depends on areas that stand exactly level at the cut between the "
    "lowest third and the others.",
    Cause.NO_INTERVAL: "The figures come from a sample or a model without a published margin of "
    "error, or are rates whose counts are not held.",
    Cause.BREAK: "The method changed between the two periods.",
    Cause.DATE: "The date has passed, or no later figure will be out by then, and none is held "
    "for it.",
    Cause.METHODS_DISAGREE: "The gap as published and the gap with sampling noise taken out lead "
    "to different answers.",
    Cause.NO_RATIO: "What is to be divided by is zero or less: no public money was added, so none "
    "can have been drawn in by it; or a share more is asked of a figure that was nothing.",
}
STATUS_MEANINGS = {
    "b": "The method changed here. Figures on either side are not compared.",
    "c": "Kept back by the publisher, so that nobody can be recognised.",
    "e": "Estimated by the publisher.",
    "f": "A forecast by the publisher. The product makes none of its own.",
    "low": "Too small for the publisher to print.",
    "p": "Provisional: the publisher expects to change it.",
    "r": "Changed since it was first published.",
    "u": "Unreliable, often because the sample was too small.",
    "x": "Not available. Also used where the publisher leaves a blank and gives no reason.",
    "z": "Does not apply to this area or period.",
}
# Verdicts that leave the question open, in the order in which the page lists their statements.
OPEN_VERDICTS = (Verdict.NOT_MEASURABLE, Verdict.NO_DATA, Verdict.CANNOT_BE_SHOWN, None)
OPEN_WORDS = {
    Verdict.NOT_MEASURABLE: "Not measurable as worded",
    Verdict.NO_DATA: "No data",
    Verdict.CANNOT_BE_SHOWN: "Cannot be shown",
    None: "Judged differently by different metrics",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause as this page lists it."""

    clause: Clause
    address: str
    words: str
    sentence: str


def build(request: PageRequest) -> Page:
    """The page at `/method`."""
    catalogue = request.catalogue
    clauses = {
        name: ClauseSummary.model_validate_json(text)
        for (name, _), text in read_measures(request.store, "clause", area_code="").items()
    }
    examples = make_examples(read_stored(request.store, catalogue, clauses))
    count = write_count(len(catalogue.clauses), "statement", "statements")
    answer = (
        f"The missions are split into the {count} that their words make. Each gets one of "
        f"{len(MEANINGS)} verdicts, and a verdict is never stronger than the figures behind it."
    )
    reached = Counter(one.verdict for one in clauses.values())
    return Page(
        title=TITLE,
        description=answer,
        parts=(
            Region("method", render("method_opening.html", title=TITLE, answer=answer)),
            Region(
                "verdict-words",
                render(
                    "method_verdicts.html",
                    meanings=MEANINGS,
                    reached=reached,
                    causes=CAUSE_MEANINGS.items(),
                    differing=DIFFERING_WORDS,
                ),
            ),
            Region(
                "rules",
                render("method_rules.html", examples=examples, kinds=_kinds(catalogue)),
            ),
            Region("change-rules", render("method_change.html", examples=examples)),
            Region(
                "area-rules",
                render(
                    "method_areas.html",
                    examples=examples,
                    statuses=[
                        (letter, words, STATUS_MEANINGS[letter], letter in BLANK_STATUSES)
                        for letter, words in STATUS_LETTERS.items()
                    ],
                ),
            ),
            Region(
                "what-is-open",
                render("method_limits.html", open=_open_statements(catalogue, clauses)),
            ),
        ),
        path=request.path,
    )


# How each kind of statement gets its verdict, in a sentence or two.
KIND_RULES: dict[ClauseKind, str] = {
    ClauseKind.RISES_EVERYWHERE: "Met when all have clearly risen; moving away when one has "
    "clearly fallen.",
    ClauseKind.FALLS_EVERYWHERE: "Met when all have clearly fallen; moving away when one has "
    "clearly risen.",
    ClauseKind.GAP_CLOSES: "On course when it has clearly narrowed, plainly and with the noise "
    "taken out.",
    ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES: "On course when it has clearly narrowed, plainly and "
    "with the noise taken out.",
    ClauseKind.REACHES: "Met when the whole margin of error is there; before that, by pace.",
    ClauseKind.RISES_BY: "Met when the whole margin of error of the rise is there; before that, "
    "by pace.",
    ClauseKind.FALLS_BY: "Met when the whole margin of error of the fall is there; before that, "
    "by pace.",
    ClauseKind.COHORT_RISES_BY: "The areas are fixed at the start and followed; those level at "
    "the cut are read both ways.",
    ClauseKind.COUNT_RISES_BY: "By numbers, never by rates; no data until the number at the start "
    "is held.",
    ClauseKind.WORST_IMPROVE_MOST: "On course when the worst tenth, picked by an earlier period, "
    "has clearly improved and clearly more than the rest.",
    ClauseKind.LEVERAGES: "Added money divided by added money, where both are on one basis.",
    ClauseKind.COVERAGE: "Met when everybody in England lives under such a deal; before that, by "
    "pace.",
    ClauseKind.HAS_SETTLEMENT: "Met when everybody in England lives where a settlement is in "
    "force; before that, by pace.",
    ClauseKind.NOT_MEASURABLE: "The words are kept and the nearest evidence stands beside them.",
}


def _kinds(
    catalogue: Catalogue,
) -> list[tuple[ClauseKind, str, str, list[Statement]]]:
    """The kinds of test that the missions set, each with its statements."""
    of_kind: dict[ClauseKind, list[Statement]] = {kind: [] for kind in KIND_WORDS}
    for clause in catalogue.clauses.values():
        of_kind[clause.kind].append(_statement(catalogue, clause, "", ""))
    return [
        (kind, KIND_WORDS[kind], KIND_RULES[kind], several)
        for kind, several in of_kind.items()
        if several
    ]


def _open_statements(
    catalogue: Catalogue, clauses: Mapping[str, ClauseSummary]
) -> list[tuple[Verdict | None, str, list[Statement]]]:
    """The statements that the figures leave open, by verdict, each with the reason."""
    found = []
    for verdict in OPEN_VERDICTS:
        several = [
            _statement(catalogue, clause, summary.words, summary.sentence)
            for clause in catalogue.clauses.values()
            if (summary := clauses.get(clause.id)) is not None and summary.verdict is verdict
        ]
        if several:
            found.append((verdict, OPEN_WORDS[verdict], several))
    return found


def _statement(catalogue: Catalogue, clause: Clause, words: str, sentence: str) -> Statement:
    address = mission_address(catalogue.missions[clause.mission])
    return Statement(clause, address, words, sentence)
