"""Figures that can be cited: canonical facts, ids, and addresses that carry all of them."""

import base64
import hashlib
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.tables import BLANK_STATUSES, STATUS_LETTERS
from metrics.figure import (
    Figure,
    FigureError,
    address,
    canonical_number,
    facts_of,
    figure_id,
    figures_of,
    read_address,
)

BIRMINGHAM = Figure(
    metric="healthy-life-expectancy",
    area="E08000025",
    period="2022-01-01/2024-12-31",
    dataset="healthy-life-expectancy",
    value="58.2",
    lower="57.6",
    upper="58.8",
    breakdown="sex=female",
)


def split(figure):
    parts = urlsplit(address(figure))
    return parts.path.removeprefix("/figures/"), parts.query


def faults_of(call):
    with pytest.raises(FigureError) as caught:
        call()
    return [(fault.kind, fault.parameter) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("0.10", "0.1"),
        (".1", "0.1"),
        ("0.1", "0.1"),
        ("1e-1", "0.1"),
        ("-0", "0"),
        ("-0.00", "0"),
        (-0.0, "0"),
        ("1e3", "1000"),
        ("1000", "1000"),
        ("+7.", "7"),
        ("007.50", "7.5"),
        ("-12.30", "-12.3"),
        (62.0, "62"),
        (60854727.0, "60854727"),
        (1e-7, "0.0000001"),
        ("0e999", "0"),
    ],
)
def test_a_number_has_one_form(written, canonical):
    assert canonical_number(written) == canonical


@pytest.mark.parametrize(
    "written",
    ["", " 1", "1 ", "1,000", "1_000", "٣", "nan", "inf", "-inf", "1e40", "1e-40", "--1", "0x1",
     "1" * 33, "=1", float("nan"), float("inf"), 1e300],
)  # fmt: skip
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match=r"is not a number|takes more than 32"):
        canonical_number(written)


def test_a_number_as_long_as_the_numbers_of_the_store_is_kept_exactly():
    assert canonical_number(0.1 + 0.2) == "0.30000000000000004"


def test_an_id_never_changes():
    """What was cited once must be found for ever; a change here breaks every citation made."""
    assert figure_id(BIRMINGHAM) == "h7rqqocaiykg"
    blank = Figure("gigabit-coverage", "E08000026", "2026-01-01/2026-01-31", "gigabit", None,
                   status="x")  # fmt: skip
    assert figure_id(blank) == "s35mplbvk2ci"


def test_an_id_can_be_worked_out_by_hand():
    text = """figure 1
metric=healthy-life-expectancy
area=E08000025
period=2022-01-01/2024-12-31
dataset=healthy-life-expectancy
value=58.2
lower=57.6
upper=58.8
breakdown=sex=female
status=
comparator=
basis=published"""
    digest = base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()
    assert figure_id(BIRMINGHAM) == digest[:12]


def test_the_same_number_written_otherwise_is_the_same_figure():
    other = Figure(**{**facts_of(BIRMINGHAM), "value": "58.20", "lower": "5.76e1"})
    assert other == BIRMINGHAM
    assert figure_id(other) == figure_id(BIRMINGHAM)


def test_every_fact_is_in_the_id():
    changed = {
        "metric": "life-expectancy",
        "area": "E08000026",
        "period": "2021-01-01/2023-12-31",
        "dataset": "other",
        "value": "58.3",
        "lower": "57.5",
        "upper": "58.9",
        "breakdown": "sex=male",
        "status": "p",
        "comparator": "E92000001",
        "basis": "derived",
    }
    facts = facts_of(BIRMINGHAM)
    ids = {figure_id(Figure(**{**facts, name: text})) for name, text in changed.items()}
    assert len(ids | {figure_id(BIRMINGHAM)}) == len(changed) + 1


slugs = st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
codes = st.from_regex(r"[A-Z][0-9]{8}", fullmatch=True) | slugs
numbers = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4
).map(str)


@st.composite
def figures(draw):
    start = draw(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
    end = start + timedelta(days=draw(st.integers(0, 2000)))
    value = draw(st.none() | numbers)
    ends = sorted([draw(numbers), draw(numbers)], key=float)
    lower, upper = ends if value is not None and draw(st.booleans()) else (None, None)
    letters = draw(st.sets(st.sampled_from(sorted(STATUS_LETTERS)), max_size=4))
    if value is None:
        letters.add(draw(st.sampled_from(sorted(BLANK_STATUSES))))
    return Figure(
        metric=draw(slugs),
        area=draw(codes),
        period=f"{start}/{end}",
        dataset=draw(slugs),
        value=value,
        lower=lower,
        upper=upper,
        breakdown=draw(st.just("") | st.just("sex=female") | st.just("learning-goal=2-plus")),
        status=" ".join(sorted(letters)),
        comparator=draw(st.just("") | codes),
        basis=draw(st.sampled_from(["published", "derived"])),
    )


@settings(max_examples=50)
@given(figures())
def test_an_address_gives_the_figure_back(figure):
    number, query = split(figure)
    assert read_address(number, query) == figure
    assert len(address(figure)) < 1_000


@settings(max_examples=50)
@given(figures(), st.randoms())
def test_the_order_of_the_parameters_says_nothing(figure, random):
    number, query = split(figure)
    pieces = query.split("&")
    random.shuffle(pieces)
    assert read_address(number, "&".join(pieces)) == figure


@settings(max_examples=50)
@given(figures(), figures())
def test_two_figures_have_two_ids(one, other):
    assert (one == other) == (figure_id(one) == figure_id(other))


@settings(max_examples=50)
@given(figures(), figures())
def test_the_facts_of_one_figure_under_the_id_of_another_are_refused(one, other):
    if one != other:
        assert faults_of(lambda: read_address(split(one)[0], split(other)[1])) == [
            ("altered", "id")
        ]


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_text_as_an_address_is_read_or_refused_by_name(number, query):
    with pytest.raises(FigureError) as caught:
        read_address(number, query)
    assert all(fault.expected and fault.remedy for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"value": "59.2"}, [("altered", "id")]),
        ({"utm_source": "mail"}, [("unknown", "'utm_source'")]),
        ({"area": None}, [("missing", "area")]),
        ({"area": None, "basis": None}, [("missing", "area"), ("missing", "basis")]),
        ({"metric": "a" * 81}, [("overlong", "metric")]),
        ({"metric": "a" * 1000}, [("overlong", "address")]),
        ({"metric": "../../etc"}, [("unreadable", "metric")]),
        ({"metric": "<script>"}, [("unreadable", "metric")]),
        ({"area": "E08000025\n"}, [("unreadable", "area")]),
        ({"period": "2022"}, [("unreadable", "period")]),
        ({"period": "2022-13-01/2022-13-31"}, [("unreadable", "period")]),
        ({"period": "2024-12-31/2022-01-01"}, [("unreadable", "period")]),
        ({"value": "much"}, [("unreadable", "value")]),
        ({"value": "NaN"}, [("unreadable", "value")]),
        ({"status": "q"}, [("unreadable", "status")]),
        ({"status": "p b"}, [("unreadable", "status")]),
        ({"basis": "guessed"}, [("unreadable", "basis")]),
        ({"value": None, "lower": None, "upper": None}, [("unreadable", "status")]),
        ({"value": None, "status": "x"}, [("unreadable", "value")]),
        ({"lower": None}, [("unreadable", "lower, upper")]),
        ({"lower": "60"}, [("unreadable", "lower, upper")]),
    ],
)  # fmt: skip
def test_a_faulty_address_is_told_fault_by_fault(change, expected):
    number, query = split(BIRMINGHAM)
    told = {**dict(parse_qsl(query)), **change}
    told = {name: value for name, value in told.items() if value is not None}
    assert faults_of(lambda: read_address(number, urlencode(told))) == expected


def test_a_repeated_parameter_is_refused():
    number, query = split(BIRMINGHAM)
    assert faults_of(lambda: read_address(number, f"{query}&value=58.2")) == [("repeated", "value")]


def test_parameters_of_the_page_are_let_pass():
    number, query = split(BIRMINGHAM)
    assert read_address(number, f"{query}&format=csv", beside=("format",)) == BIRMINGHAM


@pytest.mark.parametrize("number", ["", "k3", "K" * 12, "1" * 12, "a" * 13, "<b>"])
def test_an_id_of_another_form_is_refused(number):
    assert faults_of(lambda: read_address(number, split(BIRMINGHAM)[1])) == [("unreadable", "id")]


def test_rows_of_the_store_become_figures():
    frame = pd.DataFrame(
        {
            "ref_area": ["E08000025", "E08000026"],
            "period_start": [date(2022, 1, 1)] * 2,
            "period_end": [date(2024, 12, 31)] * 2,
            "value": [58.2, float("nan")],
            "lower_95": [57.6, None],
            "upper_95": [58.8, None],
            "status": ["", "x"],
        }
    )
    of = ("healthy-life-expectancy", "sex=female", "healthy-life-expectancy")
    first, second = figures_of(frame, *of)
    assert first == BIRMINGHAM
    assert (second.area, second.value, second.lower, second.status) == (
        "E08000026", None, None, "x",
    )  # fmt: skip
    assert first.days == (date(2022, 1, 1), date(2024, 12, 31))
    assert figures_of(frame, *of, comparator="E92000001")[0].comparator == "E92000001"
