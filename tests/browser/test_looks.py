"""Pages look as they did when somebody last looked at them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.browser.looks import BASELINES, LOOKS, WIDTHS, difference, picture

# Figures and fonts differ a little from machine to machine; a part that moved differs by more.
TOLERANCE = 2.5


@pytest.mark.soak
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", LOOKS)
def test_a_page_looks_as_it_did(page: Page, name: str, width: int) -> None:
    kept = Image.open(BASELINES / f"{name}-{width}.png").convert("L")
    taken = picture(page, LOOKS[name], width)
    assert taken.size == kept.size
    apart = difference(kept, taken)
    assert apart <= TOLERANCE, f"{name} at {width} pixels differs by {apart:.1f} of 255"


@pytest.mark.parametrize("name", ["board-1280", "metric-390"])
def test_a_part_that_is_gone_or_has_moved_is_noticed(name: str) -> None:
    kept = Image.open(BASELINES / f"{name}.png").convert("L")
    assert difference(kept, kept) == 0
    gone = kept.copy()
    ImageDraw.Draw(gone).rectangle((0, 0, kept.width, kept.height // 2), fill=255)
    assert difference(kept, gone) > TOLERANCE
    moved = Image.new("L", kept.size, 255)
    moved.paste(kept, (0, 30))
    assert difference(kept, moved) > TOLERANCE


def test_the_pictures_are_small_and_all_there() -> None:
    files = {file.stem: file.stat().st_size for file in BASELINES.glob("*.png")}
    assert files.keys() == {f"{name}-{width}" for name in LOOKS for width in WIDTHS}
    assert sum(files.values()) < 1_000_000
