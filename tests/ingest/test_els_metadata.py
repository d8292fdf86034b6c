from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.faults import Refused
from ingest.sources.els_metadata import read_metadata
from tests.ingest.examples import els_json


def test_a_table_of_one_series() -> None:
    metadata = read_metadata(els_json(), "gardens.json")
    assert metadata.producers == ("Office for Gardens",)
    assert metadata.published == (date(2026, 2, 19),)
    assert metadata.landing_pages == ("https://example.org/gardens",)
    words = metadata.series[""]
    assert (words.title, words.caveats, words.decimals) == (
        "Homes with gardens",
        "Balconies are left out.",
        1,
    )


def test_several_producers_are_separated_by_bars() -> None:
    metadata = read_metadata(
        els_json(sourceOrg="One | Two", sourceDate="01/04/2026|15/01/2026|01/04/2026"), "a.json"
    )
    assert metadata.producers == ("One", "Two")
    assert metadata.published == (date(2026, 4, 1), date(2026, 1, 15))


def test_the_series_of_a_table_share_what_they_do_not_say_themselves() -> None:
    shared = json.loads(els_json())["ess-beta-metadata"]
    del shared["label"]
    own = {
        "Front": {"label": "Front gardens", "caveats": "Paved ones too."},
        "Back": {"label": "Back gardens", "decimalPlaces": 0},
    }
    content = json.dumps({"ess-beta-metadata": {"shared": shared, **own}}).encode()
    metadata = read_metadata(b"\xef\xbb\xbf" + content, "gardens.json")
    assert list(metadata.series) == ["Front", "Back"]
    assert metadata.series["Front"].caveats == "Paved ones too."
    assert metadata.series["Front"].decimals == 1
    assert metadata.series["Back"].caveats == "Balconies are left out."
    assert metadata.series["Back"].decimals == 0


@pytest.mark.parametrize(
    "content",
    [
        *(b"<html>", b"{}", b"[]", b'{"ess-beta-metadata": null}', b"\xff\xfe"),
        *(b"[" * 100_000, b'{"ess-beta-metadata": {"shared": 5}}'),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="ess-beta-metadata"):
        read_metadata(content, "gardens.json")


def test_every_missing_or_unreadable_key_is_named() -> None:
    content = els_json(sourceOrg="", sourceDate="February", decimalPlaces="1", sourceURL=None)
    with pytest.raises(Refused) as refused:
        read_metadata(content, "gardens.json")
    assert {fault.column for fault in refused.value.faults} == {
        "sourceOrg",
        "sourceDate",
        "sourceURL",
        "decimalPlaces",
    }


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="at most 1,000,000"):
        read_metadata(b" " * 1_000_001, "gardens.json")
