"""The ways in which figures come to the product: what a definition calls `source.adapter`."""

from __future__ import annotations

from ingest.sources.els_datasets import SOURCE_HOME, SOURCE_ID, SOURCE_TITLE

# For each adapter the title under which pages name it, and where it is described.
ADAPTERS = {
    SOURCE_ID: (SOURCE_TITLE, SOURCE_HOME),
    "workbook": ("Workbook of its producer", ""),
    "drop_in": ("File put in by hand", ""),
}
