"""Finds the programs that tests need and that no package registry for Python provides."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt/postgresql")

INSTALL_BROWSER = "no browser found: install chromium (Debian: apt-get install chromium)"
INSTALL_POSTGRES = (
    "no PostgreSQL server found: install postgresql (Debian: apt-get install postgresql)"
)


def find_browser() -> str | None:
    """The path of a Chromium that starts: on PATH, else the one Playwright installed."""
    for candidate in [*map(shutil.which, BROWSERS), _browser_of_playwright()]:
        if candidate and _answers(candidate, "--version"):
            return candidate
    return None


def find_postgres() -> Path | None:
    """The folder with PostgreSQL's `initdb` and `postgres`: on PATH, else where Debian keeps it."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for home in POSTGRES_FOLDERS:
        folders += sorted(Path(home).glob("*/bin"), key=_version_of, reverse=True)
    for folder in folders:
        if all(_answers(str(folder / name), "--version") for name in ("initdb", "postgres")):
            return folder
    return None


def _version_of(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


def _browser_of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _answers(program: str, option: str) -> bool:
    """Whether the program runs: a stub that only advises to install something does not."""
    try:
        run = subprocess.run(  # noqa: S603
            [program, option], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0
