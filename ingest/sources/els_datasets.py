"""The tables taken from ONS Explore Local Statistics, as `els_datasets.toml` declares them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.cadence import Cadence
from ingest.sources.declarations import read_toml, validated

DECLARATIONS = Path(__file__).with_name("els_datasets.toml")
SOURCE_ID = "els"
SOURCE_TITLE = "ONS Explore Local Statistics"
REPOSITORY = "ONSdigital/explore-local-statistics-data"
SOURCE_HOME = f"https://github.com/{REPOSITORY}"
_FILE_URL = f"https://raw.githubusercontent.com/{REPOSITORY}/main/{{path}}"

LoadReplaces = Literal["whole", "periods"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ElsDataset(_Strict):
    """One table of the publisher. The keys are explained at the head of the TOML file."""

    id: str
    title: str = Field(min_length=1)
    cadence: Cadence
    licence: str = Field(min_length=1)
    load_replaces: LoadReplaces = "whole"
    largest_median_revision: float = Field(default=0.05, gt=0)
    status_notes: tuple[str, ...] = ()
    unplaced_area_codes: tuple[str, ...] = ()

    def path(self, ending: str) -> str:
        """The place of the table's file of a kind, `csv` or `json`, in the repository."""
        return f"{self.id}/{self.id}.{ending}"

    @property
    def csv_url(self) -> str:
        """Where the publisher serves the figures."""
        return _FILE_URL.format(path=self.path("csv"))

    @property
    def metadata_url(self) -> str:
        """Where the publisher serves the words that go with the figures."""
        return _FILE_URL.format(path=self.path("json"))


@cache
def els_datasets(declarations: Path = DECLARATIONS) -> dict[str, ElsDataset]:
    """Every declared table by its id, in the order of the ids.

    Raises:
        Refused: a declaration lacks a key, or has one that is not known.
    """
    declared = read_toml(declarations)
    shared = ("licence", "largest_median_revision")
    common = {key: declared[key] for key in shared if key in declared}
    return {
        name: validated(ElsDataset, {**common, **keys, "id": name}, f"{declarations.name}, {name}")
        for name, keys in sorted(declared["datasets"].items())
    }
