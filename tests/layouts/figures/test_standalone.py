"""A chart as a picture that can leave its page."""

from xml.etree import ElementTree

import pytest

from layouts.figures.standalone import standalone
from layouts.figures.svg import frame

SVG = frame("line", "A chart", "What it shows", 720, 300, "<g/>", "line")
NAME = "{http://www.w3.org/2000/svg}"


def words_of(svg):
    return [text.text for text in ElementTree.fromstring(svg).findall(f"{NAME}text")]  # noqa: S314


def test_title_chart_and_notes_stand_one_below_the_other():
    made = ElementTree.fromstring(standalone(SVG, "A title", ["Source: x.", "Known."]))  # noqa: S314
    assert made.get("width") == "760"
    inner = made.find(f"{NAME}svg")
    assert (inner.get("width"), inner.get("height")) == ("720", "300")
    # Not cut to its box, which takes a renderer as long as all the rest.
    assert inner.get("overflow") == "visible"
    title, source, known = made.findall(f"{NAME}text")
    assert (title.text, source.text, known.text) == ("A title", "Source: x.", "Known.")
    assert float(title.get("y")) < float(inner.get("y"))
    assert float(inner.get("y")) + 300 < float(source.get("y")) < float(known.get("y"))
    assert float(known.get("y")) < float(made.get("height"))


def test_a_long_address_is_broken_and_never_cut():
    address = "https://missions.example.org/metrics/x?areas=" + ",".join(["E08000025"] * 30)
    lines = words_of(standalone(SVG, "A title", [address]))[1:]
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == address


def test_markup_in_a_title_stays_text():
    hostile = '</text><script>alert("x")</script> & more'
    assert "<script" not in standalone(SVG, hostile, [hostile], "a{}</style><script>")
    assert words_of(standalone(SVG, hostile, []))[0] == hostile


def test_what_is_no_chart_of_ours_is_refused():
    with pytest.raises(ValueError, match="not a chart"):
        standalone("<p>x</p>", "A title", [])
