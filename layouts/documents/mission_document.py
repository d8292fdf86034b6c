"""One mission as a document: its words, clause by clause, and the figures behind the verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.periods import day_in_words
from data.reads import newest_known_on
from layouts.documents.content import Document, Section, Statement
from layouts.documents.pack import PackError
from layouts.documents.series_sections import (
    DRAWN,
    Sources,
    caveats_of,
    figures_table,
    series_title,
    strip_of,
)
from layouts.pages.held import read_held
from layouts.pages.standing import comparison_sentence, verdicts_sentence
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.mission import Mission

_AREAS = (COMBINED_AUTHORITY, *CONSTITUENT, ENGLAND)


def mission_document(store: Connection, catalogue: Catalogue, slug: str) -> Document:
    """The document of a mission, with the figures of the authority, its boroughs and England.

    Raises:
        PackError: there is no such mission, or no figure of it is held.
    """
    mission = catalogue.mission_by_slug(slug)
    if mission is None:
        raise PackError(f"There is no mission called “{slug[:60]}”.")
    metrics = catalogue.metrics_of(mission.number)
    held = read_held(store, metrics)
    sources = Sources.read(store)
    series, without = _series(store, metrics, sources)
    if not series:
        raise PackError(
            f"No figures of mission {mission.number} are held, so there is nothing to put into a "
            "pack."
        )
    summaries = [held.summary(clause) for clause in mission.clauses]
    clauses = tuple(
        Statement(
            summary.sentence,
            clause.title,
            f"/missions/{mission.slug}",
            summary.verdict,
            summary.words,
        )
        for clause, summary in zip(mission.clauses, summaries, strict=True)
    )
    facts = [
        held.combined.get((metric.id, label.breakdown))
        for metric in metrics
        for label in metric.series
    ]
    beside = comparison_sentence(facts, "series of figures below")
    sections = [
        Section(
            "mission",
            "What the mission says, and what can be said of it",
            opening=(f"“{mission.wording}”", *((beside,) if beside else ())),
            statements=clauses,
        ),
        Section("figures", "The figures"),
        *series,
        *_without(without),
        *_caveats([metric for metric in metrics if metric not in without]),
    ]
    return Document(
        title=f"Evidence on mission {mission.number}: {mission.title}",
        mark="",
        answer=verdicts_sentence("this mission", summaries),
        about=_about(mission, catalogue),
        sections=tuple(sections),
        sources=tuple(sources.used.values()),
        known_on=newest_known_on(store),
        path=f"/missions/{mission.slug}",
    )


def _about(mission: Mission, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    framework = catalogue.framework
    set_by = f"{framework.publication}, {day_in_words(framework.published_on)}"
    wording = f"{framework.wording_source}"
    return (("Set by", set_by), ("Wording", wording), ("Focus area", mission.focus_area))


def _series(
    store: Connection, metrics: Sequence[Metric], sources: Sources
) -> tuple[list[Section], list[Metric]]:
    """A part for each series with a figure, and the metrics that have none."""
    found, without = [], []
    for metric in metrics:
        several = []
        for label in metric.series:
            book = sources.book(store, metric, label, DRAWN)
            title = series_title(metric, label)
            table = figures_table(book, _AREAS, f"{title}: newest figures")
            if table is None:
                continue
            picture = strip_of(book, CONSTITUENT)
            several.append(
                Section(
                    f"series-{metric.id}-{label.breakdown}",
                    title,
                    level=3,
                    opening=(metric.framework_role + ". " + metric.description,),
                    pictures=(picture,) if picture else (),
                    tables=(table,),
                )
            )
        found += several
        if not several:
            without.append(metric)
    return found, without


def _without(metrics: Sequence[Metric]) -> list[Section]:
    told = tuple(
        Statement(
            metric.figures_note or "No figure is held of the areas shown here.",
            metric.title,
            f"/metrics/{metric.id}",
        )
        for metric in metrics
        if metric.figures != "computed"
    )
    heading = "What these figures do not show"
    return [Section("missing", heading, statements=told)] if told else []


def _caveats(metrics: Sequence[Metric]) -> list[Section]:
    told = caveats_of(metrics)
    return [Section("caveats", "Take care", statements=told)] if told else []
