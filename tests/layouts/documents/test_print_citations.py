"""Citations in a print are short: the id of a figure leads to its whole address."""

import io

from pypdf import PdfReader

from layouts.documents.figures_document import figures_document
from layouts.documents.pdf_writer import write_pdf
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
