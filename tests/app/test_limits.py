"""Limits are of one person, never of a venue: wrong codes, hurried people, full rooms, slowed rooms."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from app.limits import Limits
from sessions.domain.asks import AddNote
from sessions.domain.board import Board
from sessions.domain.decide import NOTES_MOST, Actor, decide
from sessions.domain.evolve import opening
from sessions.domain.refused import Refused
from sessions.domain.registers import Note
from sessions.domain.rights import Role
from tests.app.client import Browser, People, Refusal, new_id
from tests.app.running import Running, running
from tests.domain.histories import PLAN, made

HURRIED: dict[str, Any] = {
    "notes_a_minute": 12,
    "notes_burst": 8,
    "taps_a_minute": 60,
    "host_taps_a_minute": 120,
    "phones": 20,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data"), room_asks_a_second=60, **HURRIED) as server:
        yield server


@pytest.fixture
async def people(house: Running) -> AsyncIterator[People]:
    async with People(house.origin, house.key) as people:
        yield people


def note() -> dict[str, str]:
    return {"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": "walk"}


async def test_notes_of_one_person_have_a_measure(people: People) -> None:
    workshop = await people.workshop()
    ann, bob = await people.phone(workshop), await people.phone(workshop)
    async with ann.live() as seat:
        for _ in range(8):
            await seat.ask(**note())
        ninth = note()
        with pytest.raises(Refusal) as slow:
            await seat.ask(**ninth)
        assert slow.value.code == "slow.down"
        assert 0 < (slow.value.retry_ms or 0) <= 5_001
        # Others have measures of their own, and plain HTTP has the same.
        await bob.asks(note())
        with pytest.raises(Refusal, match="That was quick"):
            await ann.asks(ninth)


async def test_a_key_that_is_known_costs_nothing(people: People) -> None:
    ann = await people.phone(await people.workshop())
    async with ann.live() as seat:
        key, first = new_id(), note()
        done = await seat.ask(key=key, **first)
        assert [await seat.ask(key=key, **first) for _ in range(30)] == [done] * 30
        for _ in range(7):
            await seat.ask(**note())


async def test_a_host_has_another_measure(people: People) -> None:
    host = await people.host(await people.workshop())
    async with host.live("facilitator") as desk:
        for _ in range(120):
            await desk.ask("wall.blank", on=False)
        with pytest.raises(Refusal, match="That was quick"):
            await asyncio.gather(*[desk.ask("wall.blank", on=False) for _ in range(10)])


async def test_a_crowded_room_is_slowed_and_never_refused(people: People) -> None:
    workshop = await people.workshop()
    phones = [await people.phone(workshop) for _ in range(12)]
    begun = time.monotonic()
    await asyncio.gather(*[phone.asks(*[note() for _ in range(7)]) for phone in phones])
    assert time.monotonic() - begun > 0.2


async def test_a_full_room_takes_no_more_phones_and_keeps_those_it_has(people: People) -> None:
    workshop = await people.workshop()
    phones = [await people.phone(workshop) for _ in range(20)]
    with pytest.raises(Refusal) as full:
        await people.phone(workshop)
    assert (full.value.status, full.value.code) == (503, "session.crowded")
    await phones[0].join(workshop.code)
    await phones[0].post(f"/api/sessions/{workshop.code}/leave")
    await people.phone(workshop)


async def wrong(browser: Browser, times: int) -> list[tuple[int, str]]:
    answers = await asyncio.gather(
        *[browser.http.get("/api/sessions/BBBBBBBBB/changes") for _ in range(times)]
    )
    return [(answer.status_code, answer.json()["code"]) for answer in answers]


async def test_wrong_codes_are_metered_and_right_ones_never_refused(people: People) -> None:
    workshop = await people.workshop()
    here, elsewhere = people.browser(address="127.0.0.59"), people.browser(address="127.0.0.60")
    assert await wrong(here, 31) == [(404, "code.unknown")] * 31
    begun = time.monotonic()
    assert await wrong(here, 5) == [(429, "code.slow_down")] * 5
    assert time.monotonic() - begun >= 1, "the slow lane is before the check"
    # The whole venue has this address: its right codes work, a little later; other venues notice nothing.
    answers = await asyncio.gather(*[here.http.get(f"/j/{workshop.code}") for _ in range(50)])
    assert {answer.status_code for answer in answers} == {200}
    await people.browser(address="127.0.0.59").join(workshop.code)
    begun = time.monotonic()
    assert (await elsewhere.http.get(f"/j/{workshop.code}")).status_code == 200
    assert await wrong(elsewhere, 1) == [(404, "code.unknown")]
    assert time.monotonic() - begun < 1


async def test_a_venue_that_scans_is_never_metered(people: People) -> None:
    workshop = await people.workshop()
    venue = people.browser(address="127.0.0.61")
    for _ in range(4):
        answers = await asyncio.gather(*[venue.http.get(f"/j/{workshop.code}") for _ in range(50)])
        assert {answer.status_code for answer in answers} == {200}
    assert await wrong(venue, 1) == [(404, "code.unknown")]


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_fills_again_and_is_never_fuller_than_it_holds() -> None:
    clock = Time()
    limits = Limits(now=clock)
    assert [limits.take("note", "ann", 12, 8) for _ in range(8)] == [0] * 8
    assert limits.take("note", "ann", 12, 8) == 5
    assert limits.take("note", "bob", 12, 8) == 0
    clock.now += 5
    assert limits.take("note", "ann", 12, 8) == 0
    clock.now += 10_000
    assert [limits.take("note", "ann", 12, 8) > 0 for _ in range(9)] == [False] * 8 + [True]


def test_a_debt_is_of_a_minute_at_most() -> None:
    clock = Time()
    limits = Limits(now=clock)
    for _ in range(10_000):
        limits.owe("code", "venue", 30, 30)
    assert limits.owing("code", "venue")
    clock.now += 61
    assert not limits.owing("code", "venue")
    assert not limits.owing("code", "another")


def test_old_buckets_are_forgotten() -> None:
    limits = Limits(most=100, now=Time())
    for who in range(1_000):
        limits.take("note", str(who), 12, 8)
    assert len(limits._buckets) == 100


def test_a_session_holds_ten_thousand_notes_and_says_so_at_the_next() -> None:
    board: Board = opening(PLAN)
    ann = Actor("ann", Role.PARTICIPANT)
    board.notes = {str(n): Note("matrix.social", "walk", "ann", None) for n in range(NOTES_MOST - 1)}
    decide(board, AddNote(made("last"), "matrix.social", "walk"), ann, 0)
    board.notes["last"] = board.notes["0"]
    with pytest.raises(Refused) as full:
        decide(board, AddNote(made("one more"), "matrix.social", "walk"), ann, 0)
    assert (NOTES_MOST, full.value.code) == (10_000, "session.full")
