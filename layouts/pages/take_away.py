"""What a metric's page offers to be taken away: files, code to embed, plain text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from layouts.addresses import home_address
from layouts.pages.metric_pictures import Pictures
from layouts.pages.metric_reading import MetricReading


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files of a metric's page are. `query` begins with `?` or is empty."""

    base: str
    query: str

    def embed(self, chart: str, title: str) -> str:
        """The code with which another site shows a chart, as text."""
        where = escape(f"{home_address()}/embed{self.base}/{chart}{self.query}")
        return (
            f'<iframe src="{where}" title="{escape(title)}" width="760" height="640" '
            'loading="lazy"></iframe>'
        )


def files_of(reading: MetricReading) -> Files:
    """The files with the choices of the page."""
    query = reading.choices.query(reading.metric)
    return Files(f"/metrics/{reading.metric.id}", f"?{query}" if query else "")


def plain_text(opening: str, pictures: Pictures, files: Files) -> str:
    """The chart over time as lines of text for a minute-taker, with source and address."""
    lines = (
        pictures.line.title,
        opening,
        pictures.line_words,
        pictures.line.source,
        f"{home_address()}{files.base}{files.query}",
    )
    return "\n".join(line for line in lines if line)
