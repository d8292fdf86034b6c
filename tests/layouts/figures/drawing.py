"""Small charts, and how to read back what was drawn."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date

from layouts.figures.description import Line, LineChart, LinePoint, RankedStrip, StripRow, Unit
from layouts.figures.outlines import corners
from layouts.figures.scales import text_width

SVG = "{http://www.w3.org/2000/svg}"
YEARS = Unit("Years", suffix=" years", decimals=1)
PERCENT = Unit("Percentage of pupils", suffix="%", decimals=0)
BIRMINGHAM, COVENTRY, ENGLAND = "E08000025", "E08000026", "E92000001"
BOROUGHS = ("Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall", "Wolverhampton")


def line(code, name, values, prominence="focus", half=None, first=2015, note=""):
    """Yearly values from `first` on; `half` is half the width of each interval."""
    points = tuple(
        LinePoint(
            date(first + number, 7, 1),
            str(first + number),
            str(first + number),
            value,
            None if half is None or value is None else value - half,
            None if half is None or value is None else value + half,
            note if value is None else "",
        )
        for number, value in enumerate(values)
    )
    return Line(code, name, prominence, points)


def line_chart(*lines, **settings):
    return LineChart("chart", "A title", "A summary.", YEARS, tuple(lines), **settings)


def strip(rows, **settings):
    return RankedStrip("strip", "A title", "A summary.", YEARS, tuple(rows), **settings)


def boroughs(values, half=1.0):
    return [
        StripRow(f"E080000{25 + number}", name, "focus", value, value - half, value + half)
        for number, (name, value) in enumerate(zip(BOROUGHS, values, strict=True))
    ]


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - the markup is our own


def marks(svg: str) -> list[tuple[str, str | None, float]]:
    """Area, period and value of every mark that carries a value."""
    found = []
    for group in parse(svg).iter(f"{SVG}g"):
        if "data-area" in group.attrib:
            found += [
                (
                    group.attrib["data-area"],
                    child.get("data-period"),
                    float(child.get("data-value")),
                )
                for child in group.iter(f"{SVG}path")
                if "data-value" in child.attrib
            ]
    return sorted(found, key=str)


def group_of(svg: str, code: str) -> ET.Element:
    return next(g for g in parse(svg).iter(f"{SVG}g") if g.get("data-area") == code)


def subpaths(element: ET.Element) -> int:
    return len(re.findall("[Mm]", element.attrib["d"]))


def joins(element: ET.Element) -> int:
    """How many straight lines a path of one stretch draws; a dot is a line of no length."""
    path = element.attrib["d"]
    return 0 if path.endswith("h0") else len(corners(path)) - 1


def lines_in(group: ET.Element) -> list[ET.Element]:
    return [path for path in group.iter(f"{SVG}path") if path.get("class") == "line"]


@dataclass(frozen=True)
class Box:
    words: str
    left: float
    right: float
    top: float
    bottom: float


def text_boxes(svg: str) -> list[Box]:
    """Where each piece of text stands, as far as widths can be known without a browser."""
    boxes = []
    for text in parse(svg).iter(f"{SVG}text"):
        words = "".join(text.itertext())
        size = float(text.attrib["font-size"])
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        # Without the allowance that layout makes for other fonts.
        width = text_width(words, size) / 1.05
        left = (
            x - {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")] * width
        )
        boxes.append(Box(words, left, left + width, y - size * 0.75, y + size * 0.2))
    return boxes


def overlapping(boxes: list[Box]) -> list[tuple[str, str]]:
    return [
        (a.words, b.words)
        for number, a in enumerate(boxes)
        for b in boxes[:number]
        if a.left < b.right - 0.5
        and b.left < a.right - 0.5
        and a.top < b.bottom - 0.5
        and b.top < a.bottom - 0.5
    ]


def outside(svg: str, boxes: list[Box]) -> list[str]:
    _, _, width, height = (float(part) for part in parse(svg).attrib["viewBox"].split())
    return [
        box.words
        for box in boxes
        if box.left < -1 or box.right > width + 1 or box.top < -1 or box.bottom > height + 1
    ]


def said_wrongly(markup: str) -> list[str]:
    """Words that only a missing or infinite number writes, and what a page must not contain."""
    numbers = re.findall(r"(?<![A-Za-z])(?:nan|inf|None|NaN|Infinity)(?![A-Za-z])", markup)
    return numbers + re.findall(r"<script|\son[a-z]+=|href=\"http", markup)
