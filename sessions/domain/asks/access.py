"""What a host asks about who may come in and who may write. People are named by a note of theirs alone."""

from typing import Annotated

from msgspec import Meta

from sessions.domain.asks.ask import Ask
from sessions.domain.ids import Id


class MuteAuthor(Ask, frozen=True, tag="author.mute"):
    """Take no more words from whoever wrote this one, until `author.unmute` names the same note."""

    note: Id


class UnmuteAuthor(Ask, frozen=True, tag="author.unmute"):
    note: Id


class RemoveAuthor(Ask, frozen=True, tag="author.remove"):
    """Take the device that wrote this note out of the room, for good; its notes stay."""

    note: Id


class LockRoom(Ask, frozen=True, tag="room.lock"):
    """Let nobody new in. Whoever is in stays, and may come back."""

    on: bool


class RenewCode(Ask, frozen=True, tag="code.renew"):
    """Put a new code in the place of this one; if another has it already, that one stands."""

    old: Annotated[str, Meta(max_length=16)]


AccessAsk = MuteAuthor | UnmuteAuthor | RemoveAuthor | LockRoom | RenewCode
