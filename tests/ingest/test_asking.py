"""A table of each service: declared in one file, pulled by the command, held in the store."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import responses

from data.reference_data import REFERENCE
from ingest.faults import Refused
from ingest.sources.declared_tables import declared_tables
from tests.ingest import services
from tests.ingest.declaring import (
    API_URL,
    EDUCATION_URL,
    FINGERTIPS_URL,
    NOMIS_URL,
    Declare,
    figures,
    pulled,
    values,
)
from tests.ingest.sources.made_nomis_workbooks import two_years
from tests.ingest.sources.made_workbooks import xlsx


@responses.activate
def test_nomis_is_asked_page_by_page(declare: Declare) -> None:
    product = declare(services.NOMIS, "nomis", "twelve_months")
    responses.get(NOMIS_URL, services.nomis_page(0, 2), content_type="text/csv")
    responses.get(NOMIS_URL, services.nomis_page(2, 3), content_type="text/csv")
    assert "3 added" in pulled(product)
    assert figures(product) == [
        ("E08000025", "2022-06-30", 67.3),
        ("E08000025", "2023-06-30", 68.4),
        ("E47000007", "2023-06-30", 70.1),
    ]
    first, second = (call.request.url or "" for call in responses.calls)
    assert "geography=TYPE424,E47000007&date=latestMINUS4-latest&variable=45" in first
    assert "recordoffset=2" in second
    (status,) = json.loads(product.run("status", "--json").stdout)
    assert (status["fetched"], status["last_pull"]) == (True, "loaded")


@responses.activate
def test_a_table_of_several_parts_is_read_again_from_what_was_kept(declare: Declare) -> None:
    product = declare(services.NOMIS, "nomis", "twelve_months")
    responses.get(NOMIS_URL, services.nomis_page(0, 2), content_type="text/csv")
    responses.get(NOMIS_URL, services.nomis_page(2, 3), content_type="text/csv")
    pulled(product)
    kept = product.places.kept / "gardens"
    assert sorted(path.name for path in kept.iterdir()) == ["gardens-2.csv", "gardens.csv"]
    again = product.run("pull", "gardens", "--from", str(product.places.kept), "--known-on",
                        "2099-01-01")  # fmt: skip
    assert again.stdout == "gardens: unchanged\n"


@responses.activate
def test_nomis_that_stops_short_is_refused(declare: Declare) -> None:
    product = declare(services.NOMIS, "nomis", "twelve_months")
    responses.get(NOMIS_URL, services.nomis_page(0, 2), content_type="text/csv")
    refused = product.run("pull", "gardens")
    assert refused.exit_code == 1
    assert "RECORD_OFFSET" in refused.stderr
    assert product.run("status").exit_code == 4


@responses.activate
def test_fingertips(declare: Declare) -> None:
    product = declare(services.FINGERTIPS, "fingertips", "financial_year")
    responses.get(FINGERTIPS_URL, services.FINGERTIPS_CSV, content_type="text/csv")
    pulled(product)
    assert figures(product) == [
        ("E08000025", "2023-03-31", 12.5),
        ("E92000001", "2023-03-31", 25.5),
    ]
    asked = responses.calls[0].request.url or ""
    assert "indicator_ids=12345&child_area_type_id=502&parent_area_type_id=15" in asked


@responses.activate
def test_an_education_data_file_may_come_packed_and_is_kept_as_it_came(declare: Declare) -> None:
    text = services.EDUCATION.replace('file = "gardens.csv"', 'file = "gardens.csv.gz"')
    product = declare(text, "education_statistics", "school_year")
    content = gzip.compress(services.EDUCATION_CSV)
    responses.get(EDUCATION_URL, content, content_type="application/gzip")
    pulled(product)
    assert values(product)["E08000025", "2025-08-31"] == 58.5
    assert (product.places.kept / "gardens" / "gardens.csv.gz").read_bytes() == content
    broken = content[:-9]
    responses.replace(responses.GET, EDUCATION_URL, broken, content_type="application/gzip")
    refused = product.run("pull", "gardens")
    assert (refused.exit_code, "cut short" in refused.stderr) == (1, True)
    assert values(product)["E08000025", "2025-08-31"] == 58.5


@responses.activate
def test_the_education_query_service_says_that_it_is_not_proved(declare: Declare) -> None:
    product = declare(
        services.QUERY,
        "education_statistics_api",
        "school_year",
        not_proved="Its answers were written by hand.",
    )
    responses.get(f"{API_URL}/meta", json.dumps(services.META), content_type="application/json")
    for number, (period, value) in enumerate((("2023/2024", "57"), ("2024/2025", "58.5")), 1):
        body = services.answer_page(number, 2, period, value)
        responses.post(f"{API_URL}/query", body, content_type="application/json")
    pulled(product)
    assert figures(product) == [
        ("E08000025", "2024-08-31", 57.0),
        ("E08000025", "2025-08-31", 58.5),
    ]
    asked = json.loads(responses.calls[2].request.body or b"")
    assert (asked["page"], asked["indicators"]) == (2, ["i1"])
    said = product.run("status").stdout
    assert "gardens is not proved against the live service: Its answers were written" in said


@responses.activate
def test_a_table_of_customise_my_data(declare: Declare) -> None:
    product = declare(services.CMD, "ons_cmd", "calendar_year")
    about = responses.get(services.CMD_ABOUT_URL, json=services.cmd_about(4))
    file = {"content_type": "text/csv", "headers": {"ETag": '"four"'}}
    responses.get(services.CMD_FILE_URL.format(version=4), services.CMD_CSV, **file)
    pulled(product)
    assert figures(product) == [("E08000025", "2023-12-31", 79.1)]
    responses.replace(responses.GET, services.CMD_FILE_URL.format(version=4), status=304)
    assert pulled(product) == "gardens: unchanged\n"
    assert about.call_count == 2
    # The service puts out another version: nothing but the service has to say so.
    responses.replace(responses.GET, services.CMD_ABOUT_URL, json=services.cmd_about(5))
    newer = services.CMD_CSV + services.CMD_CSV.splitlines()[1].replace(b"2023", b"2024") + b"\n"
    responses.get(services.CMD_FILE_URL.format(version=5), newer, content_type="text/csv")
    assert "1 added" in product.run("pull", "gardens", "--known-on", "2099-01-01").stdout
    assert figures(product)[-1] == ("E08000025", "2024-12-31", 79.1)
    assert "If-None-Match" not in responses.calls[-1].request.headers


@responses.activate
def test_a_table_of_customise_my_data_whose_version_cannot_be_told(declare: Declare) -> None:
    product = declare(services.CMD, "ons_cmd", "calendar_year")
    responses.get(services.CMD_ABOUT_URL, json={"id": services.CMD_TABLE, "links": {}})
    refused = product.run("pull", "gardens")
    assert refused.exit_code == 1
    assert "links.latest_version" in refused.stderr


def test_a_workbook_of_the_query_tool_is_saved_by_hand(declare: Declare) -> None:
    product = declare(services.WORKBOOK, "nomis_workbook", "twelve_months")
    refused = product.run("pull", "gardens")
    assert (refused.exit_code, "gardens is not fetched" in refused.stderr) == (2, True)
    folder = product.folder / "saved"
    folder.mkdir()
    rows = [
        row for row in two_years() if row[:1] not in (["ladu:Rutland"], ["ladu:City of London"])
    ]
    (folder / "gardens.xlsx").write_bytes(xlsx({"Data": rows}))
    undated = product.run("pull", "gardens", "--from", str(folder))
    assert (undated.exit_code, "give --known-on" in undated.stderr) == (1, True)
    loaded = product.run("pull", "gardens", "--from", str(folder), "--known-on", "2023-04-24")
    assert loaded.exit_code == 0, loaded.output
    assert figures(product)[0] == ("E08000025", "2018-12-31", 475900.0)


@pytest.mark.slow
@responses.activate
def test_a_recorded_answer_of_fingertips(declare: Declare, recordings: Path) -> None:
    """Of Birmingham and England, read off the file by hand."""
    content = recordings / "publishers" / "fingertips" / "fingertips_90284_countyua.csv"
    text = services.FINGERTIPS.replace('indicator = "12345"', 'indicator = "90284"')
    text = text.replace("Falls among older people", services.ADMISSIONS).replace(
        "65+ yrs", "<15 yrs"
    )
    text = text.replace(
        "count_per", 'left_out = [["Male", "<15 yrs"], ["Female", "<15 yrs"]]\ncount_per'
    )
    product = declare(text, "fingertips", "financial_year", REFERENCE)
    responses.get(FINGERTIPS_URL, content.read_bytes(), content_type="text/csv")
    pulled(product)
    held = values(product)
    assert held["E08000025", "2024-03-31"] == 86.12492
    assert held["E92000001", "2011-03-31"] == 115.2166797


@pytest.mark.slow
@responses.activate
def test_a_recorded_answer_of_nomis(declare: Declare, recordings: Path) -> None:
    """People of all ages in mid-2021, whose three areas called West Midlands stay apart."""
    content = recordings / "publishers/nomis/NM_2002_1_population_lad_rgn_2021_2022.csv"
    text = services.NOMIS.replace("NM_17_5", "NM_2002_1").replace("20599", "20100")
    text = text.replace("DATE_NAME", "DATE").replace("twelve_months", "mid_year")
    text = text.replace('{ VARIABLE = "45" }', '{ GENDER = "0", C_AGE = "200" }')
    text = text.replace("[[nomis.series]]", f"{services.left_out(content)}\n[[nomis.series]]")
    product = declare(text, "nomis", "day", REFERENCE)
    url = NOMIS_URL.replace("NM_17_5", "NM_2002_1")
    responses.get(url, content.read_bytes(), content_type="text/csv")
    pulled(product)
    held = {code: value for (code, _), value in values(product).items()}
    three = [held[code] for code in ("E12000005", "E11000005", "E47000007")]
    assert three == [5954240, 2916132, 2916132]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('reader = "nomis"', 'reader = "fingertips"', "goes with the reader"),
        ('value = "20599"', 'value = "20599"\nunknown = 1', "unknown"),
        ('file = "gardens.csv"', 'file = "../gardens.csv"', "file"),
        ('geography = ["TYPE424", "E47000007"]', "geography = []", "geography"),
        ("[nomis]", '[published]\nsheet = "a"\npattern = "(b)"\n[nomis]', "readers of workbooks"),
    ],
)
def test_a_declaration_with_a_fault(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in services.NOMIS
    (tmp_path / "gardens.toml").write_text(services.NOMIS.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "other.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(Refused, match=reason) as refused:
        declared_tables(tmp_path)
    assert {fault.file for fault in refused.value.faults} == {"gardens.toml", "other.toml"}
