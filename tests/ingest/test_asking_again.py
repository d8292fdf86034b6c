"""Services are asked again only for what has changed since it was kept."""

from __future__ import annotations

import shutil

import responses

from ingest.archive import Archive
from tests.ingest import services
from tests.ingest.declaring import (
    EDUCATION_URL,
    NOMIS_URL,
    Declare,
    figures,
    pulled,
    values,
)


@responses.activate
def test_pages_that_have_not_changed_are_not_sent_again(declare: Declare) -> None:
    product = declare(services.NOMIS, "nomis", "twelve_months")
    file = {"content_type": "text/csv", "headers": {"ETag": '"page"'}}
    pages = [responses.get(NOMIS_URL, services.nomis_page(*ends), **file)
             for ends in ((0, 2), (2, 3))]  # fmt: skip
    pulled(product)
    for page in pages:
        responses.remove(page)
    for _ in pages:
        responses.get(NOMIS_URL, status=304)
    assert pulled(product) == "gardens: unchanged\n"
    conditions = [call.request.headers.get("If-None-Match") for call in responses.calls]
    assert conditions == [None, None, '"page"', '"page"']


@responses.activate
def test_a_page_that_has_changed_goes_with_those_that_are_kept(declare: Declare) -> None:
    product = declare(services.NOMIS, "nomis", "twelve_months")
    file = {"content_type": "text/csv", "headers": {"Last-Modified": "today"}}
    pages = [responses.get(NOMIS_URL, services.nomis_page(*ends), **file)
             for ends in ((0, 2), (2, 3))]  # fmt: skip
    pulled(product)
    for page in pages:
        responses.remove(page)
    responses.get(NOMIS_URL, status=304)
    revised = services.nomis_page(2, 3).replace(b"70.1", b"70.2")
    responses.get(NOMIS_URL, revised, content_type="text/csv")
    assert "1 revised" in product.run("pull", "gardens", "--known-on", "2099-01-01").stdout
    assert values(product)["E47000007", "2023-06-30"] == 70.2
    newest = Archive(product.places.archive).newest("gardens")
    assert newest is not None
    assert [file.name for file in newest.retrieval.files] == ["gardens.csv", "gardens-2.csv"]


@responses.activate
def test_a_lost_store_is_filled_from_what_is_kept_without_sending_it_again(
    declare: Declare,
) -> None:
    product = declare(services.EDUCATION, "education_statistics", "school_year")
    file = {"content_type": "text/csv", "headers": {"ETag": '"v1"'}}
    responses.get(EDUCATION_URL, services.EDUCATION_CSV, **file)
    pulled(product)
    before = figures(product)
    (product.folder / "var" / "store.sqlite").unlink()
    responses.replace(responses.GET, EDUCATION_URL, status=304)
    assert "2 added" in pulled(product)
    assert figures(product) == before


@responses.activate
def test_a_lost_archive_does_not_make_the_server_send_what_the_store_has(
    declare: Declare,
) -> None:
    product = declare(services.EDUCATION, "education_statistics", "school_year")
    file = {"content_type": "text/csv", "headers": {"ETag": '"v1"'}}
    responses.get(EDUCATION_URL, services.EDUCATION_CSV, **file)
    pulled(product)
    shutil.rmtree(product.places.archive)
    responses.replace(responses.GET, EDUCATION_URL, status=304)
    assert pulled(product) == "gardens: unchanged\n"
    assert responses.calls[-1].request.headers["If-None-Match"] == '"v1"'


@responses.activate
def test_an_education_data_file_is_fetched_once(declare: Declare) -> None:
    product = declare(services.EDUCATION, "education_statistics", "school_year")
    url = EDUCATION_URL
    responses.get(url, services.EDUCATION_CSV, content_type="text/csv", headers={"ETag": '"v1"'})
    pulled(product)
    assert figures(product) == [
        ("E08000025", "2025-08-31", 58.5),
        ("E92000001", "2025-08-31", 62.5),
    ]
    responses.replace(responses.GET, url, status=304)
    assert pulled(product) == "gardens: unchanged\n"
    assert responses.calls[-1].request.headers["If-None-Match"] == '"v1"'
