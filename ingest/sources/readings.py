"""What every reader does with a cell once it has found it: a figure, a symbol, or a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from data.tables import BLANK_STATUSES
from ingest.faults import Fault, quoted
from ingest.sources.area_codes import refuse_if_faulty, unplaced_row, why_no_area
from ingest.sources.area_names import OF_THE_CODE, ONE_NAME, is_of_another
from ingest.sources.cells import GSS_CODE, NO_REASON_GIVEN, plain_number
from ingest.sources.text_tables import OURS
from ingest.tidy import COLUMNS, KEY, RejectedRow, SeriesWords, TidyFigures

_TEACH = "if the publisher has a new symbol, declare what it means; never read it as a number"
_MOVED = "see whether cells or columns have moved"
_ASK = "ask the publisher which is right"


def each_row(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """The number and the cells of each row of a table of text."""
    names = [name for name in table.columns if name not in OURS]
    columns = [table[name].tolist() for name in names]
    for number, *cells in zip(table["row_number"].tolist(), *columns, strict=True):
        yield int(number), dict(zip(names, cells, strict=True))


@dataclass(frozen=True, slots=True)
class CellRules:
    """How the cells of a table are written.

    Attributes:
        symbols: what stands for a missing figure, and the status letter that it means. A blank
            cell is a symbol like any other: `""` has to be declared or it is refused.
        grouped: whether thousands are set apart by commas (`170,002`).
    """

    symbols: Mapping[str, str]
    grouped: bool = False

    def __post_init__(self) -> None:
        unknown = sorted(set(self.symbols.values()) - BLANK_STATUSES)
        if unknown:
            raise ValueError(f"symbols mean one of {sorted(BLANK_STATUSES)}, not {unknown}")

    def read(self, text: str) -> tuple[str, str] | None:
        """The number and the status of a cell, one of them empty; None for anything else."""
        number = plain_number(text, self.grouped)
        if number is not None:
            return number, ""
        status = self.symbols.get(text)
        return None if status is None else ("", status)

    def in_words(self) -> str:
        """What a cell may hold, for messages."""
        known = ", ".join("nothing" if symbol == "" else symbol for symbol in self.symbols)
        return f"a number or a declared symbol ({known or 'none is declared'})"


@dataclass(frozen=True, slots=True)
class Place:
    """Which figure a cell holds, and where the cell stands."""

    row: int
    column: str
    series: str
    ref_area: str
    time_period: str


@dataclass(slots=True)
class Readings:
    """Figures and faults as they are found, put together at the end by `finish`."""

    dataset: str
    file: str
    rules: CellRules
    faults: list[Fault] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    names: dict[str, tuple[str, int]] = field(default_factory=dict)

    def fault(self, row: int | None, column: str, found: str, expected: str, remedy: str) -> None:
        """Note what is wrong; `finish` refuses the file for it."""
        self.faults.append(Fault(self.file, row, column, found, expected, remedy))

    def placed(
        self, row: int, column: str, code: str, cells: Iterable[str], pattern: str = GSS_CODE
    ) -> bool:
        """Whether a code is that of an area; if not, the row is set aside with its cells."""
        reason = why_no_area(code, pattern)
        if reason:
            self.rejected.append(unplaced_row(self.file, row, column, code, cells, reason))
        return not reason

    def name(self, row: int, column: str, code: str, name: str) -> None:
        """Hold an area code to the register, and to the first name it had in the file.

        A name that is another area's, or a second name, shows that a code or a name was altered.
        """
        if code not in self.names and is_of_another(code, name):
            self.fault(row, column, quoted(name), OF_THE_CODE, ONE_NAME)
        first = self.names.setdefault(code, (name, row))
        if first[0] != name:
            expected = f"{quoted(first[0])}, as row {first[1]} has beside {code}"
            self.fault(row, column, quoted(name), expected, "ask the publisher which is meant")

    def take(
        self,
        place: Place,
        value: str,
        lower: str = "",
        upper: str = "",
        status: str = "",
    ) -> None:
        """Read the cells of one figure. A bound is a number, a symbol or nothing.

        `status` is what another column says of the figure, already in status letters.
        """
        cell = self._read(place, value)
        # Blank bounds are no bounds, whatever a blank figure means.
        bounds = [self._read(place, bound) if bound else ("", "") for bound in (lower, upper)]
        if cell is None or None in bounds:
            return
        if value == "" and (lower or upper):
            # Even where a blank is a declared symbol, its bounds say that the cells have moved.
            found = f"nothing, with {lower or 'nothing'} to {upper or 'nothing'}"
            self.fault(place.row, place.column, found, "a figure beside its bounds", _MOVED)
            return
        low, high = (bound[0] for bound in bounds if bound is not None)
        if not self._is_interval(place, cell[0], low, high):
            return
        letters = {*status.split(), *cell[1].split()}
        if not cell[0] and letters.isdisjoint(BLANK_STATUSES):
            letters.add("x")
        note = NO_REASON_GIVEN if not cell[0] and value == "" else ""
        key = (place.series, place.ref_area, place.time_period)
        self.rows.append((*key, cell[0], low, high, " ".join(sorted(letters)), note))
        self.numbers.append(place.row)

    def missing(self, place: Place, status: str, note: str = "") -> None:
        """Note that there is no figure to show, and why, in status letters."""
        key = (place.series, place.ref_area, place.time_period)
        self.rows.append((*key, "", "", "", status, note))
        self.numbers.append(place.row)

    def _read(self, place: Place, text: str) -> tuple[str, str] | None:
        cell = self.rules.read(text)
        if cell is None:
            found = quoted(text) if text else "nothing"
            self.fault(place.row, place.column, found, self.rules.in_words(), _TEACH)
        return cell

    def _is_interval(self, place: Place, value: str, lower: str, upper: str) -> bool:
        if not lower and not upper:
            return True
        found = f"{value or 'nothing'} with {lower or 'nothing'} to {upper or 'nothing'}"
        expected = "a figure between its lower and its upper bound, or no bounds"
        whole = "" not in (value, lower, upper)
        if whole:
            unit = 10.0 ** -min(_decimals(text) for text in (value, lower, upper))
            low, middle, high = float(lower), float(value), float(upper)
            whole = low <= high and low - unit <= middle <= high + unit
        if not whole:
            self.fault(place.row, place.column, found, expected, _MOVED)
        return whole

    def finish(self, series: Iterable[SeriesWords]) -> TidyFigures:
        """The figures of the file.

        Raises:
            Refused: with every fault: those noted, two figures for one place, or a declared
                series without a figure.
        """
        frame = pd.DataFrame(self.rows, columns=COLUMNS, dtype=str)
        frame["row_number"] = self.numbers
        self._refuse_two_figures(frame)
        words = tuple(sorted(series, key=lambda one: one.label))
        present = set(frame["series"])
        for one in words:
            if one.label not in present and not self.faults:
                remedy = "see whether the publisher renamed what the declaration names"
                expected = f"figures for the series {quoted(one.label)}"
                self.fault(None, "", "none", expected, remedy)
        refuse_if_faulty(self.faults, self.rejected)
        kept = frame.drop_duplicates(KEY)
        return TidyFigures(
            dataset=self.dataset,
            file=self.file,
            frame=kept.sort_values(KEY, ignore_index=True),
            series=words,
            rejected=tuple(self.rejected),
            collapsed=len(frame) - len(kept),
        )

    def _refuse_two_figures(self, frame: pd.DataFrame) -> None:
        repeated = frame[frame.duplicated(KEY, keep=False)]
        first: dict[tuple[str, ...], tuple[str, ...]] = {}
        for row in repeated.itertuples(index=False):
            key, said = tuple(row[:3]), tuple(row[3:8])
            before = first.setdefault(key, (*said, str(row[8])))
            if before[:5] != said:
                found = f"{said[0] or said[3]} where row {before[5]} has {before[0] or before[3]}"
                where = ", ".join(key)
                expected = "one figure for each series, area and period"
                self.fault(int(row[8]), "", f"{found} ({where})", expected, _ASK)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2]) if "e" not in text.lower() else 0
