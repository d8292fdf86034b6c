"""Names of files by which they are found again: metric, area, period and known-on day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

LONGEST = 120


def file_name(parts: Sequence[str], known_on: date | None, ending: str) -> str:
    """A file name of small letters, digits and hyphens: `metric-area-period-known-2026-06-30.csv`.

    Args:
        parts: what it is, from the general to the particular; empty ones are left out.
        known_on: the day on which its figures were known.
        ending: without the dot.
    """
    plain = [re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts]
    stem = "-".join(part for part in plain if part)[:LONGEST].strip("-") or "figures"
    known = f"-known-{known_on.isoformat()}" if known_on else ""
    return f"{stem}{known}.{ending}"
