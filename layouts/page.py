"""What a page is, before it is either sent as HTML or taken over by Dash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of finished HTML with an id of its own."""

    id: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ChoiceForm:
    """A native form that sends its choices by GET: it works with and without JavaScript.

    `html` is the inside of the form (labels and native controls with their present choices);
    `action` is the path it leads to.
    """

    id: str
    action: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Explorer:
    """A chart that can be explored: `picture` is the SVG that stands there first and without
    JavaScript; `figure` is the same chart as a plain Plotly dict with `data`, `layout` and
    `config`, which takes its place when the reader asks for it."""

    id: str
    picture: Markup
    figure: dict[str, Any]
    height: int


Part = Region | ChoiceForm | Explorer
# How a chart begins, as `layouts.figures` puts it on a page.
CHART = '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-'


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what the browser's title and search engines say of it, and its parts in order.

    The first part holds the heading and the sentence that answers the page's question.
    """

    title: str
    description: str
    parts: tuple[Part, ...]
    status: int = 200
    path: str = "/"
    # The query string that stands for every choice made, without defaults.
    query: str = ""
    # What is said aloud when a choice has changed the page; the description when empty.
    announcement: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    # Names of scripts among the assets that this page runs beside those of every page.
    scripts: tuple[str, ...] = ()

    @property
    def markups(self) -> tuple[Markup, ...]:
        """The finished markup of each part that is no form, in their order."""
        return tuple(
            part.picture if isinstance(part, Explorer) else part.html
            for part in self.parts
            if not isinstance(part, ChoiceForm)
        )
