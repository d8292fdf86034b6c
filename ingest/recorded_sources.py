"""Every table whose bytes lie in a folder, whichever way its producer publishes it.

A folder may hold tables of the main publisher (`<dataset>/<dataset>.csv` and `.json`), workbooks
by the name that their declaration gives (in the folder or in `<dataset>/`), and drop-ins: a
`mapping.toml` with its files (in the folder or in `<dataset>/`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from data.reference_data import read_area_changes_file
from ingest.faults import Fault, Refused, quoted
from ingest.neighbourhoods import with_neighbourhoods
from ingest.provenance import Provenance, SeriesEntry
from ingest.pulling import Pulled, pull_recorded
from ingest.recorded import recorded_datasets
from ingest.snapshot import Retrieved, vintage_entry
from ingest.sources.declared_tables import DeclaredTable, declared_tables
from ingest.sources.drop_in import read_drop_in
from ingest.sources.drop_in_mapping import MAPPING, DropInMapping, read_mapping
from ingest.sources.els_datasets import els_datasets
from ingest.sources.services import read_service
from ingest.sources.table_readers import published_on, read_declared
from ingest.tidy import KEY, TidyFigures

# Reads one table, given when it became known (None: as the bytes say) and when it was fetched.
ReadRecorded = Callable[[date | None, date], Pulled]


def recorded_sources(folder: Path, itl1_codes: Mapping[str, str]) -> dict[str, ReadRecorded]:
    """How to read each table that lies in a folder, by the id of the table.

    Raises:
        Refused: no table that is known is in the folder, or a mapping cannot be read or has the
            id of another table.
    """
    if not (found := tables_in(folder, itl1_codes)):
        expected = (
            "a folder with <dataset>/<dataset>.csv and .json, with a workbook or the answer of a "
            f"service by its declared name, or with {MAPPING} and its files"
        )
        remedy = "name the folder that holds the recorded files"
        raise Refused([Fault(str(folder), None, "", "no table that is known", expected, remedy)])
    return found


def tables_in(folder: Path, itl1_codes: Mapping[str, str]) -> dict[str, ReadRecorded]:
    """As `recorded_sources`, and nothing where no table that is known is in the folder."""
    found: dict[str, ReadRecorded] = {}
    for name, declared in declared_tables().items():
        for path in (folder / declared.file, folder / name / declared.file):
            if path.is_file():
                found[name] = partial(
                    _read_service if declared.service else _read_table, path, declared
                )
    for mapping in sorted({*folder.glob(MAPPING), *folder.glob(f"*/{MAPPING}")}):
        name = mapping.relative_to(folder).as_posix()
        words = read_mapping(mapping.read_bytes(), name)
        if words.id in {*found, *declared_tables(), *els_datasets()}:
            # It would take the place of what another producer published under the same metrics.
            expected, remedy = "an id that no other table has", "give the folder an id of its own"
            raise Refused([Fault(name, None, "id", quoted(words.id), expected, remedy)])
        found[words.id] = partial(_read_folder, mapping.parent)
    for name in set(recorded_datasets(folder)) & els_datasets().keys():
        found[name] = partial(_read_els, folder, name, itl1_codes)
    return dict(sorted(found.items()))


def no_metric(dataset: str) -> Fault:
    """What keeps a table from being taken whose figures no metric shows."""
    return Fault(
        *(dataset, None, "", "none", f'a metric with source.dataset = "{dataset}"'),
        "define it, as docs/add-a-metric.md says, or take the table out of the folder",
    )


def _read_els(
    folder: Path, name: str, itl1: Mapping[str, str], known_on: date | None, retrieved_on: date
) -> Pulled:
    return pull_recorded(
        folder, els_datasets()[name], itl1, known_on=known_on, retrieved_on=retrieved_on
    )


def _read_table(
    path: Path, declared: DeclaredTable, known_on: date | None, retrieved_on: date
) -> Pulled:
    content = path.read_bytes()
    changes = read_area_changes_file()
    codes = zip(changes["old_code"], changes["new_code"], strict=True)
    successors = [(str(old), str(new)) for old, new in codes if new]
    read = read_declared(content, declared, declared.file, successors)
    figures = read.figures
    published = None if known_on else published_on(content, declared, declared.file)
    retrieved = Retrieved(
        url=declared.landing_page,
        known_on=known_on or published or retrieved_on,
        retrieved_on=retrieved_on,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        metadata_sha256="",
        published_on=published,
    )
    described = with_neighbourhoods(
        _described(figures, declared, declared.adapter, retrieved), read.neighbourhoods
    )
    return Pulled(figures, described, retrieved, {declared.file: content}, read.neighbourhoods)


def _read_service(
    path: Path, declared: DeclaredTable, known_on: date | None, retrieved_on: date
) -> Pulled:
    files = {path.name: path.read_bytes()}
    while (part := path.with_name(part_name(path.name, len(files) + 1))).is_file():
        files[part.name] = part.read_bytes()
    contents = tuple(files.values())
    day = known_on or published_on(contents[0], declared, declared.file)
    assert declared.service is not None  # noqa: S101 - the caller asked
    figures = read_service(contents, declared.service, declared.file)
    retrieved = Retrieved(
        url=declared.landing_page,
        known_on=day,
        retrieved_on=retrieved_on,
        sha256=sha256_of(files),
        size_bytes=sum(map(len, contents)),
        metadata_sha256="",
    )
    described = _described(figures, declared, declared.adapter, retrieved)
    return Pulled(figures, described, retrieved, files)


def part_name(file: str, number: int) -> str:
    """What a part of a table is called: the first like the table, then `name-2.csv` and so on."""
    name, _, ending = file.partition(".")
    return file if number == 1 else f"{name}-{number}.{ending}"


def sha256_of(files: Mapping[str, bytes]) -> str:
    """The hash of a table: that of its file, or one over all of them by name."""
    if len(files) == 1:
        (content,) = files.values()
        return hashlib.sha256(content).hexdigest()
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _read_folder(folder: Path, known_on: date | None, retrieved_on: date) -> Pulled:
    drop_in = read_drop_in(folder)
    mapping = drop_in.mapping
    names = [MAPPING, *(table.file for table in mapping.table)]
    files = {name: (folder / name).read_bytes() for name in names}
    figures = _together(mapping.id, drop_in.figures)
    retrieved = Retrieved(
        url=mapping.landing_page,
        known_on=known_on or mapping.published_on,
        retrieved_on=retrieved_on,
        sha256=sha256_of(files),
        size_bytes=sum(map(len, files.values())),
        metadata_sha256=hashlib.sha256(files[MAPPING]).hexdigest(),
        published_on=mapping.published_on,
    )
    return Pulled(figures, _described(figures, mapping, "drop_in", retrieved), retrieved, files)


def _together(dataset: str, several: tuple[TidyFigures, ...]) -> TidyFigures:
    """The files of a drop-in as the one table that they are.

    Raises:
        Refused: two files give a figure for the same place.
    """
    if len(several) == 1:
        return several[0]
    frame = pd.concat([one.frame for one in several], ignore_index=True)
    names = ", ".join(one.file for one in several)
    if (again := frame[frame.duplicated(KEY)]).size:
        first = again.iloc[0]
        found = f"{first['series']}, {first['ref_area']}, {first['time_period']} in two files"
        remedy = "leave the figure in one of the files"
        raise Refused([Fault(names, None, "", found, "each figure in one file", remedy)])
    return TidyFigures(
        dataset=dataset,
        file=names,
        frame=frame.sort_values(KEY, ignore_index=True),
        series=tuple(
            sorted(
                {words for one in several for words in one.series}, key=lambda words: words.label
            )
        ),
        rejected=tuple(row for one in several for row in one.rejected),
        collapsed=sum(one.collapsed for one in several),
    )


def _described(
    figures: TidyFigures,
    declared: DeclaredTable | DropInMapping,
    adapter: str,
    retrieved: Retrieved,
) -> Provenance:
    return Provenance.model_validate(
        {
            "dataset": declared.id,
            "title": declared.title,
            "producer": declared.producer,
            "source": adapter,
            "landing_page": declared.landing_page,
            "licence": declared.licence,
            "load_replaces": declared.load_replaces,
            "cadence": declared.cadence if isinstance(declared, DropInMapping) else None,
            "series": tuple(
                SeriesEntry(label=words.label, measure=words.measure, unit=words.unit)
                for words in figures.series
            ),
            "vintage": (vintage_entry(figures, retrieved),),
        }
    )
