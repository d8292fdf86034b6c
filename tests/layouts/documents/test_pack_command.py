"""`python -m layouts pack`: its files, its words and how it ends."""

import hashlib
import json

import pytest
from typer.testing import CliRunner

from layouts.__main__ import app
from layouts.documents import pack
from layouts.documents.pdf_writer import NoPrinterError
from metrics.figure import address
from tests.fixtures.cited_figures import NEVER_PUBLISHED, REVISED, STANDS


@pytest.fixture
def run(cited_store, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cited_store}")
    return lambda *words: CliRunner().invoke(app, ["pack", *words])


def test_a_pack_is_written_into_a_folder_of_any_name(run, tmp_path):
    folder = tmp_path / "a" / "new one"
    of = (address(STANDS), address(REVISED))
    ended = run(*of, "--folder", str(folder), "--json", "--title", "Life")
    assert ended.exit_code == 0
    told = json.loads(ended.stdout)
    assert sorted(told["files"]) == sorted(str(path) for path in folder.iterdir())
    assert told["figures"] == 2
    manifest = json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))
    assert (manifest["title"], manifest["content_sha256"]) == ("Life", told["content_sha256"])
    for file in manifest["files"]:
        found = hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest()
        assert found == file["sha256"]


def test_a_pack_of_nothing_ends_with_1_and_writes_nothing(run, tmp_path):
    folder = tmp_path / "packs"
    ended = run(address(NEVER_PUBLISHED), "/areas/x", "--folder", str(folder))
    assert ended.exit_code == 1
    assert ended.stderr.startswith("No pack was made:\n")
    assert "ever said this" in ended.stderr
    assert "not the address of a figure" in ended.stderr
    assert not folder.exists()


def test_a_folder_that_is_a_file_ends_with_1(run, tmp_path):
    (tmp_path / "file").write_text("")
    ended = run(address(STANDS), "--folder", str(tmp_path / "file"))
    assert ended.exit_code == 1
    assert ended.stderr.startswith("The pack was not written:")


def test_without_the_printer_it_ends_with_3_and_says_what_to_install(run, tmp_path, monkeypatch):
    def without(_document):
        raise NoPrinterError("Install Pango.")

    monkeypatch.setitem(pack._WRITERS, "pdf", without)
    ended = run(address(STANDS), "--folder", str(tmp_path))
    assert ended.exit_code == 3
    assert "Install Pango." in ended.stderr
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".json", ".xlsx"]
