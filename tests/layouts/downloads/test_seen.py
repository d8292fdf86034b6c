"""What an enlarged window does not show is left out before a drawing becomes pixels."""

from __future__ import annotations

from xml.etree import ElementTree

from layouts.downloads.seen import leave_out_unseen

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
<svg viewBox="0 0 1000 1000"><g stroke="white"><g id="areas"><g class="one" fill="red">
<path d="M0 0l10 0l0 10z" id="near"><title>Near</title></path>
<path d="M900 900l10 0l0 10z"><title>Far</title></path></g></g></g></svg>
<svg viewBox="0 0 50 50"><path id="land" d=""/><use href="#land"/>
<g stroke="black"><use href="#areas"/></g><use href="#nothing"/></svg></svg>"""


def test_a_window_keeps_what_touches_it_and_the_whole_keeps_everything():
    root = ElementTree.fromstring(DRAWING)  # noqa: S314 - written here
    whole, window = root.findall(f"{SVG}svg")
    leave_out_unseen(root)
    assert [title.text for title in whole.iter(f"{SVG}title")] == ["Near", "Far"]
    (shown,) = window.findall(f"{SVG}g/{SVG}g/{SVG}g")
    assert shown.attrib == {"class": "one", "fill": "red"}
    assert [path.get("d") for path in shown] == ["M0 0l10 0l0 10z"]
    # No name is there twice, and what is referred to but not there stays as it was.
    named = [element.get("id") for element in root.iter() if element.get("id")]
    assert sorted(named) == ["areas", "land", "near"]
    assert [used.get("href") for used in root.iter(f"{SVG}use")] == ["#nothing"]


def test_a_drawing_without_windows_is_left_alone():
    root = ElementTree.fromstring(DRAWING.replace("viewBox", "view"))  # noqa: S314 - as above
    before = ElementTree.tostring(root)
    leave_out_unseen(root)
    assert ElementTree.tostring(root) == before
