"""What every row is made of."""

from msgspec import Struct


class Row(Struct, frozen=True, tag_field="kind"):
    """Anything that is on a screen, changes, and must last. Ids are unique across kinds."""

    id: str
