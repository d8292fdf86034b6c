from __future__ import annotations

import pytest

from ingest.faults import SHOWN_PER_KIND, Fault, Refused, quoted


def fault(row: int | None, found: str = "'?'", column: str = "status") -> Fault:
    return Fault("a.csv", row, column, found, "a letter", "ask the publisher")


def test_a_refusal_says_where_what_was_found_what_was_expected_and_what_to_do() -> None:
    assert str(Refused([fault(12)])) == (
        "1 fault; nothing was loaded\n"
        "  a.csv, column status: expected a letter\n"
        "    row 12: found '?'\n"
        "    ask the publisher"
    )


def test_many_faults_of_a_kind_are_counted_and_few_are_shown() -> None:
    words = str(Refused([fault(row) for row in range(2, 2 + SHOWN_PER_KIND + 7)]))
    assert words.startswith("12 faults;")
    assert words.count("found '?'") == SHOWN_PER_KIND
    assert "and 7 more like these" in words


def test_faults_of_different_kinds_are_told_apart() -> None:
    words = str(Refused([fault(2), fault(3, column="observation"), fault(4)]))
    assert words.index("row 4") < words.index("column observation")


def test_a_fault_of_the_whole_file_names_no_row_or_column() -> None:
    words = str(Refused([fault(None, "no rows", column="")]))
    assert "  a.csv: expected a letter\n    found no rows" in words


def test_programs_get_every_fault() -> None:
    records = Refused([fault(row) for row in range(2, 30)]).as_records()
    assert [record["row"] for record in records] == list(range(2, 30))
    assert records[0] == {
        "file": "a.csv",
        "row": 2,
        "column": "status",
        "found": "'?'",
        "expected": "a letter",
        "remedy": "ask the publisher",
    }


def test_a_refusal_without_a_fault_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        Refused([])


def test_long_texts_are_cut() -> None:
    assert quoted("short") == "'short'"
    assert quoted("x" * 100, 10) == "'xxxxxxxxx…'"


def test_what_a_terminal_would_obey_is_written_out() -> None:
    assert quoted("a\x1b[31mb\nc\ud800") == r"'a\x1b[31mb\nc\ud800'"
    assert quoted("Süd £5") == "'Süd £5'"
    words = str(Refused([fault(2, "a\x07", column="two\nlines")]))
    assert r"column two\nlines: " in words
    assert r"found a\x07" in words
