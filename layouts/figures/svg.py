"""Writing SVG: text always escaped, numbers kept short, and the frame around a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

# Characters that XML 1.0 cannot hold, whatever the escaping.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PLAIN = re.compile("[A-Za-z0-9 .,:;#()/%+_-]*").fullmatch


def text_of(words: str) -> str:
    """The words as the content of an element."""
    return escape(_NOT_XML.sub("\ufffd", words))


def short(number: float) -> str:
    """A coordinate to a tenth of a unit, without a needless `.0`."""
    words = f"{number:.1f}"
    if not words.endswith(".0"):
        return words
    return "0" if words == "-0.0" else words[:-2]


def traced(points: Iterable[tuple[float, float]], places: int = 1) -> str:
    """Points joined by straight lines as the data of a path; a single one as a line of no length.

    Each step is written from the one before: steps repeat where places do not, so that a page of
    many paths compresses to a fraction. Places are rounded first, so that no error adds up.
    """
    scale = 10**places
    whole = [(round(x * scale), round(y * scale)) for x, y in points]
    if not whole:
        return ""
    start = " ".join(short(part / scale) for part in whole[0])
    if len(whole) == 1:
        return f"M{start}h0"
    steps = (
        f"{short((b[0] - a[0]) / scale)} {short((b[1] - a[1]) / scale)}" for a, b in pairwise(whole)
    )
    return f"M{start}l{' '.join(steps)}".replace(" -", "-")


def exact(value: float | None) -> str | None:
    """A value in full, for programs and tests to read back; None where there is none."""
    # Numbers out of data frames have types of their own, which write themselves differently.
    return None if value is None else repr(float(value))


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """One element; `content` is markup already, attributes are escaped here.

    Attribute names are written with `_` for `-`, and a trailing `_` is dropped (`class_`). An
    attribute of None is left out. Floats are written as coordinates.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        words = value if isinstance(value, str) else short(value)
        # A page has thousands of attributes, nearly all with nothing in them to escape.
        quoted = f'"{words}"' if _PLAIN(words) else quoteattr(_NOT_XML.sub("", words))
        parts.append(f"{key.rstrip('_').replace('_', '-')}={quoted}")
    opening = " ".join(parts)
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def identifier(words: str) -> str:
    """The words as an id that XML and CSS accept."""
    return "c-" + re.sub(r"[^A-Za-z0-9_-]+", "-", words)


def frame(
    chart_id: str,
    title: str,
    summary: str,
    width: float,
    height: float,
    content: str,
    kind: str,
    narrow: bool = False,
) -> str:
    """The `<svg>` around a chart: one image to assistive technology, named and described.

    The values stand in the table beside each chart, so the marks inside are not announced one
    by one. `kind` becomes the class `chart-<kind>`; `narrow` says which of the two widths it is.
    """
    name = f"{identifier(chart_id)}-{short(width)}"
    size = "chart-narrow" if narrow else "chart-wide"
    return element(
        "svg",
        element("title", text_of(title), id=f"{name}-t")
        + element("desc", text_of(summary), id=f"{name}-d")
        + content,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart-{kind} {size}",
        viewBox=f"0 0 {short(width)} {short(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )
