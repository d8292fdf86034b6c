"""Any list of cited figures as a document, with what has become of each."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import Connection

from data.figure_reads import DatasetVintage
from data.reads import newest_known_on, read_area, read_groups
from layouts.addresses import cite_address, home_address
from layouts.documents.content import Cell, CitedFigure, Document, Row, Section, Table
from layouts.documents.pack import PackError, check_size
from metrics.area_names import area_in_text, area_label
from metrics.catalogue import Catalogue
from metrics.citing import as_measured, citation_forms, series_of, unit_as_published
from metrics.figure import Figure, FigureError, figure_id, read_address
from metrics.openings import qualifier, subject, write_with_unit
from metrics.then_and_now import Standing, ThenAndNow, then_and_now
from metrics.wording import write_count, write_interval

TITLE = "Evidence: chosen figures"
_PREFIX = "/figures/"


def figures_document(
    store: Connection, catalogue: Catalogue, addresses: Sequence[str], title: str = TITLE
) -> Document:
    """The document of figures that are named by the permanent addresses of their citations.

    Args:
        addresses: `/figures/<id>?<facts>`, with or without the site before it; a repeated one
            counts once.
        title: what the document is called; it may hold anything.

    Raises:
        PackError: with every address that cannot be read, was never published, or is of a measure
            that is shown no more; or there are none, or too many.
    """
    wanted = list(dict.fromkeys(one.strip() for one in addresses if one.strip()))
    check_size(len(wanted))
    figures, faults = _read(wanted)
    names = _Names(store)
    found: list[tuple[CitedFigure, ThenAndNow]] = []
    sources: dict[str, DatasetVintage] = {}
    for figure in figures:
        held = then_and_now(store, catalogue, figure)
        fault = _fault(catalogue, figure, held)
        if fault:
            faults.append(fault)
            continue
        found.append((_cited(catalogue, figure, held, names), held))
        source = held.vintages[-1]
        known = sources.setdefault(source.dataset, source)
        if known.known_on < source.known_on:
            sources[source.dataset] = source
    if faults:
        raise PackError("\n".join(faults))
    revised = sum(held.standing is not Standing.CURRENT for _, held in found)
    verb = "stands" if revised == 1 else "stand"
    stands = f"{revised} no longer {verb} as cited." if revised else "All of them stand as cited."
    rows = tuple(
        Row(
            f"{one.measure}, {one.place}",
            (Cell(figure=one), Cell(one.period), Cell(held.sentence)),
            one.address,
        )
        for one, held in found
    )
    table = Table("figures", "The figures, and what has become of each", "Figure",
                  ("As cited", "Period", "Since then"), rows)  # fmt: skip
    return Document(
        title=title.strip() or TITLE,
        mark="",
        answer=f"{write_count(len(found), 'figure', 'figures')}, each with its citation. {stands}",
        about=(),
        sections=(Section("figures", "The figures", tables=(table,)),),
        sources=tuple(sources.values()),
        known_on=newest_known_on(store),
        path="/packs",
    )


def _read(addresses: Sequence[str]) -> tuple[list[Figure], list[str]]:
    figures: dict[str, Figure] = {}
    faults = []
    for one in addresses:
        parts = urlsplit(one)
        if not parts.path.startswith(_PREFIX):
            faults.append(
                f"{one[:60]}: not the address of a figure. Give the whole address that Cite shows, "
                f"such as {home_address()}{_PREFIX}k3fz…?metric=…"
            )
            continue
        try:
            figure = read_address(parts.path.removeprefix(_PREFIX), parts.query)
        except FigureError as error:
            told = "; ".join(f"{fault.parameter}: found {fault.found}" for fault in error.faults)
            faults.append(f"{one[:60]}: {told}. Take the address again from where it came.")
        else:
            figures.setdefault(figure_id(figure), figure)
    return list(figures.values()), faults


def _fault(catalogue: Catalogue, figure: Figure, held: ThenAndNow) -> str:
    metric = catalogue.metrics.get(figure.metric)
    if metric is None or metric.coverage is None:
        return f"{figure_id(figure)}: the measure “{figure.metric}” is not shown here any more."
    if held.standing is Standing.NEVER:
        return f"{figure_id(figure)}: {held.sentence}"
    return ""


class _Names:
    """Names of areas and groups, each read once."""

    def __init__(self, store: Connection) -> None:
        self._store = store
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, code: str) -> tuple[str, str]:
        """The name on a heading, and within a sentence."""
        if code not in self._known:
            area = read_area(self._store, code)
            if area is not None:
                self._known[code] = (
                    area_label(area.name, area.type),
                    area_in_text(area.name, area.type),
                )
            else:
                groups = read_groups(self._store)
                titles = dict(zip(groups["id"].tolist(), groups["title"].tolist(), strict=True))
                title = titles.get(code, code)
                self._known[code] = (title, title)
        return self._known[code]


def _cited(catalogue: Catalogue, figure: Figure, held: ThenAndNow, names: _Names) -> CitedFigure:
    metric = catalogue.metrics[figure.metric]
    label, in_text = names.of(figure.area)
    note = next((one.note for one in held.history if one.cited), "")
    measured = as_measured(figure, metric, note)
    unit = unit_as_published(metric.unit, figure)
    measure = subject(metric, series_of(metric, figure))
    interval = write_interval(measured.lower, measured.upper, unit)
    return CitedFigure(
        figure=figure,
        measure=f"{measure[:1].upper()}{measure[1:]}",
        place=label,
        period=measured.period,
        value="No figure" if measured.value is None else write_with_unit(measured.value, unit),
        interval=interval.removeprefix("95% interval "),
        note=qualifier(figure.status),
        source=held.vintages[-1],
        cite=cite_address(
            metric.id,
            figure.breakdown,
            figure.area,
            measured.start,
            figure.comparator,
            derived=figure.basis == "derived",
        ),
        forms=citation_forms(
            figure, metric, in_text, held.vintages[-1], note=note, beside=held.beside_then,
            standing=held.sentence, home=home_address(),
        ),
    )  # fmt: skip
