"""Asking Nomis for a table, page by page, and knowing that every row has come.

The service answers a request for more rows than it serves at once with HTTP 200 and the first of
them. Only RECORD_COUNT, which has to be asked for, tells how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import pandas as pd

from ingest.faults import Fault, Refused, quoted
from ingest.sources.csv_table import read_csv_text
from ingest.sources.nomis_declaration import COUNTING, NomisTable
from ingest.sources.text_tables import check_columns, report

MOST_PAGES = 80
_URL = "https://www.nomisweb.co.uk/api/v01/dataset/{dataset}.data.csv?"
_AGAIN = "fetch every page again in one go; if it is still so, tell Nomis"


def nomis_url(
    declared: NomisTable, geography: Sequence[str], dates: Sequence[str], offset: int = 0
) -> str:
    """The address of one page.

    Args:
        declared: the table; what its series name, and its measures, are asked for.
        geography: what Nomis calls the areas: types such as `TYPE424`, ids or GSS codes.
        dates: what it calls the dates, such as `latest` or `2022-12`. They go into `date`; the
            service's other parameter for dates, `time`, contradicts it and is never used.
        offset: the number of the first row wanted, from `next_offset`.

    Raises:
        ValueError: no geography or no date, or an offset below 0.
    """
    if not geography or not dates or offset < 0:
        raise ValueError("a request names areas and dates, and starts at row 0 or later")
    asked: dict[str, str] = {"geography": ",".join(geography), "date": ",".join(dates)}
    for concept in declared.concepts():
        codes = dict.fromkeys(one.where[concept] for one in declared.series)
        asked[concept.lower()] = ",".join(codes)
    asked["measures"] = ",".join(declared.measures())
    asked["select"] = ",".join(declared.columns()).lower()
    asked["recordoffset"] = str(offset)
    return _URL.format(dataset=declared.dataset) + urlencode(asked, safe=",")


def next_offset(page: pd.DataFrame) -> int | None:
    """Which row to ask for next after a page from `read_page`, or None after the last."""
    reached = int(page["RECORD_OFFSET"].iloc[-1]) + 1
    return reached if reached < int(page["RECORD_COUNT"].iloc[-1]) else None


def read_page(content: bytes, file: str) -> pd.DataFrame:
    """One page as a table of text.

    Raises:
        Refused: it is not a CSV, or does not count its rows: each from the one before, all of
            them the same total.
    """
    table, faults = read_csv_text(content, file)
    check_columns(table, COUNTING, file, faults)
    if faults:
        raise Refused(faults)
    for column in COUNTING:
        wrong = ~table[column].str.fullmatch("[0-9]{1,9}")
        report(table, wrong, column, "a whole number", faults, _AGAIN)
    if faults:
        raise Refused(faults)
    total = table["RECORD_COUNT"]
    report(table, total != total.iloc[0], "RECORD_COUNT", f"{total.iloc[0]}", faults, _AGAIN)
    offset = table["RECORD_OFFSET"].astype(int)
    follows = pd.Series(range(len(table)), index=table.index) + offset.iloc[0]
    expected = "one more than in the row before"
    report(table, offset != follows, "RECORD_OFFSET", expected, faults, _AGAIN)
    if faults:
        raise Refused(faults)
    return table


def page_name(file: str, number: int) -> str:
    """What messages call a page: the file for the first, `file, page 2` and so on."""
    return file if number == 0 else f"{file}, page {number + 1}"


def pages(fetch_page: Callable[[int], bytes], file: str) -> tuple[bytes, ...]:
    """Every page of a table, in order.

    Args:
        fetch_page: gives the bytes of the page that starts at a row.
        file: what messages call the table.

    Raises:
        Refused: a page is not one, starts elsewhere than asked, or gives another total; or there
            are more pages than any table here can have.
    """
    contents: list[bytes] = []
    offset: int | None = 0
    total = ""
    while offset is not None:
        name = page_name(file, len(contents))
        if len(contents) == MOST_PAGES:
            found, expected = f"more than {MOST_PAGES} pages", f"at most {MOST_PAGES} pages"
            raise Refused([Fault(file, None, "", found, expected, "ask for fewer areas or dates")])
        content = fetch_page(offset)
        page = read_page(content, name)
        total = total or str(page["RECORD_COUNT"].iloc[0])
        faults: list[Fault] = []
        report(page.head(1), page.head(1)["RECORD_COUNT"] != total, "RECORD_COUNT", total, faults)
        starts = page.head(1)["RECORD_OFFSET"] != str(offset)
        report(page.head(1), starts, "RECORD_OFFSET", str(offset), faults, _AGAIN)
        if faults:
            raise Refused(faults)
        contents.append(content)
        offset = next_offset(page)
    return tuple(contents)


def all_rows(contents: Sequence[bytes], file: str) -> pd.DataFrame:
    """The rows of all pages together.

    Raises:
        Refused: the pages are not the whole table, from row 0 to the last, or differ in columns.
    """
    tables: list[pd.DataFrame] = []
    faults: list[Fault] = []
    reached = 0
    for number, content in enumerate(contents):
        table = read_page(content, page_name(file, number))
        first, counted = table["RECORD_OFFSET"].iloc[0], table["RECORD_COUNT"].iloc[0]
        if first != str(reached):
            faults.append(_fault(table, f"first row {first}", f"first row {reached}"))
        if tables and counted != tables[0]["RECORD_COUNT"].iloc[0]:
            expected = f"RECORD_COUNT {tables[0]['RECORD_COUNT'].iloc[0]}, as on the first page"
            faults.append(_fault(table, f"RECORD_COUNT {counted}", expected))
        if tables and set(table.columns) != set(tables[0].columns):
            found = ", ".join(
                quoted(name) for name in sorted(map(str, set(table) ^ set(tables[0])))
            )
            faults.append(_fault(table, f"other columns: {found}", "the first page's columns"))
        reached += len(table)
        tables.append(table)
    if not tables:
        raise Refused([Fault(file, None, "", "no page", "at least one page", _AGAIN)])
    total = int(tables[0]["RECORD_COUNT"].iloc[0])
    if reached != total:
        expected = f"{total:,} rows, as RECORD_COUNT says"
        remedy = "ask for the rest with recordoffset; the service cuts answers without saying so"
        faults.append(Fault(file, None, "RECORD_COUNT", f"{reached:,} rows", expected, remedy))
    if faults:
        raise Refused(faults)
    return pd.concat(tables, ignore_index=True)


def _fault(table: pd.DataFrame, found: str, expected: str) -> Fault:
    return Fault(str(table["file"].iloc[0]), None, "", found, expected, _AGAIN)
