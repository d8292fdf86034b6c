"""Where the shipped figures of a table came from: `provenance.toml` beside them."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ingest.cadence import Cadence
from ingest.faults import Fault, Refused
from metrics.origin import Adapter

PROVENANCE_FILE = "provenance.toml"
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_REMEDY = "restore the file from version control, or write the snapshot again"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeriesEntry(_Strict):
    """A series in the publisher's own words."""

    label: str
    measure: str
    unit: str


class VintageEntry(_Strict):
    """One reading of the table: when its figures became known, and which bytes gave them.

    Attributes:
        known_on: the day on which the publisher put these figures out.
        retrieved_on: the day on which they were fetched.
        publisher_commit: the publisher's own mark for this version, empty when not known.
        sha256: of the publisher's CSV; `size_bytes` its size, `metadata_sha256` of its JSON, which
            is empty for earlier files, whose JSON was not fetched.
        figures_sha256: of the file of tidy figures kept here.
        rows: figures kept; `rejected` the rows set aside, in a file of their own.
        neighbourhoods: how many small areas there are in a file of their own, whose hash is
            `neighbourhoods_sha256`; both are left out where there are none.
    """

    known_on: date
    retrieved_on: date
    url: str
    publisher_commit: str = ""
    sha256: Sha256
    size_bytes: int = Field(gt=0)
    metadata_sha256: Sha256 | Literal[""]
    figures_sha256: Sha256
    rows: int = Field(gt=0)
    rejected: int = Field(ge=0)
    neighbourhoods: int = Field(default=0, ge=0)
    neighbourhoods_sha256: Sha256 | Literal[""] = ""


class Provenance(_Strict):
    """One table: what it is, who made it, under which licence, and its vintages by date.

    `cadence` is of a drop-in, which says itself how often it comes out; the rhythm of all other
    tables is declared in the product.
    """

    dataset: str
    title: str
    producer: str
    source: Adapter
    landing_page: str
    licence: str
    load_replaces: Literal["whole", "periods"]
    cadence: Cadence | None = None
    series: tuple[SeriesEntry, ...] = Field(min_length=1)
    vintage: tuple[VintageEntry, ...] = Field(min_length=1)


def read_provenance(folder: Path) -> Provenance:
    """Read the provenance of one table.

    Raises:
        Refused: it is missing, is not TOML, has an unknown key or lacks one; every fault.
    """
    path = folder / PROVENANCE_FILE
    file = f"{folder.name}/{PROVENANCE_FILE}"
    try:
        provenance = _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused([Fault(file, None, "", str(error), "readable TOML", _REMEDY)]) from None
    except ValidationError as error:
        raise Refused(
            [
                Fault(
                    *(file, None, ".".join(str(part) for part in fault["loc"])),
                    *(f"{fault['input']!r:.80}", fault["msg"], _REMEDY),
                )
                for fault in error.errors(include_url=False)
            ]
        ) from None
    days = [entry.known_on for entry in provenance.vintage]
    if provenance.dataset != folder.name or days != sorted(set(days)):
        expected = f"dataset '{folder.name}', and vintages in the order of their dates, each once"
        found = f"dataset '{provenance.dataset}', vintages {', '.join(map(str, days))}"
        raise Refused([Fault(file, None, "", found, expected, _REMEDY)])
    return provenance


@lru_cache(maxsize=128)
def _parsed(text: str) -> Provenance:
    """What a text says. A load asks several times for the same one, and nothing can alter it."""
    return Provenance.model_validate(tomllib.loads(text))


def provenance_toml(provenance: Provenance) -> str:
    """The provenance as the text of its file. The same provenance gives the same text."""
    fields = provenance.model_dump()
    vintages, series = fields.pop("vintage"), fields.pop("series")
    del fields["cadence"]
    parts = [_lines(fields)]
    if provenance.cadence:
        parts.append(f"[cadence]\n{_lines(provenance.cadence.model_dump(exclude_defaults=True))}")
    parts.extend(f"[[series]]\n{_lines(entry)}" for entry in series)
    for entry in vintages:
        if not entry["neighbourhoods"]:
            del entry["neighbourhoods"], entry["neighbourhoods_sha256"]
        parts.append(f"[[vintage]]\n{_lines(entry)}")
    return "\n".join(parts)


def _lines(fields: dict[str, Any]) -> str:
    # A JSON string is also a TOML string: both escape quotes, backslashes and control characters.
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value}\n"
        for key, value in fields.items()
    )
