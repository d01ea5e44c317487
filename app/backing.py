"""Copies of everything: `eutopia backup FILE`, and `eutopia restore FILE` while the server is stopped."""

from pathlib import Path

from app.house import utc_ms
from app.settings import Settings
from app.wording import words
from sessions.store.backup import back_up, put_back
from sessions.store.ground import Unfit, stand
from sessions.store.sql import DATABASE


def backup(settings: Settings, file: Path) -> int:
    """Keep a copy in a new file; returns the exit status."""
    try:
        held = back_up(settings.data / DATABASE, file)
    except (Unfit, OSError) as error:
        return _said(file, error)
    print(words().say("backup.made", file=file, **held._asdict()))
    return 0


def restore(settings: Settings, file: Path) -> int:
    """Make a copy the database again; returns the exit status."""
    try:
        with stand(settings.data):
            done = put_back(file, settings.data / DATABASE, utc_ms())
    except (Unfit, OSError) as error:
        return _said(file, error)
    say = words().say
    print(say("backup.restored", file=file, **done.held._asdict()))
    if done.emptied or done.deleted:
        print(say("backup.erased", facts=done.emptied, sessions=done.deleted))
    if done.aside is not None:
        print(say("backup.aside", aside=done.aside))
    return 0


def _said(file: Path, error: Unfit | OSError) -> int:
    if isinstance(error, Unfit):
        print(words().say(f"refused.{error.code}", **error.facts))
    else:
        print(f"{error.filename or file}: {error.strerror}")
    return 1
