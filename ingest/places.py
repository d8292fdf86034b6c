"""Where the commands find the files of the product, and where they put what they fetch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.store import PROJECT


@dataclass(frozen=True, slots=True)
class Places:
    """Folders: shipped figures, reference data, declarations, and bytes fetched or held back."""

    snapshot: Path = PROJECT / "data" / "snapshot"
    reference: Path = PROJECT / "data" / "reference"
    metrics: Path = PROJECT / "metrics"
    corrections: Path = PROJECT / "data" / "corrections"
    kept: Path = PROJECT / "var" / "kept"
    quarantine: Path = PROJECT / "var" / "quarantine"
