"""Suggestions over HTTP: to hosts of what they see, to phones for their own notes; nobody waits for them."""

import asyncio
import os
import signal
import time

import pytest

from app.thinking import Thinking
from sessions.suggest.suggestions import Known
from tests.app.client import Browser, Json, People, Refusal, Workshop, new_id

TEXTS = ["more benches", "somewhere to sit", "ask about exercise", "free parking"]


class Afternoon:
    """Two phones, a host, four shown notes, one held, one private, and two piles."""

    def __init__(self, workshop: Workshop, host: Browser, phones: list[Browser]) -> None:
        self.workshop, self.host, self.phones = workshop, host, phones
        self.path = f"/api/sessions/{workshop.code}"
        self.shown = {text: new_id() for text in TEXTS}
        self.held, self.private = new_id(), new_id()
        self.piles = {"Places to sit": new_id(), "Talk about moving": new_id()}

    @classmethod
    async def of(cls, people: People) -> "Afternoon":
        workshop = await people.workshop()
        phones = [await people.phone(workshop, "g1") for _ in range(2)]
        self = cls(workshop, await people.host(workshop), phones)
        social = {"type": "note.add", "zone": "matrix.social"}
        await phones[0].asks(
            *({**social, "id": id, "text": text} for text, id in self.shown.items()),
            {**social, "id": self.held, "text": "benches kept back"},
        )
        private = {"type": "note.add", "id": self.private, "zone": "utopia.see", "text": "a seat for gran"}
        await phones[1].asks(private)
        await self.does(
            {"type": "note.hide", "id": self.held},
            *({"type": "theme.make", "id": id, "title": title} for title, id in self.piles.items()),
            {"type": "stage.open", "stage": "matrix-together"},
        )
        return self

    async def does(self, *asks: Json) -> None:
        await self.host.asks(*asks, role="facilitator")

    async def show_piles(self) -> None:
        await self.does({"type": "stage.open", "stage": "sort"})

    async def said(self, query: str = "") -> Json:
        found: Json = await self.host.get(f"{self.path}/suggestions{query}")
        return found

    async def best(self, phone: int, note: str) -> list[str]:
        piles: list[str] = (await self.phones[phone].get(f"{self.path}/piles?note={note}"))["piles"]
        return piles


async def test_hosts_get_twins_piles_and_an_outline_of_what_they_see(people: People) -> None:
    room = await Afternoon.of(people)
    found = await room.said()
    bench, sit, moving, _ = room.shown.values()
    assert sit in [near["note"] for near in found["twins"][bench]]
    assert found["piles"][bench][0] == room.piles["Places to sit"]
    assert found["piles"][moving][0] == room.piles["Talk about moving"]
    assert found["piles"].keys() == {*room.shown.values(), room.held, room.private}
    (outlined,) = [pile for pile in found["outline"] if bench in pile["notes"]]
    assert sit in outlined["notes"]
    # It could name the pile, on the wall.
    assert room.held not in str(found["outline"])
    # Nothing is applied: the board is as it was.
    async with room.host.live("facilitator") as desk:
        assert desk.rows.of("place") == []


async def test_a_screen_that_people_can_see_is_answered_from_what_the_room_sees(people: People) -> None:
    room = await Afternoon.of(people)
    before = await room.said("?as=presenter")
    assert not {room.held, room.private} & before["piles"].keys()
    assert room.held not in str(before)
    # It does not even differ by what is hidden.
    more = {
        "type": "note.add",
        "zone": "utopia.see",
        "text": "sitting on a bench by the bench",
        "id": new_id(),
    }
    await room.phones[1].asks(more)
    assert await room.said("?as=presenter") == before
    assert more["id"] in (await room.said())["piles"]


async def test_a_phone_is_told_the_best_piles_of_its_own_notes_alone(people: People) -> None:
    room = await Afternoon.of(people)
    bench = room.shown[TEXTS[0]]
    assert await room.best(0, bench) == []
    await room.show_piles()
    assert (await room.best(0, bench))[0] == room.piles["Places to sit"]
    assert (await room.best(0, room.held))[0] == room.piles["Places to sit"]
    assert await room.best(1, bench) == await room.best(0, room.private) == []
    assert (await room.best(1, room.private))[0] == room.piles["Places to sit"]
    assert await room.best(0, "no-such-note") == []
    # One that somebody filed may still be asked about.
    await room.does({"type": "notes.place", "notes": [bench], "theme": room.piles["Talk about moving"]})
    assert room.piles["Places to sit"] in await room.best(0, bench)


async def test_what_was_placed_is_learned_from(people: People) -> None:
    room = await Afternoon.of(people)
    other, parking = new_id(), room.shown["free parking"]
    await room.phones[0].asks(
        {"type": "note.add", "id": other, "zone": "matrix.social", "text": "cheaper parking"}
    )
    pile = room.piles["Talk about moving"]
    assert (await room.said())["piles"][other][:1] != [pile]
    await room.does({"type": "notes.place", "notes": [parking], "theme": pile})
    async with asyncio.timeout(20):
        while parking in (found := await room.said())["piles"]:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    assert found["piles"][other][0] == pile


async def test_notes_of_one_idea_are_not_offered_to_each_other(people: People) -> None:
    room = await Afternoon.of(people)
    bench, sit = room.shown["more benches"], room.shown["somewhere to sit"]
    await room.does({"type": "notes.same", "headline": bench, "notes": [sit]})
    found = await room.said()
    for one, other in ((bench, sit), (sit, bench)):
        assert other not in [near["note"] for near in found["twins"].get(one, ())]


async def test_must_haves_are_found_in_what_the_room_said(people: People) -> None:
    workshop = await people.workshop()
    phone, host = await people.phone(workshop, "g1"), await people.host(workshop)
    async with host.live("facilitator") as desk:
        musts = desk.rows.of("essential")
    said = new_id()
    await phone.asks(
        {"type": "note.add", "id": said, "zone": "matrix.social", "text": musts[0]["text"][:270]}
    )
    found = await host.get(f"/api/sessions/{workshop.code}/suggestions/essentials")
    assert found.keys() == {must["id"] for must in musts}
    assert found[musts[0]["id"]] == [said]
    assert all(notes == [] for must, notes in found.items() if must != musts[0]["id"])
    # Must-haves to come are not told to a screen that people can see.
    assert await host.get(f"/api/sessions/{workshop.code}/suggestions/essentials?as=presenter") == {}


async def test_what_a_note_means_in_english_is_used_to_find_what_belongs_together(people: People) -> None:
    room = await Afternoon.of(people)
    await room.show_piles()
    polish, quiet = new_id(), new_id()
    await room.phones[0].asks(
        {"type": "note.add", "id": polish, "zone": "matrix.social", "text": "Gdzie tu przysiąść"},
        {"type": "note.mean", "id": polish, "text": "somewhere to sit down"},
        {"type": "note.add", "id": quiet, "zone": "utopia.see", "text": "Gdzie tu przysiąść"},
        {"type": "note.mean", "id": quiet, "text": "places to sit"},
    )
    await room.does({"type": "note.hide", "id": quiet})
    found = await room.said()
    assert room.shown["somewhere to sit"] in [near["note"] for near in found["twins"][polish]]
    assert found["piles"][polish][0] == room.piles["Places to sit"]
    for note in (polish, quiet):
        assert (await room.best(0, note))[0] == room.piles["Places to sit"]
    assert quiet not in str(await room.said("?as=presenter"))


async def test_only_a_host_may_ask_as_one(people: People) -> None:
    room = await Afternoon.of(people)
    for browser in (room.phones[0], await people.wall(room.workshop), people.browser()):
        for query in ("", "?as=presenter", "/essentials"):
            with pytest.raises(Refusal) as refused:
                await browser.get(f"{room.path}/suggestions{query}")
            assert refused.value.code == "grant.missing"


def room_of(many: int) -> Known:
    return Known(notes={f"n{i}": f"{TEXTS[i % 4]} {i} and {TEXTS[i % 3]}" for i in range(many)})


async def test_many_who_ask_at_once_wait_for_one_answer_and_the_loop_for_none() -> None:
    thinking = Thinking()
    asked: list[int] = []

    def known(seq: int) -> Known:
        asked.append(seq)
        return room_of(400)

    try:
        await thinking.about("warm", "host", 1, Known)
        everybody = asyncio.gather(*[thinking.about("a", "host", 7, lambda: known(7)) for _ in range(50)])
        late = 0.0
        while not everybody.done():
            before = time.monotonic()
            await asyncio.sleep(0.005)
            late = max(late, time.monotonic() - before)
        found = await everybody
        assert asked == [7]
        assert all(each is found[0] for each in found)
        assert late < 0.5
    finally:
        thinking.close()


async def test_a_room_that_moves_on_is_answered_afresh_only_now_and_then() -> None:
    now = 0.0
    asked: list[int] = []
    thinking = Thinking(now=lambda: now)

    async def about(seq: int, note: str = "") -> None:
        def known() -> Known:
            asked.append(seq)
            return Known(notes={f"n{i}": "bench" for i in range(seq)}, asking={note: "seat"} if note else {})

        await thinking.about("a", "host", seq, known, note)

    try:
        await about(1)
        await about(2)
        assert asked == [1]
        await about(2, note="mine")
        assert asked == [1, 2]
        now = 60.0
        await about(3)
        assert asked == [1, 2, 3]
        thinking.forget("a")
        await about(3)
        assert asked == [1, 2, 3, 3]
    finally:
        thinking.close()


async def test_work_that_was_ended_from_outside_is_done_again() -> None:
    thinking = Thinking()
    try:
        before = await thinking.about("a", "host", 1, lambda: room_of(40))
        process = thinking._worker._process
        assert process is not None
        (pid,) = process._processes
        assert pid != os.getpid()
        os.kill(pid, signal.SIGKILL)
        assert await thinking.about("b", "host", 1, lambda: room_of(40)) == before
    finally:
        thinking.close()
