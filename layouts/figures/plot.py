"""The plotting area of a line chart: where a point stands, and the shape of an interval."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.figures.description import Prominence
from layouts.figures.runs import Run
from layouts.figures.scales import Scale
from layouts.figures.svg import element, traced


@dataclass(frozen=True, slots=True)
class Plot:
    """Edges and scales, in pixels; `size` is the font size and `width` that of the whole."""

    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale
    size: int
    width: int

    def places(self, run: Run) -> list[tuple[float, float]]:
        """The position of each point of a run; a run has no point without a value."""
        return [
            (self.x(point.at.toordinal()), self.y(point.value))
            for point in run
            if point.value is not None
        ]

    def ribbon(self, run: Run, opacity: float) -> str:
        """The 95% intervals of a run as one shape; those of a single point as an upright bar."""
        upper = [
            (self.x(point.at.toordinal()), self.y(point.upper))
            for point in run
            if point.upper is not None
        ]
        lower = [
            (self.x(point.at.toordinal()), self.y(point.lower))
            for point in run
            if point.lower is not None
        ]
        if len(run) == 1:
            (x, top), (_, bottom) = upper[0], lower[0]
            upper, lower = [(x - 3, top), (x + 3, top)], [(x - 3, bottom), (x + 3, bottom)]
        # Whole pixels are enough for what is only shaded.
        path = f"{traced(upper + lower[::-1], places=0)}z"
        return element(
            "path", class_="ribbon", fill="currentColor", fill_opacity=str(opacity), d=path
        )

    def marker_radius(self, points: int, prominence: Prominence) -> float:
        """Smaller markers where there are many points, and for lines that are only read against."""
        room = (self.right - self.left) / max(points, 1)
        largest = 4.0 if prominence == "focus" else 2.6
        return max(1.2, min(largest, room / 6))
