"""How much of what is declared has figures, as a chart. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable

from layouts.figures.description import RankedStrip, StripRow, Unit


def share_held_chart(rows: Iterable[tuple[str, str, int, int]], summary: str) -> RankedStrip:
    """For each mission, the share of its declared metrics that have figures.

    Args:
        rows: a key, the name, how many metrics have figures, and how many are declared; a
            mission without metrics is listed as having no figure.
        summary: the sentence for those who cannot see it.
    """
    told = [
        StripRow(
            key,
            name,
            "comparator",
            100 * held / declared if declared else None,
            note=f"{held} of {declared}",
        )
        for key, name, held, declared in rows
    ]
    told.sort(key=lambda row: (row.value is None, -(row.value or 0.0)))
    return RankedStrip(
        id="share-held",
        title="Share of the metrics declared for each mission that have figures",
        summary=summary,
        unit=Unit("% of metrics", "", "%", 0),
        rows=tuple(told),
    )
