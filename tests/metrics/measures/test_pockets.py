"""The spread of neighbourhoods within an authority, worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.measures.pockets import FEWEST, Pockets, pockets


def spread(shares: list[float], national: float = 13.2) -> Pockets | None:
    return pockets("fuel-poverty", "", "E08000025", "2020", shares, national)


def test_eleven_neighbourhoods_by_hand() -> None:
    """0, 10, ... 100: the tenth of eleven ordered values is the second, the ninetieth the tenth."""
    found = spread([float(10 * number) for number in range(10, -1, -1)], 40.0)
    assert found is not None
    ends = (found.lowest, found.tenth, found.median, found.ninetieth, found.highest)
    assert ends == (0.0, 10.0, 50.0, 90.0, 100.0)
    # 50 to 100; the one at 40 is not above it.
    assert (found.neighbourhoods, found.above_national) == (11, 6)
    assert found.above_share == pytest.approx(54.545454)


def test_too_few_neighbourhoods_have_no_tenth() -> None:
    assert spread([1.0] * (FEWEST - 1)) is None
    assert spread([1.0] * FEWEST) is not None


def test_a_neighbourhood_without_a_share_is_an_error() -> None:
    with pytest.raises(ValueError, match="E08000025 has no share"):
        spread([1.0] * 10 + [float("nan")])


@given(st.lists(st.floats(0, 100), min_size=FEWEST, max_size=60), st.floats(0, 100))
def test_the_ends_are_in_order_and_every_neighbourhood_is_counted(
    shares: list[float], national: float
) -> None:
    found = spread(shares, national)
    assert found is not None
    assert found.lowest <= found.tenth <= found.median <= found.ninetieth <= found.highest
    assert found.above_national + sum(share <= national for share in shares) == len(shares)
