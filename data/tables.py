"""The tables of the store. The database guarantees here what the schemas in `ingest` explain.

Every date range is half open on the right: `known_from <= day < known_to`; a figure that is
still the known one has `known_to = NEVER`. Period ends are inclusive (see `data.periods`).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

NEVER = date(9999, 12, 31)

STATUS_LETTERS = {
    "b": "break in the series",
    "c": "confidential",
    "e": "estimated",
    "f": "forecast",
    "low": "low figure",
    "p": "provisional",
    "r": "revised",
    "u": "low reliability",
    "x": "not available",
    "z": "not applicable",
}
BLANK_STATUSES = frozenset({"c", "low", "u", "x", "z"})

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

source = Table(
    "source",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("home_url", Text, nullable=False),
)

dataset = Table(
    "dataset",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("source_id", ForeignKey("source.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("producer", Text, nullable=False),
    Column("landing_page", Text, nullable=False),
    Column("licence", Text, nullable=False),
    # Whether a load replaces the whole dataset or only the periods it contains.
    Column("load_replaces", String(10), nullable=False),
    # How often it is published, in words; by when the next figures are expected after those
    # held, and from when on they are overdue. Null where none are expected.
    Column("cadence", Text, nullable=False, server_default=""),
    Column("expected_by", Date),
    Column("overdue_after", Date),
    CheckConstraint("load_replaces IN ('whole', 'periods')", name="load_replaces"),
)

retrieval = Table(
    "retrieval",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dataset_id", ForeignKey("dataset.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("retrieved_on", Date, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    CheckConstraint("length(sha256) = 64", name="sha256_length"),
    CheckConstraint("size_bytes > 0", name="size_positive"),
)

vintage = Table(
    "vintage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dataset_id", ForeignKey("dataset.id"), nullable=False),
    Column("retrieval_id", ForeignKey("retrieval.id"), nullable=False),
    Column("known_on", Date, nullable=False),
    # The hash of the tidy figures: the same figures loaded again make no vintage.
    Column("figures_sha256", String(64), nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("restatused", Integer, nullable=False),
    UniqueConstraint("dataset_id", "known_on"),
    CheckConstraint("added >= 0 AND withdrawn >= 0 AND revised >= 0", name="counts"),
)

area = Table(
    "area",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(9), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("type", String(40), nullable=False),
    Column("lower_tier", Boolean, nullable=False),
    Column("upper_tier", Boolean, nullable=False),
    Column("start_on", Date),
    Column("end_on", Date),
    # The code of the same place today, where only the code changed: counted once.
    Column("recoded_to", String(9)),
    Column("region_code", String(9)),
    Column("country_code", String(9)),
    CheckConstraint("start_on IS NULL OR end_on IS NULL OR start_on <= end_on", name="dates"),
)

area_change = Table(
    "area_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("old_code", String(9), nullable=False),
    Column("new_code", String(9)),
    Column("kind", String(20), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("date_precision", String(10), nullable=False),
    UniqueConstraint("old_code", "new_code"),
    CheckConstraint(
        "kind IN ('recode', 'boundary_change', 'merger', 'abolition', 'joins')", name="kind"
    ),
    CheckConstraint("date_precision IN ('day', 'year')", name="date_precision"),
)

area_group = Table(
    "area_group",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("description", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("group_id", ForeignKey("area_group.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
    Column("role", String(30), nullable=False),
    # For nearest neighbours: 1 is the most alike. Null for groups without an order.
    Column("position", Integer),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("metric_id", String(80), nullable=False),
    # `sex=female`; empty for the metric as a whole.
    Column("breakdown", String(120), nullable=False),
    Column("dataset_id", ForeignKey("dataset.id"), nullable=False),
    Column("source_label", Text, nullable=False),
    Column("unit_measure", Text, nullable=False),
    UniqueConstraint("metric_id", "breakdown"),
)

observation = Table(
    "observation",
    metadata,
    Column("series_id", ForeignKey("series.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
    Column("period_start", Date, primary_key=True),
    Column("period_end", Date, primary_key=True),
    Column("vintage_from", ForeignKey("vintage.id"), primary_key=True),
    Column("vintage_to", ForeignKey("vintage.id")),
    Column("known_from", Date, nullable=False),
    Column("known_to", Date, nullable=False),
    Column("value", Float),
    Column("lower_95", Float),
    Column("upper_95", Float),
    # Status letters in alphabetical order, separated by spaces; empty for an ordinary figure.
    Column("status", String(20), nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("period_start <= period_end", name="period"),
    CheckConstraint("known_from < known_to", name="known"),
    CheckConstraint("value IS NOT NULL OR status <> ''", name="blank_says_why"),
    CheckConstraint("(lower_95 IS NULL) = (upper_95 IS NULL)", name="interval_whole"),
    CheckConstraint("lower_95 IS NULL OR lower_95 <= upper_95", name="interval_order"),
    CheckConstraint("value IS NOT NULL OR lower_95 IS NULL", name="interval_has_value"),
    sqlite_with_rowid=False,
)
Index(
    "ix_observation_area_known",
    observation.c.area_id,
    observation.c.series_id,
    observation.c.known_to,
)

rejected_row = Table(
    "rejected_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("vintage_id", ForeignKey("vintage.id"), nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("raw", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# Small areas within an authority, of the newest edition of a dataset only.
neighbourhood = Table(
    "neighbourhood",
    metadata,
    Column("dataset_id", ForeignKey("dataset.id"), primary_key=True),
    Column("code", String(9), primary_key=True),
    Column("area_id", ForeignKey("area.id"), nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("households", Integer, nullable=False),
    Column("fuel_poor_households", Integer, nullable=False),
    # In per cent.
    Column("share", Float, nullable=False),
    CheckConstraint(
        "households > 0 AND fuel_poor_households >= 0 AND fuel_poor_households <= households",
        name="numbers",
    ),
    CheckConstraint("period_start <= period_end", name="period"),
    CheckConstraint("share >= 0 AND share <= 100", name="share"),
)
Index("ix_neighbourhood_area_dataset", neighbourhood.c.area_id, neighbourhood.c.dataset_id)

measure = Table(
    "measure",
    metadata,
    Column("kind", String(30), primary_key=True),
    # What the measure is about: a series id, a clause id, a metric id ...
    Column("subject", String(160), primary_key=True),
    # The GSS code the measure is for; empty when it is about all areas together.
    Column("area_code", String(9), primary_key=True),
    Column("payload", Text, nullable=False),
)
Index("ix_measure_area_kind", measure.c.area_code, measure.c.kind)

ingest_run = Table(
    "ingest_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", String(40), nullable=False),
    Column("dataset_id", String(120)),
    Column("started_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Column("outcome", String(20), nullable=False),
    Column("message", Text, nullable=False),
    CheckConstraint(
        "outcome IN ('running', 'loaded', 'unchanged', 'refused', 'failed')", name="outcome"
    ),
)

# One row: what the store was built from, so that a start knows whether to build again.
store_state = Table(
    "store_state",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
