"""The figures of groups that are worked out here, as a file: each badged, with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from layouts.addresses import home_address
from layouts.downloads.metric_files import Taken, about_table
from layouts.downloads.names import file_name
from layouts.downloads.rows import COLUMNS, FileRow, names_of, written
from layouts.downloads.tables import Table
from layouts.pages.metric_groups import read_derived
from layouts.request import NotFoundError, PageRequest
from metrics.definition import Metric
from metrics.derived_history import rounded_as_cited
from metrics.figure import Figure, address, figure_id
from metrics.measures.group_results import DerivedGroup
from metrics.wording import write_list


def group_table(request: PageRequest, taken: Taken) -> tuple[Table, str]:
    """Every figure that is derived for a group, by group and period, and the name of the file.

    Only periods for which the publisher gives the group no figure are in it: where it does, its
    own stands in the other tables.

    Raises:
        NotFoundError: nothing is derived of the series, or it was asked for an earlier day, of
            which derived figures are not kept.
    """
    metric, reading = taken.metric, taken.reading
    if taken.as_of is not None:
        raise NotFoundError("Figures of groups are worked out from what is known now only.")
    breakdown = reading.series.breakdown if reading.series else ""
    groups = read_derived(request.store, metric.id, breakdown)
    rows = tuple(_rows(groups, metric, breakdown, names_of(reading.areas)))
    if not rows:
        raise NotFoundError(f"No figures of groups are derived of {metric.title}.")
    title = f"{metric.title}, {metric.unit.label}, groups of areas, derived"
    about = (
        *about_table(taken, title),
        (
            "Derived",
            "No publisher gives these figures. They are worked out here from those of the members "
            f"by the declared rule: {metric.aggregation.reason}",
        ),
    )
    table = Table(title, COLUMNS, rows, about, taken.known_on or date(1970, 1, 1))
    return table, file_name([metric.id, breakdown, "groups-derived"], taken.known_on, "csv")


def _rows(
    groups: Iterable[DerivedGroup], metric: Metric, breakdown: str, names: Mapping[str, str]
) -> Iterator[FileRow]:
    home = home_address()
    for group in groups:
        members = write_list([names.get(code, code) for code in group.members])
        for one in group.standing_in:
            value, lower, upper = (
                rounded_as_cited(metric, number) for number in (one.value, one.lower, one.upper)
            )
            figure = Figure(
                metric=metric.id,
                area=group.code or group.group,
                period=f"{one.start}/{one.end}",
                dataset=metric.source.dataset if metric.source else "",
                value=written(value),
                lower=written(lower),
                upper=written(upper),
                breakdown=breakdown,
                basis="derived",
            )
            yield (
                figure_id(figure),
                metric.title,
                breakdown,
                group.code or group.group,
                group.title,
                one.period,
                one.start.isoformat(),
                one.end.isoformat(),
                value,
                lower,
                upper,
                metric.unit.label,
                "",
                "",
                f"Derived: {group.how}. Members: {members}. {group.interval}".strip(),
                figure.basis,
                f"{home}{address(figure)}",
            )
