"""Shares of people under a deal: dates, ways of counting, each person once."""

from datetime import date

from metrics.measures.coverage import Counting, Deal, covered, with_settlement

ON = date(2024, 1, 26)


def deal(area, members, announced, in_force=None, ended=None, planned=False, settlement=None):
    return Deal(
        area, tuple(members), announced, in_force, ended, planned, "mayoral", settlement, True
    )


OLD = deal("Old", ["A"], date(2015, 1, 1), date(2017, 1, 1), settlement=date(2025, 4, 1))
NEW = deal("New", ["B", "C"], date(2023, 11, 22), date(2025, 2, 5))
PLAN = deal("Plan", ["D"], date(2023, 1, 1), planned=True)
GONE = deal("Gone", ["E"], date(2015, 1, 1), date(2016, 1, 1), ended=date(2020, 1, 1))
DEALS = [OLD, NEW, PLAN, GONE]
PEOPLE = {"A": 40.0, "B": 10.0, "C": 10.0, "D": 20.0, "E": 20.0}


def share(counting, deals=DEALS, on=ON, people=PEOPLE):
    return covered(deals, people, 100.0, counting, on)


def test_each_way_of_counting_includes_the_one_before():
    assert share(Counting.IN_FORCE).share == 40.0
    assert share(Counting.ANNOUNCED).share == 60.0
    assert share(Counting.PLANNED).share == 80.0
    assert share(Counting.PLANNED).areas == ("Old", "New", "Plan")


def test_before_its_day_a_deal_does_not_count_and_after_its_end_neither():
    assert share(Counting.ANNOUNCED, on=date(2023, 11, 21)).areas == ("Old",)
    assert "Gone" in share(Counting.IN_FORCE, on=date(2019, 1, 1)).areas


def test_an_authority_in_two_deals_is_counted_once():
    wider = deal("Wider", ["A", "B"], date(2022, 12, 28), date(2023, 5, 7))
    assert share(Counting.IN_FORCE, [OLD, wider]).share == 50.0


def test_a_member_without_a_population_gives_no_share_and_is_named():
    found = share(Counting.IN_FORCE, people={"B": 1.0})
    assert found.share is None
    assert found.without_population == ("A",)


def test_where_nobody_is_counted_there_is_no_share():
    found = covered(DEALS, dict.fromkeys("ABCD", 0.0), 0.0, Counting.IN_FORCE, date(2024, 1, 26))
    assert found.share is None


def test_settlements_count_from_their_day():
    assert with_settlement(DEALS, date(2025, 3, 31)) == ()
    assert with_settlement(DEALS, date(2025, 4, 1)) == ("Old",)
