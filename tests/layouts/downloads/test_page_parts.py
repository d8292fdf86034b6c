"""The charts and tables of a finished page, as they are read from its markup."""

from __future__ import annotations

from markupsafe import Markup

from layouts.downloads.offering import offer_of
from layouts.downloads.page_parts import drawn_parts, table_parts
from layouts.page import ChoiceForm, Explorer, Page, Region

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-line chart-{kind}" '
    'viewBox="0 0 {width} 100" width="{width}" height="100" role="img" '
    'aria-labelledby="c-line-pay-{width}-t c-line-pay-{width}-d">'
    '<title id="c-line-pay-{width}-t">Pay &amp; prices</title>'
    '<desc id="c-line-pay-{width}-d">Up.</desc><svg><g/></svg><path d="M0 0"/></svg>'
)
SPARK = '<svg xmlns="http://www.w3.org/2000/svg" class="chart-spark"><path d="M0 0"/></svg>'
TABLE = """
<table><caption><span>Pay by area</span></caption>
<thead><tr><th>Area</th><th>Figure</th><th>Change</th></tr></thead>
<tbody>
<tr><th>Dudley</th><td><a class="cite-value" href="/cite?a=1&amp;b=2">−1,234.50</a>
 <span class="interval">−1,300 to −1,200</span></td><td>up <b>2</b></td></tr>
<tr><th colspan="3">Others</th></tr>
<tr><th>Rugby</th><td>0<a class="cite" href="/cite?c=3">Cite<span> it</span></a></td>
 <td><span class="visually-hidden">said only</span></td></tr>
<tr><th>Tamworth</th><td><span class="missing">not published</span></td></tr>
</tbody></table>
<p class="source">Source: The Office, <a href="https://example.org">Pay</a>; published today.</p>
"""


def page(*parts: str | Explorer | ChoiceForm, **known: object) -> Page:
    regions = [
        Region(f"r{number}", Markup(part)) if isinstance(part, str) else part  # noqa: S704
        for number, part in enumerate(parts)
    ]
    return Page("A page", "What it says.", tuple(regions), **known)  # type: ignore[arg-type]


def test_of_a_chart_at_two_widths_the_wider_is_taken_whole_and_words_in_a_row_are_none():
    wide, narrow = SVG.format(kind="wide", width=720), SVG.format(kind="narrow", width=360)
    found = drawn_parts(page(f"<div>{narrow}{wide}</div>{SPARK}"))
    assert [(one.title, one.summary, one.svg) for one in found] == [("Pay & prices", "Up.", wide)]


def test_the_picture_of_a_chart_that_can_be_explored_is_taken():
    drawn = Markup(SVG.format(kind="narrow", width=360))  # noqa: S704
    found = drawn_parts(page(Explorer("line", drawn, {"data": [], "layout": {}}, 400)))
    assert [one.svg for one in found] == [drawn]


def test_a_table_keeps_numbers_groups_intervals_and_citations_and_a_blank_stays_one():
    (found,) = table_parts(page(TABLE), "https://missions.example")
    assert found.title == "Pay by area"
    assert found.columns == (
        "Group",
        "Area",
        "Figure",
        "Figure: beside it",
        "Figure: citation",
        "Change",
    )
    assert found.rows == (
        (
            None,
            "Dudley",
            -1234.5,
            "−1,300 to −1,200",
            "https://missions.example/cite?a=1&b=2",
            "up 2",
        ),
        ("Others", "Rugby", 0.0, None, "https://missions.example/cite?c=3", None),
        ("Others", "Tamworth", "not published", None, None, None),
    )


def test_a_table_without_caption_heading_or_rows_is_still_one():
    first, second = table_parts(
        page("<table><tbody><tr><td>1</td></tr></tbody></table><table>"), ""
    )
    assert (first.title, first.columns, first.rows) == ("A page", ("Column 1",), ((1.0,),))
    assert (second.columns, second.rows) == ((), ())


def test_each_has_the_source_that_is_told_next_after_it():
    other = TABLE.replace("The Office", "Another office")
    found = table_parts(page(TABLE, other), "")
    assert [one.sources for one in found] == [
        ("The Office, Pay; published today.",),
        ("Another office, Pay; published today.",),
    ]


def test_without_one_after_it_the_list_of_sources_is_taken():
    listed = '<ul class="sources"><li>The <b>first</b>.</li><li>The second.</li></ul>'
    (table,) = table_parts(page(TABLE.partition("<p")[0] + listed), "")
    assert table.sources == ("The first.", "The second.")
    (chart,) = drawn_parts(page(listed, SVG.format(kind="wide", width=720)))
    assert chart.sources == ("The first.", "The second.")


def test_a_form_is_no_part_to_take():
    form = ChoiceForm("choices", "/compare", Markup(TABLE))  # noqa: S704
    assert table_parts(page(form), "") == ()
    assert offer_of(page(form)) is None


def test_files_are_offered_where_there_are_any_and_by_the_choices_of_the_page():
    offer = offer_of(page(TABLE, path="/compare", query="areas=E08000025&view=change"))
    assert offer is not None
    assert 'href="/take-away?of=/compare%3Fareas%3DE08000025%26view%3Dchange"' in offer.html
    assert offer_of(page("<p>Words.</p>", path="/accessibility")) is None
    assert offer_of(page(TABLE, path="/compare", status=404)) is None
    assert offer_of(page(TABLE, path="/present/health")) is None
