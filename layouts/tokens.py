"""The design in one place: colours, type, spacing, and the style of every area and verdict.

Style sheets, SVG and Plotly figures all read these values. Nothing is said by colour alone: an
area has a marker shape and a dash beside its colour, a verdict a word and a glyph.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.areas import COMBINED_AUTHORITY, ENGLAND, REGION, UNITED_KINGDOM
from metrics.measures.results import Verdict

# Helvetica, Arial and Liberation Sans have the same widths, so a chart that was laid out
# without a browser has room for its labels in one.
FONT_FAMILY = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif'
TYPE_SCALE = {
    "small": "0.875rem",
    "body": "1.0625rem",
    "lead": "1.25rem",
    "heading-3": "1.25rem",
    "heading-2": "1.5rem",
    "heading-1": "2.125rem",
}
LINE_HEIGHT = {"line-height": "1.55", "line-height-heading": "1.2"}
SPACING = {
    "space-1": "0.25rem",
    "space-2": "0.5rem",
    "space-3": "1rem",
    "space-4": "1.5rem",
    "space-5": "2.5rem",
    "space-6": "4rem",
    "measure": "42rem",
    "page-width": "72rem",
    "radius": "3px",
}


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour by daylight, in the dark, and when the reader's own colours are forced."""

    light: str
    dark: str
    forced: str = "CanvasText"


PAGE = Colour("#ffffff", "#14181f", "Canvas")
INK = Colour("#16191d", "#eceff3")
INK_MUTED = Colour("#535c68", "#aeb7c3")
ACCENT = Colour("#0b3d91", "#8ab4ff", "LinkText")
PANEL = Colour("#f4f6f8", "#1d232c", "Canvas")
RULE = Colour("#d5dae0", "#3a4350")
GRID = Colour("#e4e8ec", "#2b333e", "GrayText")
BACKGROUND_MARK = Colour("#9aa3af", "#6d7784", "GrayText")
COMPARATOR = Colour("#535c68", "#b4bcc8")
# The black-on-yellow of the focus ring is seen on both pages.
FOCUS = Colour("#ffbf00", "#ffbf00", "Highlight")
WARNING = Colour("#8a4b00", "#f0b64d")

_PLAIN = {
    "page": PAGE,
    "ink": INK,
    "ink-muted": INK_MUTED,
    "accent": ACCENT,
    "panel": PANEL,
    "rule": RULE,
    "grid": GRID,
    "background-mark": BACKGROUND_MARK,
    "comparator": COMPARATOR,
    "focus": FOCUS,
    "warning": WARNING,
}


@dataclass(frozen=True, slots=True)
class AreaStyle:
    """How an area is drawn everywhere. `dash` is a stroke-dasharray, empty for a solid line."""

    token: str
    colour: Colour
    shape: str
    dash: str = ""
    width: float = 2.0


def _area(code: str, colour: Colour, shape: str, dash: str = "", width: float = 2.0) -> AreaStyle:
    return AreaStyle(f"area-{code.lower()}", colour, shape, dash, width)


# Fixed by GSS code, so that an area looks the same on every page and in every year.
AREA_STYLES: dict[str, AreaStyle] = {
    COMBINED_AUTHORITY: _area(COMBINED_AUTHORITY, ACCENT, "circle", width=3.0),
    "E08000025": _area("E08000025", Colour("#833ad0", "#ae82b2"), "square"),
    "E08000026": _area("E08000026", Colour("#028ff5", "#5a6fe8"), "triangle-up"),
    "E08000027": _area("E08000027", Colour("#8f9006", "#e5fe7d"), "diamond"),
    "E08000028": _area("E08000028", Colour("#00836b", "#23e8dc"), "triangle-down"),
    "E08000029": _area("E08000029", Colour("#e04fb1", "#a3595c"), "star"),
    "E08000030": _area("E08000030", Colour("#854100", "#f4681c"), "cross"),
    "E08000031": _area("E08000031", Colour("#4f2631", "#ffaf70"), "x"),
    ENGLAND: _area(ENGLAND, COMPARATOR, "circle-open", "7 4"),
    REGION: _area(REGION, COMPARATOR, "square-open", "2 3"),
    UNITED_KINGDOM: _area(UNITED_KINGDOM, COMPARATOR, "diamond-open", "9 3 2 3"),
}
# For further areas that a reader chooses, by the order of choosing.
EXTRA_STYLES: tuple[AreaStyle, ...] = (
    AreaStyle("extra-1", Colour("#b3123f", "#ff8aa0"), "pentagon"),
    AreaStyle("extra-2", Colour("#2d6a1f", "#8fd67a"), "hourglass"),
    AreaStyle("extra-3", Colour("#0b7285", "#67d3e8"), "triangle-left"),
    AreaStyle("extra-4", Colour("#a85f00", "#f0b64d"), "hexagram"),
    AreaStyle("extra-5", Colour("#5c4bc7", "#b5a8ff"), "bowtie"),
    AreaStyle("extra-6", Colour("#b3123f", "#ff8aa0"), "triangle-right", "6 3"),
    AreaStyle("extra-7", Colour("#2d6a1f", "#8fd67a"), "hexagon", "6 3"),
    AreaStyle("extra-8", Colour("#0b7285", "#67d3e8"), "diamond-tall", "6 3"),
    AreaStyle("extra-9", Colour("#a85f00", "#f0b64d"), "star-square", "6 3"),
    AreaStyle("extra-10", Colour("#5c4bc7", "#b5a8ff"), "star-diamond", "6 3"),
)
# Any other area that others are read against.
NEUTRAL_STYLE = AreaStyle("neutral", COMPARATOR, "hexagon-open", "4 4")


def area_style(code: str, position: int | None) -> AreaStyle:
    """The style of an area.

    Args:
        code: its GSS code. A code with a fixed style keeps it, whatever the position.
        position: its place among the areas without a fixed style, from 0; the extra styles
            begin again after the last. None for a comparator, which is drawn in grey.
    """
    if code in AREA_STYLES:
        return AREA_STYLES[code]
    return NEUTRAL_STYLE if position is None else EXTRA_STYLES[position % len(EXTRA_STYLES)]


# Five classes from low to high: one hue, and steps of lightness that grey print keeps apart. In
# the dark the scale turns round, so that the highest class stands out from the page as before.
MAP_CLASSES: tuple[Colour, ...] = (
    Colour("#e3edf6", "#22364f", "#e3edf6"),
    Colour("#b3cee6", "#365b86", "#b3cee6"),
    Colour("#79a8d2", "#5b8ac0", "#79a8d2"),
    Colour("#3d77b0", "#93bbe6", "#3d77b0"),
    Colour("#123c74", "#dceafa", "#123c74"),
)
MAP_HATCH = Colour("#7b8591", "#8a94a1")
MAP_BORDER = Colour("#ffffff", "#14181f", "Canvas")
MAP_OUTLINE = Colour("#16191d", "#ffffff")


@dataclass(frozen=True, slots=True)
class VerdictStyle:
    """A verdict's word, glyph and colour, in that order of importance.

    `glyph` is the inside of an SVG of 16 by 16 that draws with `currentColor`.
    """

    word: str
    token: str
    glyph: str
    colour: Colour

    @property
    def svg(self) -> str:
        """The glyph as an image that assistive technology skips, because the word is beside it."""
        return (
            f'<svg class="verdict-glyph verdict-{self.token}" viewBox="0 0 16 16" width="16" '
            'height="16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" '
            f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{self.glyph}</svg>'
        )


_DISC = '<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/>'
_RING = '<circle cx="8" cy="8" r="6.5" stroke-width="1.5"/>'
_BROKEN_RING = '<circle cx="8" cy="8" r="6.5" stroke-width="1.5" stroke-dasharray="2 2.1"/>'
# The bar on the right is the goal; the arrow reaches it, falls short of it, or leaves it.
_GOAL = '<path d="M14 2v12"/>'


def _verdict(verdict: Verdict, token: str, glyph: str, colour: Colour) -> VerdictStyle:
    return VerdictStyle(str(verdict), token, glyph, colour)


_MET = Colour("#0b6e3a", "#6fd39a")
_COURSE = Colour("#11665c", "#63cdbf")
_SLOW = Colour("#8a5a00", "#f0b64d")
_AWAY = Colour("#b3261e", "#ff8f86")
_QUIET = Colour("#4d5560", "#b4bcc8")
VERDICT_STYLES: dict[Verdict, VerdictStyle] = {
    verdict: _verdict(verdict, token, glyph, colour)
    for verdict, token, glyph, colour in (
        (
            Verdict.MET,
            "met",
            _DISC + '<path d="M4.5 8.3l2.4 2.4 4.6-5" class="verdict-tick" stroke="#fff"/>',
            _MET,
        ),
        (Verdict.MET_WITHIN_MARGIN, "met-margin", _RING + '<path d="M5 8.3l2 2 4-4.4"/>', _MET),
        (
            Verdict.ON_COURSE,
            "on-course",
            _GOAL + '<path d="M2 8h8.5M7 4.5L10.5 8 7 11.5"/>',
            _COURSE,
        ),
        (
            Verdict.TOO_SLOWLY,
            "too-slowly",
            _GOAL + '<path d="M1.5 8h4M3.5 5.5L6 8l-2.5 2.5"/>',
            _SLOW,
        ),
        (Verdict.NO_CLEAR_CHANGE, "no-change", '<path d="M2 5.5h12M2 10.5h12"/>', _QUIET),
        (Verdict.MOVING_AWAY, "away", _GOAL + '<path d="M10.5 8H2M5.5 4.5L2 8l3.5 3.5"/>', _AWAY),
        (Verdict.MISSED, "missed", '<path d="M3 3l10 10M13 3L3 13" stroke-width="2.6"/>', _AWAY),
        (
            Verdict.CANNOT_BE_SHOWN,
            "cannot-be-shown",
            _RING + '<path d="M6 6.3a2 2 0 1 1 2.7 1.9c-.5.2-.7.5-.7 1" stroke-width="1.6"/>'
            '<path d="M8 11.6v.01"/>',
            _QUIET,
        ),
        (Verdict.NO_DATA, "no-data", _BROKEN_RING, _QUIET),
        (Verdict.NOT_MEASURABLE, "not-measurable", _RING + '<path d="M3.5 12.5l9-9"/>', _QUIET),
    )
}


def all_colours() -> dict[str, Colour]:
    """Every colour by the name of its custom property, without the two hyphens."""
    named = dict(_PLAIN)
    for style in (*AREA_STYLES.values(), *EXTRA_STYLES, NEUTRAL_STYLE):
        named[style.token] = style.colour
    for number, colour in enumerate(MAP_CLASSES, start=1):
        named[f"map-{number}"] = colour
    named |= {"map-hatch": MAP_HATCH, "map-border": MAP_BORDER, "map-outline": MAP_OUTLINE}
    for verdict in VERDICT_STYLES.values():
        named[f"verdict-{verdict.token}"] = verdict.colour
    return named


def as_css() -> str:
    """The tokens as custom properties, with the class of each area and verdict.

    Dark values apply on dark screens only, so that print stays dark on white. Where the reader
    forces colours, theirs are used; shapes, dashes and words then tell the areas apart.
    """
    colours = all_colours()
    sizes = {f"type-{name}": size for name, size in TYPE_SCALE.items()}
    plain = {"font": FONT_FAMILY, **sizes, **LINE_HEIGHT, **SPACING}
    light = "".join(f"--{name}:{value};" for name, value in plain.items())
    light += "".join(f"--{name}:{colour.light};" for name, colour in colours.items())
    dark = "".join(f"--{name}:{colour.dark};" for name, colour in colours.items())
    forced = "".join(f"--{name}:{colour.forced};" for name, colour in colours.items())
    tokens = [s.token for s in (*AREA_STYLES.values(), *EXTRA_STYLES, NEUTRAL_STYLE)]
    tokens += [f"verdict-{style.token}" for style in VERDICT_STYLES.values()]
    classes = "".join(f".{token}{{color:var(--{token})}}\n" for token in tokens)
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"@media (forced-colors:active){{:root{{{forced}}}}}\n"
        f"{classes}"
    )
