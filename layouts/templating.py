"""Markup from templates: every value is escaped unless it is markup already."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data.periods import day_in_words
from layouts.tokens import VERDICT_STYLES
from metrics.measures.results import Verdict, verdict_words

TEMPLATES = Path(__file__).resolve().parent / "templates"


def _sentence_end(text: str) -> str:
    """The text with a full stop, where it has no closing mark."""
    return text if re.search(r"[.!?]$", text.strip()) else f"{text.strip()}."


def _anchor(clause_id: str) -> str:
    """The id of a clause as the id of an element, which begins with a letter."""
    return f"clause-{clause_id.replace('.', '-')}"


def _verdict_glyph(verdict: Verdict) -> Markup:
    """The shape that stands beside the verdict's word."""
    # Drawn by our own tokens, with nothing of a reader's or a publisher's in it.
    return Markup(VERDICT_STYLES[verdict].svg)  # noqa: S704


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["day"] = day_in_words
    environment.filters["number"] = "{:,}".format
    environment.filters["sentence"] = _sentence_end
    environment.filters["anchor"] = _anchor
    environment.filters["verdict_glyph"] = _verdict_glyph
    environment.filters["verdict_words"] = verdict_words
    environment.filters["verdict_token"] = lambda verdict: VERDICT_STYLES[verdict].token
    return environment


_ENVIRONMENT = _environment()


def render(template: str, **values: Any) -> Markup:
    """The markup of a template in `layouts/templates`; a value that is missing is an error."""
    # The environment escapes every value, so what comes out is markup.
    return Markup(_ENVIRONMENT.get_template(template).render(**values))  # noqa: S704
