"""An example for each rule of the method, put together from what the store has measured.

Every number in an example is a stored one, or follows from stored ones by the rule that it
shows. Where the store has no figures for an example there is none.
"""

from __future__ import annotations

from math import sqrt

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, POLICE_FORCE
from layouts.pages.method_statements import statement_examples
from layouts.pages.method_stored import (
    EMPLOYMENT,
    FUEL_POVERTY,
    HOMICIDE,
    INCOME,
    MEN,
    PAY,
    PUPILS,
    SATISFACTION,
    WMCA,
    Example,
    Stored,
    figure_words,
)
from metrics.measures.change import CRITICAL_Z, Measured
from metrics.measures.results import AreaFacts, Comparison, Direction, Figure
from metrics.wording import write_number, write_value

BIRMINGHAM, WOLVERHAMPTON = CONSTITUENT[0], CONSTITUENT[6]


def make_examples(stored: Stored) -> dict[str, Example | None]:
    """Every example by the name of its rule; None where its figures are not held."""
    return {
        "interval": _interval(stored),
        "counts": _counts(stored),
        "untested": _said(stored, HOMICIDE, POLICE_FORCE, "The West Midlands police force area"),
        "overlap": _overlap(stored),
        "breaks": _said(stored, PAY, BIRMINGHAM, "Birmingham"),
        "nominal": _nominal(stored),
        "gap": _gap(stored),
        "benchmark": _benchmark(stored),
        "ranks": _ranks(stored),
        "missing": _missing(stored),
        "groups": _groups(stored),
        "derived": _derived(stored),
        "split": _split(stored),
        "ends": _ends(stored),
        **statement_examples(stored),
    }


def _interval(stored: Stored) -> Example | None:
    facts = stored.facts.get((MEN, COMBINED_AUTHORITY))
    change = stored.change(MEN, COMBINED_AUTHORITY, "before-pandemic")
    working = _working(facts, change)
    if facts is None or change is None or not working:
        return None
    sentences = [
        f"Men in {WMCA}: {figure_words(stored.metric(MEN), facts.latest)}. {change.sentence}",
        working,
    ]
    other = stored.change(EMPLOYMENT, COMBINED_AUTHORITY, "before-pandemic")
    if other is not None and other.direction is Direction.NOT_CLEAR:
        sentences.append(f"The employment rate there, by the same test: {other.sentence}")
    return stored.example(MEN, *sentences)


def _working(facts: AreaFacts | None, change: Comparison | None) -> str:
    """The interval test with its numbers; empty where a figure or its interval is missing."""
    if facts is None or facts.latest is None or change is None or change.other is None:
        return ""
    errors = [_measured(one).error for one in (facts.latest, change.other)]
    now, then = errors
    if now is None or then is None or change.difference is None:
        return ""
    together = sqrt(now**2 + then**2)
    times = abs(change.difference) / together
    side = "more" if times > CRITICAL_Z else "not more"
    return (
        f"The standard errors are {now:.2f} and {then:.2f}, together "
        f"√({now:.2f}² + {then:.2f}²) = {together:.2f}. The change is {times:.1f} times that, "
        f"which is {side} than 1.96."
    )


def _measured(figure: Figure) -> Measured:
    return Measured(figure.value or 0.0, figure.lower, figure.upper)


def _counts(stored: Stored) -> Example | None:
    facts = stored.facts.get((PUPILS, COMBINED_AUTHORITY))
    if facts is None or facts.latest is None:
        return None
    metric = stored.metric(PUPILS)
    step = write_number(metric.rounding, 0 if metric.rounding >= 1 else 1)
    told = [one.sentence for one in (*facts.changes, *facts.gaps) if one.difference is not None]
    return stored.example(
        PUPILS,
        f"Pupils in {WMCA}: {figure_words(metric, facts.latest)}, published in steps of {step}.",
        " ".join(told),
    )


def _said(stored: Stored, subject: str, code: str, name: str) -> Example | None:
    facts = stored.facts.get((subject, code))
    change = stored.change(subject, code, "before-pandemic")
    if facts is None or change is None:
        return None
    return stored.example(
        subject, f"{name}: {figure_words(stored.metric(subject), facts.latest)}. {change.sentence}"
    )


def _overlap(stored: Stored) -> Example | None:
    facts = stored.facts.get((MEN, COMBINED_AUTHORITY))
    if facts is None or facts.trend is None:
        return None
    return stored.example(
        MEN,
        f"For men in {WMCA} there are {facts.trend.points} figures, of which "
        f"{facts.trend.independent} share no year with another.",
        stored.for_combined("7.five-years", MEN).sentence,
    )


def _nominal(stored: Stored) -> Example | None:
    change = stored.change(PAY, BIRMINGHAM, "white-paper")
    reading = stored.reading("1.pay-rises", PAY)
    if change is None or reading is None:
        return None
    return stored.example(
        PAY,
        f"Median weekly pay in Birmingham: {change.sentence}",
        f"The mission's statement is therefore judged: {reading.words}. {reading.sentence}",
    )


def _gap(stored: Stored) -> Example | None:
    gap = stored.gaps.get(MEN)
    reading = stored.reading("7.gap-narrows", MEN)
    if gap is None:
        return None
    sentences = [f"Men: {gap.sentence}"]
    facts = stored.facts.get((MEN, WOLVERHAMPTON))
    if facts is not None and facts.latest is not None and facts.latest.lower is not None:
        sentences.append(
            f"How much noise there is shows in a borough: in Wolverhampton it was "
            f"{figure_words(stored.metric(MEN), facts.latest)}."
        )
    if reading is not None:
        sentences.extend(
            f"Since {one.label}: {one.sentence}" for one in reading.baselines if one.label
        )
    return stored.example(MEN, *sentences)


def _ranks(stored: Stored) -> Example | None:
    facts = stored.facts.get((MEN, WOLVERHAMPTON))
    if facts is None or facts.rank is None:
        return None
    return stored.example(MEN, f"Men in Wolverhampton: {facts.rank.sentence}")


def _benchmark(stored: Stored) -> Example | None:
    facts = stored.facts.get((MEN, COMBINED_AUTHORITY))
    if facts is None or not facts.gaps:
        return None
    sentences = [
        f"Men in {WMCA}: {figure_words(stored.metric(MEN), facts.latest)}. {facts.gaps[0].sentence}"
    ]
    beside = stored.facts.get((MEN, WOLVERHAMPTON))
    if beside is not None and beside.gaps:
        sentences.append(
            f"Men in Wolverhampton: {figure_words(stored.metric(MEN), beside.latest)}. "
            f"{beside.gaps[0].sentence}"
        )
    return stored.example(MEN, *sentences)


def _missing(stored: Stored) -> Example | None:
    change = stored.change(PAY, COMBINED_AUTHORITY, "before-pandemic")
    if change is None or change.other is not None:
        return None
    return stored.example(PAY, f"Median weekly pay in {WMCA}: {change.sentence}")


def _derived(stored: Stored) -> Example | None:
    own = stored.derived.get(FUEL_POVERTY)
    if own is None or not own.standing_in:
        return None
    metric, newest = stored.metric(FUEL_POVERTY), own.standing_in[-1]
    return stored.example(
        FUEL_POVERTY,
        f"For {WMCA} the publisher gives no share of households in fuel poverty. It is derived: "
        f"{write_value(newest.value, metric.unit)} in {newest.period}, {own.how}.",
        own.interval,
    )


def _split(stored: Stored) -> Example | None:
    sentences = [
        found.sentence
        for code in ("", COMBINED_AUTHORITY)
        if (found := stored.splits.get((INCOME, code))) is not None and found.points
    ]
    return stored.example(INCOME, *sentences) if sentences else None


def _ends(stored: Stored) -> Example | None:
    found = stored.ends.get(MEN)
    if found is None or not found.movements:
        return None
    return stored.example(MEN, *(f"Men: {one.sentence}" for one in found.movements))


def _groups(stored: Stored) -> Example | None:
    if not any(subject == SATISFACTION for subject, _ in stored.facts):
        return None
    held = [code for code in CONSTITUENT if (SATISFACTION, code) in stored.facts]
    shared = "all seven" if len(held) == len(CONSTITUENT) else f"{len(held)} of the seven"
    whole = stored.facts.get((SATISFACTION, COMBINED_AUTHORITY))
    own = "one" if whole is not None and whole.latest is not None else "none"
    return stored.example(
        SATISFACTION,
        f"Life satisfaction is published for {shared} boroughs, and the publisher gives {own} "
        f"for {WMCA}" + (", so none is shown." if own == "none" else ", which is the one shown."),
    )
