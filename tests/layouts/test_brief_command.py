"""`python -m layouts brief`, over the shipped figures: its forms, its file, what is refused."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from layouts.__main__ import app

SANDWELL = ["--area", "E08000028", "--since", "2024-12-18", "--next", "2027-03-01"]


@pytest.fixture
def run(built_store_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", built_store_url)
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://missions.example.org")
    return lambda *arguments: CliRunner().invoke(app, ["brief", *arguments])


def test_text_goes_to_the_screen_with_whole_addresses(run) -> None:
    done = run(*SANDWELL)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Brief for a meeting\nSince 18 December 2024, 4 of 4 new figures")
    assert "Figure: https://missions.example.org/cite?metric=healthy-life-exp" in done.stdout
    assert done.stdout.endswith(
        "This brief: https://missions.example.org/brief?areas=E08000028&since=2024-12-18"
        "&next=2027-03-01\n"
    )


def test_every_form_says_the_same_and_is_written_to_a_file(run, tmp_path) -> None:
    for form, name in (("text", "b.txt"), ("markdown", "b.md"), ("html", "b.html")):
        done = run(str(tmp_path / name), "--form", form, *SANDWELL)
        assert (done.exit_code, done.stdout) == (0, f"Wrote {tmp_path / name}.\n")
    page = LexborHTMLParser((tmp_path / "b.html").read_text())
    answer = page.css_first(".answer").text()
    assert answer in (tmp_path / "b.txt").read_text()
    assert f"**{answer}**" in (tmp_path / "b.md").read_text()
    assert page.css_first("base").attributes["href"] == "https://missions.example.org/"
    questions = [item.text() for item in page.css("ol.brief-lines > li")]
    assert len(questions) >= 5
    assert page.css_first("script") is None


def test_every_fault_is_told_at_once_and_nothing_is_written(run, tmp_path) -> None:
    file = tmp_path / "b.txt"
    done = run(str(file), "--area", "X", "--group", "none", "--since", "soon", "--next", "never")
    assert done.exit_code == 1
    for words in ("--area: found X", "--group: found none", "--since: found soon", "--next: found"):
        assert words in done.stderr
    assert not file.exists()


def test_what_cannot_be_written_or_read_is_refused(run, tmp_path, monkeypatch) -> None:
    done = run(str(tmp_path / "no" / "b.txt"), *SANDWELL)
    assert done.exit_code == 1
    assert "cannot be written: No such file or directory" in done.stderr
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    done = run(*SANDWELL)
    assert done.exit_code == 1
    assert "python -m ingest load" in done.stderr
