"""Every figure that is held of one area, as a file."""

from __future__ import annotations

from data.periods import day_in_words
from data.reads import newest_known_on, read_area, read_datasets
from data.series_reads import read_figures_of_area
from layouts.addresses import home_address
from layouts.downloads.names import file_name
from layouts.downloads.rows import COLUMNS, FileRow, figure_rows
from layouts.downloads.tables import Table
from layouts.request import NotFoundError, PageRequest
from metrics.area_names import area_label


def area_table(request: PageRequest) -> tuple[Table, str]:
    """All figures of an area, by metric and period, and the name of the file (ending in `csv`).

    They are those known now, or on `known_on` where that is given.

    Raises:
        NotFoundError: there is no such area, or nothing was held of it on that day.
        BadQueryError: the query string cannot be read.
    """
    area = read_area(request.store, request.parameters["code"])
    as_of = request.query.day("known_on")
    request.query.check()
    if area is None:
        raise NotFoundError(f"There is no area {request.parameters['code'][:20]}.")
    label = area_label(area.name, area.type)
    held = read_figures_of_area(request.store, area.code, as_of=as_of)
    rows: list[FileRow] = []
    for metric in request.catalogue.metrics.values():
        for series in metric.series:
            figures = sorted(
                held.get((metric.id, series.breakdown), []),
                key=lambda row: (row.period_start, row.code),
            )
            rows.extend(figure_rows(figures, metric, series.breakdown, {area.code: label}))
    known_on = as_of or newest_known_on(request.store)
    if not rows or known_on is None:
        raise NotFoundError(f"No figures are held of {label}.")
    datasets = read_datasets(request.store, as_of=as_of)
    used = {
        metric.source.dataset
        for metric in request.catalogue.metrics.values()
        if metric.source and any((metric.id, one.breakdown) in held for one in metric.series)
    }
    about = [
        ("Table", f"Every figure held of {label}, {area.code}"),
        ("Known on", f"Figures as known on {day_in_words(known_on)}."),
        ("Page", f"{home_address()}/areas/{area.code}"),
        ("Blank", "A blank value is not zero: its status letter says why there is none."),
        *(
            (
                "Source",
                f"{one.producer}, {one.title}, published {day_in_words(one.published_on)}: "
                f"{one.landing_page}. {one.licence}.",
            )
            for one in datasets.values()
            if one.id in used
        ),
    ]
    table = Table(f"Figures of {label}", COLUMNS, tuple(rows), tuple(about), known_on)
    return table, file_name([label, area.code, "all-figures"], known_on, "csv")
