"""A figure that is worked out here stands in documents as derived, with its citation."""

import io
import json

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from data.areas import COMBINED_AUTHORITY
from data.store import open_store
from layouts.documents.area_document import area_document
from layouts.documents.case import case_of
from layouts.documents.figures_document import figures_document
from layouts.documents.mission_document import mission_document
from layouts.documents.pack import write_pack
from layouts.documents.telling import DERIVED
from layouts.templating import render
from metrics.then_and_now import Standing, then_and_now


@pytest.fixture(scope="module")
def store(built_store_url):
    engine = open_store(built_store_url, read_only=True)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def case(store, catalogue):
    proposition = catalogue.propositions["healthy-life-expectancy"].model_copy(
        update={"metrics": ("fuel-poverty",), "comparators": ("E08000025",)}
    )
    return case_of(store, catalogue, proposition)


def derived_of(document):
    return [one for one in document.figures if one.is_derived]


def test_a_case_states_the_derived_figure_where_none_is_published(case, store, catalogue):
    (found,) = derived_of(case)
    assert (found.figure.area, found.figure.metric) == (COMBINED_AUTHORITY, "fuel-poverty")
    assert (found.value, found.period) == ("20.1%", "2020")
    assert found.note == "worked out again from the counts of 7 authorities"
    assert found.forms.sentence.endswith(
        "worked out here from published figures and not itself published."
    )
    assert found.forms.footnote.startswith("Worked out from: ")
    assert "basis=derived" in found.cite
    assert "basis=derived" in found.address
    assert then_and_now(store, catalogue, found.figure).standing is Standing.CURRENT
    told = " ".join(
        one.words for part in case.sections if part.id == "not-shown" for one in part.statements
    )
    assert "No published figure for West Midlands Combined Authority." in told
    assert "is derived here, not published. It is set beside no other" in told


def test_nothing_is_weighed_by_a_derived_figure(case):
    rows = {table.id: table.rows[0] for part in case.sections for table in part.tables}
    assert rows["newest-fuel-poverty"].heading == "West Midlands Combined Authority"
    newest, beside = rows["newest-fuel-poverty"].cells
    assert newest.figure.is_derived
    assert beside.words == "not compared: no figure is published"
    assert all(cell.missing for cell in rows["least-fuel-poverty"].cells)


def test_the_page_badges_it_and_leads_to_its_citation(case):
    (found,) = derived_of(case)
    part = next(one for one in case.sections if one.id == "where-we-are")
    html = render("document_section.html", section=part, drawn=[(None, part.tables[0])])
    assert html.count('class="badge derived"') == 1
    _, _, cell = html.partition(found.cite.replace("&", "&amp;"))
    assert cell.index("badge derived") < cell.index("</td>")
    assert found.note in cell


def test_every_form_of_a_pack_says_that_it_is_derived_and_cites_it(case):
    (found,) = derived_of(case)
    pack = write_pack(case)
    body = docx.Document(io.BytesIO(pack.files["docx"])).element.body
    pages = PdfReader(io.BytesIO(pack.files["pdf"])).pages
    words = {
        "docx": " ".join(node.text or "" for node in body.iter(qn("w:t"))),
        "pdf": " ".join(" ".join(page.extract_text() for page in pages).split()),
    }
    for form, text in words.items():
        assert DERIVED in text, form
        assert found.id in text, form
    book = pd.read_excel(io.BytesIO(pack.files["xlsx"]), sheet_name="Figures", engine="calamine")
    told = book.set_index("figure_id")["basis"]
    assert told[found.id] == "derived"
    assert set(told.drop(found.id)) == {"published"}
    manifest = json.loads(pack.files["json"])
    assert {one["basis"] for one in manifest["figures"] if one["id"] == found.id} == {"derived"}


def test_the_packs_of_an_area_and_of_a_mission_have_it_too(case, store, catalogue):
    (found,) = derived_of(case)
    area = area_document(store, catalogue, COMBINED_AUTHORITY)
    assert found.id in {one.id for one in derived_of(area)}
    missing = next(one for one in area.sections if one.id == "missing").statements
    assert any("The figure above is derived here" in one.words for one in missing)
    mission = mission_document(store, catalogue, "transport")
    minutes = derived_of(mission)
    assert {one.figure.metric for one in minutes} == {"travel-time-to-employment"}
    chosen = figures_document(store, catalogue, [found.address])
    assert derived_of(chosen)[0].id == found.id
