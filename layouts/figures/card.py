"""The picture that stands for a page where links to it are shared: its title and its sentence."""

from __future__ import annotations

from layouts.figures.scales import wrap
from layouts.figures.svg import element, text_of
from layouts.tokens import ACCENT, FONT_FAMILY, INK, INK_MUTED, PAGE

# In the proportions that are asked for; drawn larger by whoever makes pixels of it.
WIDTH, HEIGHT = 800, 420
MARGIN = 48
TITLE_SIZE, SENTENCE_SIZE, NOTE_SIZE = 40, 24, 18
_ROOM = WIDTH - 2 * MARGIN


def draw_card(title: str, sentence: str, product: str, known_on: str) -> str:
    """A card as SVG of `WIDTH` by `HEIGHT`.

    Args:
        title: of the page; up to three lines, cut short beyond.
        sentence: with which the page opens; as many lines as there is room for.
        product: whose page it is.
        known_on: the day of the figures in words, empty where none are held.
    """
    heading = wrap(title, TITLE_SIZE, _ROOM, 3)
    top = MARGIN + NOTE_SIZE + 20
    lines = [_line(product, MARGIN + NOTE_SIZE, NOTE_SIZE, ACCENT.light, "700")]
    for number, line in enumerate(heading, 1):
        y = top + number * (TITLE_SIZE + 6)
        lines.append(_line(line, y, TITLE_SIZE, INK.light, "700"))
    start = top + len(heading) * (TITLE_SIZE + 6) + 14
    end = HEIGHT - MARGIN - NOTE_SIZE - 16
    most = max(1, (end - start) // (SENTENCE_SIZE + 9))
    for number, line in enumerate(wrap(sentence, SENTENCE_SIZE, _ROOM, most), 1):
        lines.append(_line(line, start + number * (SENTENCE_SIZE + 9), SENTENCE_SIZE, INK.light))
    if known_on:
        words = f"Figures as known on {known_on}"
        lines.append(_line(words, HEIGHT - MARGIN, NOTE_SIZE, INK_MUTED.light))
    background = element("rect", width=WIDTH, height=HEIGHT, fill=PAGE.light)
    edge = element("rect", width=12, height=HEIGHT, fill=ACCENT.light)
    return element(
        "svg",
        background + edge + "".join(lines),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        font_family=FONT_FAMILY,
    )


def _line(words: str, y: float, size: float, colour: str, weight: str | None = None) -> str:
    return element(
        "text",
        text_of(words),
        x=MARGIN,
        y=y,
        font_size=size,
        font_weight=weight,
        fill=colour,
    )
