"""Between and within regions over time: by hand, by property, and refused by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from metrics.measures.splits import split_by_region, weights_year
from tests.metrics.measures.builders import make_series, row, year

RESIDENTS = "residents of all ages"
DECLARED = {"areas": "lower_tier", "split": "weighted_variance", "weight": RESIDENTS}
NORTH, SOUTH, WALES = "E12000001", "E12000008", "W92000004"
# Two areas in each of two regions, with 1, 3, 5 and 7: between 4, within 1, total 5.
VALUES = {"E08000001": 1.0, "E08000002": 3.0, "E08000003": 5.0, "E08000004": 7.0}
REGIONS = {"E08000001": NORTH, "E08000002": NORTH, "E08000003": SOUTH, "E08000004": SOUTH}
WEIGHTS = {2019: dict.fromkeys(VALUES, 100.0), 2023: dict.fromkeys(VALUES, 100.0)}
NAMES = {NORTH: "North", SOUTH: "South"}


def rows_of(values, period, half_width=None):
    return [
        row(code, period, value, half_width, region_code=REGIONS[code])
        for code, value in values.items()
    ]


def four(values=VALUES, periods=(2019, 2023), half_width=0.001, **changes):
    rows = [one for period in periods for one in rows_of(values, period, half_width)]
    return make_series(rows, **{"disparity": DECLARED, **changes})


def test_a_split_by_hand():
    found = split_by_region(four(), WEIGHTS, NAMES)
    point = found.points[-1]
    assert (point.total, point.between, point.within) == pytest.approx((5, 4, 1))
    assert point.between_share == pytest.approx(0.8)
    assert (found.scope, found.weight, point.weights_of) == ("England", RESIDENTS, 2023)
    assert [(part.name, part.mean, part.weight) for part in found.parts] == [
        ("North", 2.0, 0.5),
        ("South", 6.0, 0.5),
    ]
    assert sum(part.between for part in found.parts) == pytest.approx(point.between)
    assert sum(part.within for part in found.parts) == pytest.approx(point.within)
    assert found.sentence.startswith(
        "In 2023, 80% of the difference between local authorities of England lay between regions, "
        "the rest within them; in 2019 it was 80%."
    )
    assert found.refused == ()


def test_a_year_without_weights_is_refused_and_named_and_no_other_year_stands_in():
    found = split_by_region(four(periods=(2018, 2019, 2020, 2021, 2023)), WEIGHTS, NAMES)
    assert [point.weights_of for point in found.points] == [2019, 2023]
    assert found.refused == (
        "Not split for 2018 and 2020 to 2021: the number of residents of all ages in the year is "
        "not held.",
    )


def test_without_any_weights_there_is_no_split():
    found = split_by_region(four(), {}, NAMES)
    assert found.points == ()
    assert found.sentence == (
        "Not split for 2019 to 2023: the number of residents of all ages in the year is not held."
    )


def test_a_metric_that_declares_no_weight_is_not_split():
    found = split_by_region(four(disparity={"areas": "lower_tier"}), WEIGHTS, NAMES)
    assert found.sentence == "Not split: the metric declares no weight for its places."


def test_too_many_places_without_a_figure_refuse_the_period():
    weights = {2019: WEIGHTS[2019], 2023: {**WEIGHTS[2023], "E08000009": 30.0}}
    found = split_by_region(four(), weights, NAMES)
    assert [point.weights_of for point in found.points] == [2019]
    assert "more than 5% of the residents of all ages have no figure" in found.refused[0]


def test_a_nation_without_weights_is_left_out_and_named():
    scottish = row("S12000005", 2023, 50.0, region_code="S92000003", country_code="S92000003",
                   lower_tier=True)  # fmt: skip
    series = make_series([*rows_of(VALUES, 2023, 0.1), scottish], disparity=DECLARED)
    found = split_by_region(series, WEIGHTS, NAMES)
    assert found.points[0].areas == 4
    assert found.refused == (
        "Scotland is not in it: the number of residents of all ages is not held there.",
    )


def test_wales_is_a_region_of_its_own():
    welsh = row("W06000001", 2023, 9.0, region_code=None, country_code=WALES, lower_tier=True)
    series = make_series([*rows_of(VALUES, 2023, 0.1), welsh], disparity=DECLARED)
    weights = {2023: {**WEIGHTS[2023], "W06000001": 100.0}}
    found = split_by_region(series, weights, NAMES)
    assert found.scope == "England and Wales"
    assert [part.code for part in found.parts] == [NORTH, SOUTH, WALES]


def test_sampling_noise_is_taken_out_of_both_parts():
    found = split_by_region(four(half_width=1.96), WEIGHTS, NAMES).points[-1]
    # Errors of 1 with shares of 1/4: total raised by 3/4, between by 2 * 1/2 * 1/2 * 1/2 = 1/4.
    assert found.noise_share == pytest.approx(0.75 / 5)
    assert found.between_share_corrected == pytest.approx(3.75 / 4.25)


def test_what_is_all_noise_is_said_to_be():
    found = split_by_region(four(half_width=20.0), WEIGHTS, NAMES)
    assert found.points[-1].between_share_corrected is None
    assert "so what is real cannot be split" in found.sentence


def test_equal_places_have_nothing_to_split():
    found = split_by_region(four(dict.fromkeys(VALUES, 0.3)), WEIGHTS, NAMES)
    assert found.points[-1].between_share is None
    assert found.sentence == "In 2023 all local authorities of England had the same figure."


def test_figures_before_a_change_of_method_are_not_set_beside_those_after():
    mark = {"starts": "2021-01-01", "reason": "Another survey."}
    found = split_by_region(four(breaks=[mark]), WEIGHTS, NAMES)
    assert "2019" not in found.sentence


def test_theil_needs_its_own_denominator():
    theil = {**DECLARED, "split": "theil_t"}
    with pytest.raises(ValueError, match="its own denominator"):
        four(disparity=theil)
    found = split_by_region(four(disparity=theil, denominator=RESIDENTS), WEIGHTS, NAMES)
    assert found.method == "theil_t"
    assert "Theil's T, 0 where all are equal, was" in found.sentence


def test_theil_refuses_a_value_below_zero_by_name():
    theil = {**DECLARED, "split": "theil_t"}
    values = {**VALUES, "E08000001": -1.0}
    found = split_by_region(four(values, disparity=theil, denominator=RESIDENTS), WEIGHTS, NAMES)
    assert found.refused == ("Not split for 2019 to 2023: Theil's T needs every value above zero.",)


@pytest.mark.parametrize("declared", [{"split": "theil_t"}, {"weight": RESIDENTS}])
def test_a_split_and_its_weight_belong_together(declared):
    with pytest.raises(ValueError, match="a split declares its weight"):
        four(disparity={"areas": "lower_tier", **declared})


def seven(**missing):
    values = {code: 60.0 + place for place, code in enumerate(CONSTITUENT)}
    rows = [row(code, 2023, missing.get(code, value), 0.1) for code, value in values.items()]
    return make_series(rows, disparity=DECLARED)


def test_the_seven_boroughs_are_seven_parts():
    weights = {2023: dict.fromkeys(CONSTITUENT, 10.0)}
    names = {code: f"Borough {place}" for place, code in enumerate(CONSTITUENT)}
    found = split_by_region(seven(), weights, names, boroughs=True)
    # 60 to 66 around 63: (9 + 4 + 1 + 0 + 1 + 4 + 9) / 7 = 4.
    assert found.code == COMBINED_AUTHORITY
    assert found.points[0].total == pytest.approx(4.0)
    assert found.points[0].within == 0
    assert len(found.parts) == 7
    assert found.sentence.startswith(
        "Among the seven boroughs: the typical distance from their average was 2.0 percentage "
        "points. Borough 6 lay furthest from it in 2023: 3.0 percentage points above."
    )


def test_a_borough_without_a_figure_refuses_the_seven_and_is_named():
    weights = {2023: dict.fromkeys(CONSTITUENT, 10.0)}
    found = split_by_region(
        seven(**{CONSTITUENT[1]: None}), weights, {CONSTITUENT[1]: "Coventry"}, boroughs=True
    )
    assert found.refused == ("Not split for 2023: Coventry has no figure.",)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (year(2023), 2023),
        ((date(2022, 4, 1), date(2023, 3, 31)), 2022),
        ((date(2022, 9, 1), date(2023, 8, 31)), 2023),
        ((date(2020, 1, 1), date(2022, 12, 31)), 2021),
        ((date(2018, 1, 1), date(2022, 12, 31)), 2020),
        ((date(2023, 9, 1), date(2023, 9, 30)), 2023),
    ],
)
def test_the_year_of_the_weights_is_that_of_the_middle(period, expected):
    series = make_series([row("E08000001", period, 1.0)])
    assert weights_year(series.periods[0]) == expected


areas = st.dictionaries(
    st.sampled_from([f"E080000{number:02d}" for number in range(40)]),
    st.tuples(st.floats(0, 100), st.floats(1, 1e6), st.sampled_from([NORTH, SOUTH, "E12000002"])),
    min_size=2,
    max_size=25,
)


@given(areas, st.randoms(use_true_random=False))
def test_the_parts_make_the_whole_in_any_order_and_a_blank_area_changes_nothing(places, chance):
    rows = [
        row(code, 2023, value, 0.1, region_code=region)
        for code, (value, _, region) in places.items()
    ]
    weights = {2023: {code: weight for code, (_, weight, _) in places.items()}}
    found = split_by_region(make_series(rows, disparity=DECLARED), weights, {})
    for point in found.points:
        assert point.between + point.within == pytest.approx(point.total, abs=1e-12 * 1e4)
    shuffled = [*rows, row("E08000099", 2023, None, region_code=SOUTH)]
    chance.shuffle(shuffled)
    assert split_by_region(make_series(shuffled, disparity=DECLARED), weights, {}) == found


def test_a_place_under_its_old_and_its_new_code_counts_once():
    old = row("E08000016", 2023, 3.0, 0.001, recoded_to="E08000002", region_code=NORTH)
    both = make_series([*rows_of(VALUES, 2023, 0.001), old], disparity=DECLARED)
    once = make_series(rows_of(VALUES, 2023, 0.001), disparity=DECLARED)
    assert split_by_region(both, WEIGHTS, NAMES) == split_by_region(once, WEIGHTS, NAMES)
