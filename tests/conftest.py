"""What every test can ask for, and which marks follow from what a test asks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: examples have no time limit of their own.
# What gates a change is the same on every machine; new examples are looked for in the soak.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

PROJECT = Path(__file__).resolve().parent.parent

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.stores",
    "tests.fixtures.server",
    "tests.fixtures.browser",
    "tests.fixtures.published",
]

# A test that asks for one of these is marked, so that `make check` can leave it out.
MARK_BY_FIXTURE = {
    "recordings": "recordings",
    "postgres_server": "postgres",
    "browser": "browser",
    "built_store_url": "shipped",
    "published_folder": "slow",
}


def recordings_folder() -> Path:
    """The recorded publisher files: `LEVELLING_UP_RECORDINGS`, else beside the checkout."""
    named = os.environ.get("LEVELLING_UP_RECORDINGS")
    return Path(named) if named else PROJECT.parent / "shared" / "sources"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures they ask for; skip those whose recordings are not here."""
    folder = recordings_folder()
    absent = pytest.mark.skip(
        reason=f"no recorded publisher files at {folder}; set LEVELLING_UP_RECORDINGS"
    )
    for item in items:
        for fixture, mark in MARK_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
        if item.get_closest_marker("recordings") and not folder.is_dir():
            item.add_marker(absent)


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded publisher files (tests that ask for it skip where it is absent)."""
    return recordings_folder()
