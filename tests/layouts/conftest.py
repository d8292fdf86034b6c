"""A store with a few hand-made measures, and a dashboard over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup, escape
from sqlalchemy import insert

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.store import open_store
from data.tables import dataset, measure, retrieval, source, store_state, vintage
from layouts.page import ChoiceForm, Explorer, Page, Region
from layouts.request import PageRequest, write_query
from layouts.routes import ROUTES, Route
from layouts.shell import MissionsApp, create_app
from metrics.catalogue import Catalogue, load_catalogue
from metrics.measures.results import (
    AreaFacts,
    AreaFigure,
    BaselineOutcome,
    Cause,
    ClauseSummary,
    Comparison,
    Direction,
    Figure,
    HistoryPoint,
    Quality,
    Reading,
    SeriesOverview,
    Verdict,
)

LETTERS = ("A", "B", "C")
# What a careless template would let through.
NASTY = '<script>alert("x")</script> & "quoted"'


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


def figure(value: float | None, lower: float | None = None, upper: float | None = None) -> Figure:
    return Figure(
        start=date(2022, 1, 1),
        end=date(2024, 12, 31),
        period="2022 to 2024",
        short_period="2022–24",
        value=value,
        lower=lower,
        upper=upper,
        status="" if value is not None else "x",
        note="" if value is not None else "The publisher gave no reason.",
    )


def life_expectancy_overview(breakdown: str, combined: float | None) -> SeriesOverview:
    boroughs = [
        AreaFigure(code=code, name=f"Borough {number}", figure=figure(55.0 + number))
        for number, code in enumerate(CONSTITUENT[:6], start=1)
    ]
    history = tuple(
        HistoryPoint(
            start=date(year, 1, 1),
            at=date(year, 7, 1),
            period=str(year),
            short_period=str(year),
            value=value,
        )
        for year, value in ((2018, 60.0), (2020, None), (2023, 58.2))
    )
    return SeriesOverview(
        metric=f"healthy-life-expectancy-{breakdown.removeprefix('sex=')}",
        breakdown=breakdown,
        period="2022 to 2024",
        short_period="2022–24",
        tier="upper_tier",
        background=(50.0, 55.5, 61.0, 69.3),
        named=(
            AreaFigure(
                code=COMBINED_AUTHORITY,
                name="West Midlands",
                figure=figure(combined, 56.9, 59.4) if combined is not None else None,
            ),
            *boroughs,
            AreaFigure(code=CONSTITUENT[6], name="Borough 7", figure=figure(None)),
            AreaFigure(code=ENGLAND, name="England", figure=figure(60.9, 60.7, 61.2)),
        ),
        histories={ENGLAND: history}
        if combined is None
        else {COMBINED_AUTHORITY: history, ENGLAND: history},
    )


def clause_summary(clause: str, verdict: Verdict, sentence: str) -> ClauseSummary:
    return ClauseSummary(clause=clause, verdict=verdict, sentence=sentence, readings=())


def hand_made_measures() -> list[tuple[str, str, str, str]]:
    """Kind, subject, area code and payload of each measure."""
    gap = ClauseSummary(
        clause="7.gap-narrows",
        verdict=Verdict.MOVING_AWAY,
        sentence="The gap went from 10.9 years to 13.2 years: a clear widening.",
        readings=(
            Reading(
                clause="7.gap-narrows",
                metric="healthy-life-expectancy-male",
                breakdown="sex=male",
                verdict=Verdict.MOVING_AWAY,
                sentence="For men the gap widened by 2.3 years.",
                baselines=(
                    BaselineOutcome(
                        baseline="before-pandemic",
                        label="2017 to 2019",
                        verdict=Verdict.MOVING_AWAY,
                        sentence="Since 2017 to 2019 it widened by 2.3 years.",
                    ),
                    BaselineOutcome(
                        baseline="white-paper",
                        label="",
                        verdict=Verdict.CANNOT_BE_SHOWN,
                        cause=Cause.NO_BASELINE,
                        sentence="there is no figure for the White Paper.",
                    ),
                ),
                numbers={"value": 13.16, "areas": 216.0, "not_named_here": 1.5, "blank": None},
                names={"tied": ("Dudley", "Walsall"), "codes": ("E08000027", "E08000030")},
            ),
        ),
    )
    rise = clause_summary("7.five-years", Verdict.MET, NASTY)
    facts = AreaFacts(
        metric="healthy-life-expectancy-male",
        breakdown="sex=male",
        code=COMBINED_AUTHORITY,
        latest=figure(58.2, 56.9, 59.4),
        gaps=(
            Comparison(
                to=ENGLAND,
                label="England",
                other=figure(60.9),
                difference=-2.7,
                direction=Direction.LOWER,
                quality=Quality.WORSE,
                sentence="2.7 years below England (60.9 years): worse.",
            ),
        ),
    )
    male = life_expectancy_overview("sex=male", 58.2)
    female = life_expectancy_overview("sex=female", None)
    return [
        ("clause", gap.clause, "", gap.model_dump_json()),
        ("clause", rise.clause, "", rise.model_dump_json()),
        ("overview", "healthy-life-expectancy-male|sex=male", "", male.model_dump_json()),
        ("overview", "healthy-life-expectancy-female|sex=female", "", female.model_dump_json()),
        (
            "area_facts",
            "healthy-life-expectancy-male|sex=male",
            COMBINED_AUTHORITY,
            facts.model_dump_json(),
        ),
    ]


@pytest.fixture
def measured_store(migrated_sqlite_file: Path, tmp_path: Path) -> Path:
    """A store in which mission 7 has two verdicts and two series, and nothing else is held."""
    path = tmp_path / "measured.sqlite"
    shutil.copyfile(migrated_sqlite_file, path)
    engine = open_store(f"sqlite:///{path}")
    day = date(2026, 6, 30)
    with engine.begin() as connection:
        connection.execute(insert(source).values(id="els", title="A source", home_url="https://x"))
        connection.execute(
            insert(dataset).values(
                id="healthy-life-expectancy",
                source_id="els",
                title="Healthy life expectancy of everyone",
                producer="A producer",
                landing_page="https://example.org/health",
                licence="A licence",
                load_replaces="whole",
            )
        )
        connection.execute(
            insert(retrieval).values(
                id=1,
                dataset_id="healthy-life-expectancy",
                url="https://example.org/health.csv",
                retrieved_on=day,
                published_on=date(2026, 2, 3),
                sha256="0" * 64,
                size_bytes=1,
            )
        )
        connection.execute(
            insert(vintage).values(
                dataset_id="healthy-life-expectancy",
                retrieval_id=1,
                known_on=day,
                figures_sha256="0" * 64,
                rows_read=1,
                added=1,
                withdrawn=0,
                revised=0,
                restatused=0,
            )
        )
        connection.execute(insert(store_state).values(key="built_from", value="one"))
        connection.execute(
            insert(measure),
            [
                {"kind": kind, "subject": subject, "area_code": code, "payload": payload}
                for kind, subject, code, payload in hand_made_measures()
            ],
        )
    engine.dispose()
    return path


def sample_page(request: PageRequest) -> Page:
    """A page with one part of each kind, whose every choice shows in each of them."""
    areas = request.query.codes("areas", LETTERS, most=2)
    on = request.query.day("on")
    chosen = ",".join(areas) or "nothing"
    # The form and the heading are as the pages make them: escaped where a reader's words come in.
    boxes = Markup("").join(
        Markup("<label><input type='checkbox' name='areas' value='{0}'{1}>{0}</label>").format(
            letter, Markup(" checked") if letter in areas else ""
        )
        for letter in LETTERS
    )
    return Page(
        title=f"Sample of {chosen}",
        description=f"Chosen: {chosen}",
        parts=(
            Region("answer", Markup("<h1>Sample</h1><p>Chosen: {}</p>").format(escape(chosen))),
            ChoiceForm("choose", "/sample", boxes + Markup("<button>Show</button>")),
            Explorer(
                "line",
                Markup("<svg role='img' aria-label='{}'></svg>").format(chosen),
                {"data": [{"type": "scatter", "y": [len(areas)]}], "layout": {}, "config": {}},
                320,
            ),
            Region("fixed", Markup("<p>Always the same.</p>")),
        ),
        query=write_query({"areas": areas, "on": on.isoformat() if on else ""}),
    )


def failing_page(request: PageRequest) -> Page:
    raise ZeroDivisionError("a fault of ours")


SAMPLE_ROUTES = (*ROUTES, Route("/sample", sample_page), Route("/failing", failing_page))


@pytest.fixture
def make_app(catalogue: Catalogue) -> Callable[[Path], MissionsApp]:
    """The dashboard with the sample pages, over the SQLite file given."""
    return lambda path: create_app(catalogue, f"sqlite:///{path}", SAMPLE_ROUTES)


@pytest.fixture
def app(measured_store: Path, make_app: Callable[[Path], MissionsApp]) -> MissionsApp:
    return make_app(measured_store)


@pytest.fixture
def client(app: MissionsApp) -> FlaskClient:
    return app.server.test_client()
