"""What informs the workstreams of the deal, as declared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from metrics.catalogue import METRICS_FOLDER, CatalogueError, load_catalogue

CATALOGUE = load_catalogue()


def test_every_metric_of_this_part_of_the_country_informs_a_workstream() -> None:
    elsewhere = {"Scotland", "Wales", "Northern Ireland"}
    for metric in CATALOGUE.metrics.values():
        covered = set(metric.coverage.countries) if metric.coverage else {"England"}
        if covered <= elsewhere:
            assert metric.workstreams == (), metric.id
        else:
            assert metric.workstreams, metric.id


def test_the_metrics_of_a_workstream_come_by_mission_and_context_last() -> None:
    for one in CATALOGUE.framework.workstreams:
        found = [metric.mission or 13 for metric in CATALOGUE.informing(one.slug)]
        assert found == sorted(found)
    health = [metric.id for metric in CATALOGUE.informing("health")]
    assert len(health) == len(set(health))
    assert health.index("healthy-life-expectancy-male") < health.index("sports-facilities")


def test_a_workstream_is_found_by_its_name_alone() -> None:
    found = CATALOGUE.workstream_by_slug("net-zero")
    assert found is not None
    assert found.title == "Net Zero (BEIS)"
    assert CATALOGUE.workstream_by_slug("Net Zero (BEIS)") is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'not_shown = "How the work of Local Enterprise',
            'status = "How the work of Local Enterprise',
            "there is no such key",
        ),
        (
            'slug = "lep-integration"\ntitle = "LEP Integration"\n'
            'pillar = "Inclusive economic growth"\nnot_shown = "How the work',
            'slug = "lep-integration"\ntitle = "LEP Integration"\n'
            'pillar = "Inclusive economic growth"\nnot_shown = ""\n# How the work',
            "workstream lep-integration: no metric informs it, so not_shown must say why",
        ),
        ('shows = "sources"', 'shows = "nothing"', "shows"),
    ],
)
def test_what_is_declared_amiss_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = tmp_path / "metrics"
    for name in ("missions", "definitions"):
        shutil.copytree(METRICS_FOLDER / name, folder / name)
    path = folder / "missions" / "framework.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueError, match=fault):
        load_catalogue(folder)
