"""Near matches for what a reader may have meant."""

from layouts.near import near

NAMES = {
    "E08000025": "Birmingham",
    "E08000027": "Dudley",
    "E08000031": "Wolverhampton",
    "E07000222": "Warwick",
    "E10000031": "Warwickshire",
}


def test_a_typing_mistake_finds_the_name() -> None:
    assert near("Birmingam", NAMES)[0] == "E08000025"


def test_a_wrong_digit_finds_codes_like_it() -> None:
    assert "E08000031" in near("E08000131", NAMES)


def test_case_and_hyphens_do_not_count() -> None:
    assert near("gross-VALUE", {"gross-value-added": "GVA", "pay": "Pay"}) == ["gross-value-added"]


def test_the_likest_comes_first() -> None:
    assert near("warwick", NAMES)[:2] == ["E07000222", "E10000031"]


def test_what_is_nothing_like_any_name_finds_nothing() -> None:
    assert near("zzzz", NAMES) == []
    assert near("", NAMES) == []
    assert near("---", NAMES) == []


def test_no_more_are_offered_than_asked_for() -> None:
    assert len(near("E0800002", {f"E080000{n}": "" for n in range(20, 40)}, most=3)) == 3
