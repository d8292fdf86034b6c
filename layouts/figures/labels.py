"""Names, values and notes as SVG text that fits its place."""

from __future__ import annotations

from collections.abc import Sequence

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


def name_and_value(name: str, value: str, size: float, room: float) -> list[str]:
    """A label in one line or two: the name, cut short if it must be, and the value at its end."""
    whole = f"{name} {value}".strip()
    if text_width(whole, size) <= room:
        return [whole]
    lines = wrap(name, size, room, 2)
    if len(lines) == 2 or text_width(f"{lines[0]} {value}", size) > room:
        if len(lines) == 1:
            return [*lines, cut(value, size, room)]
        last = cut(lines[1], size, room - text_width(f" {value}", size))
        return [lines[0], f"{last} {value}".strip() if last else cut(value, size, room)]
    return [f"{lines[0]} {value}"]


def written(unit: Unit, value: float, lower: float | None, upper: float | None) -> str:
    """The value with its interval, if it has one: `58.2 (57.1 to 59.3)`."""
    if lower is None or upper is None:
        return unit.write(value)
    return f"{unit.write(value)} ({unit.write(lower)} to {unit.write(upper)})"


def said(
    name: str, period: str, unit: Unit, value: float, lower: float | None, upper: float | None
) -> str:
    """What a mark says when it is pointed at."""
    when = f", {period}" if period else ""
    words = f"{name}{when}: {unit.write(value)}"
    if lower is None or upper is None:
        return words
    return f"{words} (95% interval {unit.write(lower)} to {unit.write(upper)})"


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
