"""One series made ready to be judged: figures, periods and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data.periods import PeriodShape, TimePeriod, period_in_short, period_in_words
from metrics.definition import Evidence, Metric
from metrics.measures.change import INTERVAL_WIDTH_IN_ERRORS, Measured
from metrics.measures.disparity import Numbers
from metrics.measures.results import Figure
from metrics.measures.scope import (
    by_period,
    one_row_per_place,
    still_existing,
    widest_scope,
)


@dataclass(frozen=True)
class Series:
    """A metric, one of its breakdowns, and its figures.

    `frame` has one row for each place and period. `as_published` still has the rows of areas
    beside those that replaced them; only renumbered codes are joined in it. `whole` are the
    periods of all areas, where the frame has the rows of some of them only.
    """

    metric: Metric
    breakdown: str
    frame: pd.DataFrame
    as_published: pd.DataFrame
    whole: tuple[TimePeriod, ...] = ()

    @classmethod
    def of(
        cls,
        metric: Metric,
        breakdown: str,
        figures: pd.DataFrame,
        successors: Mapping[str, tuple[str, ...]],
        whole: tuple[TimePeriod, ...] = (),
    ) -> Series:
        """Make a series ready from figures as the store gives them.

        Args:
            whole: where these are the figures of some areas only, the periods of them all.
        """
        return cls(
            metric,
            breakdown,
            # A copy holds columns of one kind together, so that rows are taken of it faster.
            one_row_per_place(figures, successors).copy(),
            one_row_per_place(figures, {}),
            whole,
        )

    @property
    def shape(self) -> PeriodShape:
        """The declared shape of its periods."""
        if self.metric.coverage is None:
            raise ValueError(f"{self.metric.id} declares no coverage, so it has no figures")
        return self.metric.coverage.period

    @cached_property
    def periods(self) -> list[TimePeriod]:
        """The periods in which any area has a value, in the order of time."""
        found = self.whole or [period for period, rows in self._valued.items() if len(rows)]
        return sorted(found, key=lambda period: (period.end, period.start))

    def words(self, period: TimePeriod) -> str:
        """A period as people say it."""
        return period_in_words(period, self.shape)

    def figure(self, row: Mapping[Any, Any] | pd.Series[Any]) -> Figure:
        """A row as a figure; a blank value stays blank and keeps its status and note."""
        period = TimePeriod(row["period_start"], row["period_end"])
        return Figure(
            start=period.start,
            end=period.end,
            period=self.words(period),
            short_period=period_in_short(period, self.shape),
            value=_number(row["value"]),
            lower=_number(row["lower_95"]),
            upper=_number(row["upper_95"]),
            status=str(row["status"]),
            note=str(row["note"]),
        )

    @cached_property
    def tier(self) -> str | None:
        """The tier of authorities that it has most of, among areas that exist today."""
        return widest_scope(still_existing(self.frame))

    @cached_property
    def rows(self) -> dict[TimePeriod, pd.DataFrame]:
        """The rows of each period, by code."""
        return by_period(self.frame)

    @cached_property
    def _valued(self) -> dict[TimePeriod, pd.DataFrame]:
        found = {}
        for period, rows in self.rows.items():
            known = rows["value"].notna()
            found[period] = rows if known.all() else rows[known]
        return found

    def valued(self, period: TimePeriod) -> pd.DataFrame:
        """The rows of one period that have a value, by code; none for an unknown period."""
        return self._valued.get(period, self.frame.iloc[0:0])

    def national(self, period: TimePeriod) -> float | None:
        """The UK's figure of a period, which money of the year is set against.

        None where there is none, or none above zero.
        """
        code = self.metric.coverage.united_kingdom if self.metric.coverage else ""
        rows = self.valued(period)
        found = float(rows["value"].loc[code]) if code and code in rows.index else 0.0
        return found if found > 0 else None

    def errors(self, rows: pd.DataFrame) -> Numbers | None:
        """Standard errors of rows, NaN for a row whose interval is missing or misses its value.

        None where nothing but a survey or a model without intervals stands behind the figures.
        A complete count has only the error of rounding: a step `r` spread evenly has the
        standard deviation `r / sqrt(12)`.
        """
        if self.metric.evidence is Evidence.FULL_ENUMERATION:
            return np.full(len(rows), self.metric.rounding / np.sqrt(12.0))
        if not self.metric.evidence.has_intervals:
            return None
        lower, upper, value = (
            rows[name].to_numpy(dtype="float64") for name in ("lower_95", "upper_95", "value")
        )
        usable = (lower <= value) & (value <= upper)
        return np.where(usable, upper - lower, np.nan) / INTERVAL_WIDTH_IN_ERRORS


def measured(row: Mapping[Any, Any] | pd.Series[Any]) -> Measured:
    """The value and interval of a row that has a value."""
    value = _number(row["value"])
    if value is None:
        raise ValueError("a row without a value cannot be compared")
    return Measured(
        value, _number(row["lower_95"]), _number(row["upper_95"]), _number(row.get("counted_of"))
    )


def measured_by_code(rows: pd.DataFrame) -> dict[str, Measured]:
    """The values and intervals of rows that all have a value, by area code."""
    return {
        code: Measured(value, _number(lower), _number(upper))
        for code, value, lower, upper in zip(
            rows["ref_area"].tolist(),
            rows["value"].tolist(),
            rows["lower_95"].tolist(),
            rows["upper_95"].tolist(),
            strict=True,
        )
    }


def _number(value: object) -> float | None:
    return None if value is None or value != value else float(value)  # type: ignore[arg-type]
