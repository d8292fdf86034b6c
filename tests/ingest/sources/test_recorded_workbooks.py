"""Reading whole workbooks as their publishers served them; the figures were read off by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources.workbook_cells import Workbook
from ingest.sources.workbook_layout import SheetColumns, SheetTable
from ingest.sources.workbooks import WorkbookTable, read_workbook
from ingest.tidy import TidyFigures
from tests.ingest.sources.recorded_pay import PAY_SYMBOLS, WEEKLY_PAY, weekly_pay_sheet

pytestmark = pytest.mark.recordings


def read(
    recordings: Path, name: str, *sheets: SheetTable, symbols: dict[str, str] | None = None
) -> TidyFigures:
    path = recordings / "publishers" / name
    declared = WorkbookTable(dataset="table", sheets=sheets, symbols=symbols or {})
    return read_workbook(path.read_bytes(), declared, path.name)


def cell(figures: TidyFigures, series: str, area: str, period: str) -> tuple[str, str]:
    frame = figures.frame
    rows = frame[
        (frame["series"] == series) & (frame["ref_area"] == area) & (frame["time_period"] == period)
    ]
    assert len(rows) == 1
    return rows.iloc[0]["obs_value"], rows.iloc[0]["obs_status"]


def test_population_estimates_with_a_preamble_and_a_column_for_each_year(
    recordings: Path,
) -> None:
    table = SheetTable(
        sheet="MYE4",
        title=r"MYE4: .*mid-2011 to mid-2023",
        area_header="Code",
        name_header="Name",
        columns=(
            SheetColumns(
                header=r"Mid-([0-9]{4})",
                label="Population",
                period=r"\1-06-30",
                measure="Number of people",
                unit="people",
            ),
        ),
        not_read=("Geography",),
    )
    figures = read(recordings, "ons_xlsx/mye23tablesew.xlsx", table)
    assert cell(figures, "Population", "E92000001", "2023-06-30") == ("57690323", "")
    assert cell(figures, "Population", "E08000025", "2023-06-30") == ("1166049", "")
    assert cell(figures, "Population", "W06000022", "2022-06-30") == ("161565", "")
    assert figures.frame["ref_area"].nunique() == 357


def test_house_prices_to_earnings_with_a_declared_symbol(recordings: Path) -> None:
    table = SheetTable(
        sheet="5c",
        title=r"Table 5c - Ratio of median house price .*",
        area_header="Local authority code",
        name_header="Local authority name",
        columns=(
            SheetColumns(
                header=r"([0-9]{4})",
                label="Ratio",
                period=r"\1-01-01/P1Y",
                measure="Ratio",
                unit="ratio",
            ),
        ),
        not_read=("Region code", "Region name", "5-year average"),
    )
    name = "ons_xlsx/aff1ratioofhousepricetoworkplacebasedearnings2024.xlsx"
    figures = read(recordings, name, table, symbols={"[x]": "x"})
    assert cell(figures, "Ratio", "E06000001", "1997-01-01/P1Y") == ("2.64", "")
    assert cell(figures, "Ratio", "W06000024", "1997-01-01/P1Y") == ("1.92", "")


def test_weekly_pay_in_the_old_format_with_a_header_of_three_rows(recordings: Path) -> None:
    figures = read(
        recordings,
        WEEKLY_PAY,
        weekly_pay_sheet("All", "All"),
        weekly_pay_sheet("Male Part-Time", "Men, part time"),
        symbols=PAY_SYMBOLS,
    )
    assert cell(figures, "All", "K02000001", "2023-04-01") == ("574.9", "")
    assert cell(figures, "All", "E06000001", "2023-04-01") == ("521.2", "")
    assert cell(figures, "All", "S12000040", "2023-04-01") == ("601.7", "")
    assert [row.row_number for row in figures.rejected] == [401, 401]
    assert "u" in set(figures.frame["obs_status"])


def test_net_additional_dwellings_with_newlines_in_headers_and_former_codes(
    recordings: Path,
) -> None:
    table = SheetTable(
        sheet="LT122",
        title=r"Table 122 Net additional dwellings.*, 2001-02 to 2020-21",
        area_header="Current ONS code",
        columns=(
            SheetColumns(
                header=r"([0-9]{4})-[0-9]{2}(?: ?[PR])?",
                label="Dwellings",
                period=r"\1-04-01/P1Y",
                measure="Net additional dwellings",
                unit="dwellings",
            ),
        ),
        not_read=(
            "DCLG code",
            "Former ONS code",
            "Met and Shire County Totals",
            "Lower and Single Tier Authority Data",
        ),
        # Totals by kind of authority, and a stray number.
        set_aside=("[A-Z][a-z]+ (?:Authorities|Boroughs|Districts)", "19"),
        ends_at="All figures are unrounded[.]",
    )
    figures = read(
        recordings, "mhclg/Live_Table_122_2020-21.ods", table, symbols={"": "x", "..": "x"}
    )
    assert cell(figures, "Dwellings", "E92000001", "2001-04-01/P1Y")[0] == "146704.418435771"
    assert cell(figures, "Dwellings", "E06000055", "2001-04-01/P1Y") == ("", "x")


def test_cycling_with_a_header_that_spreads_over_its_columns(recordings: Path) -> None:
    table = SheetTable(
        sheet="1_x_pm",
        title="Table CW0104",
        area_header="LA code",
        name_header="Local Authority",
        header_rows=2,
        spread=1,
        columns=(
            SheetColumns(
                header=r"% of adults who cycle at least once per month.* ([0-9]{4})/[0-9]{2}",
                label="At least once a month",
                period=r"\1-10-01/P1Y",
                measure="Adults who cycle",
                unit="%",
            ),
        ),
        not_read=(r"% of adults who cycle for (?:recreational|utility) .*",),
        ends_at="1 Results are grouped .*",
    )
    figures = read(recordings, "dft/cw0104.ods", table, symbols={"": "x", "-": "x"})
    monthly = "At least once a month"
    assert cell(figures, monthly, "E92000001", "2014-10-01/P1Y")[0] == "14.7401781257705"
    assert cell(figures, monthly, "E12000005", "2010-10-01/P1Y")[0] == "12.2539510675272"


def test_sheets_copied_from_other_workbooks_are_not_the_publishers(recordings: Path) -> None:
    path = recordings / "publishers/mhclg/Live_Tables_1006-1009.ods"
    book = Workbook(path.read_bytes(), path.name)
    assert "Live_Table_1006C" in book.names
    assert not [name for name in book.names if "file:" in name]
