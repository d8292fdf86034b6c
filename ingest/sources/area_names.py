"""Names of areas as the register has them, to see a code that stands beside the name of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from data.reference_data import read_areas_file
from ingest.faults import Fault, quoted
from ingest.sources.text_tables import report

OF_THE_CODE = "the name that the register has for the code, or one that no other area has"
ONE_NAME = "an area has one name; ask the publisher which area is meant"
_AS_OURS: Mapping[str, str] = {}
# Kinds of areas of which one may well be called like an area of another kind.
_APART = ("ITL 1", "ITL 2", "ITL 3", "police force area")
# How codes begin of areas that share their names: of those called West Midlands one is a county,
# one a region, one a police force area and one a combined authority.
_NAMESAKES = ("E11", "E12", "E23", "E47")
# What publishers call areas beside what the register does: names that the areas had in earlier
# editions, or that a publisher has of its own.
_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "E06000035": ("Medway Towns",),
    "E07000083": ("Tewkesbury",),
    "E07000112": ("Shepway",),
    "E08000021": ("Newcastle", "Newcastle on Tyne"),
    "E12000006": ("East",),
    "E12000007": ("Greater London Authority",),
    "E47000002": ("Sheffield City Region",),
    "TLD7": ("Merseyside",),
    "TLE2": ("North Yorkshire",),
    "TLF1": ("Derbyshire and Nottinghamshire",),
    "TLH": ("East",),
    "TLM93": ("East Ayrshire and North Ayrshire mainland",),
}
# Words at the end of a name that say what kind of area it is, and what the code of such an area
# begins with where that is known for certain.
_KINDS: Mapping[str, str] = {
    "mayoral combined authority": "E47",
    "combined authority": "E47",
    "met county": "E11",
    "region": "E12",
    **dict.fromkeys(("ua", "cc", "dc", "bc", "mbc", "england", "city of", "county of"), ""),
    **dict.fromkeys(("police", "police and crime commissioner and chief constable"), "E23"),
}
_ITS_KIND = re.compile(rf"(.+?) ({'|'.join(_KINDS)})")


@dataclass(frozen=True, slots=True)
class _Register:
    """Which names each code has, as they are written and without their kind, and its kind."""

    own: Mapping[str, frozenset[str]]
    short: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]


@cache
def is_of_another(code: str, name: str) -> bool:
    """Whether a name is not that of the area with this code, but of another area.

    Small and capital letters, brackets and `&` make no difference, nor what kind of area a name
    says that it is (`Hartlepool UA`), unless the code is of another kind: `West Midlands region`
    is not the name of the combined authority. Names that the register has for no area, and codes
    that it does not have, tell nothing; nor does Durham beside the code of County Durham, though
    a police force is called so.
    """
    register = _register()
    if code not in register.own:
        return False
    bare = _bare(name)
    in_brackets = _KINDS.get(_bare(name.partition("(")[2]), "")
    if bare in register.own[code]:
        return _is_another_kind(code, in_brackets)
    short, begins = _without_kind(bare)
    named = _codes_named(bare, register.own)
    if not named and short in register.short[code]:
        return _is_another_kind(code, in_brackets or begins)
    named = named or _codes_named(short, register.short)
    words = set(short.split())
    part_of_its_own = any(words <= set(known.split()) for known in register.own[code])
    kind = register.kinds[code]
    return any(register.kinds[other] == kind or not part_of_its_own for other in named)


def check_area_names(
    table: pd.DataFrame,
    code: str,
    name: str,
    faults: list[Fault],
    names: Mapping[str, str] = _AS_OURS,
) -> None:
    """A fault for each row of a table of text whose name is that of another area than its code.

    Args:
        table: with the columns `file` and `row_number` beside the publisher's or our own.
        code, name: the columns.
        faults: where faults are added.
        names: what the file calls columns that have been renamed since.
    """
    pairs = zip(table[code], table[name], strict=True)
    of_another = pd.Series([is_of_another(*pair) for pair in pairs], table.index, dtype=bool)
    report(table, of_another, name, OF_THE_CODE, faults, ONE_NAME, names)


def check_kinds(
    table: pd.DataFrame,
    code: str,
    kind: str,
    faults: list[Fault],
    names: Mapping[str, str] = _AS_OURS,
) -> None:
    """A fault for each row whose code is of another sort than others of the kind that it says.

    It tells apart areas of one name, as a name cannot: among regions there is no combined
    authority. Rows that say no kind tell nothing. The arguments are those of `check_area_names`;
    `kind` is the column of what the publisher calls a kind of area.
    """
    begins = table[code].str[:3]
    said = table[begins.isin(_NAMESAKES) & (table[kind] != "")]
    for text, rows in said.groupby(kind):
        sorts = begins[rows.index]
        both = " and ".join(sorted(set(sorts)))
        expected = f"codes of one sort for the kind {quoted(text)}, not of {both}"
        report(rows, sorts != sorts.mode()[0], code, expected, faults, ONE_NAME, names)


@cache
def _register() -> _Register:
    """The register, in which a code has the names of those too that it gave way to or replaced."""
    areas = read_areas_file()
    names = dict(zip(areas["code"], areas["name"], strict=True))
    own = {code: {_bare(name)} for code, name in names.items()}
    for code, newer in zip(areas["code"], areas["recoded_to"], strict=True):
        if newer:
            own[code].add(_bare(names[newer]))
            own[newer].add(_bare(names[code]))
    for code, others in _ALSO_CALLED.items():
        own[code].update(_bare(name) for name in others)
    kinds = {
        code: kind if kind in _APART else ""
        for code, kind in zip(areas["code"], areas["type"], strict=True)
    }
    short = {code: frozenset(_without_kind(name)[0] for name in held) for code, held in own.items()}
    return _Register({code: frozenset(held) for code, held in own.items()}, short, kinds)


def _bare(name: str) -> str:
    """A name as it is compared: without what tells it apart, as in `Merseyside (Met County)`."""
    # Of a name in two languages (`Cardiff / Caerdydd`) the first is the register's.
    text = re.split(r" [(\[/]", name.strip())[0]
    letters = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    # A note's mark may stand at the end; points and apostrophes are often left out.
    letters = re.sub(r"[.'\N{RIGHT SINGLE QUOTATION MARK}]|[0-9]+$", "", letters)
    return " ".join(re.sub(r"[^\w/]+", " ", letters).split()).removeprefix("the ")


def _without_kind(bare: str) -> tuple[str, str]:
    """A bare name without the words for its kind, and what codes of that kind begin with."""
    match = _ITS_KIND.fullmatch(bare)
    if match is None:
        return bare, ""
    return _without_kind(match[1])[0], _KINDS[match[2]]


def _codes_named(name: str, names: Mapping[str, frozenset[str]]) -> list[str]:
    return [code for code, held in names.items() if name in held]


def _is_another_kind(code: str, begins: str) -> bool:
    """Whether codes of the kind that a name says begin otherwise; ITL codes may be of any."""
    return not code.startswith(("TL", begins))
