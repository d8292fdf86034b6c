"""The store as it would be built without care: every file read and written, nothing checked."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine


def main(snapshot: str, store: str) -> None:
    """Read every file of figures under `snapshot` and append it to one table of `store`."""
    engine = create_engine(f"sqlite:///{store}")
    for path in sorted(Path(snapshot).glob("*/????-??-??.csv")):
        frame = pd.read_csv(path)
        frame["dataset"] = path.parent.name
        frame.to_sql("observation", engine, if_exists="append", index=False)
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
