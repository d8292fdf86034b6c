"""Addresses of any length are answered by a page, by the server as it is configured."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest


def asked(server_url: str, query: str) -> tuple[str, dict[str, str], str]:
    """Status line, headers and body of what the server sends for the board with a query string."""
    home = urlsplit(server_url)
    with socket.create_connection((str(home.hostname), home.port or 80), timeout=60) as connection:
        connection.sendall(
            f"GET /?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        received = b""
        while more := connection.recv(65_536):
            received += more
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    assert int(headers["content-length"]) == len(body)
    return first, headers, body.decode()


@pytest.mark.parametrize(
    ("length", "status", "title"),
    [
        (2_001, "HTTP/1.1 400 BAD REQUEST", "This address cannot be read"),
        (8_000, "HTTP/1.1 400 BAD REQUEST", "This address cannot be read"),
        (8_200, "HTTP/1.1 414 Request-URI Too Long", "This address is too long"),
        (500_000, "HTTP/1.1 414 Request-URI Too Long", "This address is too long"),
    ],
)
def test_an_address_of_any_length_is_answered_by_a_page(server_url, length, status, title):
    first, headers, body = asked(server_url, "a" * length)
    assert first == status
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert f"<h1>{title}" in body
    assert '<a href="/"' in body


def test_a_request_that_is_none_is_refused_and_the_next_is_answered(server_url):
    home = urlsplit(server_url)
    with socket.create_connection((str(home.hostname), home.port or 80), timeout=60) as connection:
        connection.sendall(b"no request\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400 Bad Request")
    assert asked(server_url, "")[0] == "HTTP/1.1 200 OK"
