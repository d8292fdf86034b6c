"""A browser, PostgreSQL's server and nginx: found, else installed where allowed, else asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import prerequisites


class Machine:
    """A pretended machine: which programs it has, what may be installed, what was run."""

    def __init__(self, programs: set[str], *, packages: bool, downloads: bool, root: bool) -> None:
        self.programs = programs
        self.packages = packages
        self.downloads = downloads
        self.root = root
        self.ran: list[tuple[str, ...]] = []

    def which(self, name: str) -> str | None:
        known = {"apt-get"} if self.packages else set()
        return f"/usr/bin/{name}" if name in self.programs | known else None

    def runs(self, *command: str, telling: bool = False) -> bool:
        self.ran.append(command)
        if "playwright" in command:
            return self._downloaded()
        if "install" in command and self.packages:
            called = {
                "postgresql": "initdb",
                "nginx-light": "nginx",
                "libpango-1.0-0": "pango-1.0",
                "libpangoft2-1.0-0": "pangoft2-1.0",
                "libharfbuzz-subset0": "harfbuzz-subset",
            }
            self.programs |= {called.get(name, name) for name in command}
            return True
        if command[-1] in ("--version", "-v"):
            return Path(command[0]).name in self.programs | {"postgres"}
        return command[0] == "sudo" and self.root

    def _downloaded(self) -> bool:
        if self.downloads:
            self.programs.add("downloaded")
        return self.downloads

    def library(self, name: str) -> str | None:
        return f"lib{name}.so.0" if name in self.programs else None

    def own_browser(self) -> str | None:
        return "/cache/downloaded" if "downloaded" in self.programs else None


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch):
    def make(
        *programs: str, packages: bool = False, downloads: bool = False, root: bool = True
    ) -> Machine:
        machine = Machine(set(programs), packages=packages, downloads=downloads, root=root)
        monkeypatch.setattr(prerequisites.shutil, "which", machine.which)
        monkeypatch.setattr(prerequisites.os, "geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(prerequisites, "_runs", machine.runs)
        monkeypatch.setattr(prerequisites, "find_library", machine.library)
        monkeypatch.setattr(prerequisites, "_browser_of_playwright", machine.own_browser)
        monkeypatch.setattr(prerequisites, "POSTGRES_HOMES", ())
        monkeypatch.setattr(prerequisites, "SERVER_HOMES", ())
        return machine

    return make


def test_what_is_there_is_taken(pretend, capsys: pytest.CaptureFixture[str]) -> None:
    machine = pretend(
        "google-chrome", "initdb", "nginx", *prerequisites.PRINTING, packages=True, downloads=True
    )
    assert prerequisites.main() == 0
    told = capsys.readouterr().out
    assert told.startswith("Browser: /usr/bin/google-chrome\nPostgreSQL: /usr")
    assert "Web server: /usr/bin/nginx\nPango: libpango-1.0.so.0, libpangoft2" in told
    assert [command for command in machine.ran if "install" in command] == []


def test_a_browser_is_fetched_where_no_packages_can_be_had(pretend) -> None:
    machine = pretend("initdb", "nginx", *prerequisites.PRINTING, downloads=True)
    assert prerequisites.main() == 0
    assert prerequisites.find_browser() == "/cache/downloaded"
    assert not any("apt-get" in command for command in machine.ran)


def test_the_systems_packages_are_asked_when_allowed(pretend) -> None:
    machine = pretend(packages=True, downloads=True)
    assert prerequisites.main() == 0
    assert prerequisites.find_browser() == "/usr/bin/chromium"
    for package in ("postgresql", "nginx-light", "libharfbuzz-subset0"):
        assert any(package in command for command in machine.ran)
    assert not any("playwright" in command for command in machine.ran)


@pytest.mark.parametrize("packages", [True, False])
def test_what_cannot_be_had_is_asked_for_a_line_each(
    pretend, capsys: pytest.CaptureFixture[str], packages: bool
) -> None:
    machine = pretend(packages=packages, root=not packages)
    assert prerequisites.main() == 1
    assert capsys.readouterr().err.splitlines() == [
        "no browser found: install chromium (Debian: apt-get install chromium)",
        "no PostgreSQL server found: install postgresql (Debian: apt-get install postgresql)",
        "no nginx found: install nginx (Debian: apt-get install nginx-light)",
        "no Pango found: install Pango and HarfBuzz (Debian: apt-get install libpango-1.0-0 "
        "libpangoft2-1.0-0 libharfbuzz-subset0)",
    ]
    assert not any("apt-get" in command for command in machine.ran)


def test_a_stub_that_does_not_start_is_no_browser(tmp_path: Path, monkeypatch) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho install the real one >&2\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(prerequisites, "_browser_of_playwright", lambda: None)
    assert prerequisites.find_browser() is None


def test_printing_needs_every_one_of_its_libraries(pretend) -> None:
    pretend(*prerequisites.PRINTING)
    assert prerequisites.find_printing() is not None
    pretend(*prerequisites.PRINTING[:2])
    assert prerequisites.find_printing() is None


def test_newest_server_of_the_system_is_taken(tmp_path: Path, monkeypatch) -> None:
    for version in ("9.6", "15", "16"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for name in ("initdb", "postgres"):
            (folder / name).write_text("#!/bin/sh\n")
            (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(prerequisites, "POSTGRES_HOMES", (str(tmp_path),))
    assert prerequisites.find_postgres() == tmp_path / "16" / "bin"
    # A half-removed one is passed over.
    (tmp_path / "16" / "bin" / "initdb").unlink()
    assert prerequisites.find_postgres() == tmp_path / "15" / "bin"
