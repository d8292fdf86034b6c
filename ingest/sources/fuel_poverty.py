"""Sub-regional fuel poverty in England: authorities, and the neighbourhoods within each of them.

The producer models these figures. Those of neighbourhoods (LSOAs) show where in an authority fuel
poverty is high or low; the producer warns against reading trends from them, or comparing
neighbourhoods whose figures are close.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ingest.faults import Fault, quoted
from ingest.sources.area_codes import refuse_if_faulty
from ingest.sources.workbook_cells import Workbook
from ingest.sources.workbook_layout import SheetColumns, SheetTable
from ingest.sources.workbooks import WorkbookTable, read_tables
from ingest.tidy import TidyFigures

HOUSEHOLDS = "Households"
FUEL_POOR = "Households in fuel poverty"
SHARE = "Households in fuel poverty, share"
_ASK = "ask the producer which is right"


class Neighbourhood(NamedTuple):
    """One LSOA: its code and authority, its households, and how many are fuel poor (share in %)."""

    code: str
    local_authority: str
    households: int
    fuel_poor: int
    share: float


@dataclass(frozen=True, slots=True)
class FuelPoverty:
    """The figures of one edition.

    Attributes:
        authorities: England, regions, counties and local authorities: numbers of households and
            of fuel poor households, and the share in per cent.
        neighbourhoods: every LSOA of England, in the order of the codes.
    """

    authorities: TidyFigures
    neighbourhoods: tuple[Neighbourhood, ...]

    def within(self, local_authority: str) -> tuple[Neighbourhood, ...]:
        """The neighbourhoods of one authority."""
        return tuple(n for n in self.neighbourhoods if n.local_authority == local_authority)


def _columns(year: int) -> tuple[SheetColumns, ...]:
    period = f"{year}-01-01/P1Y"
    return tuple(
        SheetColumns(header=header, label=label, period=period, measure=measure, unit=unit)
        for header, label, measure, unit in (
            ("Number of households", HOUSEHOLDS, "Number", "households"),
            ("Number of households in fuel poverty", FUEL_POOR, "Number", "households"),
            (r"Proportion of households fuel poor \(%\)", SHARE, "Percentage", "%"),
        )
    )


def _tables(year: int) -> tuple[WorkbookTable, WorkbookTable]:
    authorities = SheetTable(
        sheet="Table 2",
        title=rf"Table 2: Fuel poor households by administrative area, {year}\b.*",
        area_header="Area Codes",
        name_header="Area names",
        columns=_columns(year),
        # The words at the foot of the last column that come after the last area.
        ends_at="England",
    )
    neighbourhoods = SheetTable(
        sheet="Table 3",
        title=rf"Table 3: Fuel Poverty by LSOA .*, {year}\b.*",
        area_header="LSOA Code",
        area_code="E01[0-9]{6}",
        name_header="LSOA Name",
        columns=_columns(year),
        not_read=("LA Code", "LA Name", "Region"),
        ends_at="England",
    )
    return (
        WorkbookTable(dataset="fuel-poverty", sheets=(authorities,)),
        WorkbookTable(dataset="fuel-poverty-neighbourhoods", sheets=(neighbourhoods,)),
    )


def read_fuel_poverty(
    content: bytes, year: int, file: str, successors: Collection[tuple[str, str]] = ()
) -> FuelPoverty:
    """Read the workbook of one edition.

    Args:
        content: the XLSX workbook as published.
        year: the year that the figures are of (two before that of the edition).
        file: what messages call the file.
        successors: pairs of a former authority's code and that of the authority it became part
            of. The table of neighbourhoods has kept codes that the table of authorities no
            longer has; such neighbourhoods are counted to the successor.

    Raises:
        Refused: with every fault: what `read_workbook` refuses, a neighbourhood without an
            authority, a share that is not its numbers', or an authority whose neighbourhoods do
            not add up to it exactly.
    """
    book = Workbook(content, file)
    for_authorities, for_neighbourhoods = _tables(year)
    authorities = read_tables(book, for_authorities)
    faults: list[Fault] = []
    _check_shares(authorities, faults)
    figures = read_tables(book, for_neighbourhoods)
    _check_shares(figures, faults)
    published = set(authorities.frame["ref_area"])
    current = {old: new for old, new in successors if old not in published and new in published}
    neighbourhoods = _neighbourhoods(figures, book, current, faults)
    _check_sums(authorities, neighbourhoods, faults)
    refuse_if_faulty(faults, [*authorities.rejected, *figures.rejected])
    return FuelPoverty(authorities, tuple(neighbourhoods))


def _by_area(figures: TidyFigures) -> dict[str, dict[str, tuple[str, int]]]:
    """For each area and series, the text of the figure and its row."""
    areas: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    frame = figures.frame[["ref_area", "series", "obs_value", "row_number"]]
    for area, series, value, row in frame.itertuples(index=False):
        areas[area][series] = (value, int(row))
    return areas


def _numbers(held: Mapping[str, tuple[str, int]]) -> tuple[float, float, float]:
    households, poor, share = (float(held[name][0]) for name in (HOUSEHOLDS, FUEL_POOR, SHARE))
    return households, poor, share


def _check_shares(figures: TidyFigures, faults: list[Fault]) -> None:
    for area, held in _by_area(figures).items():
        households, poor, share = _numbers(held)
        whole = households == int(households) > 0 and poor == int(poor) and 0 <= poor <= households
        if not whole or abs(share - 100 * poor / households) > 1e-9:
            found = f"{poor:g} of {households:g} households and {share:g}% ({area})"
            expected = "whole numbers, the second within the first, and the share that they give"
            faults.append(Fault(figures.file, held[SHARE][1], SHARE, found, expected, _ASK))


def _neighbourhoods(
    figures: TidyFigures, book: Workbook, current: Mapping[str, str], faults: list[Fault]
) -> list[Neighbourhood]:
    rows = book.rows("Table 3")
    header = next(row for row in rows if "LSOA Code" in row)
    column = header.index("LA Code") if "LA Code" in header else None
    found = []
    for code, held in _by_area(figures).items():
        row = held[SHARE][1]
        authority = rows[row - 1][column] if column is not None else ""
        if not _is_authority(authority):
            expected = "the code of a local authority"
            faults.append(Fault(book.file, row, "LA Code", quoted(authority), expected, _ASK))
        households, poor, share = _numbers(held)
        authority = current.get(authority, authority)
        found.append(Neighbourhood(code, authority, int(households), int(poor), share))
    return sorted(found, key=lambda one: one.code)


def _is_authority(code: str) -> bool:
    return len(code) == 9 and code[:3] in ("E06", "E07", "E08", "E09") and code[3:].isdigit()


def _check_sums(
    authorities: TidyFigures, neighbourhoods: list[Neighbourhood], faults: list[Fault]
) -> None:
    members: dict[str, list[Neighbourhood]] = defaultdict(list)
    for one in neighbourhoods:
        members[one.local_authority].append(one)
    published = {code: held for code, held in _by_area(authorities).items() if _is_authority(code)}
    for code in sorted(set(published) ^ set(members)):
        table = "authorities" if code in published else "neighbourhoods"
        found = f"{quoted(code)} in the table of {table} only"
        expected = "each authority in both tables"
        remedy = "if it was abolished, its successor is in the list of changes of areas"
        faults.append(Fault(authorities.file, None, "", found, expected, remedy))
    for code in sorted(set(published) & set(members)):
        sums = (
            (HOUSEHOLDS, sum(one.households for one in members[code])),
            (FUEL_POOR, sum(one.fuel_poor for one in members[code])),
        )
        for series, total in sums:
            text, row = published[code][series]
            if total != float(text):
                expected = f"{text}, as the table of authorities has"
                found = f"{total} in the neighbourhoods of {code}"
                faults.append(Fault(authorities.file, row, series, found, expected, _ASK))
