"""Documents of areas, missions and chosen figures, on figures that can be followed by hand."""

from dataclasses import replace

import pytest

from layouts.documents.area_document import area_document
from layouts.documents.figures_document import figures_document
from layouts.documents.pack import MOST_FIGURES, PackError
from layouts.documents.subjects import document_of
from layouts.store_access import ReadOnlyStore
from metrics.figure import address, figure_id
from tests.fixtures.cited import DATASET
from tests.fixtures.cited_figures import BLANK, NEVER_PUBLISHED, REVISED, STANDS


@pytest.fixture
def store(cited_store):
    with ReadOnlyStore(f"sqlite:///{cited_store}").connect() as connection:
        yield connection


def test_chosen_figures_are_told_with_what_became_of_them(store, catalogue):
    home = "https://missions.example.org"
    wanted = [address(STANDS), home + address(REVISED), address(STANDS), address(BLANK)]
    document = figures_document(store, catalogue, wanted)
    assert [one.id for one in document.figures] == [
        figure_id(one) for one in (STANDS, REVISED, BLANK)
    ]
    rows = document.sections[0].tables[0].rows
    assert rows[0].cells[2].words.startswith("The figure stands")
    assert rows[1].cells[2].words.startswith("Revised upwards by 1.5 years")
    assert document.answer == ("3 figures, each with its citation. 1 no longer stands as cited.")
    assert document.figures[0].value == "58.5 years"
    assert document.figures[2].value == "No figure"
    assert [one.dataset for one in document.sources] == [DATASET]


def test_every_fault_of_a_list_is_named_at_once(store, catalogue):
    gone = replace(STANDS, metric="a-metric-of-old")
    wanted = [
        address(NEVER_PUBLISHED),
        address(gone),
        "/areas/E08000025",
        "/figures/aaaaaaaaaaaa?x=1",
    ]
    with pytest.raises(PackError) as refused:
        figures_document(store, catalogue, wanted)
    told = str(refused.value).splitlines()
    assert len(told) == 4
    assert f"{figure_id(NEVER_PUBLISHED)}: No vintage that we hold ever said this." in told
    assert "“a-metric-of-old” is not shown here any more" in str(refused.value)
    assert "/areas/E08000025: not the address of a figure" in str(refused.value)


def test_five_hundred_figures_are_refused_with_words(store, catalogue):
    wanted = [address(replace(STANDS, value=str(number))) for number in range(500)]
    with pytest.raises(PackError, match=f"up to {MOST_FIGURES} figures, and this one would hold 5"):
        figures_document(store, catalogue, wanted)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["/areas/E99999999"], "There is no area with the code “E99999999”."),
        (["/areas/E08000026"], "No figures are held of Coventry"),
        (["/missions/nothing"], "There is no mission called “nothing”."),
        (["/propositions/nothing"], "There is no proposition called “nothing”."),
        (["/missions/devolution"], "No figures of mission 12 are held"),
        ([], "Nothing is named"),
    ],
)
def test_what_has_nothing_to_show_is_said_plainly(store, catalogue, named, said):
    with pytest.raises(PackError, match=said):
        document_of(store, catalogue, named)


def test_the_title_of_a_list_is_the_readers(store, catalogue):
    document = figures_document(store, catalogue, [address(STANDS)], " <i>Mine</i> ")
    assert document.title == "<i>Mine</i>"


@pytest.fixture(scope="module")
def shipped(built_store_url):
    with ReadOnlyStore(built_store_url).connect() as connection:
        yield connection


def test_an_areas_document_has_every_mission_and_its_figures(shipped, catalogue):
    document = area_document(shipped, catalogue, "E08000025")
    headings = [section.heading for section in document.sections]
    assert sum(heading.startswith("Mission ") for heading in headings) == 12
    assert headings[-2:] == ["What these figures do not show", "Take care"]
    assert 20 < len(document.figures) <= MOST_FIGURES
    used = {one.figure.dataset for one in document.figures}
    assert {one.dataset for one in document.sources} == used


def test_every_mission_has_a_document_or_says_why_not(shipped, catalogue):
    refused = {}
    for mission in catalogue.missions.values():
        try:
            document = document_of(shipped, catalogue, [f"/missions/{mission.slug}"])
        except PackError as error:
            refused[mission.number] = str(error)
        else:
            assert document.sections[0].opening[0] == f"“{mission.wording}”"
            assert 0 < len(document.figures) <= MOST_FIGURES
    assert all("No figures of mission" in words for words in refused.values())


def test_every_proposition_has_a_document_of_a_size_that_can_be_packed(shipped, catalogue):
    for slug in catalogue.propositions:
        document = document_of(shipped, catalogue, [f"/propositions/{slug}"])
        assert 0 < len(document.figures) <= MOST_FIGURES
