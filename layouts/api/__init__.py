"""The same figures to programs: JSON and CSV under `/api/v1/`, described by `openapi.json`."""
