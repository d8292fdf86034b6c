"""Asking publishers for the figures of a table, and for nothing that has not changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import requests

from ingest.archive import Retrieval
from ingest.arriving import Arrival, described
from ingest.asking_again import Answer, KeptRetrieval
from ingest.faults import Fault, Refused
from ingest.fetching import fetch
from ingest.git_listing import GitListings
from ingest.recorded_sources import part_name, sha256_of
from ingest.sources.csv_table import LARGEST_FILE
from ingest.sources.declared_tables import DeclaredTable
from ingest.sources.education_statistics_answers import Page
from ingest.sources.education_statistics_api import (
    EducationApiTable,
    query_body,
    resolve_ids,
)
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_metadata import LARGEST_METADATA
from ingest.sources.json_answers import LARGEST_ANSWER, read_answer
from ingest.sources.nomis_pages import nomis_url, pages
from ingest.sources.ons_cmd_versions import about_url, newest_file_url
from ingest.sources.services import (
    CmdService,
    EducationService,
    FingertipsService,
    NomisService,
)

# What the services declare for a CSV file, packed or plain, and for JSON.
CSV_TYPES = (
    *("text/csv", "text/plain", "application/csv", "application/octet-stream"),
    *("application/gzip", "application/x-gzip", "application/vnd.ms-excel"),
)
JSON_TYPES = ("application/json",)
# What the main publisher's host declares for either.
_ELS_CSV_TYPES = ("text/plain", "text/csv")
_ELS_JSON_TYPES = ("text/plain", "application/json")
EDUCATION_API = "https://api.education.gov.uk/statistics/v1/data-sets/{data_set}"
_MOST_PAGES = 200


def fetch_els(
    kept: KeptRetrieval, listings: GitListings, declared: ElsDataset, known_on: date
) -> Arrival | None:
    """Fetch one table from its publisher, and of it only what has changed.

    Args:
        kept: what was fetched of the table before.
        listings: what its repository says of its files; bytes that are sent are held to it.
        declared: the table.
        known_on: the day to record as the one on which the figures became known.

    Returns:
        The bytes, or None where the store has the figures of what the server still serves.

    Raises:
        FetchError: the files could not be had.
        Refused: the bytes are not those that the repository lists.
    """
    name, words = f"{declared.id}.csv", f"{declared.id}.json"
    table = kept.whole(name, declared.csv_url, _ELS_CSV_TYPES, LARGEST_FILE)
    if table is None:
        return None
    beside = kept.part(words, declared.metadata_url, _ELS_JSON_TYPES, LARGEST_METADATA)
    answers = [
        _compared(answer, listings, declared.path(ending))
        for answer, ending in ((table, "csv"), (beside, "json"))
    ]
    return _arrival(declared.id, answers, known_on, sha256=table.file.sha256)


def _compared(answer: Answer, listings: GitListings, path: str) -> Answer:
    if not answer.sent:
        return answer
    found = {"git_id": listings.compare(path, answer.content)}
    return Answer(answer.file.model_copy(update=found), answer.content, answer.sent)


def fetch_service(kept: KeptRetrieval, declared: DeclaredTable, known_on: date) -> Arrival | None:
    """Fetch a declared table from its service, and of it only what has changed.

    Args:
        kept: what was fetched of the table before.
        declared: the table; `fetched` says that it can be.
        known_on: the day to record as the one on which the figures became known.

    Returns:
        Every part in order, or None where the store has the figures of what the server still
        serves.

    Raises:
        FetchError: a part could not be had.
        Refused: an answer tells of parts that do not come, or cannot be read at all.
    """
    answers: Sequence[Answer]
    match declared.service:
        case NomisService() as asked:
            answers = _nomis(kept, asked, declared.file)
        case FingertipsService() | EducationService() as asked:
            answers = _one_file(kept, asked.url, declared.file)
        case CmdService() as asked:
            url = _newest_version(kept.session, asked.table)
            answers = _one_file(kept, url, declared.file)
        case EducationApiTable() as asked:
            answers = _education(kept, asked, declared.file)
        case _:
            raise ValueError(f"{declared.id} is saved by hand")
    if not any(answer.sent for answer in answers) and (not answers or kept.has_its_figures):
        return None
    return _arrival(declared.id, answers, known_on)


def _arrival(dataset: str, answers: Sequence[Answer], known_on: date, sha256: str = "") -> Arrival:
    contents = {answer.file.name: answer.content for answer in answers}
    retrieval = Retrieval(
        dataset=dataset,
        retrieved_at=datetime.now(UTC),
        known_on=known_on,
        url=answers[0].file.url,
        sha256=sha256 or sha256_of(contents),
        files=tuple(answer.file for answer in answers),
    )
    return Arrival(retrieval, contents)


def _one_file(kept: KeptRetrieval, url: str, file: str) -> Sequence[Answer]:
    """The file; nothing where the store has its figures."""
    answer = kept.whole(file, url, CSV_TYPES, LARGEST_FILE)
    return [answer] if answer else []


def _newest_version(session: requests.Session, table: str) -> str:
    url = about_url(table)
    about = fetch(session, url, largest=LARGEST_ANSWER, content_types=JSON_TYPES)
    return newest_file_url(about.content or b"", table)


def _nomis(kept: KeptRetrieval, asked: NomisService, file: str) -> Sequence[Answer]:
    answers: list[Answer] = []

    def page(offset: int) -> bytes:
        url = nomis_url(asked, asked.geography, asked.dates, offset)
        name = part_name(file, len(answers) + 1)
        answers.append(kept.part(name, url, CSV_TYPES, LARGEST_FILE))
        return answers[-1].content

    pages(page, file)
    return answers


def _education(kept: KeptRetrieval, asked: EducationApiTable, file: str) -> Sequence[Answer]:
    address = EDUCATION_API.format(data_set=asked.data_set_id)
    meta = kept.part(file, f"{address}/meta", JSON_TYPES, LARGEST_ANSWER)
    ids = resolve_ids(meta.content, asked, file)
    answers = [meta]
    number, last = 1, 1
    while number <= last:
        # What is asked by question has no address of its own to which a condition could refer.
        answers.append(
            _asked(
                kept.session,
                f"{address}/query",
                query_body(ids, asked, number),
                part_name(file, number + 1),
            )
        )
        content = answers[-1].content
        last = read_answer(Page, content, f"{file}, page {number}").paging.total_pages
        if last > _MOST_PAGES:
            expected = f"at most {_MOST_PAGES} pages"
            remedy = "declare fewer levels or groups"
            raise Refused([Fault(file, None, "paging", f"{last} pages", expected, remedy)])
        number += 1
    return answers


def _asked(session: requests.Session, url: str, question: dict[str, Any], name: str) -> Answer:
    answer = fetch(
        session, url, largest=LARGEST_ANSWER, content_types=JSON_TYPES, question=question
    )
    content = answer.content or b""
    return Answer(described(name, content, answer), content, sent=True)
