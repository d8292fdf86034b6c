"""What changed since a day, on the pages of metrics and areas, over the shipped vintages."""

from __future__ import annotations

import html
import re

import pytest

from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

LIFE = "/metrics/healthy-life-expectancy-male"


@pytest.fixture(scope="module")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), load_catalogue())


def part(pages, path, query, name="since-answer"):
    served = pages.serve(path, query)
    assert served.page.status == 200, served.page.description
    markup = next(piece.html for piece in pieces(served.page) if piece.id == name)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))).strip()


def test_nothing_is_said_until_a_day_is_asked_for(pages) -> None:
    assert part(pages, LIFE, "") == ""
    form = part(pages, LIFE, "", "since-form")
    assert "The newest figures became known here on 20 February 2026." in form
    assert "2 October 2025" in form


def test_revisions_of_a_metric_are_counted_and_the_largest_is_told(pages) -> None:
    text = part(pages, LIFE, "since=2026-02-19")
    # Half of the vintage's 1,810 and 3,990, which are of men and women.
    assert "905 figures were added, 1,998 revised and 22 withdrawn" in text
    assert "The newest period added is 2022 to 2024." in text
    assert "from 59.4 years to 59.1 years" in text
    assert "2,905 changes are not listed." in text
    assert "Cannot be shown: depends on the baseline" in text
    assert "from the figures known here at the end of that day" in text


def test_since_the_newest_day_nothing_has_changed(pages) -> None:
    text = part(pages, LIFE, "since=2026-02-20")
    assert text.startswith("Nothing has changed in these figures since 20 February 2026.")


def test_before_the_first_figures_the_page_says_so(pages) -> None:
    text = part(pages, LIFE, "since=2020-01-01")
    assert "no figure of this measure was known here: the first became known on" in text


def test_an_area_tells_new_measures_from_new_figures(pages) -> None:
    text = part(pages, "/areas/E08000025", "since=2026-01-13")
    assert re.search(r"for Birmingham: \d+ measures gained figures, 2 measures had figures", text)
    assert "became known here for the first time" in text
    assert "2021 to 2023: from 57.1 years to 57.2 years" in text
    assert "Of the 8 statements that Birmingham has figures on" in text
    assert "and for 1 no figures were known then." in text
    assert (
        "Productivity rises in every area no figures were known Cannot be shown: nominal No" in text
    )
    assert "judged for all areas together, and those on deals, are told as they stand now" in text
    nothing = part(pages, "/areas/E08000025", "since=2030-01-01")
    assert "none has another verdict now" in nothing
    assert nothing.startswith("Nothing has changed in the figures for Birmingham since")


def test_the_day_is_kept_with_every_other_choice(pages) -> None:
    def held(query: str) -> list[set[str]]:
        served = pages.serve(LIFE, query)
        assert served.page.query == query
        forms = [piece.html for piece in pieces(served.page) if piece.kind == "choices"]
        return [set(re.findall(r'type="hidden" name="(\w+)"', form)) for form in forms]

    alone = held("areas=E08000025&map=tiles&since=2026-02-19")
    assert alone == [{"areas", "map", "since"}, {"areas", "map"}]
    whole = held("areas=E08000025&since=2026-02-19")
    assert whole == [{"since"}, {"areas", "since"}, {"areas"}]


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026-2-1", "<script>"])
def test_what_is_no_day_is_refused(pages, day) -> None:
    for path in (LIFE, "/areas/E08000025"):
        served = pages.serve(path, f"since={day}")
        assert served.page.status == 400
