"""How gunicorn serves the dashboard, wherever it is started; `HOST` and `PORT` say where."""

from __future__ import annotations

import gc
import os
from typing import Any

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8050"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# gunicorn's own with threads; it refuses what is longer than the longest address with a page.
worker_class = "scripts.gateway.Gateway"
threads = 8
timeout = 60
graceful_timeout = 10
accesslog = None
# As long as gunicorn allows: what is too long for a page is refused by a page.
limit_request_line = 8190
# Who reads a chart for a while should not wait for a new connection when making a choice.
keepalive = 20

# Loaded once and shared by the workers: a quicker start and less memory.
preload_app = True

# Nothing manages the server while it runs, and two of them would quarrel over one socket file.
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """Take what was loaded out of the collector's sight before the workers are forked.

    Otherwise each full collection walks over all of it again, and touches (so copies) the
    memory that the workers share.
    """
    gc.collect()
    gc.freeze()
