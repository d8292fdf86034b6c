"""How pages look, as small pictures: what a change of style may not alter unseen.

`python -m tests.browser.looks ADDRESS` takes the pictures anew from a dashboard over the shipped
figures; look at each before it is kept.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, sync_playwright

from scripts.prerequisites import find_browser
from tests.browser.pages import HEIGHTS, wait_for_dash
from tests.fixtures.browser import FLAGS

BASELINES = Path(__file__).parent / "baselines"
# What a name in the folder stands for. Figures change; the frame, type and charts do not.
LOOKS = {
    "board": "/",
    "mission": "/missions/health",
    "metric": "/metrics/healthy-life-expectancy-male",
    "map": "/metrics/healthy-life-expectancy-male?map=shown",
    "areas": "/areas",
    "area": "/areas/E08000025",
    "compare": "/compare?areas=E08000025,E08000026&metrics=employment-rate,anxiety",
    "disparities": "/disparities",
    "workstreams": "/workstreams",
    "workstream": "/workstreams/skills",
    "present": "/present/health",
    "brief": "/brief?areas=E08000025&since=2026-01-31",
    "propositions": "/propositions",
    "proposition": "/propositions/skills-and-employment",
    "packs": "/packs",
    "search": "/search?q=birmingam",
    "method": "/method",
    "accessibility": "/accessibility",
    "not-found": "/nothing",
}
WIDTHS = (1280, 390)
# Of each page the first screens, at a third of their size and in shades of grey.
SCREENS, SMALLER, SHADES = 2, 3, 16


def picture(page: Page, path: str, width: int) -> Image.Image:
    """The first screens of a page, made small."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width] * SCREENS})
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.goto(path)
    # Pages of problems, and those that change by themselves, are left as they were sent.
    if page.locator("#_dash-config").count():
        wait_for_dash(page)
    shot = Image.open(BytesIO(page.screenshot())).convert("L")
    small = shot.resize((shot.width // SMALLER, shot.height // SMALLER), Image.Resampling.BOX)
    return small.quantize(SHADES).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far apart two pictures of one size are: the mean of the shades they differ by, of 255.

    Blurred first, so that a letter a pixel further on is no difference and a part moved is.
    """
    blurred = [
        picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.BOX)
        for picture in (one, other)
    ]
    return ImageStat.Stat(ImageChops.difference(*blurred)).mean[0]


def main() -> None:
    """Take every picture anew."""
    BASELINES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = chromium.new_page(base_url=sys.argv[1], locale="en-GB")
        for name, path in LOOKS.items():
            for width in WIDTHS:
                taken = picture(page, path, width)
                taken.quantize(SHADES).save(BASELINES / f"{name}-{width}.png", optimize=True)
        chromium.close()


if __name__ == "__main__":
    main()
