"""How a disparity splits over time, as SVG: one column of 100% for each period."""

from __future__ import annotations

from itertools import pairwise

from layouts.figures.description import SplitChart, SplitColumn, Unit
from layouts.figures.labels import NARROW_BELOW, font_size, line_height, notes, rule, write
from layouts.figures.line_parts import breaks_drawn
from layouts.figures.marks import shape_path
from layouts.figures.placing import push_apart
from layouts.figures.scales import Scale, finite, text_width, wrap
from layouts.figures.svg import element, exact, frame, short, text_of
from layouts.tokens import ACCENT, INK, MAP_CLASSES, PAGE

PERCENT = Unit("%", suffix="%", decimals=0)
_MARKS = (0, 25, 50, 75, 100)
_WIDEST = 34.0


def split_said(chart: SplitChart, column: SplitColumn, part: str) -> str:
    """What a column says when it is pointed at; `part` is `between`, `within` or `corrected`."""
    if part == "corrected":
        corrected = PERCENT.write(column.corrected)
        return f"{column.period}: {corrected} {chart.between} once sampling noise is taken out"
    share, words = (
        (column.between, chart.between)
        if part == "between"
        else (100 - column.between, chart.within)
    )
    return f"{column.period}: {PERCENT.write(share)} {words}"


def draw_split(chart: SplitChart, width: int = 720) -> str:
    """The chart as an SVG string, laid out for `width` pixels (720 or 360).

    The part between groups stands at the foot of each column, the part within on it; a diamond
    marks the share between once sampling noise is taken out.

    Raises:
        ValueError: a share is infinite or not a number.
    """
    narrow, size = width < NARROW_BELOW, font_size(width)
    named = (chart.id, chart.title, chart.summary, width)
    finite(share for column in chart.columns for share in (column.between, column.corrected))
    columns = sorted(chart.columns, key=lambda column: column.at)
    if not columns:
        words = write("No figures to draw.", 0, 24, size, kind="muted")
        return frame(*named, 40, words, "split", narrow)
    room = 96.0 if narrow else 150.0
    left = text_width("100%", size) + 10
    right = width - room - 12
    days = [column.at.toordinal() for column in columns]
    least = min((b - a for a, b in pairwise(days)), default=0)
    half = _WIDEST / 2
    x = Scale(days[0], days[-1], left + half + 4, right - half - 4)
    if least:
        half = min(half, abs(x(days[0] + least) - x(days[0])) * 0.4)
    above, height = breaks_drawn(chart.breaks, x, left, width, 0, size)
    top = height + 10
    bottom = top + (190 if narrow else 220)
    y = Scale(0, 100, bottom, top)
    parts = [
        rule(left, y(mark), right, y(mark), "axis" if mark == 0 else "grid")
        + write(f"{mark}%", left - 6, y(mark) + size * 0.35, size, "end", "muted")
        for mark in _MARKS
    ]
    parts += [above, *(_column(chart, one, x(day), half, y) for one, day in
                       zip(columns, days, strict=True))]  # fmt: skip
    parts += [
        rule(x(mark.at.toordinal()), top - 4, x(mark.at.toordinal()), bottom, "break", "3 3")
        for mark in chart.breaks
        if days[0] <= mark.at.toordinal() <= days[-1]
    ]
    parts.append(_period_names(columns, x, bottom, size, right))
    parts.append(_names(chart, columns[-1], right + 10, y, size, room))
    diamonds = any(column.corrected is not None for column in columns)
    words = f"Diamonds: the share {chart.between} once sampling noise is taken out."
    small, extra = notes([words if diamonds else ""], width, bottom + size + 10, size - 1)
    return frame(*named, bottom + size + 14 + extra, "".join(parts) + small, "split", narrow)


def _column(chart: SplitChart, column: SplitColumn, x: float, half: float, y: Scale) -> str:
    """The two parts of one period, and the diamond."""
    parts = []
    for part, colour, low, high in (
        ("between", ACCENT, 0.0, column.between),
        ("within", MAP_CLASSES[1], column.between, 100.0),
    ):
        edges = f"V{short(y(high))}H{short(x + half)}V{short(y(low))}z"
        mark = element(
            "path",
            element("title", text_of(split_said(chart, column, part))),
            class_=f"split-{part}",
            fill=colour.light,
            d=f"M{short(x - half)} {short(y(low))}{edges}",
            data_period=column.period,
            data_value=exact(high - low),
        )
        parts.append(element("g", mark, data_area=part))
    if column.corrected is not None:
        mark = element(
            "path",
            element("title", text_of(split_said(chart, column, "corrected"))),
            class_="split-corrected",
            fill=PAGE.light,
            stroke=INK.light,
            d=shape_path("diamond", x, y(column.corrected), max(2.5, min(6.0, half))),
            data_period=column.period,
            data_value=exact(column.corrected),
        )
        parts.append(element("g", mark, data_area="corrected"))
    return "".join(parts)


def _period_names(
    columns: list[SplitColumn], x: Scale, bottom: float, size: int, right: float
) -> str:
    """As many periods below the axis as fit, counted back from the newest."""
    parts, free_until = [], right + 40
    for column in reversed(columns):
        half = text_width(column.short_period, size) / 2
        centre = max(x(column.at.toordinal()), half)
        if centre + half > free_until:
            continue
        free_until = centre - half - 10
        parts.append(write(column.short_period, centre, bottom + size + 4, size, "middle", "muted"))
    return "".join(parts)


def _names(
    chart: SplitChart, newest: SplitColumn, x: float, y: Scale, size: int, room: float
) -> str:
    """What the two parts are, beside the newest column, with their shares."""
    wanted, lines = [], []
    for words, share, middle in (
        (chart.within, 100 - newest.between, (100 + newest.between) / 2),
        (chart.between, newest.between, newest.between / 2),
    ):
        name = f"{words[:1].upper()}{words[1:]} {PERCENT.write(share)}"
        wanted.append(y(middle))
        lines.append(wrap(name, size, room, 3))
    step = line_height(size)
    heights = [step * len(one) + 4 for one in lines]
    centres = push_apart(wanted, heights, y(100), y(0))
    return "".join(
        write(words, x, centre - height / 2 + step * (number + 1) - 2, size)
        for one, height, centre in zip(lines, heights, centres, strict=True)
        for number, words in enumerate(one)
    )
