"""Records, sessions and grants to store, with only what a test cares about said."""

from typing import Any

from sessions.store.log import Record
from sessions.store.register import Grant, Link, SessionRecord

SESSION = "session-one"
OTHER = "session-two"


def record(seq: int, **said: Any) -> Record:
    about: dict[str, Any] = {
        "at": 1_000 + seq,
        "actor": "ann",
        "key": f"key-{seq}",
        "digest": b"8 bytes.",
        "mark": f"mark-{seq}",
        "fact": b'{"type":"note.added","text":"note %d"}' % seq,
    }
    return Record(seq=seq, **about | said)


def session(id: str = SESSION, **said: Any) -> SessionRecord:
    about: dict[str, Any] = {
        "title": "An afternoon",
        "aim": "More walking",
        "host": "Active Valley",
        "contact": "",
        "language": "en",
        "time_zone": "Europe/London",
        "plan": b'{"id":"blank"}',
        "salt": b"salt",
        "made": 1_000,
        "delete_by": 9_000,
    }
    return SessionRecord(id=id, **about | said)


def grant(id: str, **said: Any) -> Grant:
    about: dict[str, Any] = {
        "browser": b"browser of " + id.encode(),
        "role": "participant",
        "made": 1_000,
        "session": SESSION,
        "person": f"person of {id}",
    }
    return Grant(id=id, **about | said)


def link(id: str, **said: Any) -> Link:
    about: dict[str, Any] = {
        "secret": b"secret of " + id.encode(),
        "session": SESSION,
        "role": "facilitator",
        "label": "Sam",
        "made": 1_000,
    }
    return Link(id=id, **about | said)
