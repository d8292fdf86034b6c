"""The API over the store as it ships."""

from __future__ import annotations

import pytest

from layouts.shell import create_app


@pytest.fixture(scope="session")
def api(built_store_url, catalogue):
    """A client of the whole server; addresses are those of the API."""
    return create_app(catalogue, built_store_url).server.test_client()
