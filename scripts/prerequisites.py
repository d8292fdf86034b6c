"""What tests need beside Python packages: a browser, PostgreSQL's and a web server, and Pango."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path
from typing import NamedTuple, TextIO

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_HOMES = ("/usr/lib/postgresql", "/opt/homebrew/opt")
# Where Debian keeps what only administrators run, which is not on everybody's PATH.
SERVER_HOMES = ("/usr/sbin",)

NO_BROWSER = "no browser found: install chromium (Debian: apt-get install chromium)"
NO_POSTGRES = "no PostgreSQL server found: install postgresql (Debian: apt-get install postgresql)"
NO_WEB_SERVER = "no nginx found: install nginx (Debian: apt-get install nginx-light)"
# What sets a PDF loads each of these when it is imported, or when it takes from a font.
PRINTING = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
NO_PRINTING = (
    "no Pango found: install Pango and HarfBuzz (Debian: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0)"
)

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


def find_web_server() -> str | None:
    """The path of nginx."""
    places = [shutil.which("nginx"), *(str(Path(home) / "nginx") for home in SERVER_HOMES)]
    return next((place for place in places if place and _runs(place, "-v")), None)


def find_printing() -> str | None:
    """The names of the libraries that PDF is set with, where all of them are there."""
    found = [find_library(name) for name in PRINTING]
    return ", ".join(name for name in found if name) if all(found) else None


def install_browser() -> None:
    """Ask the system's packages for Chromium; where they give none, fetch Playwright's own."""
    _install_package("chromium", "fonts-liberation")
    if find_browser() is None:
        dependencies = ["--with-deps"] if _as_administrator() is not None else []
        _runs(sys.executable, "-m", "playwright", "install", *dependencies, "chromium")


def install_postgres() -> None:
    """Ask the system's packages for PostgreSQL's server."""
    _install_package("postgresql")


def install_web_server() -> None:
    """Ask the system's packages for nginx."""
    _install_package("nginx-light")


def install_printing() -> None:
    """Ask the system's packages for Pango, and for what takes letters from fonts."""
    _install_package("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


class Program(NamedTuple):
    """What tests need: its name, how to find and install it, and what to say without it."""

    name: str
    find: Callable[[], object]
    install: Callable[[], None]
    missing: str


PROGRAMS = (
    Program("Browser", find_browser, install_browser, NO_BROWSER),
    Program("PostgreSQL", find_postgres, install_postgres, NO_POSTGRES),
    Program("Web server", find_web_server, install_web_server, NO_WEB_SERVER),
    Program("Pango", find_printing, install_printing, NO_PRINTING),
)


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
    waiting = ("-o", "DPkg::Lock::Timeout=120")
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", *waiting]
    _runs(*apt, "update")
    _runs(*apt, "install", "--yes", "--no-install-recommends", *names, telling=True)


def _runs(*command: str, telling: bool = False) -> bool:
    """Whether a command ends well. A stub that only advises to install something does not.

    Args:
        command: what to run.
        telling: whether to print the last that it said when it does not end well.
    """
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if telling and run.returncode:
        print(*run.stderr.splitlines()[-5:], sep="\n", file=sys.stderr)
    return run.returncode == 0


def main() -> int:
    """Find or install every program; 1 with a line for each that cannot be had."""
    complete = True
    for program in PROGRAMS:
        if program.find() is None:
            program.install()
        found = program.find()
        complete = complete and found is not None
        print(f"{program.name}: {found}" if found else program.missing, file=_stream(found))
    return 0 if complete else 1


def _stream(found: object) -> TextIO:
    return sys.stdout if found else sys.stderr


if __name__ == "__main__":
    sys.exit(main())
