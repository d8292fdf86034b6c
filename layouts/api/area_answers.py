"""Areas, and what is newest of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.observation_reads import read_newest_of_area
from data.reads import newest_known_on, read_areas, read_datasets
from data.series_reads import read_changes
from layouts.api.about import OPEN_GOVERNMENT_LICENCE, about_datasets
from layouts.api.catalogue_answers import LONGEST_NAME
from layouts.api.endpoints import ROOT, Answer, Asked
from layouts.api.observation_answers import observation
from layouts.api.place_records import AreaChangeRecord, AreaDetailRecord, AreaRecord
from layouts.api.problems import not_found
from layouts.api.records import About
from layouts.near import near

AREAS_SOURCE = (
    "Office for National Statistics: names, codes and changes of areas; "
    "data/reference/provenance.toml of this project names each file"
)


def areas(asked: Asked) -> Answer:
    """A page of the areas known, by code."""
    rows = _rows(asked)
    kind = asked.values["type"]
    chosen = [row for row in rows.values() if not kind or row["type"] == kind]
    first = asked.values["offset"]
    return Answer(
        About(
            known_on=newest_known_on(asked.store),
            as_of=None,
            source=AREAS_SOURCE,
            licence=OPEN_GOVERNMENT_LICENCE,
        ),
        [AreaRecord(**_facts(row)) for row in chosen[first : first + asked.values["limit"]]],
        total=len(chosen),
    )


def area(asked: Asked) -> Answer:
    """One area with what became of it, and its newest figure in each series."""
    code, rows = asked.parts["code"], _rows(asked)
    row = rows.get(code)
    if row is None:
        raise not_found("code", code, _valid(code, rows))
    as_of: date | None = asked.values["as_of"]
    newest = read_newest_of_area(asked.store, code, as_of)
    datasets = read_datasets(asked.store, as_of=as_of)
    used = [datasets[name] for name in {one.dataset for one in newest} if name in datasets]
    record = AreaDetailRecord(
        **_facts(row),
        changes=[
            AreaChangeRecord(
                kind=change.kind,
                new_code=change.new_code or "",
                effective_on=change.effective_on,
                precision=change.precision,
            )
            for change in read_changes(asked.store, code)
        ],
        figures=[observation(one, asked.catalogue) for one in newest],
    )
    return Answer(about_datasets(used, as_of), [record])


def _rows(asked: Asked) -> dict[str, Mapping[str, Any]]:
    frame = read_areas(asked.store).astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    return {str(row["code"]): {str(name): row[name] for name in row} for row in rows}


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ref_area": row["code"],
        "area_name": row["name"],
        "area_type": row["type"],
        "lower_tier": row["lower_tier"],
        "upper_tier": row["upper_tier"],
        "region": row["region_code"] or "",
        "country": row["country_code"] or "",
        "start_on": row["start_on"],
        "end_on": row["end_on"],
        "recoded_to": row["recoded_to"] or "",
        "page": f"/areas/{row['code']}",
    }


def _valid(asked: str, rows: Mapping[str, Mapping[str, Any]]) -> str:
    offers = near(asked[:LONGEST_NAME], {code: row["name"] for code, row in rows.items()}, most=3)
    meant = f"; did you mean {' or '.join(offers)}?" if offers else ""
    return f"one of the {len(rows)} codes at {ROOT}/areas, such as E08000025{meant}"
