"""What an answer says of itself: source, licence, and the day on which it became known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from data.reads import DatasetFacts
from data.vintage_reads import VintageRow
from layouts.api.records import About
from metrics.catalogue import Catalogue
from metrics.mission import Framework

MANY_SOURCES = "Each item names its own dataset and its producer's page"
MANY_LICENCES = "Each publisher's own; see the licence of each item"
OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"


def cited(facts: DatasetFacts | VintageRow) -> str:
    """A dataset as it is cited: producer, title, day and page."""
    return (
        f"{facts.producer}: {facts.title}, published {facts.published_on.isoformat()}, "
        f"{facts.landing_page}"
    )


def about_datasets(
    datasets: Iterable[DatasetFacts | VintageRow], as_of: date | None = None
) -> About:
    """Of an answer with figures of some datasets; one is cited in full, several by the items."""
    held = {one.id if isinstance(one, DatasetFacts) else one.dataset: one for one in datasets}
    if len(held) == 1:
        (only,) = held.values()
        return About(known_on=only.known_on, as_of=as_of, source=cited(only), licence=only.licence)
    licences = {one.licence for one in held.values()}
    return About(
        known_on=max((one.known_on for one in held.values()), default=None),
        as_of=as_of,
        source=MANY_SOURCES if held else "No figures are held",
        licence=licences.pop() if len(licences) == 1 else MANY_LICENCES,
    )


def about_framework(catalogue: Catalogue, known_on: date | None) -> About:
    """Of an answer in the framework's own words, judged by figures known on a day."""
    framework: Framework = catalogue.framework
    return About(
        known_on=known_on,
        as_of=None,
        source=f"{framework.publication}, {framework.published_on.isoformat()}, {framework.url}; "
        f"wording: {framework.wording_source}",
        licence=OPEN_GOVERNMENT_LICENCE,
    )
