"""Names of areas as the register has them, to see a code that stands beside the name of another."""

from __future__ import annotations

from functools import cache

from data.reference_data import read_areas_file

OF_THE_CODE = "the name that the register has for the code, or one that no other area has"


# Kinds of areas of which one may well be called like an area of another kind.
_APART = ("ITL 1", "ITL 2", "ITL 3", "police force area")


@cache
def is_of_another(code: str, name: str) -> bool:
    """Whether a name is not that of the area with this code, but of another area.

    Names that the register has for no area, and codes that it does not have, tell nothing; nor
    does Durham beside the code of County Durham, though a police force is called so.
    """
    own, kinds = _register()
    bare = _bare(name)
    if code not in own or bare in own[code]:
        return False
    others = [other for other, names in own.items() if bare in names]
    part_of_its_own = any(set(bare.split()) <= set(known.split()) for known in own[code])
    return any(kinds[other] == kinds[code] or not part_of_its_own for other in others)


@cache
def _register() -> tuple[dict[str, set[str]], dict[str, str]]:
    """For each code its names and those of the codes that it gave way to, and its kind."""
    areas = read_areas_file()
    names = dict(zip(areas["code"], areas["name"], strict=True))
    own = {code: {_bare(name)} for code, name in names.items()}
    for code, newer in zip(areas["code"], areas["recoded_to"], strict=True):
        if newer:
            own[code].add(_bare(names[newer]))
            own[newer].add(_bare(names[code]))
    kinds = {
        code: kind if kind in _APART else ""
        for code, kind in zip(areas["code"], areas["type"], strict=True)
    }
    return own, kinds


def _bare(name: str) -> str:
    """A name without what tells it apart, as in `Merseyside (Met County)`."""
    return name.split(" (")[0]
