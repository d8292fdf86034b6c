"""The programs that tests need beside Python packages: a browser and PostgreSQL's server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_HOMES = ("/usr/lib/postgresql", "/opt/homebrew/opt")

NO_BROWSER = "no browser found: install chromium (Debian: apt-get install chromium)"
NO_POSTGRES = "no PostgreSQL server found: install postgresql (Debian: apt-get install postgresql)"

INSTALL_SECONDS = 300


def find_browser() -> str | None:
    """The path of a Chromium that starts: on PATH, else the one that Playwright keeps."""
    for candidate in map(shutil.which, BROWSERS):
        if candidate and _runs(candidate, "--version"):
            return candidate
    own = _browser_of_playwright()
    return own if own and _runs(own, "--version") else None


def find_postgres() -> Path | None:
    """The folder with PostgreSQL's `initdb` and `postgres`: on PATH, else where Debian keeps it."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for home in POSTGRES_HOMES:
        folders += sorted(Path(home).glob("*/bin"), key=_version, reverse=True)
    for folder in folders:
        if all(_runs(str(folder / name), "--version") for name in ("initdb", "postgres")):
            return folder
    return None


def install_browser() -> None:
    """Fetch Playwright's own Chromium; where that gives none, ask the system's packages."""
    dependencies = ["--with-deps"] if _as_administrator() is not None else []
    _runs(sys.executable, "-m", "playwright", "install", *dependencies, "chromium")
    if find_browser() is None:
        _install_package("chromium", "fonts-liberation")


def install_postgres() -> None:
    """Ask the system's packages for PostgreSQL's server."""
    _install_package("postgresql")


def _browser_of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


def _as_administrator() -> list[str] | None:
    """What to put before a command to run it as root without a password; None if not allowed."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if _runs("sudo", "-n", "true") else None


def _install_package(*names: str) -> None:
    before = _as_administrator()
    if before is None or shutil.which("apt-get") is None:
        return
    print(f"Installing the system packages {', '.join(names)}", flush=True)
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
    _runs(*apt, "update")
    _runs(*apt, "install", "--yes", "--no-install-recommends", *names)


def _runs(*command: str) -> bool:
    """Whether a command ends well. A stub that only advises to install something does not."""
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def main() -> int:
    """Find or install both programs; 1 with a line for each that cannot be had."""
    if find_browser() is None:
        install_browser()
    if find_postgres() is None:
        install_postgres()
    browser, postgres = find_browser(), find_postgres()
    if browser is None:
        print(NO_BROWSER, file=sys.stderr)
    if postgres is None:
        print(NO_POSTGRES, file=sys.stderr)
    if browser is None or postgres is None:
        return 1
    print(f"Browser: {browser}\nPostgreSQL: {postgres}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
