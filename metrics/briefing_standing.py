"""Questions that follow from what became of a figure that was known, and from what is awaited."""

from __future__ import annotations

from datetime import date

from data.periods import TimePeriod, day_in_words
from metrics.briefing_due import Awaited
from metrics.briefing_known import Cited, Ground, Known, Question, capital, period_of, subject_of
from metrics.briefing_results import Revised
from metrics.definition import Evidence, Metric
from metrics.measures.results import Cause, Reading
from metrics.openings import with_article
from metrics.wording import write_count, write_list, write_value


def revised_questions(known: Known) -> list[Question]:
    """Of figures that were the newest on the day and were clearly revised since."""
    grouped: dict[tuple[str, str, TimePeriod], list[Revised]] = {}
    for one in known.since.revised:
        if one.newest_then and one.beyond:
            grouped.setdefault((one.metric.id, one.breakdown, one.period), []).append(one)
    found = []
    for own in grouped.values():
        metric = own[0].metric
        margin = "their margin of error"
        if metric.evidence is Evidence.FULL_ENUMERATION:
            margin = "rounding"
        told = [
            f"{known.names[one.code]} from {write_value(before.value, metric.unit)} to "
            f"{write_value(after.value, metric.unit)}"
            for one in own
            for before, after in ((one.change.before, one.change.after),)
            if before is not None and after is not None
        ]
        found.append(
            Question(
                Ground.REVISED,
                f"{capital(subject_of(metric, own[0].breakdown))}: the figures "
                f"for {period_of(metric, own[0].period)} were revised by more than {margin}: "
                f"{write_list(told)}. Does anything said or decided on the earlier figure need "
                "another look?",
                tuple(Cited(metric.id, one.breakdown, one.code, one.period.start) for one in own),
            )
        )
    return found


def lost_questions(known: Known) -> list[Question]:
    """Of figures withdrawn or withheld, where nothing newer stands in their place."""
    replaced = {one.key for one in known.since.movements}
    grouped: dict[tuple[str, str, str], list[str]] = {}
    cites: dict[tuple[str, str, str], list[Cited]] = {}
    metrics: dict[str, Metric] = {}
    for one in known.since.lost:
        key = (one.metric.id, one.breakdown, one.code)
        if key in replaced or known.newest.get(key, date.min) > one.period.start:
            continue
        words = {
            "withdrawn": f"the figure for {period_of(one.metric, one.period)} was withdrawn",
            "withheld": f"the figure for {period_of(one.metric, one.period)} is now a blank",
            "missing": f"{period_of(one.metric, one.period)} was published without a figure",
        }[one.what]
        group = (one.metric.id, one.breakdown, words)
        metrics[one.metric.id] = one.metric
        grouped.setdefault(group, []).append(known.names[one.code])
        if key in known.newest:
            cites.setdefault(group, []).append(Cited(*key, known.newest[key]))
    return [
        Question(
            Ground.LOST,
            f"{capital(subject_of(metrics[group[0]], group[1]))}: for {write_list(names)} "
            f"{group[2]}. Why, and what will be looked at instead?",
            tuple(cites.get(group, ())),
        )
        for group, names in grouped.items()
    ]


def overdue_questions(known: Known) -> list[Question]:
    """One, of every dataset whose newer figures are overdue; a figure held of each is cited.

    That they are not held does not tell whether they were published, and so it is asked.
    """
    late = [one for one in known.due if one.state is Awaited.OVERDUE]
    if not late:
        return []
    told = [f"{one.expected.title} (by {day_in_words(one.expected_by)})" for one in late]
    cites = []
    for one in late:
        given = {metric.id: metric for metric in one.metrics}
        held = [
            Cited(*key, starts, measure=given[key[0]].short_title)
            for key, starts in known.newest.items()
            if key[0] in given
        ]
        cites += held[:1]
    return [
        Question(
            Ground.OVERDUE,
            f"Newer figures were expected and are not held of {'; '.join(told)}. Were they "
            "published and not fetched here, or are they late? What do they say?",
            tuple(cites),
        )
    ]


def baselines_questions(known: Known) -> list[Question]:
    """Of verdicts for an area that depend on the baseline, on series with new figures."""
    fresh = {one.key for one in known.since.movements}
    grouped: dict[tuple[str, str], list[tuple[str, Reading]]] = {}
    for code, several in known.readings.items():
        for one in several:
            if one.cause is Cause.BASELINE and (one.metric, one.breakdown, code) in fresh:
                grouped.setdefault((one.metric, one.breakdown), []).append((code, one))
    metrics = {one.metric.id: one.metric for one in known.since.movements}
    found = []
    for (metric_id, breakdown), own in grouped.items():
        codes = list(dict.fromkeys(code for code, _ in own))
        told = [
            f"since {with_article(each.label)} “{each.verdict.value}”"
            for each in own[0][1].baselines
            if each.label
        ]
        first = known.names[codes[0]]
        beside = f", as for {write_count(len(codes) - 1, 'other area', 'other areas')}"
        found.append(
            Question(
                Ground.BASELINE,
                f"{capital(subject_of(metrics[metric_id], breakdown))}: the verdict depends on "
                f"the year from which change is counted{beside if len(codes) > 1 else ''}. For "
                f"{first} it is {write_list(told)}. Which baseline does the authority go by, and "
                "why?",
                tuple(
                    Cited(metric_id, breakdown, code, known.newest[metric_id, breakdown, code])
                    for code in codes
                    if (metric_id, breakdown, code) in known.newest
                ),
            )
        )
    return found
