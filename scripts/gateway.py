"""The server's worker: gunicorn's own, which also refuses the longest addresses with a page."""

from __future__ import annotations

import time
from contextlib import suppress
from http import HTTPStatus
from socket import socket
from typing import Any

from flask import Flask
from gunicorn.http.errors import LimitRequestLine  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]
from werkzeug.exceptions import RequestURITooLarge

# Of an address that is longer than any that is read: what is still taken in, and for how long, so
# that the sender has sent it all and hears the answer.
_MOST_BYTES = 1_000_000
_MOST_SECONDS = 2.0


class Gateway(ThreadWorker):  # type: ignore[misc]
    """Answers from threads; an address too long to be read is answered by a page as well."""

    def handle_error(
        self, req: object, client: socket, addr: tuple[str, int], exc: Exception
    ) -> None:
        """Answer a request that could not be read."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("an address longer than any that is read was asked for")
        # Whoever sent it may be gone.
        with suppress(OSError):
            _take_in(client)
            client.sendall(refusal(self.wsgi))


def refusal(server: Flask) -> bytes:
    """The whole answer to an address that is too long, from status line to page."""
    with server.test_request_context("/"):
        answered: Any = server.handle_user_exception(RequestURITooLarge())
        response = server.process_response(server.make_response(answered))
        response.headers["Connection"] = "close"
        body = response.get_data()
        status = HTTPStatus(response.status_code)
        lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
        lines += [f"{name}: {value}" for name, value in response.headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _take_in(client: socket) -> None:
    """Read the rest of a request, within bounds."""
    end, taken, last = time.monotonic() + _MOST_SECONDS, 0, b""
    while b"\r\n\r\n" not in last and taken < _MOST_BYTES:
        left = end - time.monotonic()
        if left <= 0:
            return
        client.settimeout(left)
        try:
            more = client.recv(65_536)
        except TimeoutError:
            return
        if not more:
            return
        taken += len(more)
        last = last[-3:] + more
