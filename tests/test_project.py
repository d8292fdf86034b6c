"""The project as a whole: what no file may hold, how long one may be, what must be pinned."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from data.store import PROJECT

LONGEST_FILE = 350
# Figures and shapes are data, not something to read from top to bottom.
DATA_FOLDERS = ("data/snapshot/", "data/reference/")
SOURCE = {".py", ".sh", ".css", ".js", ".html", ".mako"}
TEXT = SOURCE | {".toml", ".md", ".txt", ".csv", ".json", ".yaml", ".yml", ".svg", ""}

# Each with one letter in brackets, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.:])/(?:hom[e]|roo[t]|wor[k]|User[s])/"),
    "a package registry": re.compile(r"pyp[i]\.org|pythonhoste[d]|registry\.npmj[s]"),
    "a word about how the text came about": re.compile(
        r"\b(?:chatgp[t]|claud[e]|anthropi[c]|copilo[t]|as an a[i]|language mode[l])\b",
        re.IGNORECASE,
    ),
    "work left undone": re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b"),
}
LETTERS_IN_BRACKETS = re.compile(r"\[(\w)\]")


def tracked() -> list[Path]:
    """The files that a clone would hold, as far as they are here."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so it is not known which files belong to the project")
    return [
        path for name in listed.stdout.split("\0") if name and (path := PROJECT / name).exists()
    ]


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := FORBIDDEN[what].search(line):
                found.append(f"{name_of(path)}:{number}: {match.group()}")
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "see /hom[e]/ada/notes"),
        ("a package registry", "https://pyp[i].org/simple"),
        ("a word about how the text came about", "asked ChatGP[T]"),
        ("work left undone", "# TOD[O]: later"),
    ],
)
def test_what_is_looked_for_would_be_found(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(LETTERS_IN_BRACKETS.sub(r"\1", text))


def test_no_file_is_too_long_to_read() -> None:
    long = {
        name_of(path): lines
        for path in tracked()
        if path.suffix in SOURCE and not name_of(path).startswith(DATA_FOLDERS)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned(name: str) -> None:
    lines = (PROJECT / name).read_text().splitlines()
    required = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert required
    assert [
        line for line in required if not re.fullmatch(r"[\w.\-]+(\[\w+\])?==[\w.]+", line)
    ] == []


def test_readme_gives_the_two_commands_first() -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```", (PROJECT / "README.md").read_text(), re.M | re.S)
    commands = [line for block in blocks for line in block.splitlines() if line.strip()]
    assert commands[:2] == ["make run", "make test"]


def test_documents_point_at_files_that_exist() -> None:
    broken = []
    for path in tracked():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text()):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{name_of(path)} -> {target}")
    assert broken == []
