"""Fetching, against answers that servers have been known to give."""

from __future__ import annotations

import pytest
import requests
import responses
from responses import matchers

from ingest.fetching import LONGEST_WAIT, USER_AGENT, Fetched, FetchError, fetch, open_session

URL = "https://example.org/gardens.csv"
BODY = b"areacd,areanm\nE08000025,Birmingham\n"


@pytest.fixture
def server() -> responses.RequestsMock:
    with responses.RequestsMock(assert_all_requests_are_fired=True) as mock:
        yield mock


def get(url: str = URL, **options: object) -> Fetched:
    settings = {"largest": 1000, "content_types": ("text/plain", "text/csv"), **options}
    return fetch(open_session(backoff=0), url, **settings)


def refusal(**options: object) -> FetchError:
    with pytest.raises(FetchError) as refused:
        get(**options)
    assert str(refused.value).startswith(URL)
    return refused.value


def test_the_bytes_come_with_what_is_needed_to_ask_again(server: responses.RequestsMock) -> None:
    headers = {"ETag": '"abc"', "Last-Modified": "Thu, 19 Feb 2026 09:30:00 GMT"}
    server.get(URL, BODY, content_type="text/plain; charset=utf-8", headers=headers)
    said = ('"abc"', "Thu, 19 Feb 2026 09:30:00 GMT", "text/plain")
    assert get() == Fetched(URL, BODY, *said)
    assert server.calls[0].request.headers["User-Agent"] == USER_AGENT


def test_nothing_is_sent_again_when_nothing_has_changed(server: responses.RequestsMock) -> None:
    match = [matchers.header_matcher({"If-None-Match": '"abc"'})]
    server.get(URL, status=304, match=match, headers={"ETag": '"abc"'})
    assert get(etag='"abc"', last_modified="Thu").content is None
    assert "If-Modified-Since" not in server.calls[0].request.headers


def test_a_date_is_asked_by_where_there_is_no_etag(server: responses.RequestsMock) -> None:
    server.get(URL, status=304, match=[matchers.header_matcher({"If-Modified-Since": "Thu"})])
    assert get(last_modified="Thu").content is None


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_recovers_is_asked_again(server: responses.RequestsMock, status: int) -> None:
    server.get(URL, status=status, headers={"Retry-After": "0"})
    server.get(URL, status=status)
    server.get(URL, BODY, content_type="text/csv")
    assert get().content == BODY
    assert len(server.calls) == 3


def test_a_server_is_given_the_time_it_asks_for_but_not_any_time() -> None:
    waits = open_session().get_adapter(URL).max_retries
    assert waits.respect_retry_after_header
    assert waits.is_retry("GET", 429, has_retry_after=True)
    assert waits.parse_retry_after("7") == 7
    assert waits.retry_after_max == LONGEST_WAIT


def test_a_server_that_does_not_recover_is_reported(server: responses.RequestsMock) -> None:
    for _ in range(5):
        server.get(URL, status=503)
    error = refusal()
    assert "HTTP 503" in str(error)
    assert "try again later" in str(error)
    assert error.again
    assert len(server.calls) == 5


def test_a_file_that_is_not_there_is_not_asked_for_again(server: responses.RequestsMock) -> None:
    server.get(URL, status=404)
    error = refusal()
    assert "HTTP 404" in str(error)
    assert "if the file has moved, correct the address" in str(error)
    assert not error.again
    assert len(server.calls) == 1


def test_a_web_page_is_told_by_its_type(server: responses.RequestsMock) -> None:
    server.get(URL, b"<html>Sign in</html>", content_type="text/html")
    assert "'text/html' where text/csv or text/plain was expected" in str(refusal())


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html>\n<title>Sign in</title>", b"\xef\xbb\xbf\n <HTML>", b"<?xml ?>"]
)
def test_a_web_page_that_says_it_is_text_is_told_by_how_it_begins(
    server: responses.RequestsMock, page: bytes
) -> None:
    server.get(URL, page, content_type="text/plain")
    assert "a web page in place of the file" in str(refusal())


def test_an_answer_that_is_too_large_is_given_up(server: responses.RequestsMock) -> None:
    server.get(URL, b"x" * 1001, content_type="text/csv")
    assert "more than 1,000 bytes" in str(refusal())


def test_an_answer_that_ends_early_is_refused(server: responses.RequestsMock) -> None:
    headers = {"Content-Length": str(len(BODY) + 5)}
    server.get(
        URL, BODY, content_type="text/csv", headers=headers, auto_calculate_content_length=False
    )
    assert refusal().again


def test_an_empty_answer_is_refused(server: responses.RequestsMock) -> None:
    server.get(URL, b"", content_type="text/csv")
    assert "an empty answer" in str(refusal())


def test_a_broken_connection_is_reported(server: responses.RequestsMock) -> None:
    server.get(URL, body=requests.ConnectionError("refused"))
    error = refusal()
    assert "ConnectionError" in str(error)
    assert error.again


def test_a_redirect_on_the_same_host_is_followed(server: responses.RequestsMock) -> None:
    server.get(URL, status=302, headers={"Location": "/moved.csv"})
    server.get("https://example.org/moved.csv", BODY, content_type="text/csv")
    assert get().content == BODY


def test_a_redirect_to_a_declared_host_is_followed(server: responses.RequestsMock) -> None:
    server.get(URL, status=307, headers={"Location": "https://files.example.org/a.csv"})
    server.get("https://files.example.org/a.csv", BODY, content_type="text/csv")
    assert get(hosts=("files.example.org",)).content == BODY


@pytest.mark.parametrize(
    "location",
    [
        *("https://elsewhere.example/a.csv", "http://example.org/a.csv", "file:///etc/passwd"),
        *("https://[::1", "//[/a.csv"),
    ],
)
def test_a_redirect_anywhere_else_is_not(server: responses.RequestsMock, location: str) -> None:
    server.get(URL, status=302, headers={"Location": location})
    assert "a redirect to" in str(refusal())
    assert len(server.calls) == 1


def test_redirects_do_not_go_on_for_ever(server: responses.RequestsMock) -> None:
    for _ in range(5):
        server.get(URL, status=302, headers={"Location": URL})
    assert "more than 5 redirects" in str(refusal())
