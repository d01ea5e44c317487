"""Bring a database up to the tables this version knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from sessions.store.ground import Unfit


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing. Raises Unfit."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as db:
        config.attributes["connection"] = db
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise Unfit("storage.newer") from error
