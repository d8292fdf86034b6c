"""The release step of a platform: bring a lasting store up to date before the new code serves.

Without `DATABASE_URL` the store is a file in a folder that the platform throws away with the
release step, so there is nothing to do: `web` builds it where it is used.
"""

from __future__ import annotations

import os
import subprocess
import sys


def main() -> int:
    """Migrate and load when `DATABASE_URL` is set; the exit code is that of the load."""
    if not os.environ.get("DATABASE_URL"):
        print("DATABASE_URL is not set: the store is built where the dashboard starts")
        return 0
    return subprocess.run([sys.executable, "-m", "ingest", "load"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
