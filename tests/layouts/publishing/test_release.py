"""A release replaces another in one step, or not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from layouts.publishing.release import (
    PublishError,
    switch_to,
    unfinished_release,
    write_manifest,
)

DAY = date(2026, 6, 18)


def release(folder: Path, words: str) -> tuple[str, bool]:
    with unfinished_release(folder) as building:
        (building / "index.html").write_text(words)
        name = write_manifest(building, DAY)
        return name, switch_to(folder, building, name)


def current(folder: Path) -> str:
    return (folder / "current" / "index.html").read_text()


def test_the_newest_release_is_the_current_one(tmp_path):
    folder = tmp_path / "site"
    release(folder, "one")
    name, changed = release(folder, "two")
    assert changed
    assert current(folder) == "two"
    assert (folder / "current").resolve().name == name
    manifest = json.loads((folder / "current" / "manifest.json").read_text())
    assert manifest["known_on"] == "2026-06-18"
    assert set(manifest["files"]) == {"index.html"}


def test_the_same_content_is_the_same_release(tmp_path):
    first, _ = release(tmp_path, "one")
    again, changed = release(tmp_path, "one")
    assert (again, changed) == (first, False)
    assert current(tmp_path) == "one"


def test_the_release_before_is_kept_and_older_ones_go(tmp_path):
    for words in ("one", "two", "three", "four"):
        release(tmp_path, words)
    kept = {path.joinpath("index.html").read_text() for path in (tmp_path / "releases").iterdir()}
    assert kept == {"three", "four"}


def test_what_fails_half_way_leaves_the_current_release(tmp_path):
    release(tmp_path, "one")

    def half() -> None:
        with unfinished_release(tmp_path) as building:
            (building / "index.html").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert current(tmp_path) == "one"
    assert not (tmp_path / ".unfinished").exists()


def test_what_a_killed_process_left_is_cleared_away(tmp_path):
    release(tmp_path, "one")
    (tmp_path / ".unfinished").mkdir()
    (tmp_path / ".unfinished" / "index.html").write_text("half")
    (tmp_path / ".unfinished-current").symlink_to("nowhere")
    release(tmp_path, "two")
    assert current(tmp_path) == "two"
    assert not (tmp_path / ".unfinished-current").is_symlink()


def test_a_release_of_which_files_were_lost_is_written_again(tmp_path):
    name, _ = release(tmp_path, "one")
    release(tmp_path, "two")
    (tmp_path / "releases" / name / "index.html").unlink()
    release(tmp_path, "one")
    assert current(tmp_path) == "one"


def test_two_cannot_publish_to_one_folder(tmp_path):
    with (
        unfinished_release(tmp_path),
        pytest.raises(PublishError, match="another process is publishing"),
        unfinished_release(tmp_path),
    ):
        pass


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(PublishError, match=r"holds thesis\.txt"), unfinished_release(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_way_is_told(tmp_path):
    (tmp_path / "site").write_text("a file")
    with (
        pytest.raises(PublishError, match="cannot be written"),
        unfinished_release(tmp_path / "site"),
    ):
        pass
