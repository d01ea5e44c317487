"""What every ask is made of."""

from typing import Annotated

from msgspec import Meta, Struct

Words = Annotated[str, Meta(max_length=20_000)]
"""What a person typed, before `text.clean`: the limits that people are told of come after it."""


class Ask(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Anything a device may ask."""
