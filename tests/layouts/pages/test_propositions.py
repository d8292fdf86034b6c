"""The pages of the propositions, on the figures that ship."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import Catalogue
from metrics.proposition import EXAMPLE_MARK
from tests.layouts.conftest import NASTY

HEALTH = "healthy-life-expectancy"


@pytest.fixture(scope="module")
def pages(built_store_url, catalogue):
    return Pages(ReadOnlyStore(built_store_url), catalogue)


def markup(served):
    return "".join(piece.html for piece in pieces(served.page))


def test_the_list_leads_to_every_proposition_and_marks_the_examples(pages, catalogue):
    served = pages.serve("/propositions", "")
    found = markup(served)
    assert served.page.description == (
        "3 propositions are declared here. All are examples, and no position of the authority."
    )
    for one in catalogue.propositions.values():
        assert f'href="/propositions/{one.slug}"' in found
    assert found.count(EXAMPLE_MARK) == len(catalogue.propositions)


def test_every_page_of_an_example_is_marked_at_its_head_at_its_end_and_in_its_title(
    pages, catalogue
):
    for slug in catalogue.propositions:
        served = pages.serve(f"/propositions/{slug}", "")
        found = markup(served)
        assert served.page.status == 200
        assert EXAMPLE_MARK in served.page.title
        assert found.count(EXAMPLE_MARK) == 2
        assert found.index(EXAMPLE_MARK) < found.index("<h1>")


def test_a_page_opens_with_its_sentence_and_leads_to_what_speaks_against_it(pages):
    found = markup(pages.serve(f"/propositions/{HEALTH}", ""))
    assert found.index('class="answer"') < found.index('href="#least-favourable"')
    assert '<section class="case-against" aria-labelledby="least-favourable">' in found
    for target in re.findall(r'href="#([^"]+)"', found):
        assert f'id="{target}"' in found


def test_each_figure_leads_to_its_citation_and_each_id_is_used_once(pages):
    found = markup(pages.serve(f"/propositions/{HEALTH}", ""))
    cites = re.findall(r'<a class="cite-value" href="([^"]+)"', found)
    assert len(cites) > 50
    assert all(address.startswith("/cite?metric=healthy-life") for address in cites)
    ids = re.findall(r'\sid="([^"]+)"', found)
    assert len(ids) == len(set(ids))


def test_a_title_with_markup_in_it_is_escaped_everywhere(built_store_url, catalogue):
    nasty = catalogue.propositions[HEALTH].model_copy(
        update={"title": NASTY, "summary": NASTY, "author": NASTY}
    )
    changed: Catalogue = replace(catalogue, propositions={HEALTH: nasty})
    pages = Pages(ReadOnlyStore(built_store_url), changed)
    for path, query in (
        (f"/propositions/{HEALTH}", ""),
        ("/propositions", ""),
        ("/workstreams/health", ""),
        ("/search", "q=quoted"),
    ):
        found = markup(pages.serve(path, query))
        assert "<script>alert" not in found
        assert "&lt;script&gt;alert" in found, path


def test_an_unknown_proposition_offers_the_nearest(pages):
    served = pages.serve("/propositions/helthy-life-expectancy", "")
    assert served.page.status == 404
    found = markup(served)
    assert f'href="/propositions/{HEALTH}"' in found
    assert 'href="/propositions"' in found
    assert pages.serve("/propositions/zzz", "").page.status == 404


def test_workstreams_and_the_search_lead_to_the_propositions(pages):
    assert f'href="/propositions/{HEALTH}"' in markup(pages.serve("/workstreams/health", ""))
    assert "/propositions/" not in markup(pages.serve("/workstreams/culture", ""))
    assert f'href="/propositions/{HEALTH}"' in markup(pages.serve("/search", "q=healthy life"))


def test_a_catalogue_without_propositions_says_so(built_store_url, catalogue):
    pages = Pages(ReadOnlyStore(built_store_url), replace(catalogue, propositions={}))
    served = pages.serve("/propositions", "")
    assert served.page.description == "No devolution proposition is declared here."
