"""Names for the strings that name things, and the one shape a device may give them."""

from typing import Annotated

from msgspec import Meta

DEVICE_MADE = r"^[A-Za-z0-9_-]{22}$(?!\n)"
"""128 random bits in base64url: what a phone makes when somebody presses Add."""

Key = Annotated[str, Meta(pattern=DEVICE_MADE)]
"""A device's id of one ask; the same key is the same ask for the life of the session."""

Id = Annotated[str, Meta(pattern=DEVICE_MADE)]
"""A note, a pile or a line, named by the device that makes it."""

Shown = Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{22}|essential:[a-z0-9][a-z0-9-]{0,39})$(?!\n)")]
"""What can be shown big: a note, a line, or a must-have by the id of its row."""

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$(?!\n)")]
"""A board, a stage, a group or a must-have: the plan's own short names."""

Address = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}\.[a-z0-9][a-z0-9_-]{0,39}$(?!\n)")]
"""A zone, as `board.zone`: `matrix.social`."""
