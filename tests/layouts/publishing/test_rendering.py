"""A published page is a whole document with its style, and obeys no other."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from layouts.publishing.rendering import NOT_FOUND, Renderer
from layouts.publishing.still import Address, Site


def test_a_page_carries_its_style_and_says_that_it_obeys_no_other(
    measured_store: Path, tmp_path: Path
) -> None:
    renderer = Renderer(f"sqlite:///{measured_store}", tmp_path, Site("https://copy.example"))
    for address, name in ((Address("/"), "index.html"), (NOT_FOUND, "404.html")):
        assert renderer.write(address).fault == ""
        document = LexborHTMLParser((tmp_path / name).read_text(encoding="utf-8"))
        style, policy = (
            document.css_first("head style"),
            document.css_first("head meta[http-equiv]"),
        )
        assert style is not None, name
        assert policy is not None, name
        digest = hashlib.sha256(style.text().encode()).digest()
        assert policy.attributes["content"] == (
            f"style-src 'sha256-{base64.b64encode(digest).decode()}'"
        )
        # What a browser reads before the policy is not held to it.
        inside = [one.tag for one in document.css("head meta[http-equiv], head style")]
        assert inside == ["meta", "style"]
        assert len(document.css("head script[src]")) >= 2
        assert "&lt;style" not in (document.html or "")
