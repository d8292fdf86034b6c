"""Fetching files from publishers: with patience, within limits, and no more than has changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from ingest.faults import quoted

# Seconds to connect, and seconds without a byte.
TIMEOUT = (10, 60)
RETRIES = 4
# Seconds: who is asked to wait longer is better told so than left waiting.
LONGEST_WAIT = 120
MOST_REDIRECTS = 5
USER_AGENT = "levelling-up-missions (statistics dashboard; python-requests)"
_MOVED = "open the address in a browser; if the file has moved, correct the address"
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchError(RuntimeError):
    """A file could not be had. The message says from where, what came instead and what to do.

    `again` says whether trying again later can help.
    """

    def __init__(self, url: str, found: str, remedy: str, *, again: bool) -> None:
        self.url = url
        self.again = again
        super().__init__(f"{url}: {found}; {remedy}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent. `content` is None where it said that nothing has changed."""

    url: str
    content: bytes | None
    etag: str | None
    last_modified: str | None
    content_type: str = ""


def open_session(backoff: float = 1.0) -> requests.Session:
    """A session that tries again after a broken connection, 429 and 5xx.

    Waits grow (`backoff` seconds, doubled each time) unless the server says how long to wait.
    """
    retry = Retry(
        total=RETRIES,
        backoff_factor=backoff,
        backoff_max=30,
        status_forcelist=(429, 500, 502, 503, 504),
        # What is sent by POST here are questions, which may be asked again.
        allowed_methods=("GET", "POST"),
        respect_retry_after_header=True,
        retry_after_max=LONGEST_WAIT,
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session


def fetch(
    session: requests.Session,
    url: str,
    *,
    largest: int,
    content_types: Collection[str],
    hosts: Collection[str] = (),
    etag: str | None = None,
    last_modified: str | None = None,
    question: Any = None,
) -> Fetched:
    """Fetch one file.

    Args:
        session: from `open_session`.
        url: an https address.
        largest: bytes above which the answer is refused while it arrives.
        content_types: media types that the answer may declare.
        hosts: hosts beside the one of `url` to which it may redirect.
        etag: what the server said of the bytes held, so that it sends others only.
        last_modified: the same, for servers that give no etag.
        question: what to send as JSON, for services that are asked by POST; None to get a file.

    Raises:
        FetchError: anything but the file: an error, another host, a web page in its place (a
            login, a moved page), a broken or oversized answer.
    """
    allowed = {urlsplit(url).hostname, *hosts}
    conditions: dict[str, str] = {}
    if etag:
        conditions["If-None-Match"] = etag
    elif last_modified:
        conditions["If-Modified-Since"] = last_modified
    address = url
    for _ in range(MOST_REDIRECTS):
        try:
            with session.request(
                "GET" if question is None else "POST",
                address,
                headers=conditions,
                json=question,
                timeout=TIMEOUT,
                stream=True,
                allow_redirects=False,
            ) as response:
                if response.status_code not in _REDIRECTS:
                    return _accept(url, response, largest, content_types)
                address = _next_address(url, address, response, allowed)
        except requests.RequestException as error:
            reason = f"{type(error).__name__}: {error}"
            remedy = "look at the network and try again"
            raise FetchError(url, reason[:200], remedy, again=True) from None
        except ValueError as error:
            found = f"a redirect to what is no address ({error})"
            raise FetchError(url, found, _MOVED, again=False) from None
    raise FetchError(url, f"more than {MOST_REDIRECTS} redirects", _MOVED, again=False)


def _next_address(
    url: str, address: str, response: requests.Response, allowed: Collection[str | None]
) -> str:
    following = urljoin(address, response.headers.get("Location", ""))
    parts = urlsplit(following)
    if parts.scheme != "https" or parts.hostname not in allowed:
        found = f"a redirect to {parts.scheme}://{parts.hostname}"
        raise FetchError(url, found, f"only {sorted(map(str, allowed))} is trusted", again=False)
    return following


def _accept(
    url: str, response: requests.Response, largest: int, content_types: Collection[str]
) -> Fetched:
    headers = response.headers
    etag, last_modified = headers.get("ETag"), headers.get("Last-Modified")
    if response.status_code == requests.codes.not_modified:
        return Fetched(url, None, etag, last_modified)
    if response.status_code != requests.codes.ok:
        status = response.status_code
        again = status == requests.codes.too_many_requests or status >= 500
        remedy = "try again later" if again else _MOVED
        raise FetchError(url, f"HTTP {status} {response.reason}", remedy, again=again)
    kind = headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind not in content_types:
        found = f"{quoted(kind)} where {' or '.join(sorted(content_types))} was expected"
        raise FetchError(url, found, _MOVED, again=False)
    content = _read_within(url, response, largest)
    opening = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FetchError(url, "a web page in place of the file", _MOVED, again=False)
    if not content:
        raise FetchError(url, "an empty answer", "try again later", again=True)
    return Fetched(url, content, etag, last_modified, kind)


def _read_within(url: str, response: requests.Response, largest: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > largest:
            found = f"more than {largest:,} bytes"
            raise FetchError(url, found, "look at the file before raising the limit", again=False)
        parts.append(part)
    declared = response.headers.get("Content-Length", "")
    # The length counts bytes as sent; it says nothing of a compressed answer's contents.
    if "Content-Encoding" not in response.headers and declared.isdigit() and int(declared) != size:
        found = f"{size:,} bytes where {declared} were announced"
        raise FetchError(url, found, "try again later", again=True)
    return b"".join(parts)
