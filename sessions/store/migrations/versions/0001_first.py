"""The first tables. Some columns wait for their use: programme, rehearsal, contact, time_zone, people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("aim", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("delete_by", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_sessions_delete_by", "sessions", ["delete_by"])
    op.create_index("ix_sessions_programme", "sessions", ["programme"])
    op.create_table(
        "codes",
        sa.Column("code", sa.String(), primary_key=True),
        _session(nullable=False),
        sa.Column("retired", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_codes_session", "codes", ["session"])
    op.create_table(
        "grants",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        _session(nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.LargeBinary(), nullable=True, unique=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_grants_browser", "grants", ["browser"])
    op.create_index("ix_grants_session", "grants", ["session"])
    op.create_index("ix_grants_link", "grants", ["link"])
    op.create_table(
        "links",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False, unique=True),
        _session(nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_links_session", "links", ["session"])
    op.create_table(
        "facts",
        sa.Column("session", sa.String(), sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("fact", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("session", "actor", "key"),
    )


def downgrade() -> None:
    for table in ("facts", "links", "grants", "codes", "sessions"):
        op.drop_table(table)


def _session(*, nullable: bool) -> sa.Column[str]:
    return sa.Column(
        "session", sa.String(), sa.ForeignKey("sessions.id", ondelete="CASCADE"), nullable=nullable
    )
