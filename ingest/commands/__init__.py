"""The commands of `python -m ingest`, one module each."""
