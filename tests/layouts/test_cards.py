"""The picture of a page for where links are shared, and what other sites are told of a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from layouts.figures.card import HEIGHT, MARGIN, WIDTH, draw_card

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_card_says_what_the_page_opens_with():
    card = draw_card("Gigabit broadband", "In January it was 95.9%.", "Product", "18 June 2026")
    words = [text.text for text in ElementTree.fromstring(card).iter() if text.text]  # noqa: S314
    assert words == [
        "Product",
        "Gigabit broadband",
        "In January it was 95.9%.",
        "Figures as known on 18 June 2026",
    ]


@given(st.text(max_size=400), st.text(max_size=2000))
def test_whatever_the_words_they_stay_on_the_card(title, sentence):
    card = ElementTree.fromstring(draw_card(title, sentence, "Product", "1 May 2026"))  # noqa: S314
    lowest = max(float(text.get("y", "0")) for text in card.iter() if text.get("font-size"))
    assert lowest <= HEIGHT - MARGIN
    assert (card.get("width"), card.get("height")) == (str(WIDTH), str(HEIGHT))


def test_every_page_has_a_card(client):
    answer = client.get("/cards/board.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(PNG)
    width, height = (int.from_bytes(answer.data[at : at + 4]) for at in (16, 20))
    assert (width, height) == (1200, 630)
    again = client.get("/cards/board.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_is_no_page_has_no_card(client):
    for address in ("/cards/nothing.png", "/cards/.png", "/cards/%00.png", "/cards//.png"):
        assert client.get(address).status_code == 404


def test_other_sites_are_told_where_the_page_is_when_that_is_known(client, monkeypatch):
    assert 'property="og:image"' not in client.get("/").text
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://missions.example.org")
    page = client.get("/").text
    assert '<link rel="canonical" href="https://missions.example.org/">' in page
    image = re.search(r'property="og:image" content="https://missions\.example\.org([^"]+)"', page)
    assert image
    assert client.get(image[1]).status_code == 200
    assert "canonical" not in client.get("/nothing").text
