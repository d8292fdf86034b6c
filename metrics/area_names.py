"""What areas are called: five different areas are "West Midlands", so the kind is said."""

from __future__ import annotations

# The published name comes first and the kind behind it, where the name alone would not tell.
_KINDS = {
    "combined authority": "{name} Combined Authority",
    "region": "{name} region",
    "police force area": "{name} police force area",
    "metropolitan county": "{name} metropolitan county",
    "ITL 1": "{name} (ITL 1)",
    "ITL 2": "{name} (ITL 2)",
    "ITL 3": "{name} (ITL 3)",
}
_TRAILING = (", City of", ", County of")
_WITH_ARTICLE = ("United Kingdom", "Isle of", "Isles of", "Vale of", "City of", "UK ")


def area_label(name: str, kind: str) -> str:
    """The name on a heading or beside a mark: `West Midlands Combined Authority`.

    Args:
        name: the published name.
        kind: the type of area, as `data.areas` names it.
    """
    if name == "London" and kind == "region":
        return name
    return _KINDS.get(kind, "{name}").format(name=_straight(name))


def _straight(name: str) -> str:
    """`Bristol` for `Bristol, City of`, which is how people say it."""
    for ending in _TRAILING:
        name = name.removesuffix(ending)
    return name


def area_in_text(name: str, kind: str) -> str:
    """The name within a sentence: `the West Midlands region`, `Birmingham`."""
    label = area_label(name, kind)
    articled = kind in ("combined authority", "region", "police force area", "metropolitan county")
    if (articled and label != "London") or label.startswith(_WITH_ARTICLE):
        return f"the {label}"
    return label
