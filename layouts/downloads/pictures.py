"""Charts as SVG and PNG."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from xml.etree import ElementTree

import resvg_py

from layouts.asset_files import ASSETS
from layouts.downloads.seen import leave_out_unseen
from layouts.tokens import all_colours

# Of the widths of Helvetica, for which charts are laid out, first; any other is wider.
_FONTS = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "Liberation Sans"),
    ("Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVu Sans"),
)
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
# Larger than the drawing, as a slide needs; a printed page is better served by the SVG.
SCALE = 1.5
MOST_PIXELS = 12_000_000


class NoFontError(RuntimeError):
    """No font with which a picture could be written is on this machine."""


# The rules of the page's style sheet for what lies inside a chart; those for its box are not.
_RULE = re.compile(r"(?m)^((?:\.chart [^\s{]|\.map-)[^{}@]*)\{([^{}]*)\}")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")


@cache
def picture_style() -> str:
    """How marks look in a picture on its own: as on the page by daylight."""
    sheet = (ASSETS / "20_charts.css").read_text(encoding="utf-8")
    colours = {name: colour.light for name, colour in all_colours().items()}
    rules = (
        f"{found[1].strip()}{{{' '.join(found[2].split())}}}" for found in _RULE.finditer(sheet)
    )
    return _VARIABLE.sub(lambda found: colours.get(found[1], "inherit"), "".join(rules))


@cache
def fonts() -> tuple[tuple[str, ...], str]:
    """The files of the first font that is there, and its name.

    Raises:
        NoFontError: none of those that charts are laid out for is there.
    """
    for regular, bold, name in _FONTS:
        found = [
            next((str(path) for path in Path(folder).rglob(file)), "")
            for file in (regular, bold)
            for folder in _FOLDERS
            if Path(folder).is_dir()
        ]
        files = tuple(dict.fromkeys(path for path in found if path))
        if files:
            return files, name
    raise NoFontError(
        "no font for pictures is on this machine; install Liberation Sans, Arimo or DejaVu Sans"
    )


# The same few pictures are asked for again and again; each takes about 0.1 MB.
@lru_cache(maxsize=64)
def as_png(svg: str) -> bytes:
    """A picture in pixels, larger than the drawing by `SCALE` and never above a bound.

    Raises:
        NoFontError: there is no font to write with.
        ValueError: the picture is too large.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by our own renderers
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    if width * height * SCALE**2 > MOST_PIXELS:
        raise ValueError(f"a picture of {width:g} by {height:g} is larger than is made")
    leave_out_unseen(root)
    files, name = fonts()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=ElementTree.tostring(root, encoding="unicode"),
            zoom=SCALE,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=list(files),
            font_family=name,
            sans_serif_family=name,
            style_sheet=f'text{{font-family:"{name}"}}',
        )
    )
