"""One scale for all authorities as SVG: faint ticks, and the boroughs as labelled shapes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from layouts.figures.description import OverviewStrip, StripRow
from layouts.figures.far_values import ScaleEnds, scale_ends
from layouts.figures.labels import NARROW_BELOW, bare, said, tone, write
from layouts.figures.marks import marker, styles_of
from layouts.figures.placing import in_tiers, push_apart
from layouts.figures.scales import Scale, cut, finite, padded, text_width
from layouts.figures.svg import element, exact, frame, short, text_of
from layouts.tokens import BACKGROUND_MARK, AreaStyle, area_style

_SIZE = 12
_ROW = 15.0
_GAP = 10.0
# Room in which a leader slants from the scale to its label, or from one row of labels to the next.
_SLANT = 9.0
_HALF = 10.0
_BETTER = {"higher": "higher is better →", "lower": "← lower is better", "": ""}


def draw_overview_strip(chart: OverviewStrip, width: int = 720) -> str:
    """The strip as an SVG string, laid out for `width` pixels (720 or 360).

    At most 120 pixels high with the seven boroughs and two references. Rows without a value are
    left out and named in the summary by whoever describes the chart.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    narrow = width < NARROW_BELOW
    rows = sorted(
        (row for row in chart.rows if row.value is not None), key=lambda row: row.value or 0.0
    )
    values = finite(
        [*chart.background, *(row.value for row in rows), *(r.value for r in chart.references)]
    )
    if not values:
        words = write("No figures to draw.", 0, 18, _SIZE, kind="muted")
        return frame(chart.id, chart.title, chart.summary, width, 26, words, "overview", narrow)
    reach = scale_ends(
        [*(row.value for row in rows), *(r.value for r in chart.references)], chart.background
    )
    ends = [chart.unit.write(reach.low), chart.unit.write(reach.high)]
    ends = [cut(word, _SIZE, width / 4) for word in ends]
    x = Scale(
        *padded(reach.low, reach.high, 0.0),
        text_width(ends[0], _SIZE) + 12,
        width - text_width(ends[1], _SIZE) - 12,
    )
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    styles |= {row.code: area_style(row.code, None) for row in rows if row.code not in styles}
    above, middle = _labels_above(chart, rows, styles, x, width)
    y = middle + _HALF
    ticks = _ticks([x(v) for v in chart.background if v not in reach.beyond], y)
    parts = [
        element("path", class_="ticks", stroke=BACKGROUND_MARK.light, d=ticks) if ticks else "",
        write(ends[0], 0, y + 4, _SIZE, kind="muted"),
        write(ends[1], width, y + 4, _SIZE, "end", "muted"),
    ]
    below, bottom = _references_below(chart, x, y, width)
    parts += [below, above, _shapes(chart, rows, styles, x, y)]
    if chart.better or ticks:
        sides = (0.0, float(width)) if chart.better != "lower" else (float(width), 0.0)
        anchors = ("start", "end") if chart.better != "lower" else ("end", "start")
        others = f"Ticks: {len(chart.background)} other areas" if ticks else ""
        for words, side, anchor in zip(
            (others, _BETTER[chart.better]), sides, anchors, strict=True
        ):
            parts.append(write(words, side, bottom + _SIZE + 1, _SIZE - 1, anchor, "muted"))
        bottom += _ROW
    if reach.beyond:
        parts.append(_beyond(chart, reach, x, y))
        words = cut(_beyond_words(chart, reach), _SIZE - 1, width)
        parts.append(write(words, 0, bottom + _SIZE + 1, _SIZE - 1, kind="muted"))
        bottom += _ROW
    content = "".join(parts)
    height = bottom + 3
    return frame(chart.id, chart.title, chart.summary, width, height, content, "overview", narrow)


def _beyond(chart: OverviewStrip, reach: ScaleEnds, x: Scale, y: float) -> str:
    """An arrow at each end of the scale behind which other areas lie."""
    arrows = ""
    for values, way, at in ((reach.below, -1, x.start - 10), (reach.above, 1, x.end + 10)):
        if values:
            words = ", ".join(chart.unit.write(one) for one in values)
            arrows += element(
                "path",
                element("title", text_of(f"Beyond the scale: {words}")),
                class_="beyond",
                fill=BACKGROUND_MARK.light,
                d=f"M{short(at)} {short(y)}l{-7 * way}-4v8z",
                data_value=exact(values[-1]),
            )
    return arrows


def _beyond_words(chart: OverviewStrip, reach: ScaleEnds) -> str:
    values = [chart.unit.write(value) for value in reach.beyond]
    if len(values) == 1:
        return f"Arrow: 1 area beyond the scale, {values[0]}"
    unit = bare(chart.unit)
    ends = f"{unit.write(reach.beyond[0])} to {values[-1]}"
    return f"Arrows: {len(values)} areas beyond the scale, {ends}"


def _ticks(places: Sequence[float], y: float) -> str:
    """A tick for each place, one where several fall on the same half pixel.

    Each is drawn from the one before: a third of the bytes of a path in absolute places.
    """
    apart = sorted({round(place * 2) / 2 for place in places})
    if not apart:
        return ""
    steps = (f"m{short(after - before)}-12v12" for before, after in pairwise(apart))
    return f"M{short(apart[0])} {short(y - 6)}v12{''.join(steps)}"


def _labels_above(
    chart: OverviewStrip,
    rows: Sequence[StripRow],
    styles: dict[str, AreaStyle],
    x: Scale,
    width: int,
) -> tuple[str, float]:
    """The names in tiers over the scale, and where the scale begins."""
    if not rows:
        return "", 2.0
    unit = bare(chart.unit)
    narrow = width < NARROW_BELOW
    words = [
        cut(row.name if narrow else f"{row.name} {unit.write(row.value)}", _SIZE, width / 2.2)
        for row in rows
    ]
    sizes = [text_width(word, _SIZE) + _GAP for word in words]
    places = [x(row.value or 0.0) for row in rows]
    routes, tiers = in_tiers(places, sizes, 0, width)
    depth = tiers * (_ROW + _SLANT)
    parts = []
    for row, word, place, route in zip(rows, words, places, routes, strict=True):
        leader = f"M{short(place)} {short(depth)}"
        for tier, at in enumerate(route.passes):
            floor = depth - tier * (_ROW + _SLANT) - _SLANT
            leader += f"L{short(at)} {short(floor)}"
            if tier < route.tier:
                leader += f"V{short(floor - _ROW)}"
            else:
                parts.append(write(word, at, floor - 4, _SIZE, "middle"))
        line = element("path", class_="leader", fill="none", stroke="currentColor", d=leader)
        parts.append(tone(styles[row.code], line))
    return "".join(parts), depth


def _shapes(
    chart: OverviewStrip,
    rows: Sequence[StripRow],
    styles: dict[str, AreaStyle],
    x: Scale,
    y: float,
) -> str:
    """The shapes on the scale; one that would cover its neighbour moves up or down a little."""
    parts = []
    before, shift = -99.0, 0.0
    for row in rows:
        at = x(row.value or 0.0)
        close = at - before < 10
        shift = (4.5 if shift <= 0 else -4.5) if close else 0.0
        before = at
        title = text_of(said(row.name, "", chart.unit, row.value or 0.0, row.lower, row.upper))
        dot = marker(styles[row.code], at, y + shift, 5, title, data_value=exact(row.value))
        parts.append(tone(styles[row.code], dot, data_area=row.code))
    return "".join(parts)


def _references_below(chart: OverviewStrip, x: Scale, y: float, width: int) -> tuple[str, float]:
    """The areas that others are read against: a bar across the scale, a name under it."""
    references = sorted(chart.references, key=lambda reference: reference.value)
    if not references:
        return "", y + _HALF + 4
    unit = bare(chart.unit)
    words = [f"{reference.name} {unit.write(reference.value)}" for reference in references]
    if sum(text_width(word, _SIZE) + _GAP for word in words) > width:
        words = [cut(word, _SIZE, width / len(words) - _GAP) for word in words]
    sizes = [text_width(word, _SIZE) + _GAP for word in words]
    wanted = [x(reference.value) for reference in references]
    floor = y + _HALF + _SLANT
    parts = []
    for reference, word, at, centre in zip(
        references, words, wanted, push_apart(wanted, sizes, 0, width), strict=True
    ):
        style = area_style(reference.code, None)
        bar = element(
            "path",
            element("title", text_of(f"{reference.name}: {chart.unit.write(reference.value)}")),
            class_="reference",
            fill="none",
            stroke="currentColor",
            stroke_width=style.width,
            stroke_dasharray="3 2" if style.dash else None,
            d=f"M{short(at)} {short(y - _HALF)}V{short(y + _HALF)}L{short(centre)} {short(floor)}",
            data_value=exact(reference.value),
        )
        parts.append(tone(style, bar, data_reference=reference.code or "reference"))
        parts.append(write(word, centre, floor + _SIZE, _SIZE, "middle", "muted"))
    return "".join(parts), floor + _SIZE + 3
