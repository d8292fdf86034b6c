"""Answers of the query interface of Explore Education Statistics, in JSON.

Every group, indicator and area goes by an id that changes between the versions of a data set, so
a declaration names labels, and the ids of the version at hand are looked up in its metadata. No
answer of the live service has been kept, so the reader is tested on samples written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass as plain_dataclass
from dataclasses import field
from typing import Any, TypeVar

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ingest.faults import Fault, Refused, quoted
from ingest.sources.area_names import OF_THE_CODE, ONE_NAME, is_of_another
from ingest.sources.education_statistics import LEVELS, SYMBOLS, EducationSeries
from ingest.sources.education_statistics_answers import (
    DataSetMeta,
    Option,
    Page,
    Result,
)
from ingest.sources.json_answers import read_answer
from ingest.sources.readings import CellRules, Place, Readings
from ingest.tidy import SeriesWords, TidyFigures

_strict = ConfigDict(extra="forbid")
PAGE_SIZE = 1000
_LEVEL_NAMES = {
    "NAT": "National",
    "REG": "Regional",
    "LA": "Local authority",
    "LAD": "Local authority district",
}
_RENAMED = "see whether the publisher renamed it in a new version; then correct the declaration"
_Choice = TypeVar("_Choice", bound=Option)
_AGAIN = "ask for all pages again, one after the other"


@dataclass(frozen=True, kw_only=True, config=_strict)
class EducationApiTable:
    """What is known of one data set of the query interface.

    Attributes:
        dataset: the id of the table here.
        data_set_id: the id of the data set there.
        series: what is taken; `indicator`, and the names and values of `where`, are labels of the
            metadata. Every filter of the data set is named in each `where`.
        levels: codes of the levels taken: NAT, REG, LA, LAD.
        periods: for each code of a kind of period, its month, day and length: AY is `09-01/P1Y`.
        symbols: the symbols of this data set beyond those that the service always has.
    """

    dataset: str
    data_set_id: str
    series: tuple[EducationSeries, ...]
    levels: tuple[str, ...]
    periods: Mapping[str, str]
    symbols: Mapping[str, str] = field(default_factory=dict)


@plain_dataclass(frozen=True, slots=True)
class SeriesIds:
    """The ids of one series in the version at hand: its indicator, and each filter's option."""

    series: EducationSeries
    indicator: str
    options: Mapping[str, str]


@plain_dataclass(frozen=True, slots=True)
class DataSetIds:
    """The ids of a version: of each series, and the code of each area by level and id."""

    series: tuple[SeriesIds, ...]
    area_codes: Mapping[tuple[str, str], str]


def resolve_ids(meta: bytes, declared: EducationApiTable, file: str) -> DataSetIds:
    """Look up the ids of the declared labels in the metadata of a version.

    Raises:
        Refused: naming every label that the metadata lack or have twice, and every filter that a
            series leaves open.
    """
    read = read_answer(DataSetMeta, meta, file)
    faults: list[Fault] = []

    def one(options: Sequence[_Choice], label: str, kind: str) -> _Choice | None:
        matching = [option for option in options if option.label == label]
        if len(matching) == 1:
            return matching[0]
        found = f"{len(matching)} of {', '.join(quoted(option.label) for option in options)}"
        faults.append(Fault(file, None, kind, found, f"one {quoted(label)}", _RENAMED))
        return None

    series = []
    for words in declared.series:
        indicator = one(read.indicators, words.indicator, "indicators")
        options: dict[str, str] = {}
        for label, value in words.where.items():
            kind = one(read.filters, label, "filters")
            option = one(kind.options, value, label) if kind else None
            if kind and option:
                options[kind.id] = option.id
        for kind in read.filters:
            if kind.label not in words.where:
                expected = f"a choice in 'where' of {quoted(words.label)}"
                faults.append(Fault(file, None, kind.label, "no choice", expected, _RENAMED))
        if indicator:
            series.append(SeriesIds(words, indicator.id, options))
    for places in read.locations:
        for area in places.options:
            if places.level.code in declared.levels and is_of_another(area.code, area.label):
                found = f"{quoted(area.label)} beside {area.code}"
                faults.append(Fault(file, None, "locations", found, OF_THE_CODE, ONE_NAME))
    if faults:
        raise Refused(faults)
    codes = {(p.level.code, area.id): area.code for p in read.locations for area in p.options}
    return DataSetIds(tuple(series), codes)


def query_body(ids: DataSetIds, declared: EducationApiTable, page: int) -> dict[str, Any]:
    """What to send for one page: any of the series' groups, at the declared levels."""
    groups = [
        {"and": [{"filters": {"eq": option}} for option in one.options.values()]}
        for one in ids.series
        if one.options
    ]
    places: dict[str, Any] = {"geographicLevels": {"in": list(declared.levels)}}
    return {
        "criteria": {"and": [places, {"or": groups}]} if groups else places,
        "indicators": list(dict.fromkeys(one.indicator for one in ids.series)),
        "page": page,
        "pageSize": PAGE_SIZE,
    }


def read_education_api(
    meta: bytes, pages: Sequence[bytes], declared: EducationApiTable, file: str
) -> TidyFigures:
    """Read all pages of an answer; the row of a message counts the results over the pages.

    Raises:
        Refused: with every fault: labels that are absent, pages or results that are missing, ids
            that the metadata do not know, periods, levels and symbols that are not declared.
    """
    ids = resolve_ids(meta, declared, file)
    read = [read_answer(Page, page, f"{file}, page {n}") for n, page in enumerate(pages, start=1)]
    results = [result for page in read for result in page.results]
    readings = Readings(
        declared.dataset, file, CellRules({**SYMBOLS, **declared.symbols}), faults=[]
    )
    numbers = [page.paging.page for page in read]
    totals = {(page.paging.total_pages, page.paging.total_results) for page in read}
    if totals != {(len(read), len(results))} or numbers != list(range(1, len(read) + 1)):
        found = f"pages {numbers} with {len(results)} results"
        said = " or ".join(f"{pages} pages with {count} results" for pages, count in sorted(totals))
        readings.fault(None, "paging", found, said or "at least one page", _AGAIN)
    for number, result in enumerate(results, start=1):
        _read_result(number, result, ids, declared, readings)
    return readings.finish(SeriesWords(s.label, s.measure, s.unit) for s in declared.series)


def _read_result(
    number: int,
    result: Result,
    ids: DataSetIds,
    declared: EducationApiTable,
    readings: Readings,
) -> None:
    if result.level not in declared.levels or result.level not in _LEVEL_NAMES:
        expected = f"one of {', '.join(declared.levels)}"
        readings.fault(number, "geographicLevel", quoted(result.level), expected, _RENAMED)
        return
    place_id = result.locations.get(result.level, "")
    code = ids.area_codes.get((result.level, place_id))
    level = _LEVEL_NAMES[result.level]
    if code is None:
        found = quoted(place_id or "nothing")
        readings.fault(number, "locations", found, f"the id of an area at '{level}'", _AGAIN)
        return
    period = result.time_period
    said = [level, code, period.period, period.code, *result.values.values()]
    if not readings.placed(number, "locations", code, said):
        return
    if not re.fullmatch(LEVELS[level][1], code):
        expected = f"the code of an area at '{level}'"
        readings.fault(number, "locations", quoted(code), expected, _AGAIN)
    years = re.fullmatch(r"([0-9]{4})(?:/([0-9]{4}))?", period.period)
    rest = declared.periods.get(period.code)
    if not years or not rest or (years[2] and int(years[2]) != int(years[1]) + 1):
        found = quoted(f"{period.period} {period.code}")
        expected = f"a year such as 2024/2025 of one of {', '.join(declared.periods)}"
        readings.fault(number, "timePeriod", found, expected, _RENAMED)
        return
    for one in ids.series:
        if all(result.filters.get(kind) == option for kind, option in one.options.items()):
            words = one.series
            place = Place(number, words.indicator, words.label, code, f"{years[1]}-{rest}")
            readings.take(place, result.values.get(one.indicator, ""))
