"""The files that pages ask for, each by an address that changes with its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from layouts.tokens import as_css

ASSETS = Path(__file__).parent / "assets"


@cache
def style_sheet() -> str:
    """The tokens and every style sheet, as one."""
    sheets = [path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css"))]
    return "\n".join([as_css(), *sheets])


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
