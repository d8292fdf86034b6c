"""What is stored of the measures, as a whole: how many there are, and which.

Apart from the writing of them, which waits for libraries that a start with nothing to do can do
without.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select

from data.tables import measure

BATCH = 5000


def count_measures(connection: Connection) -> int:
    """How many measures are stored."""
    return connection.scalar(select(func.count()).select_from(measure)) or 0


def measures_sha256(connection: Connection) -> str:
    """One hash over every stored measure: the same measures give the same hash."""
    digest = hashlib.sha256()
    query = select(measure).order_by(measure.c.kind, measure.c.subject, measure.c.area_code)
    for row in connection.execute(query).yield_per(BATCH):
        digest.update("\0".join(row).encode())
    return digest.hexdigest()
