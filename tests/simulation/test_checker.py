"""Who tests the tests: every invariant finds what was broken by hand, and nothing in what is whole."""

import asyncio
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.wording import words
from sessions.domain.evolve import replay
from sessions.domain.facts import AnyFact, Entry, NoteAdded, StageOpened
from sessions.domain.marks import FIRST, mark
from sessions.domain.plans import Plan
from sessions.domain.reach import Viewer
from sessions.domain.rights import Role
from sessions.shelf import Shelf
from tests.simulation import checker
from tests.simulation.checker import Evidence, Stored, violations
from tests.simulation.crowd import Crowd, Device, Place
from tests.simulation.history import Asked
from tests.simulation.server import Reading

CANARY = "canary-00000000"
FOREIGN = "canary-ffffffff"


def plan() -> Plan:
    assert words()
    return Shelf.read(None).plans["gp-surgery-45"]


def entries() -> list[Entry]:
    """A stage and three notes, of two phones."""
    facts: list[AnyFact] = [StageOpened("matrix-together")]
    facts += [NoteAdded(f"n{n}", "matrix.social", f"note {n} {CANARY}", "g1") for n in range(1, 4)]
    actors = ["host", "ann", "ann", "bob"]
    return [
        Entry(seq, seq * 1000, actor, fact)
        for seq, (actor, fact) in enumerate(zip(actors, facts, strict=True), 1)
    ]


@pytest.fixture
def whole() -> Evidence:
    """What a good afternoon leaves behind."""
    crowd = Crowd("http://127.0.0.1:1", "", seed=1)
    place = Place("s1", "BCDFGHJKL", CANARY, "")
    rows: list[Stored] = []
    before = FIRST
    for entry in entries():
        before = mark(before, entry.seq, entry.at, f"key{entry.seq}")
        fact = json.loads(msgspec.json.encode(entry.fact))
        rows.append(Stored("s1", entry.seq, entry.at, entry.actor, f"key{entry.seq}", before, fact))
    board = replay(plan(), entries())
    for person, role in (("ann", "participant"), ("bob", "participant"), ("host", "facilitator")):
        device = Device(crowd.shared, place, person, role, crowd.way, "")
        device.person = person
        device.welcome = {"you": {"id": person, "role": role, "group": None}}
        device.is_open = True
        for standing in board.rows.since(Viewer(Role(role), person), 0).put:
            device.rows[standing.id] = json.loads(bytes(standing.raw))
        device.marks = {row.seq: row.mark for row in rows}
        place.devices.append(device)
    for row in rows:
        asked = crowd.history.invoke(row.actor, "s1", row.actor, row.key, {"type": row.fact["type"]})
        asked.ok(row.seq, row.mark)
    texts = [{"text": row.fact["text"]} for row in rows[1:]]
    report = {"lines": [], "unlisted": [], "unplaced": texts, "later": [], "seq": 4, "mark": before}
    log = [{"eutopia_log": 1}, *({"seq": row.seq, "key": row.key} for row in rows)]
    exports = {
        "json": json.dumps(report).encode(),
        "log.jsonl": "\n".join(map(json.dumps, log)).encode(),
        "csv": CANARY.encode(),
    }
    return Evidence(
        crowd.history, {"s1": rows}, {"s1": msgspec.json.encode(plan())}, [place], {"s1": exports}
    )


def row(evidence: Evidence, seq: int) -> Stored:
    return evidence.stored["s1"][seq - 1]


def change(evidence: Evidence, place: int, **fields: object) -> None:
    evidence.stored["s1"][place - 1] = replace(row(evidence, place), **fields)  # type: ignore[arg-type]


def device(evidence: Evidence, name: str) -> Device:
    return next(each for each in evidence.places[0].devices if each.name == name)


def asked(evidence: Evidence, seq: int) -> Asked:
    return next(each for each in evidence.history.asked if each.seq == seq)


def lose_the_last(evidence: Evidence) -> None:
    evidence.stored["s1"].pop()


def number_again(evidence: Evidence) -> None:
    asked(evidence, 3).seq = 9


def write_unasked(evidence: Evidence) -> None:
    evidence.history.asked = [each for each in evidence.history.asked if each.seq != 4]


def hide_from_one(evidence: Evidence) -> None:
    del device(evidence, "bob").rows["n1"]


def show_too_much(evidence: Evidence) -> None:
    device(evidence, "bob").rows["n9"] = {
        "id": "n9",
        "kind": "note",
        "text": "mine?",
        "zone": "matrix.social",
    }


def put_other_words(evidence: Evidence) -> None:
    device(evidence, "bob").rows["n1"]["text"] = "other"


def export_less(evidence: Evidence) -> None:
    report = json.loads(evidence.exports["s1"]["json"])
    report["unplaced"].pop()
    evidence.exports["s1"]["json"] = json.dumps(report).encode()


def export_from_elsewhere(evidence: Evidence) -> None:
    evidence.exports["s1"]["json"] = evidence.exports["s1"]["json"].replace(b'"seq": 4', b'"seq": 3')


def leave_a_gap(evidence: Evidence) -> None:
    change(evidence, 4, seq=5)


def break_the_chain(evidence: Evidence) -> None:
    change(evidence, 3, mark="0123456789abcdef")


def tell_another_history(evidence: Evidence) -> None:
    device(evidence, "ann").marks[2] = "0123456789abcdef"


def tell_of_the_future(evidence: Evidence) -> None:
    device(evidence, "ann").marks[9] = "0123456789abcdef"


def forget_a_device(evidence: Evidence) -> None:
    device(evidence, "ann").forgotten = 1


def log_otherwise(evidence: Evidence) -> None:
    log = evidence.exports["s1"]["log.jsonl"]
    evidence.exports["s1"]["log.jsonl"] = log.replace(b"key2", b"key7")


def store_twice(evidence: Evidence) -> None:
    change(evidence, 4, actor="ann", key="key2")


def store_a_text_twice(evidence: Evidence) -> None:
    change(evidence, 4, fact=row(evidence, 4).fact | {"text": row(evidence, 2).fact["text"]})


def store_a_note_twice(evidence: Evidence) -> None:
    change(evidence, 4, fact=row(evidence, 4).fact | {"id": "n1"})


def store_the_refused(evidence: Evidence) -> None:
    asked(evidence, 4).refused("zone.locked")


def overtake(evidence: Evidence) -> None:
    asked(evidence, 2).number, asked(evidence, 3).number = 2, 1


def show_next_door(evidence: Evidence) -> None:
    device(evidence, "ann").canaries.add(FOREIGN)


def export_next_door(evidence: Evidence) -> None:
    evidence.exports["s1"]["csv"] = FOREIGN.encode()


def export_next_door_in_a_workbook(evidence: Evidence) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", f"<t>{FOREIGN}</t>")
    evidence.exports["s1"]["xlsx"] = packed.getvalue()


def log_words(evidence: Evidence) -> None:
    evidence.log = f"INFO somebody wrote {CANARY}"


def hold_another_row(evidence: Evidence) -> None:
    device(evidence, "host").rows["stage"]["stage"] = "close"


def hold_a_row_too_few(evidence: Evidence) -> None:
    del device(evidence, "ann").rows["mine:n1"]


def crash(evidence: Evidence) -> None:
    evidence.log = "ERROR uvicorn: Exception in ASGI application\nTraceback (most recent call last):\n"


def answer_500(evidence: Evidence) -> None:
    evidence.history.statuses[500] += 1


def close_with_1011(evidence: Evidence) -> None:
    evidence.history.faults.append("ann was closed with 1011")


BROKEN: list[tuple[str, Callable[[Evidence], None]]] = [
    ("I1", lose_the_last),
    ("I1", number_again),
    ("I1", write_unasked),
    ("I2", hide_from_one),
    ("I2", show_too_much),
    ("I2", put_other_words),
    ("I2", export_less),
    ("I2", export_from_elsewhere),
    ("I3", leave_a_gap),
    ("I3", break_the_chain),
    ("I3", tell_another_history),
    ("I3", tell_of_the_future),
    ("I3", forget_a_device),
    ("I3", log_otherwise),
    ("I4", store_twice),
    ("I4", store_a_text_twice),
    ("I4", store_a_note_twice),
    ("I5", store_the_refused),
    ("I6", overtake),
    ("I7", show_next_door),
    ("I7", export_next_door),
    ("I7", export_next_door_in_a_workbook),
    ("I7", log_words),
    ("I8", hold_another_row),
    ("I8", hold_a_row_too_few),
    ("I11", crash),
    ("I11", answer_500),
    ("I11", close_with_1011),
]


def test_nothing_is_found_in_what_is_whole(whole: Evidence) -> None:
    assert violations(whole) == []


@pytest.mark.parametrize(
    ("rule", "breaking"), BROKEN, ids=[f"{rule} {each.__name__}" for rule, each in BROKEN]
)
def test_what_was_broken_is_found(whole: Evidence, rule: str, breaking: Callable[[Evidence], None]) -> None:
    breaking(whole)
    assert any(said.startswith(f"{rule}:") for said in violations(whole))


def test_an_ask_without_an_answer_may_be_stored_or_not(whole: Evidence) -> None:
    asked(whole, 4).outcome = "unknown"
    assert violations(whole) == []
    whole.history.invoke("bob", "s1", "bob", "key5", {"type": "note.add"})
    assert violations(whole) == []


def test_what_the_author_alone_may_see_is_no_fault(whole: Evidence) -> None:
    """A note kept off the wall stays with who wrote it."""
    change(whole, 1, fact={"type": "note.hidden", "id": "n1", "why": "rude"})
    found = list(checker.seen(whole))
    assert any("bob" in said for said in found)
    assert not any("ann" in said for said in found)


async def test_who_is_late_is_named(whole: Evidence) -> None:
    """I9."""
    crowd = Crowd("http://127.0.0.1:1", "", seed=1)
    crowd.places = whole.places
    assert await crowd.settle(0.05) == [
        f"I9: {name} was not told all there is, to 0" for name in ("ann", "bob", "host")
    ]
    device(whole, "ann").waiting = [deepcopy(asked(whole, 2))]
    late = await crowd.settle(0.05)
    assert late[0] == "I9: ann has an ask in its outbox still, to 0"
    await asyncio.sleep(0)


def test_what_is_not_given_back_is_named() -> None:
    """I10."""
    before = Reading(cpu=0, rss=100 << 20, fds=40, threads=10, sockets=5)
    assert checker.recovered(before, replace(before, rss=120 << 20, fds=42)) == []
    for more in (
        replace(before, fds=99),
        replace(before, sockets=9),
        replace(before, threads=30),
        replace(before, rss=200 << 20),
    ):
        (said,) = checker.recovered(before, more)
        assert said.startswith("I10:")


def test_the_checker_reads_what_sqlite_holds(tmp_path: Path, whole: Evidence) -> None:
    with closing(sqlite3.connect(tmp_path / "db")) as db:
        db.execute("CREATE TABLE facts (session, seq, at, actor, key, mark, fact)")
        db.execute("CREATE TABLE sessions (id, plan)")
        for each in whole.stored["s1"]:
            fact = json.dumps(each.fact).encode()
            values = (each.session, each.seq, each.at, each.actor, each.key, each.mark, fact)
            db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        db.execute("INSERT INTO sessions VALUES ('s1', ?)", [whole.plans["s1"]])
        db.commit()
    assert checker.read(tmp_path / "db") == (whole.stored, whole.plans)
