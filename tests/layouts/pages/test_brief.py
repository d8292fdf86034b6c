"""The brief for a meeting, over the shipped vintages: real revisions, choices and bad input.

The figures compared are those of the publishers' tables of that day: healthy life expectancy of 9
February 2024 and 20 February 2026, Key Stage 2 of 16 July and 16 December 2025, broadband of May
2026, gross value added of May and June 2026, homicide of 11 February 2026.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import brotli
import pytest

from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

BOROUGHS = [f"E080000{number}" for number in range(25, 32)]
SANDWELL, BIRMINGHAM, POLICE = "E08000028", "E08000025", "E23000014"
LONDON = [f"E090000{number:02}" for number in range(1, 12)]


@pytest.fixture(scope="module")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), load_catalogue())


def served(pages, query=""):
    answer = pages.serve("/brief", query)
    assert answer.page.status == 200, answer.page.description
    return answer.page


def markup(page, name):
    return next((str(piece.html) for piece in pieces(page) if piece.id == name), "")


def text(page, name):
    plain = re.sub(r"<[^>]+>", " ", markup(page, name))
    return html.unescape(re.sub(r"\s+", " ", plain)).strip()


def test_without_choices_the_boroughs_and_a_day_that_is_owned_up_to(pages) -> None:
    page = served(pages)
    assert page.query == ""
    assert re.findall(r'value="(E\w+)" checked', markup(page, "brief-choices")) == [
        "E47000007",
        *BOROUGHS,
    ]
    heading = text(page, "brief-heading")
    assert (
        "No day of a previous meeting was given, so this brief begins on 18 March 2026" in heading
    )
    assert 'value="2026-03-18"' in markup(page, "brief-choices")
    assert "No next meeting was given" in heading


def test_life_expectancy_of_sandwell_fell_between_what_was_known_then_and_now(pages) -> None:
    page = served(pages, f"areas={SANDWELL}&since=2024-12-18")
    moved = text(page, "brief-moved")
    assert "2018 to 2020, then 2022 to 2024" in moved
    assert "60.5 years (58.2 to 62.8) 51.3 years (46.6 to 55.9) down 9.2 years, worse" in moved
    revised = text(page, "brief-revised")
    assert (
        "60.5 years (58.2 to 62.8) 62.3 years (59.6 to 64.9) 20 February 2026 not clearly"
        in revised
    )
    questions = text(page, "brief-questions")
    assert "Sandwell from 60.5 years to 51.3 years. That is worse than England's 61.3" in questions


def test_periods_that_overlap_are_not_tested(pages) -> None:
    page = served(pages, f"areas={SANDWELL}&since=2026-02-19")
    assert "2021 to 2023 and 2022 to 2024 overlap" in text(page, "brief-moved")
    assert "51.3" not in text(page, "brief-moved")


def test_key_stage_2_of_birmingham_was_revised_and_rose(pages) -> None:
    page = served(pages, f"areas={BIRMINGHAM}&since=2025-12-15")
    assert "60% 63% up 3 percentage points, better" in text(page, "brief-moved")
    assert "school year 2023/24 Birmingham" in text(page, "brief-revised")
    assert "60% 61% 16 December 2025 clearly" in text(page, "brief-revised")
    assert "revised by more than rounding: Birmingham from 60%" in text(page, "brief-questions")


def test_broadband_has_moved_by_its_rounding_step(pages) -> None:
    page = served(pages, f"areas={BIRMINGHAM}&since=2026-05-18")
    assert "94.9% 95.0% up 0.1 percentage points, better" in text(page, "brief-moved")
    assert "For Birmingham." in text(page, "brief-heading")


def test_of_homicide_nothing_can_be_tested(pages) -> None:
    page = served(pages, f"areas={POLICE}&since=2026-02-10")
    assert (
        "nothing can be shown to have moved: 1 new figure could not be tested" in page.description
    )
    revised = text(page, "brief-revised")
    assert "cannot be told" in revised
    assert "withdrawn: its table has it no longer" in revised
    assert "April 2013 to March 2016" in revised


def test_gross_value_added_was_given_other_marks_only(pages) -> None:
    page = served(pages, "areas=E12000005&since=2026-05-30")
    assert "nothing has moved beyond noise" in page.description
    assert "No figure known on that day was revised" in text(page, "brief-revised")


def test_every_citation_leads_to_a_figure(pages) -> None:
    page = served(pages, f"areas={SANDWELL}&since=2024-12-18")
    whole = "".join(str(piece.html) for piece in pieces(page))
    links = {html.unescape(link) for link in re.findall(r'href="(/cite\?[^"]+)"', whole)}
    assert len(links) > 10
    for link in links:
        answer = pages.serve("/cite", link.partition("?")[2])
        assert answer.page.status == 303, unquote(link)


def test_what_is_due_by_the_next_meeting(pages) -> None:
    near = text(served(pages, f"areas={SANDWELL}&since=2026-06-20&next=2026-08-01"), "brief-due")
    assert near.startswith("What is due by 1 August 2026")
    assert "30 April 2023" in near
    assert "Healthy life expectancy" not in near
    far = text(served(pages, f"areas={SANDWELL}&since=2026-06-20&next=2027-03-01"), "brief-due")
    assert "Healthy life expectancy 20 February 2027 yearly; three years together" in far


def test_the_text_to_paste_says_the_same(pages) -> None:
    page = served(pages, f"areas={SANDWELL}&since=2024-12-18&next=2027-03-01")
    paste = text(page, "brief-sources")
    assert page.description in paste
    assert "known then: 60.5 years (58.2 to 62.8); new: 51.3 years" in paste
    assert f"This brief: /brief?areas={SANDWELL}&since=2024-12-18&next=2027-03-01" in paste


def test_a_group_of_more_than_ten_is_cut_and_says_so(pages) -> None:
    page = served(pages, "group=core-cities-uk&since=2026-05-18")
    assert page.query.count("%2C") + page.query.count(",") == 9
    assert "the first 10 of" in text(page, "brief-choices")


def test_an_area_can_be_added_by_name_and_one_that_is_unknown_is_told(pages) -> None:
    assert f"{SANDWELL},E09000001" in served(pages, f"areas={SANDWELL}&add=City of London").query
    page = served(pages, f"areas={SANDWELL}&add=Sandwel")
    assert "No area is called “Sandwel”." in text(page, "brief-choices")


@pytest.mark.parametrize("day", ["2022-04-27", "1900-01-01", "0001-01-01"])
def test_before_anything_was_held_the_page_says_so(pages, day) -> None:
    page = served(pages, f"since={day}")
    assert "the first became known on 28 April 2022" in page.description
    assert markup(page, "brief-moved") == ""


def test_an_area_without_figures_has_a_quiet_brief(pages) -> None:
    page = served(pages, "areas=E06000053&since=2026-06-20")
    assert "nothing has moved beyond noise" in page.description


TOMORROW = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"since={TOMORROW}", "a day up to today"),
        ("since=yesterday", "a date such as"),
        ("since=2026-02-30", "a date such as"),
        ("since=2026-03-01&next=2026-03-01", "a day after the previous meeting"),
        ("next=2026-01-01", "a day after the previous meeting, 18 March 2026"),
        (f"areas={','.join(LONDON)}", "at most 10 areas"),
        ("areas=E08999999", "codes of areas"),
        ("group=nobody", "one of:"),
        ("since=%ff", "text in UTF-8"),
        ("areas=" + "x" * 3000, "up to 2,000 characters"),
        ("since=<script>alert(1)</script>", "a date such as"),
    ],
)
def test_what_cannot_be_read_is_refused_and_explained(pages, query, found) -> None:
    page = pages.serve("/brief", query).page
    assert page.status == 400
    told = "".join(str(piece.html) for piece in pieces(page))
    assert found in html.unescape(told)
    assert "<script>alert" not in told


def test_a_full_brief_is_light(pages) -> None:
    page = served(pages, "since=2024-12-18")
    whole = "".join(str(piece.html) for piece in pieces(page))
    assert len(brotli.compress(whole.encode(), quality=5)) < 30_000


def test_names_within_sentences_have_their_article(pages) -> None:
    page = served(pages, f"areas=E47000007,{BIRMINGHAM}")
    assert "For the West Midlands Combined Authority and Birmingham." in text(page, "brief-heading")
    assert "for Birmingham and the West Midlands Combined Authority" in text(page, "brief-moved")
