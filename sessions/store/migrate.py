"""Bring a database up to the tables this version knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine


class NewerData(Exception):
    """The data was written by a newer version than this one."""


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing. Raises NewerData."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as db:
        config.attributes["connection"] = db
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise NewerData(str(error)) from error
