"""A chart as a picture that can leave its page: with title, source, date and address in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from layouts.figures.scales import wrap
from layouts.figures.svg import element, identifier, text_of
from layouts.tokens import FONT_FAMILY, INK, INK_MUTED, PAGE

MARGIN = 20
TITLE_SIZE = 18
NOTE_SIZE = 12
_OPENING = re.compile(r'<svg xmlns="[^"]*"([^>]*?) width="([\d.]+)" height="([\d.]+)"')


def standalone(svg: str, title: str, notes: Sequence[str], style: str = "") -> str:
    """A drawn chart inside a picture of its own, on the colour of a page by daylight.

    Args:
        svg: what one of the `draw_` functions gave.
        title: what is drawn, over the chart.
        notes: lines under it: source, day, address. Each is wrapped; none is cut.
        style: rules for the marks, such as the page has in its style sheet.

    Raises:
        ValueError: `svg` is not what the renderers write.
    """
    found = _OPENING.match(svg)
    if found is None:
        raise ValueError("this is not a chart of ours")
    width, height = float(found[2]), float(found[3])
    heading = wrap(title, TITLE_SIZE, width, 4)
    top = MARGIN + len(heading) * (TITLE_SIZE + 5) + 10
    content = [
        element("style", text_of(style)) if style else "",
        element("rect", width=width + 2 * MARGIN, height="100%", fill=PAGE.light),
        *(
            _line(line, MARGIN + (number + 1) * (TITLE_SIZE + 5) - 7, TITLE_SIZE, INK.light, "700")
            for number, line in enumerate(heading)
        ),
        # A chart stays within its box. To hold it to that takes a renderer as long as all the rest.
        f'<svg x="{MARGIN}" y="{top}" overflow="visible"{svg[len("<svg") :]}',
    ]
    y = top + height + 14
    for note in notes:
        for line in _lines(note, width):
            content.append(_line(line, y, NOTE_SIZE, INK_MUTED.light))
            y += NOTE_SIZE + 4
    name = identifier(title)
    return element(
        "svg",
        element("title", text_of(title), id=name) + "".join(content),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width + 2 * MARGIN:g} {y + 4:g}",
        width=width + 2 * MARGIN,
        height=y + 4,
        font_family=FONT_FAMILY,
        role="img",
        aria_labelledby=name,
    )


def _line(words: str, y: float, size: float, colour: str, weight: str | None = None) -> str:
    return element(
        "text", text_of(words), x=MARGIN, y=y, font_size=size, fill=colour, font_weight=weight
    )


def _lines(note: str, width: float) -> list[str]:
    """The note in lines; an address without a space is broken where it must be."""
    # Few letters are wider than this, so that no piece is longer than a line.
    letters = int(width / (NOTE_SIZE * 0.75))
    words = " ".join(
        " ".join(word[start : start + letters] for start in range(0, len(word), letters))
        for word in note.split()
    )
    return wrap(words, NOTE_SIZE, width, 12)
