"""What happened to who may come in and who may write. `author` is a random id, and `note` one of theirs."""

from sessions.domain.facts.fact import Fact, Plain


class AuthorMuted(Fact, frozen=True, tag="author.muted"):
    author: Plain
    note: Plain


class AuthorUnmuted(Fact, frozen=True, tag="author.unmuted"):
    author: Plain
    note: Plain


class AuthorRemoved(Fact, frozen=True, tag="author.removed"):
    author: Plain
    note: Plain


class RoomLocked(Fact, frozen=True, tag="room.locked"):
    on: bool


class CodeRenewed(Fact, frozen=True, tag="code.renewed"):
    """The codes themselves stand in the register: they are ways in, and the log goes out as a file."""


AccessFact = AuthorMuted | AuthorUnmuted | AuthorRemoved | RoomLocked | CodeRenewed
