"""Reading query strings as people, browsers and careless programs write them."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.request import LONGEST_QUERY, BadQueryError, Query, write_query

KNOWN = {"E08000025", "E08000026", "E92000001"}


def test_areas_by_comma_and_one_by_one_each_once_in_the_order_given():
    query = Query("areas=E92000001,E08000025&areas=E08000026&areas=E92000001")
    assert query.codes("areas", KNOWN) == ("E92000001", "E08000025", "E08000026")
    query.check()


def test_empty_values_are_no_choice():
    query = Query("areas=&sex=&on=&name=")
    assert query.codes("areas", KNOWN, default=("E92000001",)) == ("E92000001",)
    assert query.one_of("sex", ["f", "m"], "f") == "f"
    assert query.day("on") is None
    assert query.text("name", "none") == "none"
    query.check()


@pytest.mark.parametrize(("raw", "value"), [("n=7", 7), ("n=", 5), ("", 5), ("n=007", 7)])
def test_a_whole_number_within_bounds_is_read(raw, value):
    query = Query(raw)
    assert query.number("n", 5, 1, 10) == value
    query.check()


@pytest.mark.parametrize("raw", ["n=0", "n=11", "n=-1", "n=1.5", "n=1e1", "n=٧", "n=" + "9" * 99])
def test_a_number_that_is_none_is_a_fault_with_the_bounds(raw):
    query = Query(raw)
    assert query.number("n", 5, 1, 10) == 5
    with pytest.raises(BadQueryError) as caught:
        query.check()
    assert caught.value.faults[0].valid == "a whole number from 1 to 10"


def test_every_name_that_was_given_is_known_and_whether_it_had_a_value():
    given = Query("a=1&b=&a=&c&%ff=1&&=2").given
    assert given == {"a": True, "b": False, "c": False, "\ufffd": True, "": True}


def test_names_that_nobody_reads_are_ignored():
    query = Query("utm_source=somewhere&sex=m&%ff=%00")
    assert query.one_of("sex", ["f", "m"]) == "m"
    query.check()


@pytest.mark.parametrize(
    ("raw", "valid"),
    [
        ("areas=E99999999", "codes of areas"),
        ("areas=e08000025", "codes of areas"),
        ("areas=E08000025,E08000026,E92000001", "at most 2 areas"),
        ("on=2026-02-30", "a date"),
        ("on=20260230", "a date"),
        ("on=2026-W01-1", "a date"),
        ("on=tomorrow", "a date"),
        ("sex=x", "one of: f, m"),
        ("sex=f&sex=m", "one value"),
        ("sex=%66%00", "control characters"),
        ("sex=%ff", "UTF-8"),
        ("name=" + "n" * 101, "up to 100 characters"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_with_what_is_valid(raw, valid):
    query = Query(raw)
    query.codes("areas", KNOWN, most=2)
    query.day("on")
    query.one_of("sex", ["f", "m"])
    query.text("name")
    with pytest.raises(BadQueryError) as caught:
        query.check()
    (fault,) = caught.value.faults
    assert fault.parameter == raw.split("=")[0]
    assert valid in fault.valid
    assert fault.found


def test_every_fault_is_told_at_once():
    query = Query("areas=nowhere&on=never&sex=x")
    query.codes("areas", KNOWN)
    query.day("on")
    query.one_of("sex", ["f", "m"])
    with pytest.raises(BadQueryError) as caught:
        query.check()
    assert [fault.parameter for fault in caught.value.faults] == ["areas", "on", "sex"]


def test_a_query_string_may_be_long_but_not_endless():
    Query("x" * LONGEST_QUERY).check()
    with pytest.raises(BadQueryError, match="up to 2,000 characters"):
        Query("x" * (LONGEST_QUERY + 1)).check()


def test_what_is_shown_of_a_fault_is_printable_and_short():
    query = Query("sex=%01" + "y" * 200)
    query.one_of("sex", ["f"])
    with pytest.raises(BadQueryError) as caught:
        query.check()
    found = caught.value.faults[0].found
    assert found.isprintable()
    assert len(found) == 60


def test_dates_are_read():
    assert Query("on=2026-01-31").day("on") == date(2026, 1, 31)


@given(st.text(max_size=40), st.lists(st.sampled_from(sorted(KNOWN)), unique=True, max_size=3))
def test_what_is_written_is_read_again(words, areas):
    written = write_query({"name": words, "areas": areas, "nothing": ""})
    query = Query(written)
    assert query.codes("areas", KNOWN) == tuple(areas)
    # Control characters are a fault by intention; blanks at the ends are not kept.
    if all(ord(letter) > 31 and ord(letter) != 127 for letter in words):
        assert query.text("name") == words.strip()
        query.check()
    assert "nothing" not in written


@given(
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass").decode("latin-1"))
)
def test_no_query_string_breaks_a_reader(raw):
    query = Query(raw)
    query.codes("areas", KNOWN)
    query.day("on")
    query.one_of("sex", ["f"])
    query.text("name")
    with contextlib.suppress(BadQueryError):
        query.check()
