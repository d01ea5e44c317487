"""What every fact is made of. Every string is marked as somebody's words or as not."""

from typing import Annotated

from msgspec import Meta, Struct

Words = Annotated[str, Meta(extra={"words": True})]
Plain = Annotated[str, Meta(extra={"words": False})]


class Fact(Struct, frozen=True, tag_field="type"):
    """One change to a session."""
