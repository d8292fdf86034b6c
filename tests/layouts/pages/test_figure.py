"""The page of a cited figure, and the short addresses that lead to it."""

import shutil
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from data.store import open_store
from data.tables import metadata
from layouts.addresses import cite_address, home_address
from metrics.figure import Figure, address
from tests.fixtures.cited import DATASET, NOW, write_cited_store

FIGURE = Figure(
    metric="healthy-life-expectancy-male",
    area="E08000025",
    period="2022-01-01/2024-12-31",
    dataset=DATASET,
    value="57",
    lower="56",
    upper="58",
    breakdown="sex=male",
)
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def cited_file(migrated_sqlite_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("cited") / "cited.sqlite"
    shutil.copyfile(migrated_sqlite_file, path)
    engine = open_store(f"sqlite:///{path}")
    write_cited_store(engine, title=f"Health {HOSTILE}")
    engine.dispose()
    return path


@pytest.fixture
def ask(cited_file, make_app):
    client = make_app(cited_file).server.test_client()

    def asked(where):
        answer = client.get(where)
        return answer, answer.get_data(as_text=True)

    return asked


def test_a_citation_says_what_was_said_and_what_became_of_it(ask):
    answer, page = ask(address(FIGURE))
    assert answer.status_code == 200
    assert "In 2022 to 2024, healthy life expectancy at birth for men in Birmingham was" in page
    assert "Revised upwards by 1.5 years on 19 December 2024." in page
    assert "Revised since" in page
    assert "no clear change" in page
    for form in ("cite-sentence", "cite-footnote", "cite-minutes", "cite-plain"):
        assert f'id="{form}"' in page
    stands = replace(FIGURE, value="58.5", lower="57.5", upper="59.5")
    assert address(stands).replace("&", "&amp;") in page


def test_what_a_publisher_wrote_cannot_become_markup(ask):
    _, page = ask(address(FIGURE))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "71"}, "No vintage that we hold ever said this."),
        ({"area": "E08000031"}, "No vintage that we hold ever said this."),
        ({"metric": "no-such-metric"}, "There is no measure called “no-such-metric”."),
        ({"basis": "derived"}, "From no vintage that we hold was this ever worked out."),
        ({"period": "2022-01-01/2022-01-02"}, "Nothing was ever held"),
    ],
)
def test_facts_that_were_never_published_are_not_found(ask, change, words):
    answer, page = ask(address(replace(FIGURE, **change)))
    assert answer.status_code == 404
    assert words in page


def test_what_is_held_instead_is_offered(ask):
    _, page = ask(address(replace(FIGURE, value="71")))
    assert "is 58.5 years." in page
    assert "Cite the figure that is held" in page


def test_a_measure_that_was_taken_out_is_gone(ask):
    answer, page = ask(address(replace(FIGURE, metric="no-longer-declared", breakdown="")))
    assert answer.status_code == 410
    assert "was taken out of this dashboard" in page
    assert "Revised upwards" in page


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("value=57", "value=58"),
        ("E08000025", "E08000026"),
        ("&basis=published", ""),
        ("value=57", f"value={HOSTILE}"),
        ("sex=male", f"sex=male&x={HOSTILE}"),
        ("value=57", "value=57&value=57"),
        ("value=57", "value=" + "5" * 1500),
    ],
)
def test_an_altered_address_is_refused_by_name(ask, found, put):
    answer, page = ask(address(FIGURE).replace(found, put))
    assert answer.status_code == 400
    assert "<script>alert" not in page
    assert "Take the citation again" in page or "Leave it out" in page


def test_a_comparator_makes_no_difference_to_whether_it_stands(ask):
    answer, page = ask(address(replace(FIGURE, comparator="E92000001")))
    assert answer.status_code == 200
    assert "lower than England (61.0 years)" in page


def test_reading_a_citation_writes_nothing(ask, cited_file):
    def held():
        engine = open_store(f"sqlite:///{cited_file}")
        with engine.connect() as connection:
            rows = {
                table: connection.execute(select(table)).all() for table in metadata.sorted_tables
            }
        engine.dispose()
        return rows

    before = held()
    ask(address(FIGURE))
    ask(address(replace(FIGURE, value="71")))
    assert held() == before


def test_the_short_address_leads_to_the_figure_that_is_held(ask):
    short = cite_address(FIGURE.metric, FIGURE.breakdown, FIGURE.area, NOW[0], "E92000001")
    answer, _ = ask(short)
    assert answer.status_code == 303
    held = replace(FIGURE, value="58.5", lower="57.5", upper="59.5", comparator="E92000001")
    assert answer.headers["Location"] == address(held)
    assert ask(answer.headers["Location"])[0].status_code == 200


@pytest.mark.parametrize(
    ("short", "status", "words"),
    [
        ("/cite", 400, "metric"),
        ("/cite?metric=no-such&area=E08000025&period=2022-01-01", 400, "no-such"),
        ("/cite?metric=healthy-life-expectancy-male&area=E08000025&period=2022", 400, "2022"),
        (
            "/cite?metric=healthy-life-expectancy-male&breakdown=sex=male&area=E08000025"
            "&period=2022-01-01&beside=X",
            400,
            "beside",
        ),
        (
            "/cite?metric=healthy-life-expectancy-male&breakdown=sex=male&area=E08000025"
            "&period=1999-01-01",
            404,
            "Nothing is held",
        ),
        (
            "/cite?metric=healthy-life-expectancy-male&breakdown=sex=male&area=<b>"
            "&period=2022-01-01",
            404,
            "&lt;b&gt;",
        ),
    ],
)
def test_a_short_address_of_nothing_is_refused(ask, short, status, words):
    answer, page = ask(short)
    assert answer.status_code == status
    assert words in page


def test_a_blank_can_be_cited_and_says_why(ask):
    answer, _ = ask(cite_address(FIGURE.metric, FIGURE.breakdown, "E08000028", NOW[0]))
    assert "value=" not in urlsplit(answer.headers["Location"]).query
    _, page = ask(answer.headers["Location"])
    assert "it was withheld to protect confidentiality" in page


@pytest.mark.parametrize(
    ("told", "home"),
    [
        ("https://missions.example.org/", "https://missions.example.org"),
        ("http://127.0.0.1:8050", "http://127.0.0.1:8050"),
        ("javascript:alert(1)", ""),
        ("https://x.org/path", ""),
        ("", ""),
    ],
)
def test_citations_name_the_public_address(monkeypatch, told, home):
    monkeypatch.setenv("PUBLIC_ADDRESS", told)
    assert home_address() == home
