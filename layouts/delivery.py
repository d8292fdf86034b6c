"""How answers travel: security headers, caching and compression."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from threading import Lock

import brotli  # type: ignore[import-untyped]
from flask import Flask, Request, Response, request

from layouts.asset_files import ASSETS

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; "
        # Dash and its chart library add style elements of their own as they start. No style
        # attribute in markup is obeyed.
        "style-src 'self' 'unsafe-inline'; style-src-attr 'none'; "
        "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # The address of a page reaches our own server only; Dash's layout is chosen by it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = 31_536_000
_COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")
_SMALLEST = 600
_KEPT_BYTES = 24_000_000
# What no page should weigh on its way, in bytes. One that would is packed once more, in ten times
# the time, and kept.
LARGEST_PAGE = 30_000
_QUALITY, _BETTER_QUALITY = 6, 10


class _Compressed:
    """Compressed bodies by the hash of their content, the least recently sent dropped first."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[tuple[str, bytes], bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, body: bytes, encoding: str, *, page: bool) -> bytes:
        """The body in an encoding; a page is packed better where it would be too large."""
        key = (encoding, hashlib.sha256(body).digest())
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        packed = _compress(body, encoding)
        if page and encoding == "br" and len(packed) > LARGEST_PAGE:
            packed = brotli.compress(body, quality=_BETTER_QUALITY)
        with self._lock:
            if key not in self._bodies:
                self._bodies[key] = packed
                self._size += len(packed)
            while self._size > _KEPT_BYTES:
                _, dropped = self._bodies.popitem(last=False)
                self._size -= len(dropped)
        return packed


def _compress(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        packed: bytes = brotli.compress(body, quality=_QUALITY)
        return packed
    return gzip.compress(body, compresslevel=6, mtime=0)


def _accepted(asked: Request) -> str:
    accepted = asked.accept_encodings
    best = accepted.best_match(["br", "gzip"])
    return best if best and accepted[best] > 0 else ""


def set_delivery(server: Flask) -> None:
    """Have every answer of the server carry the headers and be compressed where that helps."""
    bodies = _Compressed()
    # What takes seconds to compress well lies compressed beside itself.
    packed = {
        f"/assets/{path.relative_to(ASSETS).as_posix().removesuffix('.br')}": path.read_bytes()
        for path in ASSETS.rglob("*.br")
    }

    @server.after_request
    def deliver(response: Response) -> Response:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        _set_caching(response)
        if response.status_code == 304:
            # A cache reads it as it read the whole answer, of which nothing else is known here.
            response.vary.add("Accept-Encoding")
        if not _can_compress(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = _accepted(request)
        if encoding:
            response.direct_passthrough = False
            ready = packed.get(request.path) if encoding == "br" else None
            page = response.mimetype == "text/html"
            response.set_data(ready or bodies.get(response.get_data(), encoding, page=page))
            response.headers["Content-Encoding"] = encoding
            tag, _weak = response.get_etag()
            if tag:
                response.set_etag(tag, weak=True)
        return response


def _can_compress(response: Response) -> bool:
    return (
        response.status_code not in (204, 206, 304)
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(_COMPRESSIBLE)
        and (response.content_length or 0) >= _SMALLEST
    )


def _set_caching(response: Response) -> None:
    """An address that names its content may be kept; anything else is asked for again."""
    if request.path.startswith("/assets/") and "m" in request.args and response.status_code < 400:
        response.cache_control.clear()
        response.cache_control.public = True
        response.cache_control.max_age = ONE_YEAR
        response.cache_control.immutable = True
    elif response.cache_control.max_age is None and not response.cache_control.no_store:
        response.cache_control.no_cache = True
