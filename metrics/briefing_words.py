"""A brief in words: its answer, its sections with tables and lists, each figure cited."""

from __future__ import annotations

from collections.abc import Sequence

from data.brief_reads import Expected
from data.periods import day_in_words
from metrics.brief import Brief, BriefSection, BriefTable, Line
from metrics.briefing_known import Question, capital, subject_of
from metrics.briefing_questions import questions
from metrics.briefing_reading import BriefFacts
from metrics.briefing_results import Movement, Outcome, SinceThen
from metrics.briefing_rows import (
    FIRST_SHOWN,
    due_table,
    lost_table,
    moved_table,
    revised_table,
    untested_lines,
)
from metrics.measures.results import Quality
from metrics.wording import write_count, write_list

TITLE = "Brief for a meeting"
MOST_QUESTIONS = 12
# The share of tests at the level of 5% that are clear where nothing differs.
CLEAR_BY_CHANCE = 0.05
QUIET = "nothing has moved beyond noise"
ONLY_PUBLISHED = (
    "Only published figures count here, each area's newest beside its newest on the day. What is "
    "worked out here for a group is left out."
)


def write_brief(facts: BriefFacts, *, assumed: bool) -> Brief:
    """The brief of some areas; `assumed` where the day of the previous meeting was not given."""
    asked, known = facts.asked, facts.known
    labels = {code: label for code, (_, label) in asked.names.items()}
    about = _about(facts, assumed)
    nothing = _nothing_known(facts)
    if nothing:
        return Brief(TITLE, nothing, about, (_due(facts),) if known.due else (), (), labels)
    asked_here = questions(known)
    return Brief(
        TITLE,
        _answer(facts, asked_here),
        about,
        (_moved(facts, labels), _changed(facts, labels), _due(facts), _asked(asked_here)),
        _sources(facts),
        labels,
    )


def _about(facts: BriefFacts, assumed: bool) -> tuple[str, ...]:
    asked = facts.asked
    names = [in_text for in_text, _ in asked.names.values()]
    since = f"Since the meeting of {day_in_words(asked.since)}"
    if assumed:
        since = (
            "No day of a previous meeting was given, so this brief begins on "
            f"{day_in_words(asked.since)}, three months before the newest figures became known "
            "here or when the first did"
        )
    until = f"Next meeting: {day_in_words(asked.last_day)}"
    if asked.until is None:
        until = (
            "No next meeting was given, so what is due is told up to "
            f"{day_in_words(asked.last_day)}, three months from today"
        )
    return (f"For {write_list(names)}.", f"{since}.", f"{until}.")


def _nothing_known(facts: BriefFacts) -> str:
    """Why there can be nothing to tell; empty where there can."""
    if facts.first_held is None:
        return "No figures are held here, so nothing can have moved."
    if facts.asked.since < facts.first_held:
        return (
            f"On {day_in_words(facts.asked.since)} no figure was known here: the first became "
            f"known on {day_in_words(facts.first_held)}. Choose that day or a later one."
        )
    return ""


def _answer(facts: BriefFacts, asked: Sequence[Question]) -> str:
    since = facts.known.since
    day = day_in_words(facts.asked.since)
    first = f"Since {day}, {_movements(since)}"
    beyond = sum(one.beyond is True for one in since.revised)
    told = [first, _count_of_revisions(since, beyond)]
    if since.lost:
        told.append(f"{write_count(len(since.lost), 'is', 'are')} withdrawn, withheld or missing")
    due = write_count(len(facts.known.due), "dataset is", "datasets are")
    told.append(f"{due if facts.known.due else 'no dataset is'} due")
    told.append(f"the figures raise {write_count(len(asked), 'question', 'questions')}")
    if not asked:
        told[-1] = "the figures raise no question"
    return f"{'; '.join(told)}."


def _movements(since: SinceThen) -> str:
    """How many new figures moved, of how many that could be tested."""
    moved, untested = since.of(Outcome.MOVED), len(since.of(Outcome.UNTESTED))
    tested = len(since.movements) - untested
    if not since.movements:
        return f"{QUIET}: no new figure can be set beside one known then"
    new = write_count(untested, "new figure", "new figures")
    if not tested:
        return f"nothing can be shown to have moved: {new} could not be tested"
    rest = f", and {write_count(untested, 'other', 'others')} could not be tested"
    could = write_count(tested, "new figure", "new figures")
    if not moved:
        return f"{QUIET}: of {could} that could be tested none is clearly different" + (
            rest if untested else ""
        )
    return (
        f"{len(moved):,} of {could} that could be tested moved beyond noise "
        f"({_directions(moved)}){rest if untested else ''}"
    )


def _count_of_revisions(since: SinceThen, beyond: int) -> str:
    if not since.revised:
        return "no figure was revised"
    count = write_count(len(since.revised), "figure was", "figures were")
    if all(one.beyond is None for one in since.revised):
        return f"{count} revised, and it cannot be told whether clearly"
    if len(since.revised) == 1:
        return f"{count} revised, {'clearly' if beyond else 'but not clearly'}"
    return f"{count} revised, {beyond if beyond else 'none'} of them clearly"


def _directions(moved: Sequence[Movement]) -> str:
    counts = [
        f"{number} for the {value.value}"
        for value in (Quality.WORSE, Quality.BETTER)
        if (number := sum(one.quality is value for one in moved))
    ]
    uncalled = sum(one.quality is Quality.NONE for one in moved)
    if uncalled:
        counts.append(f"{uncalled} where neither direction is called better")
    return write_list(counts)


def _moved(facts: BriefFacts, labels: dict[str, str]) -> BriefSection:
    since = facts.known.since
    moved, within = since.of(Outcome.MOVED), since.of(Outcome.WITHIN)
    tables = (moved_table(moved, labels, facts.asked.since),) if moved else ()
    opening = (
        _chance(since) if since.movements else "No new figure can be set beside one known then."
    )
    if not moved and len(since.of(Outcome.UNTESTED)) < max(len(since.movements), 1):
        opening = f"{capital(QUIET)}. {opening}"
    closing = ONLY_PUBLISHED
    revised_away = sum(bool(one.reason) for one in within)
    if revised_away:
        closing += (
            f" {write_count(revised_away, 'difference is', 'differences are')} not claimed, "
            "because the earlier figure was revised and beside what it is now they are not clear."
        )
    closing += _first(since)
    lines = tuple(
        Line(words, cites)
        for words, cites in untested_lines(since.of(Outcome.UNTESTED), facts.asked.names)
    )
    return BriefSection(
        "moved", "What has moved beyond noise", opening, tables, lines, closing=closing
    )


def _chance(since: SinceThen) -> str:
    """How many tests were made, of which kind, and how many would be clear by chance."""
    tested = [one for one in since.movements if one.outcome is not Outcome.UNTESTED]
    chancy = since.chance_tests
    exact = len(tested) - len(chancy)
    untested = len(since.movements) - len(tested)
    told = []
    if chancy:
        clear = sum(one.outcome is Outcome.MOVED for one in chancy)
        expected = len(chancy) * CLEAR_BY_CHANCE
        by_chance = f"about {expected:.0f}" if expected >= 1 else "fewer than one"
        told.append(
            f"{write_count(len(chancy), 'new figure', 'new figures')} with a margin of error "
            f"{'was' if len(chancy) == 1 else 'were'} tested, each on its own, and "
            f"{clear if clear else 'none'} moved clearly. About one test in twenty is clear by "
            f"chance alone, which makes {by_chance} of so many."
        )
    if exact:
        counted = ("new figure is a complete count", "new figures are complete counts")
        told.append(
            f"{write_count(exact, *counted)}, in which every difference of at least the rounding "
            "step counts, however small."
        )
    if untested:
        told.append(
            f"{write_count(untested, 'new figure', 'new figures')} could not be tested, and "
            "nothing is claimed of them."
        )
    return " ".join(told)


def _first(since: SinceThen) -> str:
    """The series that were first held after the day, of which no movement can be told."""
    if not since.first:
        return ""
    titles = list(
        dict.fromkeys(capital(subject_of(one.metric, one.breakdown)) for one in since.first)
    )
    shown = titles[:FIRST_SHOWN]
    if len(titles) > FIRST_SHOWN:
        shown.append(f"{len(titles) - FIRST_SHOWN} more")
    return (
        f" First held here after that day, so without an earlier figure to be set beside: "
        f"{'; '.join(shown)}."
    )


def _changed(facts: BriefFacts, labels: dict[str, str]) -> BriefSection:
    since = facts.known.since
    heading = "What was revised, withdrawn or withheld"
    if not since.revised and not since.lost:
        return BriefSection(
            "revised",
            heading,
            "No figure known on that day was revised, withdrawn or withheld since.",
        )
    told = []
    tables: list[BriefTable] = []
    if since.revised:
        newest = sum(one.newest_then for one in since.revised)
        beyond = sum(one.beyond is True for one in since.revised)
        untold = sum(one.beyond is None for one in since.revised)
        words = (
            f"{write_count(len(since.revised), 'figure was', 'figures were')} revised, "
            f"{newest if newest else 'none'} of them the newest on that day. "
            f"{beyond if beyond else 'None'} "
            f"{'was' if beyond == 1 else 'were'} revised clearly: beyond the 95% interval "
            "published then, or in a complete count by at least the rounding step."
        )
        if untold:
            words += f" Of {untold} it cannot be told: there is no margin of error."
        told.append(words)
        tables.append(revised_table(since.revised, labels))
    if since.lost:
        told.append(
            f"{write_count(len(since.lost), 'figure is', 'figures are')} withdrawn, withheld or "
            "missing from the newest period."
        )
        tables.append(lost_table(since.lost, labels))
    return BriefSection("revised", heading, " ".join(told), tuple(tables))


def _due(facts: BriefFacts) -> BriefSection:
    day = day_in_words(facts.asked.last_day)
    heading = f"What is due by {day}"
    if not facts.known.due:
        return BriefSection("due", heading, f"No newer figures are expected by {day}.")
    return BriefSection(
        "due",
        heading,
        "By the rhythm in which each dataset has come out, or a day that its publisher named. "
        "Overdue means that newer figures should be held by now, whoever is late.",
        (due_table(facts.known.due),),
    )


def _asked(found: Sequence[Question]) -> BriefSection:
    heading = "Questions that the figures raise"
    if not found:
        return BriefSection("questions", heading, "The figures raise no question by these rules.")
    closing = ""
    if len(found) > MOST_QUESTIONS:
        more = len(found) - MOST_QUESTIONS
        closing = f"{write_count(more, 'question is', 'questions are')} not listed."
    return BriefSection(
        "questions",
        heading,
        "Each follows by a fixed rule from what a test has settled, and is put by nobody.",
        lines=tuple(Line(one.words, one.cites) for one in found[:MOST_QUESTIONS]),
        numbered=True,
        closing=closing,
    )


def _sources(facts: BriefFacts) -> tuple[Expected, ...]:
    """The datasets of the figures that are told, in the order of titles."""
    since = facts.known.since
    metrics = [
        *(one.metric for one in since.movements),
        *(one.metric for one in since.revised),
        *(one.metric for one in since.lost),
    ]
    names = {metric.source.dataset for metric in metrics if metric.source}
    found = [one for name, one in facts.expected.items() if name in names]
    return tuple(sorted(found, key=lambda one: one.title))
