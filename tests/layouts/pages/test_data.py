"""The page of sources: every dataset, every gap, and what is covered."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import brotli
import pytest

from layouts.api.table import ENDPOINTS
from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore


@pytest.fixture(scope="module")
def pages(built_store_url, catalogue):
    return Pages(ReadOnlyStore(built_store_url), catalogue)


def markup(pages, query=""):
    served = pages.serve("/data", query)
    assert served.page.status == 200, served.page.description
    return "".join(piece.html for piece in pieces(served.page))


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_every_dataset_that_a_metric_uses_stands_there_once(pages, catalogue):
    page = markup(pages)
    datasets = {metric.source.dataset for metric in catalogue.metrics.values() if metric.source}
    for name in datasets:
        assert page.count(f'id="dataset-{name}"') == 1, name


def test_a_dataset_says_where_it_is_from_and_how_fresh_it_is(pages):
    row = re.search(
        r'<tr role="row" id="dataset-healthy-life-expectancy">.*?</tr>', markup(pages), re.DOTALL
    ).group()
    words = text_of(row)
    assert "Office for National Statistics. Open Government Licence v3.0." in words
    assert "20 February 2026" in words
    assert "30 June 2026" in words
    assert "2022 to 2024" in words
    assert "5,814" in words
    assert "not verified against the live service" in words
    assert "587fcf04e8bea97bda01dab4b0d4ffa4c834e0877731ebd7eb9fb9d9aa60e299" in words
    assert 'href="https://www.ons.gov.uk/' in row


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2027, 5, 22), "By 20 February 2027"),
        (date(2027, 5, 23), "Overdue : expected by 20 February 2027"),
    ],
)
def test_a_dataset_says_when_newer_figures_are_expected(
    built_store_url, catalogue, monkeypatch, today, words
):
    pages = Pages(ReadOnlyStore(built_store_url), catalogue)
    monkeypatch.setattr("layouts.pages.data._today", lambda: today)
    page = markup(pages, "mission=7")
    row = re.search(
        r'<tr role="row" id="dataset-healthy-life-expectancy">.*?</tr>', page, re.DOTALL
    ).group()
    assert words in text_of(row)


def test_the_answer_counts_what_is_overdue(built_store_url, catalogue, monkeypatch):
    pages = Pages(ReadOnlyStore(built_store_url), catalogue)
    monkeypatch.setattr("layouts.pages.data._today", lambda: date(2020, 1, 1))
    assert "overdue" not in pages.serve("/data", "").page.description
    # A day so late that of everything with a rhythm newer figures should be held.
    monkeypatch.setattr("layouts.pages.data._today", lambda: date(2090, 1, 1))
    words = pages.serve("/data", "mission=11").page.description
    assert "Newer figures are overdue for 1 of the datasets." in words


def test_what_is_not_proved_says_so_with_its_figures(built_store_url, catalogue):
    metric = catalogue.metrics["museums"]
    source = metric.source.model_copy(update={"not_proved": "Only <samples> were read"})
    metrics = {**catalogue.metrics, "museums": metric.model_copy(update={"source": source})}
    pages = Pages(ReadOnlyStore(built_store_url), replace(catalogue, metrics=metrics))
    said = "Not proved against the live service"
    assert f"{said} : Only <samples> were read." in text_of(markup(pages, "mission=0"))
    served = pages.serve("/metrics/museums", "").page
    words = text_of("".join(piece.html for piece in pieces(served)))
    assert words.count(said) == 2
    assert said not in text_of(markup(pages, "mission=7"))


def test_a_dataset_that_has_ended_says_so_in_place_of_a_day(pages):
    row = re.search(r'<tr role="row" id="dataset-employment-rate">.*?</tr>', markup(pages), re.S)
    assert "None: suspended after 2023" in text_of(row.group())


def test_rows_set_aside_are_shown_as_published_with_the_reason(pages):
    assert "60 rows, beside 1,520 figures taken in" in text_of(markup(pages))
    assert "No row has been set aside." in text_of(markup(pages, "mission=7"))
    words = text_of(markup(pages, "rejected=foreign-direct-investment"))
    assert "na,Aberdeen City Region,Combined Authority or City Region" in words
    assert words.count("no area code ('na')") == 60


def test_every_metric_without_figures_says_why(pages, catalogue):
    words = text_of(markup(pages))
    for metric in catalogue.metrics.values():
        if metric.figures == "not held":
            assert " ".join(metric.figures_note.split())[:60] in words


def test_coverage_tells_boroughs_and_combined_authority(pages):
    page = markup(pages)

    def row(address):
        return text_of(
            re.search(
                rf'<tr role="row"><th role="rowheader" scope="row"><a href="{address}">.*?</tr>',
                page,
                re.DOTALL,
            ).group()
        )

    assert row("/metrics/life-satisfaction").endswith("All 7 No ")
    assert row("/metrics/exports").endswith("None Yes ")
    assert "2011 to 2013 – 2022 to 2024" in row("/metrics/healthy-life-expectancy-male")


def test_a_mission_narrows_all_three_tables_down(pages, catalogue):
    page = markup(pages, "mission=7")
    assert 'id="dataset-healthy-life-expectancy"' in page
    assert 'id="dataset-employment-rate"' not in page
    assert '<option value="7" selected>' in page
    assert "/metrics/child-obesity-year-6" in page
    assert "/metrics/neighbourhood-crime" not in page
    assert "Healthy life expectancy" in pages.serve("/data", "mission=7").page.description
    # Metrics without a mission are a choice of their own.
    assert 'href="/metrics/adult-obesity"' in markup(pages, "mission=0")


@pytest.mark.parametrize("query", ["mission=13", "mission=x", "rejected=no-such-dataset"])
def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(pages, query):
    assert pages.serve("/data", query).page.status == 400


def test_without_figures_the_page_says_so(client):
    page = client.get("/data?mission=12").text
    assert "No dataset is held for this choice." in page
    # What is worked out from dated facts is neither a dataset nor missing.
    assert "population-under-devolution-deal" not in page
    page = client.get("/data?mission=2").text
    assert "innovation-active-businesses" in page


@pytest.mark.parametrize("path", ["/data", "/method", "/accessibility", "/search?q=birmingham"])
def test_a_reference_page_is_light(pages, path):
    name, _, query = path.partition("?")
    page = "".join(piece.html for piece in pieces(pages.serve(name, query).page))
    assert len(brotli.compress(page.encode(), quality=6)) < 27_000


def test_programs_find_every_address(pages):
    page = markup(pages)
    programs = page[page.index('id="for-programs"') :]
    for endpoint in ENDPOINTS:
        assert f"/api/v1/{endpoint.path}" in programs
    assert 'href="/api/v1/openapi.json"' in programs
