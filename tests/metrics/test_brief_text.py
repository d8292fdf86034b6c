"""A brief as text and as Markdown, from a hand-made one; what is quiet, and what is empty."""

from __future__ import annotations

from datetime import date

from data.brief_reads import Expected
from metrics.brief import Brief, BriefRow, BriefSection, BriefTable, Line
from metrics.brief_text import markdown, plain_text
from metrics.briefing_known import Cited, Known
from metrics.briefing_reading import Asked, BriefFacts
from metrics.briefing_words import write_brief
from tests.metrics.briefing_examples import BIRMINGHAM, row, since, version

NASTY = "A|B <script> *c* [d](e)"
CITED = Cited("m", "", BIRMINGHAM, date(2023, 1, 1))
SINCE, TODAY = date(2026, 1, 1), date(2026, 6, 1)


def example():
    table = BriefTable(
        *("t", "Moved", "Area", ("Then", "Now")),
        (BriefRow("Life: 2022, then 2023", "Birmingham", ("60", NASTY), CITED),),
        more="3 figures not listed.",
    )
    sections = (
        BriefSection("moved", "What moved", "One.", (table,), closing="Small print."),
        BriefSection("questions", "Questions", "By rule.", (), (Line("Why?", (CITED,)),), True),
    )
    source = Expected(
        *("d", NASTY, "ONS", "OGL v3.0", "https://example.org/x", SINCE, "yearly", None, None)
    )
    return Brief(
        "Brief", "Answer.", ("For Birmingham.",), sections, (source,), {BIRMINGHAM: "Brum"}
    )


def link(cited):
    return f"https://example.org/cite?{cited.metric}"


def test_the_text_says_everything_once_with_addresses() -> None:
    text = plain_text(example(), link, "https://example.org/brief")
    assert text.splitlines()[:6] == [
        "Brief",
        "Answer.",
        "For Birmingham.",
        "",
        "WHAT MOVED",
        "One.",
    ]
    assert (
        f"- Life: 2022, then 2023; Birmingham; then: 60; now: {NASTY}. "
        "Figure: https://example.org/cite?m\n3 figures not listed.\nSmall print.\n" in text
    )
    assert "1. Why? Figures: Brum https://example.org/cite?m\n" in text
    assert text.endswith("This brief: https://example.org/brief\n")


def test_nothing_of_a_publisher_is_markup_in_markdown() -> None:
    text = markdown(example(), link, "https://example.org/brief")
    escaped = r"A\|B \<script\> \*c\* \[d\](e)"
    assert f"| Life: 2022, then 2023 | Birmingham | 60 | {escaped} | [Cite](<" in text
    assert f"[{escaped}](<https://example.org/x>)" in text
    assert "<script>" not in text
    assert "1. Why? [Brum](<https://example.org/cite?m>)" in text


def facts(found, day=SINCE, first=date(2022, 1, 1), until=None):
    known = Known(found, {BIRMINGHAM: "Birmingham"}, {}, {}, {}, (), {})
    asked = Asked({BIRMINGHAM: ("Birmingham", "Birmingham")}, day, until, TODAY)
    return BriefFacts(asked, known, {}, first, TODAY)


def test_a_quiet_time_is_said_plainly() -> None:
    brief = write_brief(facts(since([])), assumed=False)
    assert brief.answer.startswith("Since 1 January 2026, nothing has moved beyond noise")
    assert (
        "no figure was revised; no dataset is due; the figures raise no question." in brief.answer
    )
    assert [section.tables for section in brief.sections] == [()] * 4
    assert brief.sections[0].opening.startswith("Nothing has moved beyond noise.")
    assert "one in twenty" not in brief.sections[0].opening


def test_tests_are_counted_and_chance_is_owned_up_to() -> None:
    found = since([row(BIRMINGHAM, 2022, 60.0)], version(BIRMINGHAM, 2023, True, 50.0))
    brief = write_brief(facts(found), assumed=False)
    assert brief.answer.startswith(
        "Since 1 January 2026, 1 of 1 new figure that could be tested moved beyond noise "
        "(1 for the worse)"
    )
    opening = brief.sections[0].opening
    assert "1 new figure with a margin of error was tested, each on its own, and 1 moved" in opening
    assert "chance alone, which makes fewer than one of so many." in opening
    (table,) = brief.sections[0].tables
    assert table.rows[0].cells == (
        "60.0 years (59.0 to 61.0)",
        "50.0 years (49.0 to 51.0)",
        "down 10.0 years, worse",
    )


def test_what_could_not_be_tested_is_not_said_to_have_stood_still() -> None:
    found = since([row(BIRMINGHAM, 2022, 60.0, None)], version(BIRMINGHAM, 2023, True, 50.0, None))
    brief = write_brief(facts(found), assumed=False)
    assert "nothing can be shown to have moved: 1 new figure could not be tested" in brief.answer
    moved = brief.sections[0]
    assert moved.opening == "1 new figure could not be tested, and nothing is claimed of them."
    assert moved.lines[0].words == (
        "Not tested: healthy life expectancy, 2023, for Birmingham, because one of the two figures "
        "has no 95% interval."
    )


def test_of_a_revision_without_a_margin_of_error_it_is_not_said_that_it_was_not_clear() -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0, None)],
        version(BIRMINGHAM, 2022, False, 60.0, None),
        version(BIRMINGHAM, 2022, True, 90.0, None),
    )
    answer = write_brief(facts(found), assumed=False).answer
    assert "1 figure was revised, and it cannot be told whether clearly" in answer


def test_an_assumed_day_and_an_assumed_next_meeting_are_owned_up_to() -> None:
    about = " ".join(write_brief(facts(since([])), assumed=True).about)
    assert "No day of a previous meeting was given, so this brief begins on 1 January 2026" in about
    assert "No next meeting was given, so what is due is told up to 1 September 2026" in about
    named = write_brief(facts(since([]), until=date(2026, 7, 1)), assumed=False)
    assert "Since the meeting of 1 January 2026. Next meeting: 1 July 2026." in " ".join(
        named.about
    )


def test_before_anything_was_held_nothing_is_told_but_that() -> None:
    early = write_brief(facts(since([]), day=date(2021, 12, 31)), assumed=False)
    assert "the first became known on 1 January 2022" in early.answer
    assert early.sections == ()
    empty = write_brief(facts(since([]), first=None), assumed=False)
    assert empty.answer == "No figures are held here, so nothing can have moved."
