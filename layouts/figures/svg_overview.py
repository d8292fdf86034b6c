"""One scale for all authorities as SVG: faint ticks, and the boroughs as labelled shapes."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.figures.description import OverviewStrip, StripRow
from layouts.figures.labels import NARROW_BELOW, said, tone, write
from layouts.figures.marks import marker, styles_of
from layouts.figures.placing import push_apart
from layouts.figures.scales import Scale, cut, finite, padded, text_width
from layouts.figures.svg import element, frame, short, text_of
from layouts.tokens import BACKGROUND_MARK, INK, area_style

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
    ends = [chart.unit.write(min(values)), chart.unit.write(max(values))]
    ends = [cut(word, _SIZE, width / 4) for word in ends]
    x = Scale(
        *padded(min(values), max(values), 0.0),
        text_width(ends[0], _SIZE) + 12,
        width - text_width(ends[1], _SIZE) - 12,
    )
    above, middle = _labels_above(chart, rows, x, width, narrow)
    y = middle + _HALF
    ticks = "".join(f"M{short(x(value))} {short(y - 6)}v12" for value in sorted(chart.background))
    parts = [
        element("path", class_="ticks", stroke=BACKGROUND_MARK.light, d=ticks) if ticks else "",
        write(ends[0], 0, y + 4, _SIZE, kind="muted"),
        write(ends[1], width, y + 4, _SIZE, "end", "muted"),
    ]
    below, bottom = _references_below(chart, x, y, width)
    parts += [below, above]
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    for row in rows:
        style = styles.get(row.code) or area_style(row.code, None)
        ends_of = (row.value or 0.0, row.lower, row.upper)
        dot = marker(
            style,
            x(row.value or 0.0),
            y,
            5.5,
            text_of(said(row.name, "", chart.unit, *ends_of)),
            data_value=repr(row.value),
        )
        parts.append(tone(style, dot, data_area=row.code))
    if chart.better:
        side = width if chart.better == "higher" else 0
        anchor = "end" if chart.better == "higher" else "start"
        parts.append(write(_BETTER[chart.better], side, bottom + _SIZE + 1, _SIZE, anchor, "muted"))
        bottom += _ROW
    content = "".join(parts)
    height = bottom + 3
    return frame(chart.id, chart.title, chart.summary, width, height, content, "overview", narrow)


def _labels_above(
    chart: OverviewStrip, rows: Sequence[StripRow], x: Scale, width: int, narrow: bool
) -> tuple[str, float]:
    """Labels in as few rows as hold them, each with a leader down to its shape.

    The leader of a label in an upper row passes through the rows below it in a slot of its own,
    kept free like a label; all are in the order of their values, so that no leader crosses
    another leader or a word.
    """
    words = [
        cut(row.name if narrow else f"{row.name} {chart.unit.write(row.value)}", _SIZE, width / 2.2)
        for row in rows
    ]
    sizes = [text_width(word, _SIZE) + _GAP for word in words]
    levels = 1
    while levels < len(rows) and not _fits(sizes, levels, width):
        levels += 1
    routes = [[(x(row.value or 0.0), 0.0)] for row in rows]
    marks: list[str] = []
    depth = levels * (_ROW + _SLANT) if rows else 2.0
    for level in range(levels if rows else 0):
        still = [number for number in range(len(rows)) if number % levels >= level]
        room = [sizes[number] if number % levels == level else 6.0 for number in still]
        wanted = [routes[number][-1][0] for number in still]
        floor = level * (_ROW + _SLANT) + _SLANT
        for number, centre in zip(still, push_apart(wanted, room, 0, width), strict=True):
            routes[number].append((centre, floor))
            if number % levels == level:
                y = depth - floor - 4
                marks.append(write(words[number], centre, y, _SIZE, "middle"))
            else:
                routes[number].append((centre, floor + _ROW))
    leaders = "".join(
        "M" + "L".join(f"{short(px)} {short(depth - py)}" for px, py in route) for route in routes
    )
    line = element(
        "path", class_="leader", fill="none", stroke=INK.light, stroke_opacity="0.5", d=leaders
    )
    return (line if rows else "") + "".join(marks), depth


def _fits(sizes: Sequence[float], levels: int, width: int) -> bool:
    for level in range(levels):
        own = sum(size for number, size in enumerate(sizes) if number % levels == level)
        passing = 6.0 * sum(number % levels > level for number in range(len(sizes)))
        if own + passing > width:
            return False
    return True


def _references_below(chart: OverviewStrip, x: Scale, y: float, width: int) -> tuple[str, float]:
    """The areas that others are read against: a bar across the scale, a name under it."""
    references = sorted(chart.references, key=lambda reference: reference.value)
    if not references:
        return "", y + _HALF + 4
    words = [
        cut(
            f"{reference.name} {chart.unit.write(reference.value)}",
            _SIZE,
            width / len(references) - _GAP,
        )
        for reference in references
    ]
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
            data_value=repr(reference.value),
        )
        parts.append(tone(style, bar, data_reference=reference.code or "reference"))
        parts.append(write(word, centre, floor + _SIZE, _SIZE, "middle", "muted"))
    return "".join(parts), floor + _SIZE + 3
