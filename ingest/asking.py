"""Asking the service of a declared table for its figures, and for nothing that has not changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import requests

from ingest.archive import Retrieval
from ingest.arriving import Arrival, described
from ingest.faults import Fault, Refused
from ingest.fetching import Fetched, fetch
from ingest.recorded_sources import part_name, sha256_of
from ingest.sources.csv_table import LARGEST_FILE
from ingest.sources.declared_tables import DeclaredTable
from ingest.sources.education_statistics_answers import LARGEST_ANSWER, Page, read_answer
from ingest.sources.education_statistics_api import (
    EducationApiTable,
    query_body,
    resolve_ids,
)
from ingest.sources.nomis_pages import nomis_url, pages
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
EDUCATION_API = "https://api.education.gov.uk/statistics/v1/data-sets/{data_set}"
_MOST_PAGES = 200


def fetch_service(
    session: requests.Session, declared: DeclaredTable, held: Mapping[str, Any], known_on: date
) -> Arrival | None:
    """Fetch a declared table from its service.

    Args:
        session: from `ingest.fetching.open_session`.
        declared: the table; `fetched` says that it can be.
        held: the columns of the newest `retrieval` in the store; empty without one.
        known_on: the day to record as the one on which the figures became known.

    Returns:
        Every part in order, or None where the server says that its file has not changed.

    Raises:
        FetchError: a part could not be had.
        Refused: an answer tells of parts that do not come, or cannot be read at all.
    """
    answers: Sequence[Fetched] | None
    match declared.service:
        case NomisService() as asked:
            answers = _nomis(session, asked, declared.file)
        case FingertipsService() | EducationService() | CmdService() as asked:
            answers = _file(session, asked.url, held)
        case EducationApiTable() as asked:
            answers = _education(session, asked, declared.file)
        case _:
            raise ValueError(f"{declared.id} is saved by hand")
    if answers is None:
        return None
    contents = {
        part_name(declared.file, number): answer.content or b""
        for number, answer in enumerate(answers, start=1)
    }
    files = tuple(
        described(name, content, answer)
        for (name, content), answer in zip(contents.items(), answers, strict=True)
    )
    retrieval = Retrieval(
        dataset=declared.id,
        retrieved_at=datetime.now(UTC),
        known_on=known_on,
        url=answers[0].url,
        sha256=sha256_of(contents),
        files=files,
    )
    return Arrival(retrieval, contents)


def _file(session: requests.Session, url: str, held: Mapping[str, Any]) -> Sequence[Fetched] | None:
    """One file, where it is not the one whose figures are held."""
    same = held.get("url") == url
    answer = fetch(
        session,
        url,
        largest=LARGEST_FILE,
        content_types=CSV_TYPES,
        etag=held.get("etag") if same else None,
        last_modified=held.get("last_modified") if same else None,
    )
    return None if answer.content is None else [answer]


def _nomis(session: requests.Session, asked: NomisService, file: str) -> Sequence[Fetched]:
    answers: list[Fetched] = []

    def page(offset: int) -> bytes:
        url = nomis_url(asked, asked.geography, asked.dates, offset)
        answers.append(_get(session, url, CSV_TYPES, LARGEST_FILE))
        return answers[-1].content or b""

    pages(page, file)
    return answers


def _education(session: requests.Session, asked: EducationApiTable, file: str) -> Sequence[Fetched]:
    address = EDUCATION_API.format(data_set=asked.data_set_id)
    meta = _get(session, f"{address}/meta", JSON_TYPES, LARGEST_ANSWER)
    ids = resolve_ids(meta.content or b"", asked, file)
    answers = [meta]
    number, last = 1, 1
    while number <= last:
        question = query_body(ids, asked, number)
        url = f"{address}/query"
        answers.append(_get(session, url, JSON_TYPES, LARGEST_ANSWER, question))
        content = answers[-1].content or b""
        last = read_answer(Page, content, f"{file}, page {number}").paging.total_pages
        if last > _MOST_PAGES:
            expected = f"at most {_MOST_PAGES} pages"
            remedy = "declare fewer levels or groups"
            raise Refused([Fault(file, None, "paging", f"{last} pages", expected, remedy)])
        number += 1
    return answers


def _get(
    session: requests.Session,
    url: str,
    types: Collection[str],
    largest: int,
    question: dict[str, Any] | None = None,
) -> Fetched:
    return fetch(session, url, largest=largest, content_types=types, question=question)
