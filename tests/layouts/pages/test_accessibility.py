"""The accessibility statement has the parts of the model, and says who to turn to."""

from __future__ import annotations

import html
import re

import pytest

from layouts.pages.accessibility import CONTACT_VARIABLE, contact_address

PARTS = [
    "How accessible this website is",
    "Feedback and contact information",
    "Reporting accessibility problems with this website",
    "Enforcement procedure",
    "Technical information about this website's accessibility",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that's not within the scope of the accessibility regulations",
    "What we are doing to improve accessibility",
    "Preparation of this accessibility statement",
]


def test_the_parts_of_the_model_statement_stand_in_its_order(client):
    page = html.unescape(client.get("/accessibility").text)
    headings = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h[123][^>]*>(.*?)</h", page)]
    assert headings[0].startswith("Accessibility statement for ")
    assert [heading for heading in headings if heading in PARTS] == PARTS


def test_the_statement_says_what_was_not_tested(client):
    page = client.get("/accessibility").text
    assert "not been tested with screen readers" in page
    assert "No user with a disability has been asked yet." in page


def test_without_a_contact_the_publisher_is_told_to_name_one(client, monkeypatch):
    monkeypatch.delenv(CONTACT_VARIABLE, raising=False)
    page = client.get("/accessibility").text
    assert "Whoever publishes this copy must name one" in page
    assert CONTACT_VARIABLE in page


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("access@example.org", "mailto:access@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
        ("0121 496 0000", ""),
        ("javascript:alert(1)", ""),
        ("http://example.org", ""),
    ],
)
def test_a_contact_is_linked_where_it_is_an_address(client, monkeypatch, contact, address):
    monkeypatch.setenv(CONTACT_VARIABLE, contact)
    page = client.get("/accessibility").text
    assert contact in page
    assert contact_address(contact) == address
    assert (f'href="{address}">{contact}' in page) == bool(address)
    assert "must name one" not in page


def test_a_contact_is_escaped(client, monkeypatch):
    monkeypatch.setenv(CONTACT_VARIABLE, "<b>us</b>")
    assert "&lt;b&gt;us&lt;/b&gt;" in client.get("/accessibility").text
