"""What `check` says of figures that have no faults: the latest ones for the West Midlands."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND, REGION
from data.periods import TimePeriod, period_in_words
from ingest.checking import CheckedFigures
from ingest.declared import DeclaredSeries
from ingest.tidy import rows_set_aside
from metrics.definition import Unit

SUMMARISED = {
    COMBINED_AUTHORITY: "West Midlands Combined Authority",
    REGION: "West Midlands region",
    ENGLAND: "England",
    **dict(
        zip(
            CONSTITUENT,
            (
                "Birmingham",
                "Coventry",
                "Dudley",
                "Sandwell",
                "Solihull",
                "Walsall",
                "Wolverhampton",
            ),
            strict=True,
        )
    ),
}


def summarise(checked: CheckedFigures, only: frozenset[str]) -> list[dict[str, Any]]:
    """One record for each series of the metrics `only`, with its latest West Midlands figures.

    `figures` maps the code of an area to value, interval, status and note; an area that the
    publisher gives no row for is absent.
    """
    return [
        _of_series(checked, number, one)
        for number, one in enumerate(checked.declared)
        if one.metric.id in only
    ]


def _of_series(checked: CheckedFigures, number: int, one: DeclaredSeries) -> dict[str, Any]:
    rows = checked.rows[checked.rows["declared"] == number]
    latest = rows[rows["period_end"] == rows["period_end"].max()]
    shown = latest[latest["ref_area"].isin(list(SUMMARISED))]
    earliest = rows[rows["period_start"] == rows["period_start"].min()]
    return {
        "metric": one.metric.id,
        "breakdown": one.label.breakdown,
        "dataset": one.dataset,
        "file": checked.figures.file,
        "rows": len(rows),
        "blanks": int(rows["obs_value"].isna().sum()),
        "areas": int(rows["ref_area"].nunique()),
        "rejected": len(checked.figures.rejected),
        "first_period": _in_words(earliest.iloc[0], one),
        "latest_period": _in_words(latest.iloc[0], one),
        "unit": one.metric.unit.label,
        "figures": {
            row["ref_area"]: {
                "value": _number(row["obs_value"]),
                "lower_95": _number(row["lower_95"]),
                "upper_95": _number(row["upper_95"]),
                "status": row["obs_status"],
                "note": row["note"],
                "written": _written(row, one.metric.unit),
            }
            for row in shown.to_dict("records")
        },
    }


def _in_words(row: pd.Series, one: DeclaredSeries) -> str:
    period = TimePeriod(row["period_start"].date(), row["period_end"].date())
    return period_in_words(period, one.coverage.period)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _written(row: dict[Any, Any], unit: Unit) -> str:
    if pd.isna(row["obs_value"]):
        return f"no figure ({row['obs_status']})"
    numbers = [row["obs_value"], row["lower_95"], row["upper_95"]]
    value, lower, upper = (f"{number:,.{unit.decimals}f}" for number in numbers)
    interval = "" if pd.isna(row["lower_95"]) else f" ({lower} to {upper})"
    status = f" [{row['obs_status']}]" if row["obs_status"] else ""
    return f"{unit.prefix}{value}{unit.suffix}{interval}{status}"


def in_lines(record: dict[str, Any]) -> list[str]:
    """A record of `summarise` for a person to read."""
    name = f"{record['metric']} {record['breakdown']}".strip()
    lines = [
        f"{name}: no faults",
        f"  {record['file']}: {record['rows']:,} rows ({record['blanks']:,} blank), "
        f"{record['areas']:,} areas, first {record['first_period']}, "
        f"latest {record['latest_period']}"
        + (f", {rows_set_aside(record['rejected'])}" if record["rejected"] else ""),
    ]
    for code, area in SUMMARISED.items():
        figure = record["figures"].get(code)
        lines.append(f"  {area}: {figure['written'] if figure else 'not published'}")
    return lines
