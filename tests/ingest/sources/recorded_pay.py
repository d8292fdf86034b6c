"""What is known of a recorded workbook in the older format: weekly pay by where employees live."""

from __future__ import annotations

from ingest.sources.workbook_layout import SheetColumns, SheetTable

WEEKLY_PAY = "ons_ashe/PROV - Home Geography Table 8.1a   Weekly pay - Gross 2023.xls"
PAY_SYMBOLS = {"x": "u", "..": "c", ":": "z", "": "x"}


def weekly_pay_sheet(name: str, series: str) -> SheetTable:
    """The median of one sheet."""
    return SheetTable(
        sheet=name,
        title="Table 8.1a Weekly pay - Gross",
        area_header="Code",
        name_header="Description",
        header_rows=3,
        columns=(
            SheetColumns(
                header="Median",
                label=series,
                period="2023-04-01",
                measure="Median gross weekly pay",
                unit="GBP",
            ),
        ),
        not_read=(
            r"Number of jobsb \(thousand\)",
            "Annual percentage change",
            "Mean",
            r"(?:Percentiles )?[0-9]{2}",
        ),
        set_aside=("Not Classified",),
        ends_at="a Employees on adult rates .*",
    )
