"""Areas side by side in sentences: for the page as a whole, and for each measure."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.pages.compare_reading import Measure, Row, told_apart
from metrics.measures.results import Direction
from metrics.wording import write_count, write_list, write_number, write_when

# More areas than this are counted rather than named.
MOST_NAMED = 4
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def opening(measures: Sequence[Measure], codes: Sequence[str], first: str) -> str:
    """The sentence of the page: how the first area's comparisons come out, all measures taken."""
    held = [measure for measure in measures if measure.period is not None]
    if not codes or not held:
        return "None of the measures shown has a figure for these areas."
    many = write_count(len(held), "measure", "measures")
    if len(codes) == 1:
        return f"{_start(first)} on {many}. Add another area to set beside it."
    counts = told_apart(held)
    others = _words(len(codes) - 1, "other area", "other areas")
    words = {
        "better": "better",
        "worse": "worse",
        "differ": "higher or lower, neither of which is better,",
        "alike": "not to be told apart",
        "untested": "not comparable",
    }
    told = [f"{words[way]} in {number}" for way, number in counts.items() if number]
    pairs = write_count(sum(counts.values()), "comparison", "comparisons")
    return f"{_start(first)} beside {others} on {many}: of {pairs}, it is {write_list(told)}."


def measure_sentence(measure: Measure, first: str) -> str:
    """Who is highest and lowest on one measure, and who can be told from the first area.

    `first` is the first area within a sentence; empty leaves that part out.
    """
    metric = measure.metric
    held = [row for row in measure.rows if row.cell.value]
    missing = [row.in_text for row in measure.rows if not row.cell.value]
    if measure.period is None or not held:
        return "None of these areas has a published figure."
    period = measure.in_words(measure.period)
    sentence = f"{_start(write_when(period))} {_highest_and_lowest(measure, held)}."
    if metric.aggregation.rule == "sum":
        sentence += " Totals follow the size of an area, so they are not set beside each other."
    elif first and len(held) > 1 and measure.rows[0].cell.value:
        sentence += f" {_beside_first(held[1:], first)}"
    elif first and not measure.rows[0].cell.value:
        sentence += f" {_start(first)} has no figure, so no other area is set beside it."
    if metric.not_ranked:
        sentence += f" {metric.not_ranked}"
    if missing:
        sentence += f" No figure for {write_list(missing)}."
    return sentence


def _highest_and_lowest(measure: Measure, held: Sequence[Row]) -> str:
    values = {
        row.code: measure.figures[row.code][measure.period].value or 0.0
        for row in held
        if measure.period is not None
    }
    unit = measure.metric.unit

    def said(row: Row) -> str:
        return f"{unit.prefix}{write_number(values[row.code], unit.decimals)}{unit.suffix}"

    if len(held) == 1:
        return f"only {held[0].in_text} has a figure, {said(held[0])}"
    top = max(held, key=lambda row: values[row.code])
    low = min(held, key=lambda row: values[row.code])
    if measure.metric.not_ranked:
        return f"the figures reach from {said(low)} to {said(top)}"
    if values[top.code] == values[low.code]:
        return f"all have the same figure, {said(top)}"
    return (
        f"{top.in_text} has the highest figure, {said(top)}, and {low.in_text} the lowest, "
        f"{said(low)}"
    )


def _beside_first(rows: Sequence[Row], first: str) -> str:
    """Which areas can be told from the first one, by name where they are few."""
    ways: dict[str, list[str]] = {}
    for row in rows:
        found = row.compared.difference
        if found is not None:
            ways.setdefault(found.direction, []).append(row.in_text)
    untested = ways.pop(Direction.CANNOT_TEST, [])
    alike = [*ways.pop(Direction.NOT_CLEAR, []), *ways.pop(Direction.SAME, [])]
    told = [
        f"{_named(ways[way])} {'are' if len(ways[way]) > 1 else 'is'} {word}"
        for way, word in ((Direction.HIGHER, "higher"), (Direction.LOWER, "lower"))
        if way in ways
    ]
    if alike:
        told.append(f"{_named(alike)} cannot be told from it")
    if not told:
        return f"Whether any differs from {first} by more than chance cannot be shown."
    sentence = f"Beside {first}, {write_list(told)}."
    if untested:
        sentence += f" Not tested: {_named(untested)}."
    return sentence


def _named(names: Sequence[str]) -> str:
    return write_list(names) if len(names) <= MOST_NAMED else f"{_NUMBERS[len(names)]} areas"


def _words(number: int, one: str, several: str) -> str:
    return f"{_NUMBERS[number]} {one if number == 1 else several}"


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
