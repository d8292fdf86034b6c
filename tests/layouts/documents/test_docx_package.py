"""A document to edit is sound where a word processor would look: its parts, links and headings."""

import io
import posixpath
import zipfile
from itertools import pairwise
from pathlib import PurePosixPath

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from layouts.documents.docx_writer import write_docx
from layouts.documents.figures_document import figures_document
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue
from metrics.figure import address
from tests.fixtures.cited_figures import BLANK, REVISED, STANDS

HOME = "https://missions.example.org"


@pytest.fixture
def body(make_document):
    return write_docx(make_document())


@pytest.fixture
def addressed(cited_store, monkeypatch):
    """A pack of three figures of a dashboard whose address is known."""
    monkeypatch.setenv("PUBLIC_ADDRESS", HOME)
    wanted = [address(one) for one in (STANDS, REVISED, BLANK)]
    with ReadOnlyStore(f"sqlite:///{cited_store}").connect() as store:
        return write_docx(figures_document(store, load_catalogue(), wanted))


def parts_of(body):
    """Each part of a document by its name."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def relations_of(parts):
    """Kind and target of every relation, and whether it leads out of the document."""
    found = []
    for name in [one for one in parts if one.endswith(".rels")]:
        folder = str(PurePosixPath("/") / PurePosixPath(name).parent.parent)
        for one in etree.fromstring(parts[name]):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target")
            inside = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            kind = one.get("Type").rpartition("/")[2]
            found.append((kind, target if outside else inside, outside))
    return found


def test_every_part_that_is_named_is_there_and_has_a_type(body):
    parts = parts_of(body)
    relations = relations_of(parts)
    assert {"image", "styles", "header", "footer", "core-properties"} <= {
        kind for kind, _, _ in relations
    }
    assert [one for one in relations if not one[2] and one[1] not in parts] == []
    kinds = etree.fromstring(parts["[Content_Types].xml"])
    named = {one.get("PartName").lstrip("/") for one in kinds if one.get("PartName")}
    endings = {one.get("Extension") for one in kinds if one.get("Extension")}
    assert named <= parts.keys()
    assert all(name in named or name.rpartition(".")[2] in endings for name in parts)


def test_no_picture_of_another_document_comes_with_it(body):
    parts = parts_of(body)
    assert [name for name in parts if "thumbnail" in name or name.endswith(".jpeg")] == []
    assert "thumbnail" not in {kind for kind, _, _ in relations_of(parts)}


def test_every_link_leads_to_the_dashboard_or_to_a_bookmark(addressed):
    parts = parts_of(addressed)
    outward = [one for kind, one, outside in relations_of(parts) if kind == "hyperlink"]
    assert len(outward) == 3
    assert all(one.startswith(f"{HOME}/figures/") for one in outward)
    tree = etree.fromstring(parts["word/document.xml"])
    marks = {one.get(qn("w:name")) for one in tree.iter(qn("w:bookmarkStart"))}
    related = {one.get("Id") for one in etree.fromstring(parts["word/_rels/document.xml.rels"])}
    links = list(tree.iter(qn("w:hyperlink")))
    assert len(links) > len(outward)
    for link in links:
        assert (link.get(qn("w:anchor")) in marks) != (link.get(qn("r:id")) in related)
        assert "".join(words.text for words in link.iter(qn("w:t"))).strip()


def test_nothing_leads_out_where_nobody_said_where_the_dashboard_is(body):
    assert [one for _, one, outside in relations_of(parts_of(body)) if outside] == []


def test_headings_go_down_one_level_at_a_time(body, addressed):
    for one in (body, addressed):
        levels = [
            int(paragraph.style.name.removeprefix("Heading ").replace("Title", "0"))
            for paragraph in docx.Document(io.BytesIO(one)).paragraphs
            if paragraph.style.name.startswith(("Heading", "Title"))
        ]
        assert levels[0] == 0
        assert levels.count(0) == 1
        steps = [below - above for above, below in pairwise(levels)]
        assert max(steps) == 1


def test_every_picture_and_table_is_told_in_words(make_document):
    found = docx.Document(io.BytesIO(write_docx(make_document(charts=2))))
    told = [one._inline.docPr for one in found.inline_shapes]
    assert len(told) == 2
    assert all(one.get("descr") and one.get("title") for one in told)
    # The first table is of pairs: its headings stand at the side, and none above.
    _, *tables = found.tables
    assert tables
    for table in tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(
            row._tr.trPr is None or row._tr.trPr.find(qn("w:tblHeader")) is None for row in others
        )
    for table in found.tables:
        for name in ("w:tblCaption", "w:tblDescription"):
            assert table._tbl.tblPr.find(qn(name)).get(qn("w:val"))


def test_the_language_of_the_text_and_of_the_document_is_british_english(body):
    found = docx.Document(io.BytesIO(body))
    languages = [one.get(qn("w:val")) for one in found.styles.element.iter(qn("w:lang"))]
    assert set(languages) == {"en-GB"}
    assert found.core_properties.language == "en-GB"
    assert found.core_properties.title == "Evidence on life"
