"""Where the commands find the files of the product, and where they put what they fetch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.store import PROJECT


@dataclass(frozen=True, slots=True)
class Places:
    """Folders: the shipped figures, reference data, declarations, and bytes that were fetched."""

    snapshot: Path = PROJECT / "data" / "snapshot"
    reference: Path = PROJECT / "data" / "reference"
    metrics: Path = PROJECT / "metrics"
    kept: Path = PROJECT / "var" / "kept"
