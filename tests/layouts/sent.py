"""The pages that are sent, as tests read them."""

from __future__ import annotations

from html.parser import HTMLParser

MISSION = "/missions/health"


class Document(HTMLParser):
    """What a test needs of a page: its elements, and the inside of each versioned one."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.elements = []
        self.text = text
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def versions(self):
        return {a["id"]: a["data-version"] for _, a in self.elements if "data-version" in a}
