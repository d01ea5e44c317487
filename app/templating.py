"""Jinja, set so that every template escapes, whatever its name ends in."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from exports.saying import is_quoted


@cache
def templates() -> Environment:
    """Templates of our own only; people's words go in as values and stay text."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["quoted"] = is_quoted
    return environment
