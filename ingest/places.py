"""Where the commands find the files of the product, and where they put what they fetch."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from data.store import PROJECT

ARCHIVE_SETTING = "ARCHIVE_FOLDER"


def archive_folder() -> Path:
    """Where fetched bytes are kept: the folder of `ARCHIVE_FOLDER`, else `var/archive`."""
    named = os.environ.get(ARCHIVE_SETTING)
    return Path(named) if named else PROJECT / "var" / "archive"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders: shipped figures, reference data, declarations, and bytes fetched or held back."""

    snapshot: Path = PROJECT / "data" / "snapshot"
    reference: Path = PROJECT / "data" / "reference"
    metrics: Path = PROJECT / "metrics"
    corrections: Path = PROJECT / "data" / "corrections"
    kept: Path = PROJECT / "var" / "kept"
    quarantine: Path = PROJECT / "var" / "quarantine"
    archive: Path = field(default_factory=archive_folder)
