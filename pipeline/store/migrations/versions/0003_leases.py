"""Who reads an upload and until when that holds, how often it was begun; where in an upload a document stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Adds columns. What was being read by a server of before has no lease, and so waits again."""
    op.add_column("queue", sa.Column("starts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("queue", sa.Column("reader", sa.Text(), nullable=True))
    op.add_column("queue", sa.Column("until", sa.DateTime(), nullable=True))
    op.add_column("readings", sa.Column("file", sa.Text(), nullable=True))
    op.add_column("readings", sa.Column("inside", JSON, nullable=False, server_default="[]"))
