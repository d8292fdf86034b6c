"""Creates the dashboard, and `server` for gunicorn. Nothing is opened until a page is asked for."""

from __future__ import annotations

from layouts.shell import create_app
from metrics.catalogue import load_catalogue

app = create_app(load_catalogue())
server = app.server
