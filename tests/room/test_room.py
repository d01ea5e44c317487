"""The room's turn: one key is one fact, what cannot be written changes nothing, nobody is told early."""

import asyncio
from typing import Any

import pytest

from sessions.domain import asks
from sessions.domain.asks import Answer, Ask, Feel
from sessions.domain.decide import Actor
from sessions.domain.marks import mark
from sessions.domain.reach import Viewer
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.room import Receipt, Room
from tests.domain.histories import ANN, BOB, HAL, START, made
from tests.room.conftest import Clock, Faulty, OpenRoom
from tests.store.conftest import Store
from tests.store.records import SESSION

HOST = Viewer(Role.FACILITATOR, HAL.id)


def note(name: str, text: str = "walk together", zone: str = "matrix.social") -> asks.AddNote:
    return asks.AddNote(made(name), zone, text)


def texts(room: Room) -> list[str]:
    return sorted(note.text for note in room.board.notes.values())


async def refusal(asking: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        await asking
    return refused.value


async def test_the_first_facts_are_numbered_from_one_without_gaps(room: Room) -> None:
    receipts = [await room.submit(ANN, made(f"key {n}"), note(f"note {n}")) for n in range(5)]
    assert [receipt.seq for receipt in receipts] == [1, 2, 3, 4, 5]
    assert receipts[1].mark == mark(receipts[0].mark, 2, START, made("key 1"))
    assert all(room.remembers(receipt.seq, receipt.mark) for receipt in receipts)


async def test_the_same_key_gets_the_same_answer_and_makes_one_fact(room: Room) -> None:
    first = await room.submit(ANN, made("key"), note("note"))
    await room.submit(BOB, made("key of bob"), note("note of bob"))
    again = [await room.submit(ANN, made("key"), note("note")) for _ in range(20)]
    assert again == [first] * 20
    assert room.board.seq == 2


async def test_a_key_sent_many_times_at_once_is_one_fact(room: Room) -> None:
    receipts = await asyncio.gather(*[room.submit(ANN, made("key"), note("note")) for _ in range(1_000)])
    assert set(receipts) == {Receipt(1, room.marks[1])}
    assert room.board.seq == 1


async def test_the_same_key_for_another_ask_is_refused(room: Room) -> None:
    await room.submit(ANN, made("key"), note("note"))
    assert (await refusal(room.submit(ANN, made("key"), note("note", "other words")))).code == "key.reused"
    assert texts(room) == ["walk together"]


async def test_the_same_key_for_another_ask_in_the_same_turn_is_refused(room: Room) -> None:
    both = [room.submit(ANN, made("key"), note("note")), room.submit(ANN, made("key"), note("other"))]
    first, second = await asyncio.gather(*both, return_exceptions=True)
    assert isinstance(first, Receipt)
    assert isinstance(second, Refused)
    assert second.code == "key.reused"


async def test_the_same_key_of_another_person_is_another_ask(room: Room) -> None:
    await room.submit(ANN, made("key"), note("note"))
    assert (await room.submit(BOB, made("key"), note("note of bob"))).seq == 2


async def test_keys_hold_across_a_restart(open_room: OpenRoom, room: Room) -> None:
    first = await room.submit(ANN, made("key"), note("note"))
    await room.close()
    again = await open_room()
    assert again.knows(ANN, made("key"))
    assert await again.submit(ANN, made("key"), note("note")) == first
    assert (await refusal(again.submit(ANN, made("key"), note("note", "other")))).code == "key.reused"
    assert again.remembers(first.seq, first.mark)


async def test_a_restart_changes_no_row_of_anybody(open_room: OpenRoom, room: Room) -> None:
    for n in range(6):
        await room.submit((ANN, BOB)[n % 2], made(f"key {n}"), note(f"note {n}", f"words {n}"))
    await room.submit(HAL, made("open"), asks.OpenStage("together"))
    await room.submit(HAL, made("pile"), asks.MakeTheme(made("pile"), "Walking"))
    await room.close()
    again = await open_room()
    for viewer in (HOST, Viewer(Role.WALL), Viewer(Role.PARTICIPANT, ANN.id, "red")):
        assert again.board.rows.seen_by(viewer) == room.board.rows.seen_by(viewer)
    assert again.marks == room.marks


async def test_a_refusal_is_not_remembered(room: Room) -> None:
    await room.submit(HAL, made("lock"), asks.LockZone("matrix.social"))
    assert (await refusal(room.submit(ANN, made("key"), note("note")))).code == "zone.locked"
    await room.submit(HAL, made("unlock"), asks.UnlockZone("matrix.social"))
    assert (await room.submit(ANN, made("key"), note("note"))).seq == 3


async def test_what_cannot_be_written_changes_nothing_and_the_next_works(log: Faulty, room: Room) -> None:
    log.before = True
    refused = await refusal(room.submit(ANN, made("key"), note("note")))
    assert refused.code == "storage.trouble"
    assert refused.facts["retry_ms"]
    assert room.board.seq == 0
    assert texts(room) == []
    assert not room.knows(ANN, made("key"))
    log.before = False
    assert (await room.submit(ANN, made("key"), note("note"))).seq == 1


async def test_a_commit_whose_answer_is_lost_is_found_by_its_key(log: Faulty, room: Room) -> None:
    log.after_commit = True
    assert (await refusal(room.submit(ANN, made("key"), note("note")))).code == "storage.trouble"
    log.after_commit = False
    assert (await room.submit(ANN, made("key"), note("note"))).seq == 1
    assert room.board.seq == 1
    assert texts(room) == ["walk together"]
    assert (await room.submit(BOB, made("next"), note("next"))).seq == 2


async def test_it_is_found_though_the_log_could_not_be_read_either(log: Faulty, room: Room) -> None:
    log.after_commit = log.reading = True
    await refusal(room.submit(ANN, made("key"), note("note")))
    log.after_commit = log.reading = False
    # The next turn reads first what it could not read then.
    assert (await room.submit(BOB, made("bob"), note("of bob"))).seq == 2
    assert (await room.submit(ANN, made("key"), note("note"))).seq == 1


async def test_nothing_is_decided_while_it_is_unknown_what_was_written(log: Faulty, room: Room) -> None:
    log.after_commit = log.reading = True
    await refusal(room.submit(ANN, made("key"), note("note")))
    log.after_commit = False
    # For all we know there is no such note.
    taking_back = room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    assert (await refusal(taking_back)).code == "storage.trouble"
    log.reading = False
    assert (await room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))).seq == 2


async def test_a_killed_server_finds_the_fact_it_never_acknowledged(
    log: Faulty, open_room: OpenRoom, room: Room
) -> None:
    log.after_commit = log.reading = True
    await refusal(room.submit(ANN, made("key"), note("note")))
    log.after_commit = log.reading = False
    again = await open_room()
    assert (await again.submit(ANN, made("key"), note("note"))).seq == 1
    assert len(again.board.notes) == 1


async def test_an_ask_is_not_refused_for_what_was_never_written(log: Faulty, room: Room) -> None:
    log.before = True
    turn: list[tuple[Any, Ask]] = [(HAL, asks.LockZone("matrix.social")), (ANN, note("note"))]
    sent = [room.submit(actor, made(f"key {actor.id}"), ask) for actor, ask in turn]
    refused = await asyncio.gather(*sent, return_exceptions=True)
    assert [each.code for each in refused if isinstance(each, Refused)] == ["storage.trouble"] * 2


async def test_asks_that_wait_are_committed_together(log: Faulty, room: Room) -> None:
    gate = asyncio.Event()
    log.committing = gate.wait  # type: ignore[assignment]
    sent = [asyncio.create_task(room.submit(ANN, made("first"), note("first")))]
    await asyncio.sleep(0.01)
    sent += [asyncio.create_task(room.submit(BOB, made(f"key {n}"), note(f"note {n}"))) for n in range(40)]
    await asyncio.sleep(0.01)
    gate.set()
    receipts = await asyncio.gather(*sent)
    assert [receipt.seq for receipt in receipts] == list(range(1, 42))
    assert log.turns == [1, 40]


async def test_nobody_is_told_before_the_commit(log: Faulty, room: Room) -> None:
    gate = asyncio.Event()
    log.committing = gate.wait  # type: ignore[assignment]
    stirred = room.stirred
    asking = asyncio.create_task(room.submit(ANN, made("key"), note("note")))
    await asyncio.sleep(0.01)
    assert not stirred.is_set()
    assert room.board.seq == 0
    assert not asking.done()
    gate.set()
    await asking
    assert stirred.is_set()
    assert room.board.seq == 1


async def test_a_phone_that_leaves_in_the_middle_breaks_nothing_off(log: Faulty, room: Room) -> None:
    gate = asyncio.Event()
    log.committing = gate.wait  # type: ignore[assignment]
    asking = asyncio.create_task(room.submit(ANN, made("key"), note("note")))
    await asyncio.sleep(0.01)
    asking.cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (await room.submit(ANN, made("key"), note("note"))).seq == 1


async def test_a_closing_room_finishes_its_turn_and_asks_the_others_to_come_back(
    log: Faulty, room: Room
) -> None:
    gate = asyncio.Event()
    log.committing = gate.wait  # type: ignore[assignment]
    first = asyncio.create_task(room.submit(ANN, made("first"), note("first")))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(room.submit(BOB, made("second"), note("second")))
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(room.close())
    await asyncio.sleep(0.01)
    gate.set()
    await closing
    assert (await first).seq == 1
    assert (await refusal(second)).code == "server.going"
    assert (await refusal(room.submit(ANN, made("late"), note("late")))).code == "server.going"


async def test_a_fault_of_ours_costs_one_ask_and_never_the_room(room: Room, caplog) -> None:
    class Unheard(Ask, frozen=True, tag="no.such_ask"):
        text: str = "bittern"

    sent = [
        room.submit(ANN, made("one"), note("one")),
        room.submit(ANN, made("two"), Unheard()),
        room.submit(ANN, made("three"), note("three")),
    ]
    one, two, three = await asyncio.gather(*sent, return_exceptions=True)
    assert isinstance(one, Receipt)
    assert isinstance(three, Receipt)
    assert isinstance(two, Refused)
    assert two.code == "server.fault"
    assert "bittern" not in caplog.text


async def test_words_taken_back_are_emptied_after_thirty_seconds(
    store: Store, clock: Clock, open_room: OpenRoom, room: Room
) -> None:
    await room.submit(ANN, made("key"), note("note", "bittern"))
    await room.submit(ANN, made("edit"), asks.EditNote(made("note"), "bittern booming"))
    await room.submit(BOB, made("other"), note("other", "heron"))
    await room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    before = await store.after(SESSION, 0)
    await room.erase()
    assert b"bittern" in b"".join(record.fact for record in await store.after(SESSION, 0))
    clock.now += 30_001
    await room.erase()
    after = await store.after(SESSION, 0)
    assert b"bittern" not in b"".join(record.fact for record in after)
    assert b"heron" in b"".join(record.fact for record in after)
    for name in ("seq", "at", "actor", "key", "digest", "mark"):
        assert [getattr(each, name) for each in after] == [getattr(each, name) for each in before]
    assert texts(room) == ["", "heron"]
    again = await open_room()
    assert again.board.rows.seen_by(HOST) == room.board.rows.seen_by(HOST)
    assert (await again.submit(ANN, made("key"), note("note", "bittern"))).seq == 1


async def test_a_note_that_was_put_back_keeps_its_words(store: Store, clock: Clock, room: Room) -> None:
    await room.submit(ANN, made("key"), note("note", "bittern"))
    await room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    clock.now += 30_000
    await room.submit(ANN, made("put"), asks.PutBackNote(made("note")))
    clock.now += 30_001
    await room.erase()
    assert texts(room) == ["bittern"]
    assert b"bittern" in (await store.after(SESSION, 0))[0].fact


async def test_erasing_waits_for_a_note_that_is_being_put_back(
    store: Store, log: Faulty, clock: Clock, room: Room
) -> None:
    await room.submit(ANN, made("key"), note("note", "bittern"))
    await room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    clock.now += 30_000
    gate = asyncio.Event()
    log.committing = gate.wait  # type: ignore[assignment]
    putting = asyncio.create_task(room.submit(ANN, made("put"), asks.PutBackNote(made("note"))))
    await asyncio.sleep(0.01)
    clock.now += 1
    erasing = asyncio.create_task(room.erase())
    await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(putting, erasing)
    assert b"bittern" in (await store.after(SESSION, 0))[0].fact


async def test_words_that_could_not_be_erased_are_erased_later(
    store: Store, log: Faulty, clock: Clock, room: Room
) -> None:
    await room.submit(ANN, made("key"), note("note", "bittern"))
    await room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    clock.now += 30_001
    log.before = True
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever a disk says)
        await room.erase()
    log.before = False
    await room.erase()
    assert b"bittern" not in (await store.after(SESSION, 0))[0].fact


async def test_words_taken_back_before_a_restart_are_erased_after_it(
    store: Store, clock: Clock, open_room: OpenRoom, room: Room
) -> None:
    await room.submit(ANN, made("key"), note("note", "bittern"))
    await room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    await room.close()
    again = await open_room()
    clock.now += 30_001
    await again.erase()
    assert b"bittern" not in (await store.after(SESSION, 0))[0].fact


async def test_a_reason_that_was_changed_or_taken_back_is_emptied_too_and_one_that_stands_is_not(
    store: Store, clock: Clock, open_room: OpenRoom, room: Room
) -> None:
    await room.submit(HAL, made("stage"), asks.OpenStage("musts"))

    async def answers(who: Actor, name: str, *what: Any) -> None:
        await room.submit(who, made(f"key {name}"), asks.AnswerEssential(made(name), "open-late", *what))

    await answers(ANN, "one", Answer.NOT_HERE, "bittern")
    await answers(ANN, "two", Answer.NOT_HERE, "heron")
    await answers(BOB, "three", Answer.NOT_HERE, "curlew")
    await answers(BOB, "four")
    clock.now += 30_001
    await room.close()
    again = await open_room()
    told = again.board.rows.seen_by(HOST)
    await again.erase()
    kept = b"".join(record.fact for record in await store.after(SESSION, 0))
    assert [words for words in (b"bittern", b"heron", b"curlew") if words in kept] == [b"heron"]
    await again.close()
    assert (await open_room()).board.rows.seen_by(HOST) == told


async def test_a_name_taken_back_and_a_reason_said_anew_are_erased_here_and_after_a_restart(
    store: Store, clock: Clock, open_room: OpenRoom, room: Room
) -> None:
    line = made("line")
    await room.submit(HAL, made("1"), asks.MakeItem(line, "A line"))
    await room.submit(HAL, made("2"), asks.OpenStage("list"))
    await room.submit(ANN, made("3"), asks.HelpLine(made("a"), line, "bittern"))
    await room.submit(ANN, made("4"), asks.HelpLine(made("b"), line, "dunlin", agree=True))
    await room.submit(ANN, made("5"), asks.FeelLine(made("c"), line, Feel.STOP, "curlew"))
    await room.submit(ANN, made("6"), asks.FeelLine(made("d"), line, Feel.WORRY, "plover"))
    await room.submit(ANN, made("7"), asks.TakeBackHelp(made("b")))
    await room.close()
    again = await open_room()
    clock.now += 30_001
    for each in (room, again):
        await each.erase()
        assert not [word for word in ("bittern", "dunlin", "curlew") if word in repr(vars(each.board))]
    kept = b"".join(record.fact for record in await store.after(SESSION, 0))
    assert not [word for word in (b"bittern", b"dunlin", b"curlew") if word in kept]
    assert b"plover" in kept


async def test_a_witness_of_another_history_is_not_remembered(room: Room) -> None:
    receipt = await room.submit(ANN, made("key"), note("note"))
    assert room.remembers(0, "")
    assert not room.remembers(1, "0" * 16)
    assert not room.remembers(2, receipt.mark)
