"""Disparities between and within regions, over the shipped figures."""

from __future__ import annotations

import html
import re

import pytest

from layouts.document import pieces
from layouts.page import Explorer
from layouts.pages.disparities import choices_of, read_disparities
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

CATALOGUE = load_catalogue()
CHOICES = choices_of(CATALOGUE, {"fuel-poverty"})
LIFE = "healthy-life-expectancy-male"


@pytest.fixture(scope="module")
def store(built_store_url):
    return ReadOnlyStore(built_store_url)


@pytest.fixture(scope="module")
def pages(store):
    return Pages(store, CATALOGUE)


def served(pages, query=""):
    answer = pages.serve("/disparities", query)
    assert answer.page.status == 200, answer.page.description
    return answer.page


def text(page, name=None):
    made = "".join(piece.html for piece in pieces(page) if name in (None, piece.id))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made)))


@pytest.mark.parametrize("measure", CHOICES)
def test_every_series_has_a_sentence_and_no_number_that_is_missing(pages, measure):
    page = served(pages, f"measure={measure}")
    assert re.search(r'<p class="answer">[^<]+\.</p>', pieces(page)[0].html)
    assert not re.search(r"\b(?:None|nan|NaN)\b(?! of)", text(page))
    ids = re.findall(r'\bid="([^"]+)"', "".join(piece.html for piece in pieces(page)))
    ids += [piece.id for piece in pieces(page)]
    assert len(ids) == len(set(ids))


def test_the_split_the_gap_and_its_ends_are_each_drawn_and_tabled(pages):
    page = served(pages, f"measure={LIFE}")
    assert [p.id for p in page.parts if isinstance(p, Explorer)] == [
        "split-chart",
        "gap-chart",
        "ends-chart",
    ]
    words = text(page)
    assert "lay between regions, the rest within them" in words
    assert "once sampling noise is taken out" in words
    assert "The highest tenth" in words
    assert "the gap as published widened by 2.3 years, but not clearly without sampling" in words
    # 13.16 years as published: the top of 66.79 less the bottom of 53.63.
    assert "13.16 11.87 to 14.45 9.51 66.79 53.63" in text(page, "gap-table")


def test_the_columns_are_the_stored_shares(pages, store):
    metric, series = CHOICES[LIFE]
    with store.connect() as connection:
        found = read_disparities(connection, metric, series)
    page = served(pages, f"measure={LIFE}")
    split = next(part for part in page.parts if part.id == "split-chart")
    between, within, corrected = split.figure["data"]
    points = found.regions.points
    assert between["y"] == [point.between_share * 100 for point in points]
    assert [a + b for a, b in zip(between["y"], within["y"], strict=True)] == [100.0] * len(points)
    assert corrected["y"] == [point.between_share_corrected * 100 for point in points]


def test_a_share_with_its_noise_says_why_it_has_it(pages):
    words = text(served(pages, "measure=employment-rate"), "split-table")
    assert re.search(r"2019 \d+ \d+% \d+% no margin of error for every area", words)
    assert "not known" not in words


def test_what_cannot_be_split_says_why(pages):
    page = served(pages, "measure=4g-land-area")
    assert "the number of residents of all ages in the year is not held" in text(page)
    assert "split-chart" not in {part.id for part in page.parts}


def test_neighbourhoods_are_shown_where_they_are_held_and_pointed_to_elsewhere(pages):
    assert "neighbourhoods in the seven boroughs" in text(served(pages, "measure=fuel-poverty"))
    assert "so differences within a borough cannot be shown" in text(served(pages))


def test_the_choice_is_in_the_address_unless_it_is_the_first(pages):
    first = next(iter(CHOICES))
    assert served(pages, f"measure={first}").query == ""
    assert served(pages, f"measure={LIFE}").query == f"measure={LIFE}"


@pytest.mark.parametrize(
    "query", ["measure=exports", "measure=x", "measure=%ff", "measure=a&measure=b"]
)
def test_what_cannot_be_read_is_refused_with_help(pages, query):
    page = pages.serve("/disparities", query).page
    assert page.status == 400
    assert "Nothing has been guessed" in text(page)
