"""What was loaded when: every vintage of every dataset."""

from __future__ import annotations

from datetime import date

from data.reads import newest_known_on
from data.vintage_reads import VintageRow, read_vintages
from layouts.api.about import MANY_SOURCES, about_datasets, cited
from layouts.api.endpoints import Answer, Asked
from layouts.api.parameters import DATASET, refuse
from layouts.api.place_records import VintageRecord
from layouts.near import near


def vintages(asked: Asked) -> Answer:
    """The vintages known on a day, by dataset and the newest first."""
    as_of: date | None = asked.values["as_of"]
    wanted: str = asked.values["dataset"]
    by_dataset: dict[str, list[str]] = {}
    for metric in asked.catalogue.metrics.values():
        if metric.source is not None:
            by_dataset.setdefault(metric.source.dataset, []).append(metric.id)
    rows = read_vintages(asked.store, wanted or None, as_of=as_of)
    if wanted and not rows and wanted not in by_dataset:
        titles = {one.dataset: one.title for one in read_vintages(asked.store)}
        offers = near(wanted, titles)
        meant = f"; did you mean {' or '.join(offers)}?" if offers else ""
        raise refuse(DATASET, wanted, f"the id of a dataset held{meant}")
    about = about_datasets(rows, as_of)
    if wanted and rows:
        # The rows of one dataset are all of it; the newest is the one to cite.
        about = about.model_copy(update={"known_on": rows[0].known_on, "source": cited(rows[0])})
    elif not wanted:
        newest = newest_known_on(asked.store, as_of=as_of)
        about = about.model_copy(update={"known_on": newest, "source": MANY_SOURCES})
    return Answer(about, [_record(row, by_dataset.get(row.dataset, [])) for row in rows])


def _record(row: VintageRow, metrics: list[str]) -> VintageRecord:
    return VintageRecord(
        dataset=row.dataset,
        title=row.title,
        producer=row.producer,
        source=row.landing_page,
        licence=row.licence,
        known_on=row.known_on,
        published_on=row.published_on,
        retrieved_on=row.retrieved_on,
        address=row.url,
        sha256=row.sha256,
        rows_read=row.rows_read,
        added=row.added,
        withdrawn=row.withdrawn,
        revised=row.revised,
        restatused=row.restatused,
        set_aside=row.set_aside,
        metrics=metrics,
    )
