"""The members of combined authorities, and how they stand beside England."""

from __future__ import annotations

import html
import re

import pytest

from layouts.document import pieces
from layouts.pages.members import Standing, headline_subjects, standing
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue
from metrics.measures.results import AreaFacts, Comparison, Direction, Quality

ENGLAND, REGION = "E92000001", "E12000005"


@pytest.fixture(scope="module")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), load_catalogue())


def part(pages, code):
    made = pieces(pages.serve(f"/areas/{code}", "").page)
    return next((piece.html for piece in made if piece.id == "area-members"), "")


def facts(*gaps):
    return AreaFacts(
        metric="m",
        breakdown="",
        code="E08000025",
        latest=None,
        gaps=tuple(
            Comparison(
                to=to,
                label="",
                other=None,
                difference=1.0,
                direction=direction,
                quality=quality,
                sentence="",
            )
            for to, direction, quality in gaps
        ),
    )


def test_only_comparisons_with_england_count_each_once() -> None:
    held = [
        facts(
            (ENGLAND, Direction.HIGHER, Quality.BETTER), (REGION, Direction.LOWER, Quality.WORSE)
        ),
        facts((ENGLAND, Direction.LOWER, Quality.WORSE)),
        facts((ENGLAND, Direction.NOT_CLEAR, Quality.NONE)),
        facts((ENGLAND, Direction.SAME, Quality.NONE)),
        facts((ENGLAND, Direction.CANNOT_TEST, Quality.NONE)),
        facts(),
    ]
    assert standing("E08000025", "Birmingham", held, 8) == Standing(
        "E08000025", "Birmingham", better=1, worse=1, similar=2, untested=1, missing=3, by_error=0
    )


@pytest.mark.parametrize(
    ("code", "members"), [("E47000007", 17), ("E47000001", 10), ("E47000014", 7)]
)
def test_every_member_is_listed_with_a_way_to_its_page(pages, code, members) -> None:
    markup = part(pages, code)
    rows = re.findall(r'<th scope="row"><a href="/areas/(\w+)">', markup)
    assert len(rows) == len(set(rows)) == members
    measures = len(headline_subjects(load_catalogue()))
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", markup):
        counts = [int(cell) for cell in re.findall(r"<td[^>]*>(\d+)</td>", row)]
        assert sum(counts) == measures
    assert 'href="/compare?group=' in markup


def test_the_unverified_membership_is_said_and_other_areas_have_no_members(pages) -> None:
    text = html.unescape(re.sub(r"<[^>]+>", " ", part(pages, "E47000007")))
    assert "Who is a non-constituent member today has not been verified." in text
    assert part(pages, "E08000025") == ""
    # Abolished, so without members of today.
    assert part(pages, "E47000011") == ""
