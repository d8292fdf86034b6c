"""What the publisher's public repository says its files are, to hold fetched bytes to.

Git names a file by a hash of its bytes. One listing names every file of a commit, so that bytes
that were altered, mixed up or kept too long on their way are seen, whatever they say.
"""

from __future__ import annotations

import hashlib

import requests
from pydantic import BaseModel, Field

from ingest.faults import Fault, Refused
from ingest.fetching import FetchError, fetch
from ingest.sources.els_datasets import REPOSITORY
from ingest.sources.json_answers import read_answer

_TREE = "https://api.github.com/repos/{repository}/git/trees/{commit}?recursive=1"
_LARGEST = 20_000_000
_JSON_TYPES = ("application/json",)


class _Entry(BaseModel):
    path: str
    sha: str = Field(pattern=r"^[0-9a-f]{40}$")


class _Tree(BaseModel):
    tree: list[_Entry]
    truncated: bool = False


def git_id(content: bytes) -> str:
    """The id that git gives a file with these bytes."""
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


class GitListings:
    """The listings of the repository, each asked for once, and none after one could not be had.

    The host answers few questions in an hour to those who do not log in; figures wait for none
    of them. What could not be compared is recorded without an id.
    """

    def __init__(self, session: requests.Session) -> None:
        self._session = session
        self._trees: dict[str, _Tree] = {}
        self._answers = True

    def compare(self, path: str, content: bytes, commit: str = "main") -> str:
        """Hold the bytes of a file to its id.

        Args:
            path: of the file in the repository.
            content: the bytes that came.
            commit: the commit, or branch, they are of.

        Returns:
            The id; empty where the listing could not be had, or leaves the file out for length.

        Raises:
            Refused: the bytes are others than the repository has there, or the listing is none.
        """
        tree = self._tree(commit)
        if tree is None:
            return ""
        listed = next((entry.sha for entry in tree.tree if entry.path == path), "")
        if not listed and tree.truncated:
            return ""
        found = git_id(content)
        if found != listed:
            expected = f"the git id {listed}" if listed else "a file that the repository lists"
            remedy = (
                "the file may just have been replaced: pull again in ten minutes; if it is still "
                "so, compare it with the repository by hand and tell the publisher"
            )
            words = f"bytes with the git id {found}"
            raise Refused([Fault(f"{path} at {commit}", None, "", words, expected, remedy)])
        return found

    def _tree(self, commit: str) -> _Tree | None:
        if commit not in self._trees and self._answers:
            url = _TREE.format(repository=REPOSITORY, commit=commit)
            try:
                answer = fetch(self._session, url, largest=_LARGEST, content_types=_JSON_TYPES)
            except FetchError:
                self._answers = False
            else:
                self._trees[commit] = read_answer(_Tree, answer.content or b"", url)
        return self._trees.get(commit)
