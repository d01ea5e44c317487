"""The lobby: one room a session, put away when nobody is there, deleted on time with nothing left."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from sessions.domain import asks
from sessions.domain.refused import Refused
from sessions.hall import Party
from sessions.lobby import Lobby
from sessions.store.register import SessionRecord
from tests.domain.histories import ANN, PLAN, VIEWERS, made
from tests.room.conftest import CODE, SALT, Clock, Faulty
from tests.room.test_hall import Device
from tests.store.conftest import Store
from tests.store.records import SESSION, grant, session

DAY = 86_400_000


@pytest.fixture
async def afternoon(store: Store, clock: Clock) -> SessionRecord:
    record = session(plan=msgspec.json.encode(PLAN), salt=SALT, delete_by=clock.now + DAY)
    await store.add_session(record, CODE)
    return record


@pytest.fixture
def deleted() -> list[str]:
    return []


@pytest.fixture
async def lobby(store: Store, clock: Clock, deleted: list[str]) -> AsyncIterator[Lobby]:
    lobby = Lobby(store, store, clock, deleted.append)
    yield lobby
    await lobby.close()


def note(name: str) -> asks.AddNote:
    return asks.AddNote(made(name), "matrix.social", "walk together")


async def test_everybody_comes_into_the_same_room(lobby: Lobby, afternoon: SessionRecord) -> None:
    halls = await asyncio.gather(*[lobby.hall(afternoon) for _ in range(20)])
    assert len(set(map(id, halls))) == 1


async def test_who_joined_before_is_counted_after_a_restart(
    lobby: Lobby, store: Store, afternoon: SessionRecord
) -> None:
    await store.add_grant(grant("ann", person=ANN.id, group="red"))
    await store.add_grant(grant("host", role="facilitator"))
    await store.add_grant(grant("gone"))
    await store.revoke("gone")
    assert (await lobby.hall(afternoon)).joined == {ANN.id: Party("red")}


async def test_a_room_that_was_put_away_opens_again_with_all_it_had(
    lobby: Lobby, afternoon: SessionRecord
) -> None:
    first = await lobby.hall(afternoon)
    await first.room.submit(ANN, made("key"), note("note"))
    await lobby.put_away(SESSION)
    again = await lobby.hall(afternoon)
    assert again is not first
    assert made("note") in again.room.board.notes


async def test_a_room_is_put_away_when_nobody_was_there_for_a_while(
    lobby: Lobby, afternoon: SessionRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.lobby.IDLE_SECONDS", 2)
    hall = await lobby.hall(afternoon)

    seat = Device(VIEWERS["ann"]).seat
    hall.sit(seat)
    for _ in range(5):
        await lobby._tidy_up(sweeping=False)
    assert await lobby.hall(afternoon) is hall
    hall.leave(seat)
    await lobby._tidy_up(sweeping=False)
    # Somebody without a seat is somebody: phones over plain HTTP have none.
    assert await lobby.hall(afternoon) is hall
    for _ in range(3):
        await lobby._tidy_up(sweeping=False)
    assert await lobby.hall(afternoon) is not hall


async def test_a_deleted_session_cannot_be_opened_by_who_still_knows_it(
    lobby: Lobby, afternoon: SessionRecord, deleted: list[str]
) -> None:
    hall = await lobby.hall(afternoon)
    await lobby.delete(SESSION)
    assert deleted == [SESSION]
    with pytest.raises(Refused) as gone:
        await lobby.hall(afternoon)
    assert gone.value.code == "code.unknown"
    with pytest.raises(Refused) as going:
        await hall.room.submit(ANN, made("key"), note("note"))
    assert going.value.code == "server.going"


async def test_a_sweep_deletes_what_is_due_and_nothing_else(
    lobby: Lobby, store: Store, clock: Clock, afternoon: SessionRecord, deleted: list[str]
) -> None:
    await store.add_session(session("later", delete_by=clock.now + 2 * DAY), "LKJHGFDCB")
    hall = await lobby.hall(afternoon)
    await hall.room.submit(ANN, made("key"), note("note"))
    assert await lobby.sweep() == []
    clock.now += DAY
    assert await lobby.sweep() == deleted == [SESSION]
    assert await store.session(SESSION) is None
    assert await store.after(SESSION, 0) == []
    assert [each.id for each, _ in await store.sessions()] == ["later"]


async def test_tidying_goes_on_after_something_went_wrong(
    store: Store, clock: Clock, afternoon: SessionRecord, caplog: pytest.LogCaptureFixture
) -> None:
    faulty = Faulty(store)
    lobby = Lobby(faulty, store, clock)
    hall = await lobby.hall(afternoon)
    await hall.room.submit(ANN, made("key"), note("note"))
    await hall.room.submit(ANN, made("back"), asks.TakeBackNote(made("note")))
    clock.now += 30_001
    faulty.before = True
    lobby.open()
    await asyncio.sleep(0.05)
    assert "tidying up failed" in caplog.text
    faulty.before = False
    async with asyncio.timeout(5):
        while b"walk" in (await store.after(SESSION, 0))[0].fact:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await lobby.close()
