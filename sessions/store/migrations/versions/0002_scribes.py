"""Who writes for others, and in which language somebody reads."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("grants", sa.Column("scribe", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("grants", sa.Column("language", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("grants", "language")
    op.drop_column("grants", "scribe")
