"""Names, values and notes as SVG text that fits its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layouts.figures.description import Unit
from layouts.figures.scales import cut, text_width, wrap
from layouts.figures.svg import element, text_of
from layouts.tokens import AREA_STYLES, COMPARATOR, GRID, INK, INK_MUTED, AreaStyle

NARROW_BELOW = 560


def font_size(width: float) -> int:
    """The size of text in a chart of this width: it is shown at about its own size."""
    return 12 if width < NARROW_BELOW else 13


def line_height(size: float) -> float:
    """The distance of two lines of text in a label."""
    return size + 3


def write(
    words: str, x: float, y: float, size: float, anchor: str = "start", kind: str = ""
) -> str:
    """Words at a place; `kind` is `muted`, `halo` or both, and goes into the class."""
    if not words:
        return ""
    return element(
        "text",
        text_of(words),
        class_=kind or None,
        fill=INK_MUTED.light if "muted" in kind else INK.light,
        x=x,
        y=y,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
    )


def name_and_value(
    name: str, value: str, size: float, room: float, most_lines: int = 2
) -> list[str]:
    """A label: the name, in a few lines and cut short if it must be, and the value at its end."""
    lines = wrap(f"{name} {value}", size, room, 99)
    if len(lines) <= most_lines and not any(line.endswith("…") for line in lines):
        return lines
    *before, last = wrap(name, size, room, most_lines) or [""]
    last = cut(last, size, room - text_width(f" {value}", size))
    return [*before, f"{last} {value}"] if last else [*before, cut(value, size, room)]


def bare(unit: Unit) -> Unit:
    """The unit without a suffix that is a word: the title of the axis states it once."""
    return replace(unit, suffix="") if len(unit.suffix) > 2 else unit


def written(unit: Unit, value: float, lower: float | None, upper: float | None) -> str:
    """The value with its interval, if it has one: `58.2 years (57.1 to 59.3)`."""
    if lower is None or upper is None:
        return unit.write(value)
    return f"{unit.write(value)} ({bare(unit).write(lower)} to {bare(unit).write(upper)})"


def said(
    name: str, period: str, unit: Unit, value: float, lower: float | None, upper: float | None
) -> str:
    """What a mark says when it is pointed at."""
    words = f"{name}, {period}: " if period else f"{name}: "
    words += unit.write(value)
    if lower is not None and upper is not None:
        words += f" (95% interval {bare(unit).write(lower)} to {bare(unit).write(upper)})"
    return words


def notes(words: Sequence[str], width: float, top: float, size: float) -> tuple[str, float]:
    """Small print across the chart from `top` down, and the height that it takes."""
    text = " ".join(word for word in words if word)
    lines = wrap(text, size, width, 6) if text else []
    step = line_height(size)
    content = "".join(
        write(line, 0, top + step * (number + 1) - 3, size, kind="muted")
        for number, line in enumerate(lines)
    )
    return content, step * len(lines) + (4 if lines else 0)


def tone(style: AreaStyle, content: str, **attributes: str | None) -> str:
    """A group in the colour of an area: the style sheet's by class, else the light one."""
    return element(
        "g", content, class_=f"tone {style.token}", color=style.colour.light, **attributes
    )


def rule(x1: float, y1: float, x2: float, y2: float, kind: str, dash: str = "") -> str:
    """A straight line: `grid`, `axis`, `reference` or `leader`."""
    colour = GRID.light if kind == "grid" else COMPARATOR.light
    return element(
        "line",
        class_=kind,
        stroke=colour,
        stroke_dasharray=dash or None,
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
    )


def reference_dash(code: str) -> str:
    """The dash of the line for an area that others are read against."""
    return AREA_STYLES[code].dash if code in AREA_STYLES else "4 4"
