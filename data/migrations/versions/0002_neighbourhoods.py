"""Small areas within authorities."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "neighbourhood",
        sa.Column("dataset_id", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("fuel_poor_households", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "households > 0 AND fuel_poor_households >= 0 AND fuel_poor_households <= households",
            name=op.f("ck_neighbourhood_numbers"),
        ),
        sa.CheckConstraint("period_start <= period_end", name=op.f("ck_neighbourhood_period")),
        sa.CheckConstraint("share >= 0 AND share <= 100", name=op.f("ck_neighbourhood_share")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_neighbourhood_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_neighbourhood_dataset_id_dataset")
        ),
        sa.PrimaryKeyConstraint("dataset_id", "code", name=op.f("pk_neighbourhood")),
    )
    op.create_index("ix_neighbourhood_area_dataset", "neighbourhood", ["area_id", "dataset_id"])


def downgrade() -> None:
    op.drop_index("ix_neighbourhood_area_dataset", "neighbourhood")
    op.drop_table("neighbourhood")
