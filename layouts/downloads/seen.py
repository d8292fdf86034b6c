"""Leaving out of a drawing what its enlarged windows do not show.

A map says each outline once and uses all of them again in the window that enlarges a few. A page is
the lighter for it; but whatever turns the drawing into pixels goes through every outline of the
country, enlarged, to show seven.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from layouts.figures.outlines import Box, box_of

_SVG = "{http://www.w3.org/2000/svg}"


def leave_out_unseen(root: Element) -> None:
    """Write out what a window uses again, without the outlines that lie outside it.

    Args:
        root: a drawing of ours, which is changed. What it looks like is not.
    """
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    for window in root.iter(f"{_SVG}svg"):
        view = [float(number) for number in window.get("viewBox", "").split()]
        if len(view) != 4:
            continue
        box = Box(view[0], view[1], view[0] + view[2], view[1] + view[3])
        for parent in (window, *window.findall(f"{_SVG}g")):
            for place, used in enumerate(list(parent)):
                if used.tag != f"{_SVG}use":
                    continue
                target = named.get((used.get("href") or "").removeprefix("#"))
                if target is not None:
                    parent[place] = _seen(target, box)


def _seen(element: Element, box: Box) -> Element:
    """A copy of what of an element touches a box; without its id, which is there already."""
    attributes = {name: words for name, words in element.attrib.items() if name != "id"}
    copy = Element(element.tag, attributes)
    for child in element:
        outline = child.get("d")
        if outline is None or (outline and box_of([outline]).touches(box)):
            copy.append(_seen(child, box))
    return copy
