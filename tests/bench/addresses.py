"""The addresses of every page, by kind, and the one of each kind that a browser is timed on."""

from __future__ import annotations

from sqlalchemy import func, select

from data.store import open_store
from data.tables import observation, series
from metrics.catalogue import load_catalogue
from tests.bench.figures import BenchError

COMBINED_AUTHORITY = "E47000007"
BOROUGHS = [f"E080000{number}" for number in range(25, 32)]


def addresses(store_url: str) -> dict[str, list[str]]:
    """Every address of each kind of page. The first of each is the one to time in a browser.

    Raises:
        BenchError: the store has no figures, so no metric's page would show what it costs.
    """
    catalogue = load_catalogue()
    with_figures = metrics_with_figures(store_url)
    if not with_figures:
        raise BenchError("the store holds no figures for any metric")
    return {
        "board": ["/"],
        "mission": [f"/missions/{mission.slug}" for mission in catalogue.missions.values()],
        "metric": [f"/metrics/{metric}" for metric in with_figures],
        "workstream": [f"/workstreams/{one.slug}" for one in catalogue.framework.workstreams],
        "proposition": [f"/propositions/{slug}" for slug in catalogue.propositions],
        "area": [f"/areas/{code}" for code in [COMBINED_AUTHORITY, *BOROUGHS]],
        "compare": ["/compare", "/compare?group=core-cities-england&view=change"],
        "brief": [
            "/brief?since=2024-12-18",
            *(f"/brief?areas={code}&since=2024-12-18" for code in [COMBINED_AUTHORITY, *BOROUGHS]),
        ],
        "disparities": [
            f"/disparities?measure={metric}"
            for metric in with_figures
            if catalogue.metrics[metric].disparity is not None
        ],
    }


def metrics_with_figures(store_url: str) -> list[str]:
    """The metrics that the store holds figures for, the one with the most observations first."""
    counted = func.count()
    engine = open_store(store_url, read_only=True)
    with engine.connect() as connection:
        rows = connection.execute(
            select(series.c.metric_id)
            .join(observation, observation.c.series_id == series.c.id)
            .group_by(series.c.metric_id)
            .order_by(counted.desc(), series.c.metric_id)
        ).all()
    engine.dispose()
    known = load_catalogue().metrics
    return [row.metric_id for row in rows if row.metric_id in known]
