"""Finding things by words that are nearly right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.finding import Entry, Index, asked_words, like, plain_words, slips_allowed

INDEX = Index(
    (
        Entry("Areas", "Birmingham", "", "/areas/E08000025", names="E08000025"),
        Entry("Areas", "Walsall", "", "/areas/E08000030", names="E08000030"),
        Entry("Areas", "Wolverhampton", "", "/areas/E08000031", names="E08000031"),
        Entry("Areas", "Fife", "", "/areas/S12000047", names="S12000047"),
        Entry("Areas", "West Midlands region", "", "/areas/E12000005"),
        Entry("Areas", "West Midlands Combined Authority", "", "/areas/E47000007"),
        Entry("Metrics", "Healthy life expectancy", "", "/m/hle", said="Years in good health."),
        Entry("Metrics", "Life satisfaction", "", "/m/life"),
        Entry("Metrics", "Persistent absence", "", "/m/absence", said="Pupils away from school."),
        Entry("Metrics", "Good schools", "", "/m/schools"),
    )
)


def found(asked: str, most: int = 9) -> list[str]:
    return [entry.title for group in INDEX.find(asked, most) for entry in group.entries]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("Birmingham", "Birmingham"),
        ("BIRMINGHAM!", "Birmingham"),
        ("birmigham", "Birmingham"),
        ("brimingham", "Birmingham"),
        ("wolverhamton", "Wolverhampton"),
        ("wolv", "Wolverhampton"),
        ("e08000025", "Birmingham"),
        ("wmca", "West Midlands Combined Authority"),
    ],
)
def test_a_place_is_found_as_people_write_it(asked: str, title: str) -> None:
    assert found(asked) == [title]


def test_words_in_a_sentence_are_found_each_in_its_kind() -> None:
    assert found("life expectency in birmigham") == ["Birmingham", "Healthy life expectancy"]


def test_a_word_that_is_known_as_written_is_taken_for_nothing_else() -> None:
    assert "Fife" not in found("life")
    assert found("fife") == ["Fife"]


def test_a_code_that_is_nearly_right_is_not_taken_for_another() -> None:
    assert found("E08000035") == []
    assert found("E0800003") == ["Walsall", "Wolverhampton"]


def test_names_come_before_what_is_said_of_a_thing() -> None:
    assert found("schools") == ["Good schools", "Persistent absence"]


def test_only_so_many_of_a_kind_are_given_and_all_are_counted() -> None:
    (group,) = INDEX.find("west midlands", 1)
    assert (len(group.entries), group.total) == (1, 2)
    assert group.entries[0].title == "West Midlands region"


def test_nothing_is_found_for_nothing() -> None:
    assert INDEX.find("", 5) == ()
    assert INDEX.find("?!", 5) == ()
    assert INDEX.find("zzzzzz", 5) == ()


@given(st.text(max_size=120))
def test_any_question_is_answered_without_a_failure(asked: str) -> None:
    for group in INDEX.find(asked, 3):
        assert 0 < len(group.entries) <= min(3, group.total)


# Words with a digit in them are codes, or numbers, and are never guessed at.
@given(st.sampled_from(INDEX.entries), st.integers(min_value=0), st.characters(categories=["L"]))
def test_one_wrong_letter_in_a_long_name_is_forgiven(entry: Entry, place: int, letter: str) -> None:
    word = max(plain_words(entry.title), key=len)
    if len(word) < 4 or not plain_words(letter):
        return
    at = place % len(word)
    wrong = word[:at] + plain_words(letter)[0][:1] + word[at + 1 :]
    # Another name may be nearer to what is written now; the true one is never too far.
    assert like(wrong, word) > 0


def test_how_many_slips_are_forgiven() -> None:
    assert [slips_allowed(letters) for letters in (1, 3, 4, 6, 7, 20)] == [0, 0, 1, 1, 2, 2]
    assert like("pay", "pat") == 0
    assert like("dudly", "dudley") > 0
    assert like("ddly", "dudleys") == 0


def test_words_are_taken_without_case_accents_and_marks() -> None:
    assert plain_words("Côte d’Azur, KING'S-Lynn") == ["cote", "dazur", "kings", "lynn"]
    assert asked_words("the state of R&D") == [("state",), ("research",), ("development",)]
    assert asked_words("the") == [("the",)]
    assert asked_words("schools") == [("schools", "school")]
