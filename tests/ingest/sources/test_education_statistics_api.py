"""The query interface of Explore Education Statistics, on answers written by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from ingest.faults import Refused
from ingest.sources.education_statistics import EducationSeries
from ingest.sources.education_statistics_api import (
    EducationApiTable,
    query_body,
    read_education_api,
    resolve_ids,
)
from ingest.tidy import TidyFigures
from tests.ingest.sources.mutations import same_or_refused

META: dict[str, Any] = {
    "filters": [
        {
            "id": "f1",
            "column": "sex",
            "label": "Sex",
            "options": [{"id": "o1", "label": "Total"}, {"id": "o2", "label": "Girls"}],
        }
    ],
    "indicators": [
        {"id": "i1", "column": "share", "label": "Share", "unit": "%"},
        {"id": "i2", "column": "pupils", "label": "Pupils", "unit": ""},
    ],
    "locations": [
        {
            "level": {"code": "NAT", "label": "National"},
            "options": [{"id": "n1", "label": "England", "code": "E92000001"}],
        },
        {
            "level": {"code": "LA", "label": "Local authority"},
            "options": [
                {"id": "l1", "label": "Birmingham", "code": "E08000025", "oldCode": "330"},
                {"id": "l2", "label": "Dudley", "code": "E08000027", "oldCode": "332"},
            ],
        },
    ],
}
DECLARED = EducationApiTable(
    dataset="sample",
    data_set_id="019afee5",
    series=(
        EducationSeries(
            label="All", measure="Share", unit="%", indicator="Share", where={"Sex": "Total"}
        ),
    ),
    levels=("NAT", "LA"),
    periods={"AY": "09-01/P1Y"},
)


def result(level: str, place: str, value: str, option: str = "o1") -> dict[str, Any]:
    return {
        "timePeriod": {"code": "AY", "period": "2024/2025"},
        "geographicLevel": level,
        "locations": {"NAT": "n1", level: place},
        "filters": {"f1": option},
        "values": {"i1": value},
    }


RESULTS = [
    result("NAT", "n1", "62.5"),
    result("LA", "l1", "58.5"),
    result("LA", "l1", "61", "o2"),
    result("LA", "l2", "c"),
]


def page(number: int, of: int, results: list[Any], total: int = len(RESULTS)) -> bytes:
    paging = {"page": number, "pageSize": 2, "totalResults": total, "totalPages": of}
    return json.dumps({"paging": paging, "results": results, "warnings": []}).encode()


PAGES = [page(1, 2, RESULTS[:2]), page(2, 2, RESULTS[2:])]


def read(pages: list[bytes] = PAGES, meta: Any = META) -> TidyFigures:
    return read_education_api(json.dumps(meta).encode(), pages, DECLARED, "query")


def test_figures_of_all_pages() -> None:
    frame = read().frame
    assert frame[["ref_area", "time_period", "obs_value", "obs_status"]].to_numpy().tolist() == [
        ["E08000025", "2024-09-01/P1Y", "58.5", ""],
        ["E08000027", "2024-09-01/P1Y", "", "c"],
        ["E92000001", "2024-09-01/P1Y", "62.5", ""],
    ]


def renamed(text: str) -> str:
    for old in ("f1", "o1", "o2", "i1", "i2", "l1", "l2", "n1"):
        text = text.replace(f'"{old}"', f'"new-{old}"')
    return text


def test_ids_are_looked_up_by_label_so_a_new_version_changes_nothing() -> None:
    meta = json.loads(renamed(json.dumps(META)))
    pages = [renamed(each.decode()).encode() for each in PAGES]
    assert read(pages, meta).frame.equals(read().frame)
    with pytest.raises(Refused):
        read(pages, META)


def test_the_question() -> None:
    ids = resolve_ids(json.dumps(META).encode(), DECLARED, "meta")
    assert query_body(ids, DECLARED, 3) == {
        "criteria": {
            "and": [
                {"geographicLevels": {"in": ["NAT", "LA"]}},
                {"or": [{"and": [{"filters": {"eq": "o1"}}]}]},
            ]
        },
        "indicators": ["i1"],
        "page": 3,
        "pageSize": 1000,
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m["indicators"][0].update(label="Portion"), "one 'Share'"),
        (lambda m: m["indicators"][1].update(label="Share"), "2 of"),
        (lambda m: m["filters"][0].update(label="Gender"), "one 'Sex'"),
        (lambda m: m["filters"][0]["options"][0].update(label="All"), "one 'Total'"),
        (lambda m: m["filters"].append({"id": "f2", "label": "Age", "options": []}), "a choice"),
        (lambda m: m["locations"][1]["options"][0].update(code="TLG31"), "the code of an area"),
        (lambda m: m.pop("locations"), "Field required"),
    ],
)
def test_metadata_without_what_is_declared(
    change: Callable[[dict[str, Any]], object], words: str
) -> None:
    meta = json.loads(json.dumps(META))
    change(meta)
    with pytest.raises(Refused, match=words):
        read(meta=meta)


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([], "at least one page"),
        (PAGES[:1], "2 pages with 4 results"),
        (PAGES[::-1], r"pages \[2, 1\]"),
        ([PAGES[0], PAGES[0]], "pages"),
        ([page(1, 1, RESULTS[:2])], "1 pages with 4 results"),
        ([PAGES[0], b"<html>"], "JSON in UTF-8"),
        ([PAGES[0], b'{"status":429,"title":"Too many requests"}'], "Field required"),
        ([page(1, 1, [result("LA", "l9", "1")], 1)], "the id of an area"),
        ([page(1, 1, [result("REG", "n1", "1")], 1)], "one of NAT, LA"),
        ([page(1, 1, [result("LA", "l1", "low-ish")], 1)], "a number or"),
        ([page(1, 1, [result("LA", "l1", "1"), result("LA", "l1", "2")], 2)], "one figure"),
        ([page(1, 1, [{**RESULTS[0], "values": {"i1": 62.5}}], 1)], "string"),
        ([page(1, 1, [{**RESULTS[0], "values": {"i2": "1"}}], 1)], "a number or"),
        ([page(1, 1, [{**RESULTS[0], "timePeriod": {"code": "AY", "period": "2024"}}], 1)], ""),
        (
            [page(1, 1, [{**RESULTS[0], "timePeriod": {"code": "W1", "period": "2024"}}], 1)],
            "a year such as",
        ),
        (
            [page(1, 1, [{**RESULTS[0], "timePeriod": {"code": "AY", "period": "2024/2026"}}], 1)],
            "a year such as",
        ),
    ],
)
def test_answers_that_are_not_whole_or_not_known(pages: list[bytes], words: str) -> None:
    if not words:
        # A single year is read as the year in which the period begins.
        assert list(read(pages).frame["time_period"]) == ["2024-09-01/P1Y"]
        return
    with pytest.raises(Refused, match=words):
        read(pages)


@pytest.mark.parametrize("seed", range(30))
def test_damage_never_changes_a_figure_silently(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    results = json.loads(json.dumps(RESULTS))
    victim = chance.choice(results)
    key = chance.choice(["timePeriod", "geographicLevel", "locations", "filters", "values"])
    deeds: dict[str, Callable[[], object]] = {
        "a key lost": lambda: victim.pop(key),
        "a key renamed": lambda: victim.update({key + "s": victim.pop(key)}),
        "a kind changed": lambda: victim.update({key: [victim[key]]}),
        "a result lost": lambda: results.remove(victim),
        "a result repeated": lambda: results.append(victim),
        "another place": lambda: victim["locations"].update({victim["geographicLevel"]: "zz"}),
    }
    done = sorted(deeds)[seed % len(deeds)]
    deeds[done]()
    pages = [page(1, 2, results[:2]), page(2, 2, results[2:])]
    assert same_or_refused(partial(read, pages), read()), done
    cut = PAGES[1][: chance.randrange(len(PAGES[1]))]
    assert same_or_refused(partial(read, [PAGES[0], cut]), read())


def test_a_series_over_two_groups_keeps_them_apart() -> None:
    girls = replace(DECLARED.series[0], label="Girls", where={"Sex": "Girls"})
    declared = replace(DECLARED, series=(*DECLARED.series, girls))
    frame = read_education_api(json.dumps(META).encode(), PAGES, declared, "query").frame
    assert frame[frame["series"] == "Girls"]["obs_value"].tolist() == ["61"]
