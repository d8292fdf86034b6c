"""The files that pages ask for, each by an address that changes with its content."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from rcssmin import cssmin  # type: ignore[import-untyped]

from layouts.tokens import as_css

ASSETS = Path(__file__).parent / "assets"


# Style sheets of some kinds of page, by the first part of the path; every page carries the others.
# A choice on a page leads to no other kind, so that what it brings is styled too.
ONLY_ON = {
    "12_board.css": {"", "areas", "method", "missions", "present"},
    "13_mission.css": {"", "areas", "brief", "missions", "propositions", "workstreams"},
    "14_missions_narrow.css": {"", "method", "missions"},
    "42_area.css": {"areas", "data", "method"},
    "60_compare.css": {
        "areas",
        "brief",
        "compare",
        "disparities",
        "metrics",
        "propositions",
        "workstreams",
    },
    "60_presentation.css": {"present"},
    "62_brief.css": {"brief"},
    "62_workstream.css": {"brief", "workstreams"},
    "64_case.css": {"propositions"},
    "64_packs.css": {"areas", "missions", "packs", "propositions", "take-away"},
}


@cache
def style_sheet() -> str:
    """The tokens and every style sheet, as one, without comments and needless room.

    Raises:
        ValueError: it holds what would end the element that it stands in on each page.
    """
    return _joined(tuple(path.name for path in _sheets()))


def page_style(path: str) -> str:
    """What a page carries of the style sheets: those of its kind and those of every page.

    Args:
        path: of the page; what is no page of ours has only what every page has.
    """
    kind = path.strip("/").partition("/")[0]
    return _joined(
        tuple(
            sheet.name for sheet in _sheets() if kind in ONLY_ON.get(sheet.name, frozenset({kind}))
        )
    )


def style_source(style: str) -> str:
    """A page's style sheet as a content security policy names it: nothing else is then obeyed."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _sheets() -> list[Path]:
    return sorted(ASSETS.glob("*.css"))


@cache
def _joined(names: tuple[str, ...]) -> str:
    sheets = [(ASSETS / name).read_text(encoding="utf-8") for name in names]
    whole: str = cssmin("\n".join([as_css(), *sheets]))
    if "</" in whole:
        raise ValueError("a style sheet holds '</', which no page can carry; write it as '<\\/'")
    return whole


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
