"""The files that pages ask for, each by an address that changes with its content."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from rcssmin import cssmin  # type: ignore[import-untyped]

from layouts.tokens import as_css

ASSETS = Path(__file__).parent / "assets"


@cache
def style_sheet() -> str:
    """The tokens and every style sheet, as one, without comments and needless room.

    Raises:
        ValueError: it holds what would end the element that it stands in on each page.
    """
    sheets = [path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css"))]
    whole: str = cssmin("\n".join([as_css(), *sheets]))
    if "</" in whole:
        raise ValueError("a style sheet holds '</', which no page can carry; write it as '<\\/'")
    return whole


@cache
def style_source() -> str:
    """The style sheet as a content security policy names it: nothing but it is then obeyed."""
    digest = hashlib.sha256(style_sheet().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def style_address() -> str:
    """The address of the style sheet."""
    return f"/assets/style.css?m={_named(style_sheet().encode())}"


@cache
def asset_address(name: str) -> str:
    """The address of a file in the folder of assets."""
    return f"/assets/{name}?m={_named((ASSETS / name).read_bytes())}"


def _named(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
