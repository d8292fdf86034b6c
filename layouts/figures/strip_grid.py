"""The scale of a ranked strip: ticks, and lines that areas are read against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.figures.description import RankedStrip, Reference, StripRow
from layouts.figures.far_values import ScaleEnds, strip_ends
from layouts.figures.labels import (
    bare,
    line_height,
    name_and_value,
    reference_dash,
    rule,
    said,
    write,
)
from layouts.figures.placing import in_tiers
from layouts.figures.scales import Scale, cut, padded, text_width, tick_labels, ticks
from layouts.figures.svg import element, exact, short, text_of
from layouts.tokens import COMPARATOR


@dataclass(frozen=True, slots=True)
class StripGrid:
    """The scale of a strip, and where its rows begin and end."""

    x: Scale
    top: float
    bottom: float
    # Below the bottom row and, where they are repeated there, the ticks.
    floor: float
    ends: ScaleEnds


def strip_grid(
    chart: RankedStrip,
    rows: Sequence[StripRow],
    edges: tuple[float, float],
    width: float,
    rows_height: float,
    size: int,
    zero_based: bool,
    tall: bool,
) -> tuple[StripGrid, str]:
    """Scale, ticks above (and below a tall strip), and labelled lines of reference.

    `edges` are where the scale begins and ends; `width` is that of the whole drawing, over which
    the names of the lines of reference may spread.
    """
    ends = strip_ends(chart, rows)
    low, high = padded(ends.low, ends.high, 0.03)
    if zero_based:
        low, high = (0.0, high) if ends.low >= 0 else (low, max(high, 0.0))
    left, right = edges
    x = Scale(low, high, left, right)
    axis_line = 2.0 * size + 8
    labels, labels_height = _references(chart, x, width, axis_line + 6, size)
    top = axis_line + labels_height + 10
    bottom = top + rows_height
    marks = ticks(low, high, max(2, int((right - left) / 64)))
    parts = [write(cut(chart.unit.label, size, right), 0, size, size, kind="muted")]
    baselines = (axis_line, bottom + size + 3) if tall else (axis_line,)
    for mark, word in zip(marks, tick_labels(marks, chart.unit), strict=True):
        centre = max(x(mark), text_width(word, size) / 2)
        parts.append(rule(x(mark), axis_line + 4, x(mark), bottom, "axis" if mark == 0 else "grid"))
        parts += [write(word, centre, line, size, "middle", "muted") for line in baselines]
    for reference in chart.references:
        at, dash = x(reference.value), reference_dash(reference.code)
        parts.append(rule(at, top - 2, at, bottom, "reference", dash))
    floor = baselines[-1] + 4 if tall else bottom
    return StripGrid(x, top, bottom, floor, ends), "".join([*parts, labels])


def _said(chart: RankedStrip, reference: Reference) -> str:
    return said(reference.name, chart.period, chart.unit, reference.value, None, None)


def _references(
    chart: RankedStrip, x: Scale, width: float, top: float, size: int
) -> tuple[str, float]:
    """Names of the lines of reference, in tiers over them, and the height of all."""
    if not chart.references:
        return "", 0.0
    references = sorted(chart.references, key=lambda reference: reference.value)
    unit = bare(chart.unit)
    words = [
        name_and_value(item.name, unit.write(item.value), size, width - 16, 1)[0]
        for item in references
    ]
    places = [x(reference.value) for reference in references]
    routes, tiers = in_tiers(places, [text_width(word, size) + 12 for word in words], 0, width)
    row, slant = line_height(size), 8.0
    height = tiers * (row + slant)
    parts = []
    for reference, word, place, route in zip(references, words, places, routes, strict=True):
        path = f"M{short(place)} {short(top + height)}"
        for tier, at in enumerate(route.passes):
            floor = top + height - tier * (row + slant) - slant
            path += f"L{short(at)} {short(floor)}"
            path += f"V{short(floor - row)}" if tier < route.tier else ""
        baseline = top + height - route.tier * (row + slant) - slant - 4
        leader = element("path", class_="reference", fill="none", stroke=COMPARATOR.light, d=path)
        parts.append(
            element(
                "g",
                element("title", text_of(_said(chart, reference)))
                + leader
                + write(word, route.centre, baseline, size, "middle", "muted halo"),
                data_reference=reference.code or "reference",
                data_value=exact(reference.value),
            )
        )
    return "".join(parts), height
