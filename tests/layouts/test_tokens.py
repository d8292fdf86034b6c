"""Colours must be seen on both pages, by eyes of every kind, and never speak alone."""

import itertools
import re
from pathlib import Path

import pytest

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from layouts import tokens
from layouts.figures.marks import SHAPES
from metrics.measures.results import Verdict

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
SIMULATIONS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
FIXED = [COMBINED_AUTHORITY, *CONSTITUENT]


def linear(colour: str) -> list[float]:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, simulation: str) -> tuple[float, ...]:
    """The colour in OKLab, as seen by such eyes."""
    source = linear(colour)
    r, g, b = (
        min(max(sum(a * c for a, c in zip(row, source, strict=True)), 0.0), 1.0)
        for row in SIMULATIONS[simulation]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def distance(one: str, other: str, simulation: str) -> float:
    pairs = zip(seen(one, simulation), seen(other, simulation), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_contrast_is_the_one_that_wcag_defines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    # The example that WCAG's own understanding documents use: the lightest grey for body text.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "style",
    [*tokens.AREA_STYLES.values(), *tokens.EXTRA_STYLES, tokens.NEUTRAL_STYLE],
    ids=lambda style: style.token,
)
def test_every_area_is_seen_on_both_pages(style):
    assert contrast(style.colour.light, tokens.PAGE.light) >= 3
    assert contrast(style.colour.dark, tokens.PAGE.dark) >= 3


@pytest.mark.parametrize("name", ["INK", "INK_MUTED", "ACCENT", "WARNING", "COMPARATOR"])
def test_text_is_readable_on_page_and_panel(name):
    colour = getattr(tokens, name)
    for ground in (tokens.PAGE, tokens.PANEL):
        assert contrast(colour.light, ground.light) >= 4.5
        assert contrast(colour.dark, ground.dark) >= 4.5


@pytest.mark.parametrize("simulation", SIMULATIONS)
@pytest.mark.parametrize("page", ["light", "dark"])
def test_fixed_areas_are_told_apart_by_all_eyes(simulation, page):
    colours = {code: getattr(tokens.AREA_STYLES[code].colour, page) for code in FIXED}
    nearest = min(
        (distance(colours[a], colours[b], simulation), a, b)
        for a, b in itertools.combinations(FIXED, 2)
    )
    assert nearest[0] >= 0.10, nearest


def test_no_two_areas_share_shape_and_dash():
    styles = [*tokens.AREA_STYLES.values(), *tokens.EXTRA_STYLES, tokens.NEUTRAL_STYLE]
    looks = [(style.shape, style.dash) for style in styles]
    assert len(set(looks)) == len(looks)
    shapes = [tokens.AREA_STYLES[code].shape for code in FIXED]
    shapes += [style.shape for style in tokens.EXTRA_STYLES]
    assert len(set(shapes)) == len(shapes)
    assert {style.shape.removesuffix("-open") for style in styles} <= SHAPES


def test_fixed_style_whatever_the_position_and_extras_in_order():
    assert tokens.area_style("E08000025", 3) is tokens.AREA_STYLES["E08000025"]
    assert tokens.area_style("E06000051", 0) is tokens.EXTRA_STYLES[0]
    assert tokens.area_style("E06000051", 11) is tokens.EXTRA_STYLES[1]
    assert tokens.area_style("E12000001", None) is tokens.NEUTRAL_STYLE


def test_every_verdict_has_word_glyph_and_readable_colour():
    assert set(tokens.VERDICT_STYLES) == set(Verdict)
    glyphs = [style.glyph for style in tokens.VERDICT_STYLES.values()]
    assert len(set(glyphs)) == len(glyphs)
    for verdict, style in tokens.VERDICT_STYLES.items():
        assert style.word == verdict.value
        assert contrast(style.colour.light, tokens.PAGE.light) >= 4.5
        assert contrast(style.colour.dark, tokens.PAGE.dark) >= 4.5
        assert 'aria-hidden="true"' in style.svg


@pytest.mark.parametrize("simulation", SIMULATIONS)
def test_classes_of_maps_are_steps_of_lightness(simulation):
    light = [seen(colour.light, simulation)[0] for colour in tokens.MAP_CLASSES]
    dark = [seen(colour.dark, simulation)[0] for colour in tokens.MAP_CLASSES]
    assert all(a - b >= 0.08 for a, b in itertools.pairwise(light))
    assert all(b - a >= 0.08 for a, b in itertools.pairwise(dark))


def test_css_declares_every_colour_three_times_and_a_class_for_every_area():
    css = tokens.as_css()
    for name in tokens.all_colours():
        assert len(re.findall(rf"--{re.escape(name)}:", css)) == 3, name
    for style in tokens.AREA_STYLES.values():
        assert f".{style.token}{{color:var(--{style.token})}}" in css
    assert "@media screen and (prefers-color-scheme:dark)" in css
    assert "@media (forced-colors:active)" in css


def test_style_sheet_of_charts_uses_only_declared_properties():
    sheet = Path(tokens.__file__).parent / "assets" / "20_charts.css"
    used = set(re.findall(r"var\(--([a-z0-9-]+)", sheet.read_text(encoding="utf-8")))
    declared = set(re.findall(r"--([a-z0-9-]+):", tokens.as_css()))
    assert used
    assert used <= declared
