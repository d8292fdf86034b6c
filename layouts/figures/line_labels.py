"""The names of lines, written at their ends and pushed apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.figures.description import Line, LineChart
from layouts.figures.labels import bare, line_height, name_and_value, tone, write
from layouts.figures.marks import marker
from layouts.figures.placing import push_apart
from layouts.figures.plot import Plot
from layouts.figures.runs import Run, periods_of, runs
from layouts.figures.scales import text_width
from layouts.figures.svg import element, short
from layouts.tokens import AreaStyle

# Between the plot and a label: room for a leader to slant, and for the marker.
_LEADER, _MARKER = 20.0, 12.0


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The words at the end of a line, and the last stretch of that line."""

    run: Run
    style: AreaStyle
    lines: list[str]
    focus: bool


def end_labels(
    chart: LineChart, named: Sequence[Line], styles: dict[str, AreaStyle], size: int, room: float
) -> list[EndLabel]:
    """One label for each line that has a figure: its name and its latest value, which is dated
    where the line ends before the chart does."""
    final = periods_of(chart)[-1][0]
    found = []
    for line in named:
        stretches = runs(line.points, chart.breaks)
        if not stretches:
            continue
        last = stretches[-1][-1]
        value = bare(chart.unit).write(last.value)
        if last.at != final:
            value += f" ({last.short_period})"
        words = name_and_value(line.name, value, size, room, 3)
        found.append(EndLabel(stretches[-1], styles[line.code], words, line.prominence == "focus"))
    return found


def labels_drawn(labels: Sequence[EndLabel], plot: Plot) -> str:
    """The labels in the order of the values that they name, each with a leader to its line."""
    step = line_height(plot.size)
    ordered = sorted(labels, key=lambda label: plot.y(label.run[-1].value or 0.0))
    wanted = [plot.y(label.run[-1].value or 0.0) for label in ordered]
    heights = [len(label.lines) * step + 2 for label in ordered]
    parts = []
    for label, height, centre in zip(
        ordered, heights, push_apart(wanted, heights, plot.top - 8, plot.bottom), strict=True
    ):
        x_end, y_end = plot.places(label.run)[-1]
        x = plot.right + _LEADER
        parts.append(
            tone(
                label.style,
                element(
                    "path",
                    class_="leader",
                    fill="none",
                    stroke="currentColor",
                    d=f"M{short(x_end + 6)} {short(y_end)}L{short(x - 3)} {short(centre)}",
                )
                + marker(label.style, x + 3, centre, 4),
            )
        )
        first = centre - height / 2 + step - 2
        kind = "" if label.focus else "muted"
        parts += [
            write(words, x + _MARKER, first + step * number, plot.size, kind=kind)
            for number, words in enumerate(label.lines)
        ]
    return "".join(parts)


def labels_room(labels: Sequence[EndLabel], size: float) -> float:
    """The width that the labels take, beside the plot."""
    if not labels:
        return 14.0
    widest = max(text_width(line, size) for label in labels for line in label.lines)
    return widest + _LEADER + _MARKER


def labels_height(labels: Sequence[EndLabel], size: float) -> float:
    """The height that the labels take, one under another."""
    return sum(len(label.lines) * line_height(size) + 2 for label in labels)
