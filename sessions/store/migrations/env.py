"""Where migrations run: on the connection they are handed, each in a transaction of its own."""

from alembic import context
from sqlmodel import SQLModel

from sessions.store import tables

assert tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transaction_per_migration=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
