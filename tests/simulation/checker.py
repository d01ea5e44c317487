"""What has to be true after any fault, held against all that was said, stored, seen and exported.

Small on purpose and of its own: apart from replaying a log (I8) it uses nothing of the product. Each
invariant is a function from the evidence to plain sentences, one for each violation.
"""

import io
import json
import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from sessions.domain.evolve import replay
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.plans import Plan
from sessions.domain.reach import Viewer
from sessions.domain.rights import Role
from tests.simulation.crowd import Crowd
from tests.simulation.device import CANARY, Device, Place
from tests.simulation.history import Asked, History, Json
from tests.simulation.server import Reading, Server

EXPORTS = ("json", "csv", "md", "log.jsonl")
MORE_EXPORTS = (*EXPORTS, "xlsx", "docx")
"""They take a second to make. A PDF's words cannot be searched for."""


@dataclass(frozen=True)
class Stored:
    """One row of the log. `fact`: as JSON."""

    session: str
    seq: int
    at: int
    actor: str
    key: str
    mark: str
    fact: Json


@dataclass
class Evidence:
    history: History
    stored: dict[str, list[Stored]]
    """By session, in order of seq."""
    plans: dict[str, bytes]
    places: list[Place]
    exports: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """By session and kind, of the room's copy."""
    log: str = ""
    """What the server logged."""
    may_forget: bool = False
    """The server was made to lose what it had saved."""


Invariant = Callable[[Evidence], Iterable[str]]


async def check(crowd: Crowd, server: Server, *, kinds: Sequence[str] = EXPORTS, **more: Any) -> list[str]:
    """Everything from I1 to I11 that can be read off a settled crowd: the violations, none being none."""
    return violations(await evidence(crowd, server, kinds=kinds, **more))


async def evidence(crowd: Crowd, server: Server, *, kinds: Sequence[str] = EXPORTS, **more: Any) -> Evidence:
    exports = {place.id: await crowd.exports(place, *kinds) for place in crowd.places}
    stored, plans = read(server.database)
    return Evidence(crowd.history, stored, plans, crowd.places, exports, server.told, **more)


def violations(evidence: Evidence) -> list[str]:
    return [said for invariant in INVARIANTS for said in invariant(evidence)]


def read(database: Path) -> tuple[dict[str, list[Stored]], dict[str, bytes]]:
    """The log and the plans of every session, as SQLite has them."""
    stored: dict[str, list[Stored]] = {}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        facts = "SELECT session, seq, at, actor, key, mark, fact FROM facts ORDER BY session, seq"
        for session, seq, at, actor, key, mark, fact in db.execute(facts):
            row = Stored(session, seq, at, actor, key, mark, json.loads(fact))
            stored.setdefault(row.session, []).append(row)
        plans = {id: bytes(plan) for id, plan in db.execute("SELECT id, plan FROM sessions")}
    return stored, plans


def acknowledged(evidence: Evidence) -> Iterable[str]:
    """I1: what was answered `done` is stored; what is stored was asked for, and not refused."""
    keys = {(row.session, row.actor, row.key): row for row in _rows(evidence)}
    for asked in evidence.history.of("ok"):
        row = keys.get(_name(asked))
        if row is None:
            yield f"I1: {_told(asked)} was done as {asked.seq}, and is not stored"
        elif (row.seq, row.mark) != (asked.seq, asked.mark):
            yield f"I1: {_told(asked)} was done as {asked.seq}, and is stored as {row.seq}"
    asked_for = {_name(asked) for asked in evidence.history.of("ok", "unknown", "refused")}
    sessions = {place.id for place in evidence.places}
    for name, row in keys.items():
        if row.session in sessions and name not in asked_for:
            yield f"I1: {row.seq} of {row.session} is stored, and nobody asked for it"


def seen(evidence: Evidence) -> Iterable[str]:
    """I2: every phone and wall, and the JSON export, show the notes that are stored."""
    for place in evidence.places:
        rows = evidence.stored.get(place.id, [])
        everybody, by = _notes(rows)
        for device in _present(place):
            shown = {row["id"]: row["text"] for row in device.rows.of("note")}
            missing = everybody.keys() - shown.keys()
            theirs = {id for id, actor in by.items() if actor == device.person}
            extra = shown.keys() - everybody.keys() - (theirs if device.role == "participant" else set())
            extra = extra if device.role != "facilitator" else set()
            if missing or extra:
                yield f"I2: {device.name} lacks {len(missing)} notes and has {len(extra)} it should not have"
            elif any(shown[id] != text for id, text in everybody.items()):
                yield f"I2: {device.name} reads other words than are stored"
        if "json" in evidence.exports.get(place.id, {}):
            report = json.loads(evidence.exports[place.id]["json"])
            if Counter(_words(report)) != Counter(everybody.values()):
                yield f"I2: list.json of {place.code} has other notes than are stored"
            if rows and (report["seq"], report["mark"]) != (rows[-1].seq, rows[-1].mark):
                yield f"I2: list.json of {place.code} says it stands at {report['seq']}, not {rows[-1].seq}"


def ordered(evidence: Evidence) -> Iterable[str]:
    """I3: one order without gaps, its marks a chain, and everybody was told the same."""
    for session, rows in evidence.stored.items():
        before = ""
        for place, row in enumerate(rows, 1):
            if row.seq != place:
                yield f"I3: {session} has {row.seq} where {place} belongs"
                break
            before = blake2b(f"{before}\n{row.seq}\n{row.at}\n{row.key}".encode(), digest_size=8).hexdigest()
            if row.mark != before:
                yield f"I3: the mark of {row.seq} in {session} does not follow from those before it"
                break
    for place_ in evidence.places:
        rows = evidence.stored.get(place_.id, [])
        marks = {row.seq: row.mark for row in rows} | {0: ""}
        for device in place_.devices:
            wrong = [seq for seq, mark in device.marks.items() if marks.get(seq) != mark]
            if wrong:
                yield f"I3: {device.name} was told another history, from {min(wrong)} on"
            if device.forgotten and not evidence.may_forget:
                yield f"I3: {device.name} was not known any more, and answered from 0"
        if log := evidence.exports.get(place_.id, {}).get("log.jsonl"):
            lines = [json.loads(line) for line in log.splitlines()[1:]]
            if [(line["seq"], line["key"]) for line in lines] != [(row.seq, row.key) for row in rows]:
                yield f"I3: log.jsonl of {place_.code} is another list than is stored"


def once(evidence: Evidence) -> Iterable[str]:
    """I4: no ask and no text is there twice."""
    for session, rows in evidence.stored.items():
        added = [row for row in rows if row.fact["type"] == "note.added"]
        for what, names in (
            ("ask", [(row.actor, row.key) for row in rows]),
            ("note", [row.fact["id"] for row in added]),
            ("text", [row.fact["text"] for row in added if row.fact["text"]]),
        ):
            for name, times in Counter(names).items():
                if times > 1:
                    yield f"I4: the {what} {name} is stored {times} times in {session}"


def never_refused(evidence: Evidence) -> Iterable[str]:
    """I5: nothing that was refused is stored."""
    keys = {(row.session, row.actor, row.key) for row in _rows(evidence)}
    for asked in evidence.history.of("refused"):
        if _name(asked) in keys:
            yield f"I5: {_told(asked)} was refused ({asked.code}), and is stored"


def in_turn(evidence: Evidence) -> Iterable[str]:
    """I6: the asks of one device stand in the order in which it made them."""
    numbers = {_name(asked): (asked.device, asked.number) for asked in evidence.history.asked}
    last: dict[str, int] = {}
    for row in _rows(evidence):
        device, number = numbers.get((row.session, row.actor, row.key), ("", 0))
        if not device or evidence.may_forget:
            continue
        if number < last.get(device, 0):
            yield f"I6: ask {number} of {device} stands after its ask {last[device]}"
        last[device] = number


def apart(evidence: Evidence) -> Iterable[str]:
    """I7: the canary of a room is in no frame and no export of another, and in no log at all."""
    for place in evidence.places:
        for device in place.devices:
            if device.canaries - {place.canary}:
                yield f"I7: {device.name} of {place.code} was shown {device.canaries - {place.canary}}"
        for kind, content in evidence.exports.get(place.id, {}).items():
            if foreign := set(CANARY.findall(text_of(content))) - {place.canary}:
                yield f"I7: the {kind} of {place.code} holds {foreign}"
    if CANARY.search(evidence.log):
        yield "I7: the server logged what people wrote"


def replays(evidence: Evidence) -> Iterable[str]:
    """I8: the log, replayed, gives every device the rows it holds."""
    for place in evidence.places:
        rows = evidence.stored.get(place.id, [])
        plan = msgspec.json.decode(evidence.plans[place.id], type=Plan)
        entries = [Entry(row.seq, row.at, row.actor, msgspec.convert(row.fact, type=AnyFact)) for row in rows]
        board = replay(plan, entries)
        for device in _present(place):
            you = device.welcome["you"]
            viewer = Viewer(Role(you["role"]), you["id"], you["group"])
            ours = {
                standing.id: json.loads(bytes(standing.raw)) for standing in board.rows.since(viewer, 0).put
            }
            if ours != dict(device.rows):
                known = ours.keys() | device.rows.keys()
                differ = sorted(id for id in known if ours.get(id) != device.rows.get(id))
                yield f"I8: {device.name} holds {len(differ)} rows not as the log has them: {differ[:3]}"


def recovered(before: Reading, after: Reading, *, megabytes: int = 24) -> list[str]:
    """I10: what the crowd took is given back. Memory generously: an allocator keeps what it once had."""
    said = []
    if after.sockets > before.sockets * 1.1:
        said.append(f"I10: {after.sockets} sockets are open, and {before.sockets} were before")
    # The database is read over a few connections, made as they are needed and then kept.
    if after.fds > before.fds * 1.1 + 40:
        said.append(f"I10: {after.fds} files are open, and {before.fds} were before")
    if after.threads > before.threads * 1.1 + 8:
        said.append(f"I10: {after.threads} threads run, and {before.threads} did before")
    if after.rss > before.rss * 1.1 + megabytes * 2**20:
        said.append(f"I10: {after.rss >> 20} MiB are taken, and {before.rss >> 20} were before")
    return said


def quiet(evidence: Evidence) -> Iterable[str]:
    """I11: no fault of ours: no traceback, no 500, no close with 1011."""
    for line in re.findall(r"^.*(?:Traceback \(most|\bERROR\b|\bCRITICAL\b).*$", evidence.log, re.M)[:3]:
        yield f"I11: the server logged: {line}"
    if times := evidence.history.statuses[500]:
        yield f"I11: {times} requests were answered with 500"
    for fault in evidence.history.faults[:3]:
        yield f"I11: {fault}"


INVARIANTS: tuple[Invariant, ...] = (
    acknowledged,
    seen,
    ordered,
    once,
    never_refused,
    in_turn,
    apart,
    replays,
    quiet,
)


def text_of(content: bytes) -> str:
    """What can be read in a file, an office document's parts included."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def _notes(rows: list[Stored]) -> tuple[dict[str, str], dict[str, str]]:
    """The slow and obvious fold: texts that the whole room may read, and who wrote any note at all."""
    texts: dict[str, str] = {}
    by: dict[str, str] = {}
    gone: set[str] = set()
    for row in rows:
        fact = row.fact
        match fact["type"]:
            case "note.added":
                texts[fact["id"]], by[fact["id"]] = fact["text"], row.actor
            case "note.edited":
                texts[fact["id"]] = fact["text"]
            case "note.taken_back" | "note.hidden":
                gone.add(fact["id"])
            case "note.put_back" | "note.shown":
                gone.discard(fact["id"])
    return {id: text for id, text in texts.items() if id not in gone}, by


def _words(report: Json) -> list[str]:
    heaps = [line["words"] for line in report["lines"]] + [pile["words"] for pile in report["unlisted"]]
    return [words["text"] for heap in (*heaps, report["unplaced"], report["later"]) for words in heap]


def _present(place: Place) -> list[Device]:
    return [device for device in place.devices if device.is_open and device.welcome]


def _rows(evidence: Evidence) -> list[Stored]:
    return [row for rows in evidence.stored.values() for row in rows]


def _name(asked: Asked) -> tuple[str, str, str]:
    return asked.session, asked.actor, asked.key


def _told(asked: Asked) -> str:
    return f"ask {asked.number} of {asked.device} ({asked.ask['type']})"
