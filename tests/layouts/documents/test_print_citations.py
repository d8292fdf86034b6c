"""Citations are short: the id of a figure leads to its whole address, and sources are numbered."""

import io
from dataclasses import replace
from datetime import date

from pypdf import PdfReader

from layouts.documents.content import Cell, Row, Section, Table
from layouts.documents.figures_document import figures_document
from layouts.documents.pdf_writer import write_pdf
from layouts.documents.telling import source_reference, sources_of
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue
from metrics.figure import address, figure_id
from tests.fixtures.cited_figures import BLANK, REVISED, STANDS

HOME = "https://missions.example.org"


def test_each_id_leads_to_the_whole_address_which_is_not_printed(cited_store, monkeypatch):
    monkeypatch.setenv("PUBLIC_ADDRESS", HOME)
    wanted = [address(one) for one in (STANDS, REVISED, BLANK)]
    with ReadOnlyStore(f"sqlite:///{cited_store}").connect() as store:
        pages = PdfReader(
            io.BytesIO(write_pdf(figures_document(store, load_catalogue(), wanted)))
        ).pages
    links = [
        note.get_object()["/A"]["/URI"]
        for page in pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    ]
    words = "".join(page.extract_text() for page in pages)
    for one in (STANDS, REVISED, BLANK):
        assert f"{HOME}{address(one)}" in links
        assert f"Figure {figure_id(one)}" in words
    assert f"{HOME}/figures/" not in words


def test_where_nobody_said_where_the_dashboard_is_an_id_leads_to_the_end(make_document):
    document = make_document()
    found = PdfReader(io.BytesIO(write_pdf(document)))
    words = "".join(found.pages[-1].extract_text().split())
    for number, one in enumerate(document.figures, start=1):
        assert f"[{number}]{one.address}" in words
        assert found.named_destinations[f"address-{number}"]["/Page"] == found.pages[-1]
    targets = [
        note.get_object()["/Dest"]
        for page in found.pages
        for note in page.get("/Annots", [])
        if "/Dest" in note.get_object()
    ]
    assert [one for one in targets if one.startswith("address-")] == [
        "address-1",
        "address-2",
        "address-3",
    ]


def test_a_source_is_told_once_and_an_older_vintage_is_another(make_document):
    document = make_document()
    assert sources_of(document) == document.sources
    first, second, _ = document.figures
    assert source_reference(first, sources_of(document)) == "Source 1"
    older = replace(second, source=second.source._replace(known_on=date(2025, 1, 7)))
    derived = replace(first, figure=replace(first.figure, basis="derived"))
    rows = (Row("Older", (Cell(figure=older),)), Row("Derived", (Cell(figure=derived),)))
    table = Table("t", "Table", "Measure", ("Figure",), rows)
    both = replace(document, sections=(Section("one", "One", tables=(table,)),))
    assert sources_of(both) == (*document.sources, older.source)
    assert source_reference(older, sources_of(both)) == "Source 2"
    assert source_reference(derived, sources_of(both)) == "Worked out from source 1"
    assert "as known on 7 January 2025" in " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(both))).pages
    )
