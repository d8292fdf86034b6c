"""The addresses of files and of charts to embed."""

import csv
import io
import shutil
from xml.etree import ElementTree

import pytest

from data.store import open_store
from layouts.downloads import pictures
from layouts.downloads.pictures import NoFontError, as_png, picture_style
from metrics.figure import Figure, figure_id
from tests.fixtures.cited import DATASET, write_cited_store

BASE = "/metrics/healthy-life-expectancy-male"
CHOSEN = "?areas=E08000025,E08000026"
FILES = {
    "line.svg": "image/svg+xml",
    "line.png": "image/png",
    "ranked.svg": "image/svg+xml",
    "ranked.png": "image/png",
    "periods.csv": "text/csv",
    "periods.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "areas.csv": "text/csv",
    "areas.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(scope="module")
def cited_file(migrated_sqlite_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("cited") / "cited.sqlite"
    shutil.copyfile(migrated_sqlite_file, path)
    engine = open_store(f"sqlite:///{path}")
    write_cited_store(engine)
    engine.dispose()
    return path


@pytest.fixture
def ask(cited_file, make_app):
    return make_app(cited_file).server.test_client()


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("file", FILES)
def test_each_file_has_its_type_its_name_and_its_tag(ask, file):
    answer = ask.get(f"{BASE}/{file}{CHOSEN}")
    assert answer.status_code == 200
    assert answer.mimetype == FILES[file]
    ending = file.partition(".")[2]
    told = answer.headers["Content-Disposition"]
    assert 'filename="healthy-life-expectancy-male-sex-male-' in told
    assert told.endswith(f'-known-2026-02-20.{ending}"')
    assert answer.headers["Cache-Control"] == "no-cache"
    again = {"If-None-Match": answer.headers["ETag"]}
    assert ask.get(f"{BASE}/{file}{CHOSEN}", headers=again).status_code == 304
    head = ask.head(f"{BASE}/{file}{CHOSEN}")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]


def test_a_table_has_the_id_of_each_figure(ask):
    rows = rows_of(ask.get(f"{BASE}/periods.csv{CHOSEN}"))
    birmingham = {row["period_start"]: row for row in rows if row["area_code"] == "E08000025"}
    now = birmingham["2022-01-01"]
    assert (now["value"], now["lower_95"], now["upper_95"]) == ("58.5", "57.5", "59.5")
    assert now["figure_id"] == figure_id(
        Figure(
            metric="healthy-life-expectancy-male", area="E08000025", dataset=DATASET,
            period="2022-01-01/2024-12-31", value="58.5", lower="57.5", upper="59.5",
            breakdown="sex=male",
        )
    )  # fmt: skip
    assert now["citation"].startswith(f"/figures/{now['figure_id']}?")
    assert ask.get(now["citation"]).status_code == 200


def test_a_blank_keeps_its_letter_and_is_no_zero(ask):
    rows = rows_of(ask.get(f"{BASE}/areas.csv"))
    sandwell = next(row for row in rows if row["area_code"] == "E08000028")
    assert (sandwell["value"], sandwell["status"]) == ("", "c")
    assert sandwell["status_meaning"] == "confidential"


def test_a_table_can_be_had_as_it_was_known(ask):
    then = rows_of(ask.get(f"{BASE}/periods.csv{CHOSEN}&known_on=2024-03-01"))
    values = {(row["area_code"], row["period_start"]): row["value"] for row in then}
    assert values["E08000025", "2022-01-01"] == "57"
    assert values["E08000026", "2022-01-01"] == "60.25"
    told = ask.get(f"{BASE}/periods.csv{CHOSEN}&known_on=2024-03-01").headers["Content-Disposition"]
    assert "known-2024-02-09" in told


def test_a_picture_says_what_it_shows_where_it_is_from_and_when(ask, monkeypatch):
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://missions.example.org")
    svg = ask.get(f"{BASE}/line.svg{CHOSEN}&known_on=2024-03-01").get_data(as_text=True)
    words = " ".join(" ".join(ElementTree.fromstring(svg).itertext()).split())  # noqa: S314
    assert "Healthy life expectancy at birth for men, years" in words
    assert "Source: Office for National Statistics, published 9 February 2024" in words
    assert "Figures as known on 1 March 2024." in words
    flat = words.replace(" ", "")
    assert "https://missions.example.org/metrics/healthy-life-expectancy-male?areas=" in flat
    assert "known_on=2024-03-01" in flat
    assert "var(--" not in svg


def test_a_picture_in_pixels_is_one(ask):
    png = ask.get(f"{BASE}/line.png{CHOSEN}").data
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width == 760 * 1.5


@pytest.mark.parametrize(
    ("file", "status", "words"),
    [
        ("line.svg?areas=X", 400, "areas: found X"),
        ("periods.csv?known_on=soon", 400, "known_on: found soon"),
        ("periods.csv?known_on=2001-01-01", 404, "No figures of"),
        ("line.png?period=1066-01-01", 400, "period: found 1066-01-01"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(ask, file, status, words):
    answer = ask.get(f"{BASE}/{file}")
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/metrics/no-such/line.svg", f"{BASE}/line.jpg", "/embed/metrics/no-such/line"]
)
def test_no_other_file_is_made(ask, path):
    assert ask.get(path).status_code == 404


def test_only_a_chart_to_embed_may_stand_in_another_sites_frame(ask):
    embedded = ask.get(f"/embed{BASE}/line{CHOSEN}")
    assert embedded.status_code == 200
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "default-src 'none'" in embedded.headers["Content-Security-Policy"]
    assert embedded.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for other in (BASE, f"{BASE}/periods.csv", f"{BASE}/line.svg"):
        policy = ask.get(other).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy


def test_without_a_font_a_picture_says_so(ask, monkeypatch):
    pictures.fonts.cache_clear()
    as_png.cache_clear()
    monkeypatch.setattr(pictures, "_FOLDERS", ("/no/such/folder",))
    with pytest.raises(NoFontError, match="install"):
        pictures.fonts()
    answer = ask.get(f"{BASE}/line.png")
    assert answer.status_code == 503
    assert "SVG can" in answer.get_data(as_text=True)
    pictures.fonts.cache_clear()


def test_a_picture_is_never_larger_than_a_bound():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="9000"></svg>'
    with pytest.raises(ValueError, match="larger than is made"):
        as_png(svg)


def test_marks_look_as_on_the_page_by_daylight():
    style = picture_style()
    assert ".chart .dot.open{fill: #ffffff; stroke: currentColor" in style
    assert "width: 100%" not in style


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_everything_held_of_an_area_is_one_file(ask, ending):
    answer = ask.get(f"/areas/E08000025/figures.{ending}")
    assert answer.status_code == 200
    told = answer.headers["Content-Disposition"]
    assert f'"birmingham-e08000025-all-figures-known-2026-02-20.{ending}"' in told
    if ending == "csv":
        assert [row["value"] for row in rows_of(answer)] == ["59", "58.5"]


@pytest.mark.parametrize("query", ["", "?known_on=2001-01-01"])
def test_an_area_without_figures_has_no_file(ask, query):
    code = "E08000025" if query else "E08000031"
    assert ask.get(f"/areas/{code}/figures.csv{query}").status_code == 404
