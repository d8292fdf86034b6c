"""The ways in which figures come to the product: what a definition calls `source.adapter`."""

from __future__ import annotations

from ingest.sources.els_datasets import SOURCE_HOME, SOURCE_ID, SOURCE_TITLE

_EES = "https://explore-education-statistics.service.gov.uk"
# For each adapter the title under which pages name it, and where it is described.
ADAPTERS = {
    SOURCE_ID: (SOURCE_TITLE, SOURCE_HOME),
    "workbook": ("Workbook of its producer", ""),
    "drop_in": ("File put in by hand", ""),
    "nomis": ("Nomis", "https://www.nomisweb.co.uk"),
    "nomis_workbook": ("Nomis, workbook of its query tool", "https://www.nomisweb.co.uk"),
    "fingertips": ("Fingertips", "https://fingertips.phe.org.uk"),
    "education_statistics": ("Explore Education Statistics, data file", _EES),
    "education_statistics_api": ("Explore Education Statistics, query service", _EES),
    "ons_cmd": ("ONS customise my data", "https://developer.ons.gov.uk"),
}
