"""Packs made beside the server: few at a time, each once, kept for a while, through its pages."""

import json
import os
import time
from pathlib import Path

import pytest

from layouts.documents import making, worker
from layouts.documents.making import FullError, Order, Stage, Workshop
from metrics.figure import address
from tests.fixtures.cited_figures import NEVER_PUBLISHED, REVISED, STANDS

LIST = "\r\n".join((address(STANDS), "", address(REVISED)))


class Pretended:
    """A program that makes nothing and ends when it is told to."""

    def __init__(self, command, **given):
        self.place = Path(command[-1])
        self.held = [os.dup(number) for number in given["pass_fds"]]
        self.ended = False
        self.killed = False
        PROGRAMS.append(self)

    def wait(self, _seconds=None):
        while not self.ended:
            time.sleep(0.01)
        return 0

    def end(self):
        self.ended = True
        for number in self.held:
            os.close(number)
        self.held = []


PROGRAMS: list[Pretended] = []


@pytest.fixture
def programs(monkeypatch):
    PROGRAMS.clear()
    monkeypatch.setattr(making.subprocess, "Popen", Pretended)
    yield PROGRAMS
    for one in PROGRAMS:
        one.end()


@pytest.fixture
def shop(tmp_path):
    return Workshop(tmp_path / "packs")


def orders(number):
    return [Order((f"/areas/E0800002{one}",)) for one in range(number)]


def test_the_same_order_is_made_once_and_no_more_than_two_at_once(shop, programs):
    first, second, third = orders(3)
    keys = [shop.key(one, "state") for one in (first, second, third)]
    shop.start(first, keys[0], "sqlite://")
    shop.start(first, keys[0], "sqlite://")
    assert len(programs) == 1
    shop.start(second, keys[1], "sqlite://")
    with pytest.raises(FullError):
        shop.start(third, keys[2], "sqlite://")
    assert [shop.state(key).stage for key in keys] == [Stage.MAKING, Stage.MAKING, Stage.ABSENT]
    programs[0].end()
    shop.start(third, keys[2], "sqlite://")
    assert len(programs) == 3


def test_a_program_that_was_killed_leaves_nothing_locked(shop, programs):
    (order,) = orders(1)
    key = shop.key(order, "state")
    shop.start(order, key, "sqlite://")
    programs[0].end()
    assert shop.state(key) == making.State(Stage.ABSENT, order, words=making.STOPPED)
    shop.start(order, key, "sqlite://")
    assert shop.state(key).stage is Stage.MAKING


def test_asking_how_far_a_pack_is_makes_nothing(shop):
    assert shop.state("0" * 32).stage is Stage.ABSENT
    assert not shop.folder.exists()


def test_another_pack_for_other_figures_or_another_site(shop, monkeypatch):
    (order,) = orders(1)
    key = shop.key(order, "state")
    assert shop.key(order, "state") == key
    assert shop.key(order, "another state") != key
    monkeypatch.setenv("PUBLIC_ADDRESS", "https://missions.example.org")
    assert shop.key(order, "state") != key


def test_the_oldest_packs_are_dropped_but_none_that_is_being_made(shop, programs, monkeypatch):
    monkeypatch.setattr(making, "MOST_KEPT", 1)
    first, second, third = orders(3)
    keys = [shop.key(one, "state") for one in (first, second, third)]
    for order, key in zip((first, second), keys, strict=False):
        shop.start(order, key, "sqlite://")
    os.utime(shop.folder / keys[0], (1, 1))
    programs[0].end()
    shop.start(third, keys[2], "sqlite://")
    assert not (shop.folder / keys[0]).exists()
    assert (shop.folder / keys[1]).exists()


def test_a_program_that_takes_too_long_is_ended(tmp_path):
    class Slow:
        ended = False

        def wait(self, seconds=None):
            if seconds is not None:
                raise making.subprocess.TimeoutExpired("it", seconds)

        def kill(self):
            self.ended = True

    slow = Slow()
    making._watch(slow, tmp_path)
    assert slow.ended
    assert "not finished after 180 seconds" in (tmp_path / making.REFUSED).read_text()


def test_the_worker_makes_the_files_and_says_what_it_made(cited_store, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cited_store}")
    monkeypatch.setattr(worker.os, "nice", lambda _by: 0)
    order = {"named": [address(STANDS), address(REVISED)], "title": "Life <b>"}
    (tmp_path / making.ORDER).write_text(json.dumps(order))
    assert worker.main(str(tmp_path)) == 0
    told = making.made_files(tmp_path)
    assert (told["title"], told["figures"]) == ("Life <b>", 2)
    for ending, size in told["sizes"].items():
        assert (tmp_path / f"pack.{ending}").stat().st_size == size


def test_the_worker_says_why_it_made_nothing(cited_store, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cited_store}")
    monkeypatch.setattr(worker.os, "nice", lambda _by: 0)
    (tmp_path / making.ORDER).write_text(
        json.dumps({"named": [address(NEVER_PUBLISHED)], "title": ""})
    )
    assert worker.main(str(tmp_path)) == 1
    assert "ever said this" in (tmp_path / making.REFUSED).read_text()
    assert not (tmp_path / making.MADE).exists()


@pytest.fixture
def client(cited_store, make_app, monkeypatch, tmp_path):
    monkeypatch.setenv("PACKS_FOLDER", str(tmp_path / "packs"))
    return make_app(cited_store).server.test_client()


def test_a_page_offers_a_pack_and_looking_at_it_begins_none(client, programs, tmp_path):
    for path in ("/packs", "/packs/areas/E08000025", "/packs/missions/health"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert 'method="post"' in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/packs/areas/E99999999").status_code == 404
    assert client.post("/packs/missions/nothing").status_code == 404
    assert programs == []
    assert not (tmp_path / "packs").exists()


def test_a_pack_can_be_left_and_come_back_to(client, programs):
    answer = client.post("/packs", data={"figures": LIST, "title": "<b>Mine</b>"})
    assert answer.status_code == 303
    place = answer.headers["Location"]
    being = client.get(place)
    assert being.status_code == 202
    assert f'<a href="{place}">See how far it is now</a>' in being.text
    program = programs[0]
    assert json.loads((program.place / making.ORDER).read_text())["named"] == LIST.split("\r\n\r\n")
    (program.place / "pack.docx").write_bytes(b"a document")
    made = {
        "name": "evidence-mine",
        "title": "<b>Mine</b>",
        "figures": 2,
        "sizes": {"docx": 10},
        "content_sha256": "ab",
        "not_made": {"pdf": "Install <Pango>", "xlsx": "", "json": ""},
    }
    (program.place / making.MADE).write_text(json.dumps(made))
    program.end()
    ready = client.get(place)
    assert ready.status_code == 200
    assert "&lt;b&gt;Mine&lt;/b&gt;: 2 figures" in ready.text
    assert "Install &lt;Pango&gt;" in ready.text
    file = client.get(f"{place}/evidence-mine.docx")
    assert (file.status_code, file.data) == (200, b"a document")
    assert "evidence-mine.docx" in file.headers["Content-Disposition"]
    for other in ("evidence-mine.pdf", "another.docx", "order.json", "../order.json"):
        assert client.get(f"{place}/{other}").status_code == 404


def test_two_packs_at_once_and_the_third_is_asked_to_wait(client, programs):
    assert client.post("/packs/areas/E08000025").status_code == 303
    assert client.post("/packs/missions/health").status_code == 303
    answer = client.post("/packs/areas/E08000026")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"
    assert len(programs) == 2


def test_a_list_that_is_no_pack_is_refused_with_words(client, programs):
    none = client.post("/packs", data={"figures": " \n"})
    assert none.status_code == 400
    assert "no figure to put into a pack" in none.text
    many = client.post("/packs", data={"figures": "\n".join(f"/figures/{n}" for n in range(500))})
    assert "up to 250 figures, and this one would hold 500" in many.text
    endless = client.post("/packs", data={"figures": "x" * 400_000})
    assert "The list is too long" in endless.text
    assert programs == []


def test_why_there_is_no_pack_is_said_on_its_page(client, programs):
    place = client.post("/packs", data={"figures": LIST}).headers["Location"]
    (programs[0].place / making.REFUSED).write_text("<one>\ntwo")
    answer = client.get(place)
    assert answer.status_code == 422
    assert "<li>&lt;one&gt;</li><li>two</li>" in answer.text


@pytest.mark.parametrize("key", ["0" * 32, "x", "0" * 31 + "g"])
def test_a_pack_that_is_not_kept_is_said_to_be_gone(client, key):
    assert client.get(f"/packs/made/{key}").status_code == 404
    assert client.get(f"/packs/made/{key}/pack.docx").status_code == 404


def test_a_folder_that_cannot_be_written_to_is_a_problem_and_no_failure(
    client, monkeypatch, tmp_path
):
    (tmp_path / "a-file").write_text("")
    monkeypatch.setenv("PACKS_FOLDER", str(tmp_path / "a-file"))
    answer = client.post("/packs/areas/E08000025")
    assert answer.status_code == 503
    assert "cannot be made here" in answer.text
