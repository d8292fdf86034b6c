"""A gap in people, to two significant figures."""

import pytest

from metrics.measures.people import gap_in_people, two_figures


def test_a_gap_in_people_by_hand():
    # 3.3 points of 345,678 people are 11,407: about 11,000.
    gap = gap_in_people(58.2, 61.5, 345_678, 100)
    assert gap is not None
    assert gap.exact == pytest.approx(11_407.4, abs=0.1)
    assert gap.people == 11_000
    assert gap.sentence("England", "people in work") == (
        "The rate of England would mean about 11,000 more people in work."
    )


def test_a_lower_benchmark_means_fewer():
    gap = gap_in_people(5.0, 4.0, 20_000, 1000)
    assert gap is not None
    assert gap.people == -20
    assert "about 20 fewer" in gap.sentence("England", "offences")


@pytest.mark.parametrize("denominator", [None, 0, -5])
def test_without_a_denominator_there_is_no_number(denominator):
    assert gap_in_people(1.0, 2.0, denominator, 100) is None


@pytest.mark.parametrize(
    ("number", "rounded"),
    [(0.4, 0), (1.0, 1), (9.96, 10), (994.0, 990), (995.1, 1000), (-123456.0, -120000)],
)
def test_two_significant_figures(number, rounded):
    assert two_figures(number) == rounded
