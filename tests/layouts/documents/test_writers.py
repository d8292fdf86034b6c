"""One content in every form: what each form holds is read back by another library."""

import hashlib
import io
import json
import sys
import time
import zipfile

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from layouts.documents import pdf_writer
from layouts.documents.docx_writer import write_docx
from layouts.documents.manifest_writer import content_hash
from layouts.documents.pack import MOST_FIGURES, PackError, write_pack
from layouts.documents.pdf_writer import NoPrinterError, write_pdf
from layouts.documents.xlsx_writer import write_xlsx

HOSTILE = '<b onclick="x">&amp; =HYPERLINK("x")</b> \x00\x0b\ud800 ' + "x" * 300
CONTENT = (
    "Evidence on life", "Example: not a position", "Life is shorter here.", "Somebody",
    "7 January 2026", "Where it stands", "An opening.", "Table of figures", "Row 1",
    "Newest figure", "50.1 years", "95% interval 49.0 to 99.0", "provisional", "aside",
    "since 2019", "No figure held", "In part", "Life rises", "No data", "Nobody knows.",
    "What speaks against", "A caveat.", "This speaks against the argument:",
    "Birmingham 58.2 years and Coventry 60.1 years.",
    "In 2022 to 2024, it was 50.2 years.", "Figure xwwbqy6mbstp",
    "A producer, Healthy life expectancy",
    "published 5 January 2026", "A licence",
)  # fmt: skip


def text_of_docx(body):
    """All text of a document in the order of its parts, links included."""
    found = docx.Document(io.BytesIO(body))
    parts = [found.element.body, found.sections[0].header._element]
    return " ".join(node.text or "" for part in parts for node in part.iter(qn("w:t")))


def text_of_pdf(body):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def text_of_xlsx(body):
    sheets = pd.read_excel(io.BytesIO(body), sheet_name=None, header=None, engine="calamine")
    return " ".join(str(cell) for sheet in sheets.values() for cell in sheet.to_numpy().ravel())


def as_words(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("write", "read"),
    [(write_docx, text_of_docx), (write_pdf, text_of_pdf), (write_xlsx, text_of_xlsx)],
    ids=["docx", "pdf", "xlsx"],
)
def test_every_form_says_all_of_it(make_document, write, read):
    told = as_words(read(write(make_document())))
    assert [words for words in CONTENT if words not in told] == []


def test_a_document_to_edit_has_real_headings_tables_and_words_for_pictures(make_document):
    found = docx.Document(io.BytesIO(write_docx(make_document())))
    headings = [
        (one.style.name, one.text)
        for one in found.paragraphs
        if one.style.name.startswith(("Heading", "Title"))
    ]
    assert headings == [
        ("Title", "Evidence on life"),
        ("Heading 1", "Where it stands"),
        ("Heading 2", "In part"),
        ("Heading 1", "What speaks against"),
        ("Heading 1", "Every figure, and how to cite it"),
        ("Heading 1", "Sources"),
        ("Heading 1", "The whole address of each figure"),
    ]
    table = found.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Measure", "Newest figure", "Change"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Table of figures"
    (picture,) = found.inline_shapes
    assert "Birmingham 58.2 years" in picture._inline.docPr.get("descr")
    told = found.core_properties
    assert (told.title, told.language, told.author) == ("Evidence on life", "en-GB", "")
    assert told.created.date() == told.modified.date() == make_document().known_on
    page = found.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_each_figure_leads_to_its_citation_in_a_document_to_edit(make_document):
    body = docx.Document(io.BytesIO(write_docx(make_document()))).element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    # From the table to the citation, and from that to its source and to its whole address.
    numbers = (1, 2, 3)
    rest = [one for number in numbers for one in ("source-1", f"address-{number}")]
    assert anchors == [*(f"figure-{number}" for number in numbers), *rest]
    assert marks == [
        *(f"figure-{number}" for number in numbers),
        "source-1",
        *(f"address-{number}" for number in numbers),
    ]


def test_a_print_is_a4_tagged_titled_and_has_bookmarks(make_document):
    found = PdfReader(io.BytesIO(write_pdf(make_document())))
    assert found.metadata.title == "Evidence on life"
    assert found.trailer["/Root"]["/Lang"] == "en-GB"
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    sizes = {
        tuple(round(float(end) / 72 * 25.4) for end in page.mediabox[2:]) for page in found.pages
    }
    assert sizes == {(210, 297)}

    def titles(entries):
        return [titles(one) if isinstance(one, list) else one.title for one in entries]

    assert titles(found.outline) == [
        "Evidence on life",
        [
            "Where it stands",
            ["In part"],
            "What speaks against",
            "Every figure, and how to cite it",
            "Sources",
            "The whole address of each figure",
        ],
    ]


def test_charts_are_printed_as_vectors_with_their_words(make_document):
    found = PdfReader(io.BytesIO(write_pdf(make_document())))
    assert [image.name for page in found.pages for image in page.images] == []
    # The scale is drawn as text, not as a picture of it.
    assert "England 61.5" in text_of_pdf(write_pdf(make_document()))
    told = [
        one.get_object().get("/Alt") for one in _elements(found.trailer["/Root"]["/StructTreeRoot"])
    ]
    assert any("Birmingham 58.2 years" in (one or "") for one in told)


def _elements(node):
    """Every element of a tagged document."""
    node = node.get_object()
    if not hasattr(node, "get"):
        return
    yield node
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if not isinstance(child, int):
            yield from _elements(child)


def test_a_workbook_has_every_figure_with_its_id_and_runs_nothing(make_document):
    document = make_document()
    body = write_xlsx(document)
    figures = pd.read_excel(io.BytesIO(body), sheet_name="Figures", engine="calamine")
    assert figures["figure_id"].tolist() == [one.id for one in document.figures]
    assert figures["value"].tolist() == [50.1, 50.2, 50.3]
    assert figures["citation"].tolist() == [one.address for one in document.figures]
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if "worksheets" in name]
    assert all(b"<f>" not in sheet for sheet in sheets)
    assert "=1+1" in text_of_xlsx(body)


def test_the_manifest_names_every_figure_and_the_hash_of_every_file(make_document):
    document = make_document()
    pack = write_pack(document)
    told = json.loads(pack.files["json"])
    assert told["content_sha256"] == pack.content_sha256 == content_hash(document)
    for file in told["files"]:
        body = pack.files[file["name"].rpartition(".")[2]]
        assert (file["bytes"], file["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
    assert [one["id"] for one in told["figures"]] == [one.id for one in document.figures]
    assert [one["address"] for one in told["figures"]] == [one.address for one in document.figures]
    assert (told["known_on"], told["language"]) == ("2026-01-07", "en-GB")
    assert told["sources"][0]["published_on"] == "2026-01-05"


def test_the_same_document_gives_the_same_bytes_on_another_day(make_document, monkeypatch):
    first = write_pack(make_document())
    # Far enough for the two seconds in which a zip file counts.
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(
        time, "localtime", lambda *_: time.struct_time((2030, 1, 2, 3, 4, 6, 2, 2, 0))
    )
    again = write_pack(make_document())
    assert {ending: body == again.files[ending] for ending, body in first.files.items()} == {
        "docx": True,
        "xlsx": True,
        "pdf": True,
        "json": True,
    }


def test_the_hash_of_the_content_follows_from_the_content_alone(make_document, monkeypatch):
    one = content_hash(make_document())
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://missions.example.org")
    assert content_hash(make_document()) == one
    assert content_hash(make_document(title="Another")) != one
    assert content_hash(make_document(figures=4)) != one


def test_a_hostile_title_is_words_in_every_form(make_document):
    pack = write_pack(make_document(title=HOSTILE, charts=0))
    for ending, read in (("docx", text_of_docx), ("pdf", text_of_pdf), ("xlsx", text_of_xlsx)):
        assert '<b onclick="x">&amp; =HYPERLINK("x")</b>' in as_words(read(pack.files[ending]))
    assert json.loads(pack.files["json"])["title"].startswith('<b onclick="x">')


def test_nothing_in_a_document_makes_the_machine_fetch_or_read(make_document, caplog):
    title = '"><img src="file:///etc/passwd"><link rel=stylesheet href="http://127.0.0.1:1/x">'
    found = PdfReader(io.BytesIO(write_pdf(make_document(title=title, charts=0))))
    assert found.metadata.title == title
    assert "Failed to load" not in caplog.text


@pytest.mark.parametrize("absent", [ImportError("no weasyprint"), OSError("no libpango")])
def test_without_the_printer_the_other_forms_are_made_and_what_to_install_is_said(
    make_document, monkeypatch, absent
):
    class Broken:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise absent

    for name in [one for one in sys.modules if one.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(NoPrinterError, match=r"weasyprint.*apt-get install libpango"):
        pdf_writer.write_pdf(make_document())
    pack = write_pack(make_document(charts=0))
    assert set(pack.files) == {"docx", "xlsx", "json"}
    assert "Pango" in pack.not_made["pdf"]
    named = [file["name"].rpartition(".")[2] for file in json.loads(pack.files["json"])["files"]]
    assert named == ["docx", "xlsx"]


@pytest.mark.parametrize(("figures", "said"), [(0, "no figure"), (500, "up to 250 figures")])
def test_a_pack_of_none_or_of_too_many_is_refused_before_anything_is_written(
    make_document, figures, said
):
    told = []
    with pytest.raises(PackError, match=said):
        write_pack(make_document(figures), lambda *step: told.append(step))
    assert told == []
    assert MOST_FIGURES == 250


def test_progress_is_told_before_each_form(make_document):
    told = []
    write_pack(make_document(charts=0), lambda done, words: told.append((done, words[-6:])))
    assert told == [(0, "(DOCX)"), (1, "(XLSX)"), (2, " (PDF)"), (3, "(JSON)")]
