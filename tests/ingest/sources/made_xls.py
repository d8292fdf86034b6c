"""Small workbooks for tests in the older binary format (XLS), written record by record.

No library that is kept up writes this format. What is written is what readers need: a compound
file with one stream, which holds BIFF8 records. Numbers with at most two decimals are written in
the short form (RK), as spreadsheet programs do, and texts once each, in the shared table.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from tests.ingest.sources.made_workbooks import Grid, Grids

SECTOR = 512
BOF, EOF, CODEPAGE, BOUNDSHEET, DIMENSIONS = 0x0809, 0x000A, 0x0042, 0x0085, 0x0200
SST, NUMBER, RK, LABELSST = 0x00FC, 0x0203, 0x027E, 0x00FD
_GLOBALS, _SHEET = 0x0005, 0x0010
_FREE, _END_OF_CHAIN, _TABLE_OF_SECTORS = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
# A smaller stream would have to be kept in another way.
_SMALLEST_STREAM = 4096


def xls(grids: Grids) -> bytes:
    """An XLS workbook."""
    texts = {
        cell: None for grid in grids.values() for row in grid for cell in row if _is_text(cell)
    }
    numbered = {text: number for number, text in enumerate(texts)}
    sheets = [_sheet(grid, numbered) for grid in grids.values()]
    length = len(_globals([(name, 0) for name in grids], list(numbered)))
    places = []
    for name, sheet in zip(grids, sheets, strict=True):
        places.append((name, length))
        length += len(sheet)
    return _compound(b"".join([_globals(places, list(numbered)), *sheets]))


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and cell != ""


def _record(kind: int, payload: bytes) -> bytes:
    if len(payload) > 8224:
        raise ValueError("a record of this length would have to be continued")
    return struct.pack("<HH", kind, len(payload)) + payload


def _begins(kind: int) -> bytes:
    return _record(BOF, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _globals(sheets: Sequence[tuple[str, int]], texts: Sequence[object]) -> bytes:
    """What goes before the sheets: where each begins, and the texts that they share."""
    shared = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        shared.append(struct.pack("<HB", len(str(text)), 1) + str(text).encode("utf-16-le"))
    records = [_begins(_GLOBALS), _record(CODEPAGE, struct.pack("<H", 1200))]
    for name, place in sheets:
        about = struct.pack("<IBBBB", place, 0, 0, len(name), 1)
        records.append(_record(BOUNDSHEET, about + name.encode("utf-16-le")))
    return b"".join([*records, _record(SST, b"".join(shared)), _record(EOF, b"")])


def _sheet(grid: Grid, texts: dict[object, int]) -> bytes:
    across = max((len(row) for row in grid), default=0)
    records = [
        _begins(_SHEET),
        _record(DIMENSIONS, struct.pack("<IIHHH", 0, len(grid), 0, across, 0)),
    ]
    for number, row in enumerate(grid):
        for place, cell in enumerate(row):
            at = struct.pack("<HHH", number, place, 0)
            if isinstance(cell, str) and cell:
                records.append(_record(LABELSST, at + struct.pack("<I", texts[cell])))
            elif isinstance(cell, (int, float)):
                short = _short(cell)
                kind, number_text = (
                    (NUMBER, struct.pack("<d", cell)) if short is None else (RK, short)
                )
                records.append(_record(kind, at + number_text))
    return b"".join([*records, _record(EOF, b"")])


def _short(number: float) -> bytes | None:
    """A number in hundredths within 30 bits, with the two bits that say so."""
    hundredths = round(number * 100)
    if hundredths / 100 != number or abs(hundredths) >= 1 << 29:
        return None
    return struct.pack("<i", hundredths << 2 | 0b11)


def _compound(stream: bytes) -> bytes:
    """A compound file of one stream: a header, the table of sectors, the directory, the stream."""
    stream = stream.ljust(_SMALLEST_STREAM, b"\0")
    count = -(-len(stream) // SECTOR)
    if count > SECTOR // 4 - 2:
        raise ValueError("a stream of this length would need a second table of sectors")
    chain = [_TABLE_OF_SECTORS, _END_OF_CHAIN, *range(3, count + 2), _END_OF_CHAIN]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    header = _MAGIC + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    # No tables of sectors beyond one, no small streams.
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    header += struct.pack("<I", 0).ljust(436, b"\xff")
    root = _entry("Root Entry", 5, _END_OF_CHAIN, 0, child=1)
    directory = root + _entry("Workbook", 2, 2, len(stream))
    return header + table + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, length: int, child: int = _FREE) -> bytes:
    """An entry of the directory; there is one stream, so it has no neighbours."""
    text = name.encode("utf-16-le") + b"\0\0"
    about = struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, length)
