"""The strip of spreads: every end where it belongs, and no word that calls it an interval."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from layouts.figures import draw_spread
from layouts.figures.description import Reference, SpreadChart, SpreadRow, Unit

CHART = SpreadChart(
    id="pockets",
    title="Fuel poverty & more",
    summary="Half lie above.",
    unit=Unit("% of households", suffix="%", decimals=1),
    rows=(
        SpreadRow("E08000025", "Birmingham", 5.0, 10.0, 20.0, 30.0, 50.0, 1234),
        SpreadRow("E08000031", "Wolverhampton", 5.0, 10.0, 25.0, 30.0, 40.0, 158),
    ),
    references=(Reference("E92000001", "England", 13.2),),
    period="2020",
)


@pytest.mark.parametrize("width", [720, 360])
def test_rows_are_ordered_by_their_median_and_keep_their_values(width: int) -> None:
    drawn = draw_spread(CHART, width)
    root = ElementTree.fromstring(drawn)  # noqa: S314
    groups = [one for one in root.iter() if one.get("data-area")]
    assert [group.get("data-area") for group in groups] == ["E08000031", "E08000025"]
    values = [one.get("data-value") for group in groups for one in group if one.get("data-value")]
    assert values == ["25.0", "20.0"]
    assert "Birmingham, 2020: median 20.0%, from 5.0% to 50.0% in 1,234 neighbourhoods" in drawn
    assert "These are not margins of error." in " ".join(root.itertext()).replace("\n", " ")
    assert "95% interval" not in drawn


def test_the_line_reaches_further_than_the_bar() -> None:
    root = ElementTree.fromstring(draw_spread(CHART))  # noqa: S314
    for group in (one for one in root.iter() if one.get("data-area")):
        line, bar = (one.get("d", "") for one in group if one.get("stroke") == "currentColor")

        def ends(path: str) -> tuple[float, float]:
            start, end = path[1:].split("H")
            return float(start.split()[0]), float(end)

        assert ends(line)[0] < ends(bar)[0] < ends(bar)[1] < ends(line)[1]
