"""Take in a session from its log file: `eutopia import FILE`, while the server is stopped."""

import asyncio
import secrets
from datetime import timedelta
from pathlib import Path

import msgspec

from app.house import utc_ms
from app.keys import in_threes, new_id
from app.opening import register_session
from app.settings import Settings
from app.wording import words
from sessions import archive
from sessions.domain.evolve import replay
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.refused import Refused
from sessions.store.ground import Unfit, stand
from sessions.store.log import Record
from sessions.store.register import SessionRecord
from sessions.store.sql import DATABASE, SqlStore


def import_log(settings: Settings, file: Path) -> int:
    """Make an equal session of the file, with a code of its own; returns the exit status."""
    try:
        code = asyncio.run(_import(settings, file.read_bytes()))
    except Unfit as unfit:
        print(words().say(f"refused.{unfit.code}", **unfit.facts))
        return 1
    except OSError as error:
        print(f"{file}: {error.strerror}")
        return 1
    except Refused as refusal:
        print(f"{file}: {words().say(f'refused.{refusal.code}', **refusal.facts)}")
        return 1
    print(f"{file} is in, as {in_threes(code)}. It is among your sessions at /sessions.")
    return 0


def _is_closed(heading: archive.Heading, records: list[Record]) -> bool:
    facts = [msgspec.json.decode(record.fact, type=AnyFact) for record in records]
    entries = [Entry(each.seq, each.at, each.actor, fact) for each, fact in zip(records, facts, strict=True)]
    return replay(heading.plan, entries).closed


async def _import(settings: Settings, file: bytes) -> str:
    heading, records = archive.read(file.split(b"\n"))
    now = utc_ms()
    session = SessionRecord(
        id=new_id(),
        title=heading.title,
        aim=heading.aim,
        host=heading.host,
        contact=heading.contact,
        language=heading.language,
        time_zone=heading.time_zone,
        plan=msgspec.json.encode(heading.plan),
        salt=secrets.token_bytes(16),
        made=heading.made,
        closed=now if _is_closed(heading, records) else None,
        delete_by=now + int(timedelta(days=settings.keep_days).total_seconds() * 1000),
    )
    with stand(settings.data):
        store = SqlStore(settings.data / DATABASE)
        try:
            code = await register_session(store, session)
            if records:
                await store.append(session.id, records)
            return code
        finally:
            await store.close()
