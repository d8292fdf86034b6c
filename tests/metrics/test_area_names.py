"""Names: the five areas that are called West Midlands are told apart."""

import pytest

from metrics.area_names import area_in_text, area_label


@pytest.mark.parametrize(
    ("name", "kind", "label", "text"),
    [
        (
            "West Midlands",
            "combined authority",
            "West Midlands Combined Authority",
            "the West Midlands Combined Authority",
        ),
        ("West Midlands", "region", "West Midlands region", "the West Midlands region"),
        (
            "West Midlands",
            "police force area",
            "West Midlands police force area",
            "the West Midlands police force area",
        ),
        (
            "West Midlands",
            "metropolitan county",
            "West Midlands metropolitan county",
            "the West Midlands metropolitan county",
        ),
        ("West Midlands", "ITL 2", "West Midlands (ITL 2)", "West Midlands (ITL 2)"),
        ("London", "region", "London", "London"),
        ("England", "country", "England", "England"),
        ("United Kingdom", "country", "United Kingdom", "the United Kingdom"),
        ("Bristol, City of", "unitary authority", "Bristol", "Bristol"),
        ("Isles of Scilly", "unitary authority", "Isles of Scilly", "the Isles of Scilly"),
    ],
)
def test_labels_and_names_in_sentences(name, kind, label, text) -> None:
    assert area_label(name, kind) == label
    assert area_in_text(name, kind) == text
