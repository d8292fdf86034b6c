"""How often each dataset is published, and when the next figures are expected."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("dataset", sa.Column("cadence", sa.Text(), server_default="", nullable=False))
    op.add_column("dataset", sa.Column("expected_by", sa.Date()))
    op.add_column("dataset", sa.Column("overdue_after", sa.Date()))


def downgrade() -> None:
    op.drop_column("dataset", "overdue_after")
    op.drop_column("dataset", "expected_by")
    op.drop_column("dataset", "cadence")
