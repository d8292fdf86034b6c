"""Every chart and every table of every kind of page can be taken away, and opens."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from layouts.shell import create_app
from metrics.catalogue import load_catalogue

# One page of each kind that has charts or tables, with how many of each it must have at least.
KINDS = {
    "/": (10, 0),
    "/missions/devolution": (0, 5),
    "/missions/health": (2, 0),
    "/metrics/employment-rate": (2, 2),
    "/metrics/employment-rate?since=2025-01-01": (2, 3),
    "/metrics/employment-rate?map=shown": (1, 0),
    "/metrics/employment-rate?map=tiles": (1, 0),
    "/metrics/fuel-poverty": (3, 3),
    "/areas/E47000007": (0, 2),
    "/areas/E08000025?since=2024-01-01": (0, 1),
    "/compare": (7, 7),
    "/compare?view=change": (5, 5),
    "/disparities": (3, 4),
    "/workstreams": (0, 5),
    "/workstreams/net-zero": (1, 2),
    "/brief?since=2026-01-31": (0, 1),
    "/data": (0, 4),
    "/method": (0, 1),
}


@pytest.fixture(scope="module")
def client(built_store_url):
    return create_app(load_catalogue(), built_store_url).server.test_client()


def offered(client, address):
    """The addresses of the files of a page."""
    found = re.search(r'href="(/take-away\?[^"]+)"', client.get(address).text)
    assert found is not None, f"{address} offers no files"
    listing = client.get(unescape(found[1]))
    assert listing.status_code == 200
    return [unescape(one) for one in re.findall(r'href="(/take-away/[^"]+)"', listing.text)]


@pytest.mark.parametrize("address", KINDS)
def test_every_chart_and_table_of_a_page_is_offered_and_opens(client, address):
    charts, tables = KINDS[address]
    files = offered(client, address)
    kinds = [re.match(r"/take-away/(chart|table)-\d+\.(\w+)", one).groups() for one in files]
    assert kinds.count(("chart", "svg")) >= charts
    assert kinds.count(("table", "csv")) >= tables
    for kind, ending in (("chart", "png"), ("chart", "txt"), ("table", "xlsx"), ("table", "txt")):
        assert kinds.count((kind, ending)) == kinds.count(
            (kind, "svg" if kind == "chart" else "csv")
        )
    for file, (_kind, ending) in zip(files, kinds, strict=True):
        # Pictures in pixels are made of those in lines; one is tried below.
        if ending == "png" or (ending == "xlsx" and "table-1." not in file):
            continue
        answer = client.get(file)
        assert answer.status_code == 200, file
        assert opens(ending, answer.data), file


def opens(ending, body):
    if ending == "svg":
        root = ElementTree.fromstring(body)  # noqa: S314 - drawn by our own renderers
        words = " ".join(root.itertext())
        return "Citation: " in words and "Figures as known on" in words
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
        return len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}
    if ending == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        return book.sheet_names == ["Figures", "About", "Status"]
    lines = body.decode().splitlines()
    return len(lines) >= 3 and lines[-1].startswith("/")


def test_a_picture_in_pixels_is_made(client):
    answer = client.get("/take-away/chart-1.png?of=/disparities")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")


def test_what_stands_on_the_page_is_what_is_taken(client):
    rows = client.get("/take-away/table-1.csv?of=/compare").data.decode("utf-8-sig")
    cells = re.findall(r'class="cite-value"[^>]*>([^<]+)<', client.get("/compare").text)
    taken = list(csv.DictReader(io.StringIO(rows, newline="")))
    assert len(taken) == 7
    assert [float(row["Figure"]) for row in taken] == [float(one) for one in cells[:7]]
    assert all(row["Figure: citation"].startswith("/cite?") for row in taken)
    assert "Source: Office for National Statistics" in (
        client.get("/take-away/chart-1.txt?of=/compare").text
    )


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/take-away", 404, "Name the page"),
        ("/take-away?of=", 404, "Name the page"),
        ("/take-away?of=//example.org/", 404, "Name the page"),
        ("/take-away?of=/take-away", 404, "Name the page"),
        ("/take-away?of=/nowhere", 404, "There is no page at /nowhere"),
        ("/take-away?of=/compare%3Fareas%3Dnone", 404, "There is no page"),
        ("/take-away?of=/accessibility", 404, "no chart and no table"),
        ("/take-away?of=%FF", 400, "of"),
        (f"/take-away?of=/{'x' * 2100}", 400, "2,000"),
        ("/take-away/chart-1.svg?of=/data", 404, "0 charts"),
        ("/take-away/table-99.csv?of=/compare", 404, "7 tables"),
        ("/take-away/table-0.csv?of=/compare", 404, "7 tables"),
        ("/take-away/chart-1.gif?of=/compare", 404, "There is no page at"),
        ("/take-away?of=/search%3Fq%3D%3Cb%3E", 404, "no chart"),
    ],
)
def test_what_cannot_be_taken_is_told(client, address, status, words):
    answer = client.get(address)
    assert answer.status_code == status
    assert words in unescape(answer.text)
    assert "<b>" not in answer.text.replace("</b>", "")


def test_each_table_that_shows_a_figure_of_an_area_leads_to_its_citation(client):
    """By the table, how many figures of it must lead to a citation; and each that does resolves."""
    for address, least in {
        "/compare": 42,
        "/workstreams/net-zero": 20,
        "/disparities": 7,
        "/metrics/household-income-per-head": 15,
        "/metrics/healthy-life-expectancy-female?since=2025-01-01": 20,
        "/areas/E47000007": 30,
        "/": 20,
    }.items():
        links = sorted(set(re.findall(r'href="(/cite\?[^"]+)"', client.get(address).text)))
        assert len(links) >= least, address
        for link in links[:: max(1, len(links) // 6)]:
            answer = client.get(unescape(link))
            assert answer.status_code == 303, link
            assert answer.headers["Location"].startswith("/figures/"), link


def test_figures_that_are_derived_here_are_cited_as_derived(client):
    for address in ("/", "/areas/E47000007", "/metrics/household-income-per-head"):
        page = client.get(address).text
        links = [
            one for one in re.findall(r'href="(/cite\?[^"]+)"', page) if "basis=derived" in one
        ]
        assert links, address
        figure = client.get(client.get(unescape(links[0])).headers["Location"])
        assert figure.status_code == 200
        assert "Derived" in figure.text
